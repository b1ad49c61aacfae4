"""Marking a mock on plain lines: the prediction first, then question by question and criterion by criterion."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from prepdeck.cli.bodies import plain_code
from prepdeck.cli.streams import flush, write_text
from prepdeck.cli.typed import read_line
from prepdeck.errors import PrepdeckError
from prepdeck.interview.checking import check_answer
from prepdeck.interview.events import Evidenced, Marked, Predicted, QuestionMarked
from prepdeck.interview.evidence import bounds_of
from prepdeck.interview.marks import Mark, Rater
from prepdeck.interview.mock import End, sheet_of
from prepdeck.text.cleaning import clean, clean_line
from prepdeck.text.counts import counted

if TYPE_CHECKING:
    from prepdeck.cards.rubric import Criterion
    from prepdeck.cli.layout import Layout
    from prepdeck.interview.events import Event
    from prepdeck.interview.mock import Mock
    from prepdeck.study.desk import Desk
    from prepdeck.study.mock_sitting import Sat

MARK: Final = re.compile(r"(p\s+)?([1-4])\b\s*(.*)")
"""A mark, for the partner after `p`, with a line of evidence behind it."""
ASKED: Final = "1-4 and a line of evidence, Enter skips, p 3 for a partner's mark, q stops"
"""Asked under every criterion."""


def mark_plainly(desk: Desk, sat: Sat, layout: Layout) -> Sat:
    """Mark a mock that is over, and print its debrief; what was marked stays when the input ends."""
    if sat.mock.end is End.ABANDONED:
        write_text("The mock was given up: it gets no verdict.")
        return sat
    return _Marking(desk, sat, layout).go()


class _Marking:
    def __init__(self, desk: Desk, sat: Sat, layout: Layout) -> None:
        self._desk = desk
        self._sat = sat
        self._layout = layout

    @property
    def _mock(self) -> Mock:
        return self._sat.mock

    def go(self) -> Sat:
        from prepdeck.study.mock_closing import close_mock, judge

        if not self._predict():
            return self._stopped()
        if any(question.sort.is_code for question in self._mock.questions):
            write_text("Running all tests on the code as it stands ...")
            flush()
        self._sat = judge(self._desk, self._sat)
        rubric = self._sat.rubric
        for number in range(len(self._mock.questions)):
            if not self._mark_question(number, asks=len(self._mock.questions) > 1 or rubric is None):
                return self._stopped()
        bounds = bounds_of(self._mock, rubric, self._sat.scale, self._sat.star) if rubric is not None else {}
        for criterion in rubric.criteria if rubric is not None else ():
            bound = bounds.get(criterion.id)
            if not self._mark_criterion(criterion, bound.words if bound is not None else ""):
                return self._stopped()
        self._name_missing()
        closed = close_mock(self._desk, self._sat)
        self._sat = closed.sat
        from prepdeck.study.mock_markdown import markdown

        write_text(f"\n{markdown(closed.debrief)}\nSaved: {clean_line(str(closed.markdown))}")
        if closed.pulled:
            self._offer_undo(len(closed.pulled))
        return self._sat

    def _predict(self) -> bool:
        """Ask for the expected verdict, once; return whether to go on."""
        from prepdeck.study.mock_sitting import waits_for_prediction

        scale = self._sat.scale
        if scale is None or not waits_for_prediction(self._sat):
            return True
        steps = tuple(reversed(scale.steps))
        listed = ", ".join(f"{number} {step.title.lower()}" for number, step in enumerate(steps, 1))
        answer = self._ask(f"\nBefore anything is shown: what will the verdict be? {listed}")
        while answer is not None and not (answer.isdigit() and 1 <= int(answer) <= len(steps)):
            answer = self._ask(f"A number from 1 to {len(steps)}: {listed}")
        if answer is None:
            return False
        self._do(lambda at: Predicted(at, steps[int(answer) - 1].id))
        return True

    def _mark_question(self, number: int, *, asks: bool) -> bool:
        from prepdeck.cli.show import body_text

        question = self._mock.questions[number]
        card = self._sat.cards.get(question.card) if question.card is not None else None
        write_text(f"\nQuestion {number + 1} of {len(self._mock.questions)}  {question.card or 'your own project'}")
        own = self._mock.sheets.get(sheet_of(number), "").strip()
        code = self._mock.sheets.get(sheet_of(number, is_code=True), "")
        write_text(f"\nYour words:\n{clean(own) or '(nothing written)'}")
        if code:
            write_text(f"\nYour code:\n{plain_code(code)}")
        judged = self._mock.answers[number].judged
        if judged is not None:
            write_text(f"Tests: {judged.passed} of {judged.of} passed. {clean_line(judged.words)}".rstrip())
        if card is not None:
            write_text(f"\nThe answer:\n{body_text(card.body, self._layout)}")
            checked = check_answer(self._mock, number, card)
            if checked is not None and checked.is_right is not None:
                write_text("That was right." if checked.is_right else f"That was wrong: {clean_line(checked.expected)}")
        if self._mock.is_blank(number):
            write_text("Left blank: it gets no mark.")
            return True
        if not asks:
            return True
        while True:
            line = self._ask("Your mark for this answer: 1 wrong, 2 partly, 3 right, 4 right and beyond; Enter skips")
            if line is None:
                return False
            match = MARK.fullmatch(line)
            if not line:
                return True
            if match is not None:
                rater = Rater.PARTNER if match[1] else Rater.SELF
                level = int(match[2])
                self._do(partial(_question_marked, number, level, rater))
                if rater is Rater.SELF:
                    return True
            else:
                write_text("Type 1, 2, 3 or 4.")

    def _mark_criterion(self, criterion: Criterion, machine: str) -> bool:
        anchors = "\n".join(
            f"  {level}  {self._layout.hanging(text)}" for level, text in enumerate(criterion.anchors, 1)
        )
        write_text(f"\n{clean_line(criterion.title)}  (weight {criterion.weight})\n{anchors}")
        if machine:
            write_text(f"What was seen: {clean_line(machine)}")
        while True:
            line = self._ask(ASKED)
            if line is None:
                return False
            if not line:
                return True
            match = MARK.fullmatch(line)
            if match is None:
                write_text("Type 1, 2, 3 or 4, and what shows it.")
                continue
            rater = Rater.PARTNER if match[1] else Rater.SELF
            level, words = int(match[2]), match[3].strip()
            self._do(partial(_marked, criterion.id, level, rater))
            if words:
                self._do(partial(_evidenced, criterion.id, words, rater))
            if rater is Rater.SELF:
                return True

    def _name_missing(self) -> None:
        rubric = self._sat.rubric
        if rubric is None:
            return
        marks = {each.id: self._mock.marks.get((Rater.SELF, each.id), Mark()) for each in rubric.criteria}
        unmarked = [each.title for each in rubric.criteria if marks[each.id].level is None]
        bare = [each.title for each in rubric.criteria if marks[each.id].level and not marks[each.id].evidence]
        if unmarked:
            write_text(f"\nNot marked: {', '.join(unmarked)}.")
        if bare:
            write_text(f"Without a line of evidence: {', '.join(bare)}.")

    def _offer_undo(self, count: int) -> None:
        from prepdeck.study.mock_closing import undo_pull

        line = self._ask(f"{counted(count, 'card')} moved to today; x takes that back, Enter leaves it so")
        if line == "x":
            write_text(f"{counted(len(undo_pull(self._desk, self._sat)), 'card')} moved back.")

    def _stopped(self) -> Sat:
        write_text("What was marked is kept: prepdeck mock resume --plain goes on.")
        return self._sat

    def _ask(self, words: str) -> str | None:
        """Return what was typed; None at the end of the input, or for q."""
        write_text(words)
        flush()
        line = read_line()
        typed = line.strip()
        return None if not line or typed.lower() in {"q", "/q"} else typed

    def _do(self, make: Callable[[int], Event]) -> None:
        from prepdeck.study.mock_sitting import happened, moment_ms, read_now, store_pending, stored

        try:
            self._sat = happened(self._sat, make(moment_ms(self._sat, read_now(self._desk))))
            self._sat = stored(self._sat, store_pending(self._desk, self._sat))
        except PrepdeckError as error:
            write_text(f"{error.message}{'; ' if error.help else ''}{error.help or ''}.")


def _question_marked(question: int, level: int, rater: Rater, at_ms: int) -> Event:
    return QuestionMarked(at_ms, question, level, rater)


def _marked(criterion: str, level: int, rater: Rater, at_ms: int) -> Event:
    return Marked(at_ms, criterion, level, rater)


def _evidenced(criterion: str, words: str, rater: Rater, at_ms: int) -> Event:
    return Evidenced(at_ms, criterion, words, rater)
