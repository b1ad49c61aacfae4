"""How a mock goes on: what each event does to it, and which events it does not take."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeAlias, assert_never

from prepdeck.cards.blueprint import Blueprint
from prepdeck.errors import UsageError
from prepdeck.interview.answer import PARTS, Answer, Run
from prepdeck.interview.events import (
    Abandoned,
    Chose,
    Clarified,
    Event,
    Evidenced,
    Finished,
    Gapped,
    Hinted,
    Judged,
    Marked,
    Moved,
    PartBegan,
    Paused,
    Picked,
    Predicted,
    Probed,
    QuestionMarked,
    Ran,
    Recovered,
    Resumed,
    Said,
    Saved,
    TimeRanOut,
    Twisted,
    Written,
)
from prepdeck.interview.marks import Mark
from prepdeck.interview.mock import End, Mock, State, begin_mock
from prepdeck.interview.questions import Question
from prepdeck.interview.terms import Mode, Terms
from prepdeck.interview.timekeeping import Gap, GapKind

LONGEST_SHEET = 4 * 2**20
"""Characters of one sheet; more is refused, and what stood there stays."""

_Deed: TypeAlias = (
    Moved | Paused | Resumed | Chose | Said | Picked | PartBegan | Hinted | Clarified | Twisted | Probed | Ran
)
"""What a candidate does while a mock is sat."""


def replay(blueprint: Blueprint, terms: Terms, questions: tuple[Question, ...], events: Iterable[Event]) -> Mock:
    """Return the mock that follows from what happened in it.

    An event that could not have happened is passed over: one line that another program wrote must not cost the rest.
    """
    return _replayed(blueprint, terms, questions, events)[0]


def count_misfits(blueprint: Blueprint, terms: Terms, questions: tuple[Question, ...], events: Iterable[Event]) -> int:
    """Return how many events of a mock could not have happened, as `replay` passes over them."""
    return _replayed(blueprint, terms, questions, events)[1]


def _replayed(
    blueprint: Blueprint, terms: Terms, questions: tuple[Question, ...], events: Iterable[Event]
) -> tuple[Mock, int]:
    mock, misfits = begin_mock(blueprint, terms, questions), 0
    for event in events:
        try:
            mock = happen(mock, event)
        except UsageError:
            misfits += 1
    return mock, misfits


def advanced(mock: Mock, at_ms: int) -> Mock:
    """Return a mock as it stands at a later moment; a strict one ends when its time is up.

    Args:
        mock: The mock.
        at_ms: True milliseconds since it began; an earlier moment than it knows of changes nothing.
    """
    passed = at_ms - mock.upto_ms
    if passed <= 0 or mock.is_over:
        return mock
    if mock.state is State.PAUSED:
        return replace(mock, upto_ms=at_ms, paused_ms=mock.paused_ms + passed)
    counted = min(passed, mock.left_ms) if mock.is_strict else passed
    mock = _counted(mock, counted)
    if mock.is_strict and not mock.left_ms:
        ended = mock.upto_ms + counted
        return replace(mock, upto_ms=ended, state=State.ENDED, end=End.TIME_UP, telling=None, ended_ms=ended)
    return replace(mock, upto_ms=at_ms)


def happen(mock: Mock, event: Event) -> Mock:
    """Return the mock after an event.

    Raises:
        UsageError: When it cannot happen now; the mock stays as it is.
    """
    match event:
        case Written():
            return _written(mock, event)
        case Recovered():
            return _recovered(mock, event)
        case Gapped():
            return _gapped(mock, event)
        case Finished() | Abandoned():
            return _ended(mock, event)
        case TimeRanOut():
            return _ran_out(mock, event)
        case Judged() | Predicted() | QuestionMarked() | Marked() | Evidenced() | Saved():
            return _afterwards(advanced(mock, event.at_ms), event)
        case _:
            return _during(advanced(mock, event.at_ms), event)


def _during(mock: Mock, event: _Deed) -> Mock:
    """Return the mock after something that happens only while it is sat."""
    if mock.is_over:
        raise UsageError("the mock is over", "prepdeck mock report shows how it went")
    if isinstance(event, Resumed):
        if mock.state is not State.PAUSED:
            raise UsageError("the mock is not paused")
        return replace(mock, state=State.RUNNING)
    if mock.state is State.PAUSED:
        raise UsageError("the mock is paused", "let the clock run on first")
    match event:
        case Paused():
            if mock.is_strict:
                raise UsageError("a strict mock has no pause", "prepdeck mock FORMAT --practice has")
            return replace(mock, state=State.PAUSED, pauses=mock.pauses + 1, telling=None)
        case Moved(stop=stop):
            if not 0 <= stop < len(mock.stops):
                raise UsageError(f"the mock has no stop {stop}")
            is_same = mock.stops[stop].question == mock.stop.question
            return replace(mock, position=stop, telling=mock.telling if is_same else None)
        case Chose(question=question, options=options):
            return _answered(mock, question, options=tuple(sorted(set(options))))
        case Said(question=question, is_on=is_on):
            return _answered(mock, question, is_said=is_on)
        case Picked(question=question, story=story):
            return _answered(mock, question, story=story)
        case PartBegan(question=question, part=part):
            return _part_began(mock, question, part)
        case Hinted() if not mock.terms.hints:
            raise UsageError("this mock was begun without hints")
        case Hinted(question=question):
            return _one_more(mock, question, "hints", mock.questions, lambda asked: asked.hints)
        case Probed(question=question):
            # What is said to a probe is no part of the story.
            return replace(
                _one_more(mock, question, "probes", mock.questions, lambda asked: asked.probes), telling=None
            )
        case Clarified(question=question, number=number):
            return _clarified(mock, question, number)
        case Twisted(question=question):
            if not _asked(mock, question).has_twist:
                raise UsageError("this question has no twist")
            return _answered(mock, question, is_twisted=True)
        case Ran(question=question, passed=passed, of=of):
            run = Run(mock.clock_ms, passed, of)
            return _answered(mock, question, runs=(*_answer(mock, question).runs, run))
        case _:
            assert_never(event)


def _afterwards(mock: Mock, event: Judged | Predicted | QuestionMarked | Marked | Evidenced | Saved) -> Mock:
    """Return the mock after something that happens only once it is over."""
    if not mock.is_over:
        raise UsageError("the mock is not over yet", "F8 finishes it")
    if mock.end is End.ABANDONED and not isinstance(event, Judged):
        raise UsageError("a mock that was given up is not marked")
    match event:
        case Judged(question=question, passed=passed, of=of, words=words):
            return _answered(mock, question, judged=Run(mock.clock_ms, passed, of, words))
        case Predicted(verdict=verdict):
            if mock.prediction is not None:
                raise UsageError("the verdict was predicted already", "a prediction after the answers would be none")
            return replace(mock, prediction=verdict)
        case QuestionMarked(question=question, level=level, rater=rater):
            levels = {each: given for each, given in _answer(mock, question).levels.items() if each is not rater}
            return _answered(mock, question, levels=levels if level is None else {**levels, rater: _level(level)})
        case Marked(criterion=criterion, level=level, rater=rater):
            before = mock.marks.get((rater, criterion), Mark())
            mark = replace(before, level=None if level is None else _level(level))
            return replace(mock, marks={**mock.marks, (rater, criterion): mark})
        case Evidenced(criterion=criterion, text=text, rater=rater):
            before = mock.marks.get((rater, criterion), Mark())
            return replace(mock, marks={**mock.marks, (rater, criterion): replace(before, evidence=text)})
        case Saved(pull=pull):
            return replace(mock, saves=mock.saves + 1, pulls=(*mock.pulls, *((pull,) if pull else ())))
        case _:
            assert_never(event)


def _written(mock: Mock, event: Written) -> Mock:
    """Return the mock with a text on one of its sheets.

    What was typed in time is taken also when it is saved late: the last words before a lock, a sleep or a crash are the
    ones a candidate would miss. Writing moves no clock, for only the newest text of a sheet is kept: the mock that is
    replayed without the older ones must be the same.
    """
    if len(event.text) > LONGEST_SHEET:
        raise UsageError("the notes are too long to be kept", f"keep them under {LONGEST_SHEET:,} characters")
    later = advanced(mock, event.at_ms)
    if later.ended_ms is not None and event.at_ms > later.ended_ms:
        raise UsageError("the mock is over: its answers are locked")
    return replace(mock, sheets={**mock.sheets, event.sheet: event.text})


def _gapped(mock: Mock, event: Gapped) -> Mock:
    if mock.is_over:
        return mock
    gaps = (*mock.gaps, event.gap)
    is_left_out = event.gap.kind is not GapKind.CLOCK_CHANGE and not mock.is_strict and mock.state is State.RUNNING
    began = max(mock.upto_ms, event.at_ms - max(0, event.gap.milliseconds))
    if is_left_out:
        return replace(_skipped(advanced(mock, began), event.at_ms), gaps=gaps)
    if event.gap.kind is GapKind.CLOCK_CHANGE:
        return replace(advanced(mock, event.at_ms), gaps=gaps)
    return replace(_away(advanced(mock, began), event.at_ms), gaps=gaps)


def _recovered(mock: Mock, event: Recovered) -> Mock:
    if mock.is_over:
        raise UsageError("the mock is over", "prepdeck mock report shows how it went")
    if event.mode is Mode.STRICT and not mock.is_strict:
        raise UsageError("a practice mock cannot go on as a strict one")
    if event.mode is Mode.STRICT:
        mock = _away(advanced(mock, event.seen_ms), event.at_ms)
    else:
        mock = advanced(mock, event.seen_ms)
        if not mock.is_over:
            mock = replace(_skipped(mock, event.at_ms), mode=Mode.PRACTICE, state=State.RUNNING)
    gap = Gap(GapKind.AWAY, max(0, event.at_ms - event.seen_ms))
    return replace(mock, recoveries=mock.recoveries + 1, gaps=(*mock.gaps, gap), telling=None)


def _ended(mock: Mock, event: Finished | Abandoned) -> Mock:
    mock = advanced(mock, event.at_ms)
    if mock.is_over and isinstance(event, Abandoned) and not mock.saves and mock.end is not End.ABANDONED:
        return replace(mock, end=End.ABANDONED)  # nobody wants to mark it
    if mock.is_over:
        raise UsageError("the mock is over already", "prepdeck mock report shows how it went")
    end = End.FINISHED if isinstance(event, Finished) else End.ABANDONED
    return replace(mock, state=State.ENDED, end=end, ended_ms=mock.upto_ms, telling=None)


def _ran_out(mock: Mock, event: TimeRanOut) -> Mock:
    mock = advanced(mock, event.at_ms)
    if mock.end is not End.TIME_UP:
        raise UsageError("there is time left")
    return mock


def _away(mock: Mock, at_ms: int) -> Mock:
    """Return the mock at a later moment: the clock counts the time until then, though nothing was answered in it."""
    if mock.is_over:
        return mock
    later = advanced(replace(mock, telling=None), at_ms)
    away = list(mock.away_ms)
    away[mock.position] += later.clock_ms - mock.clock_ms
    return replace(later, away_ms=tuple(away), telling=None if later.is_over else mock.telling)


def _skipped(mock: Mock, at_ms: int) -> Mock:
    """Return the mock at a later moment, none of the time until then counted."""
    passed = max(0, at_ms - mock.upto_ms)
    return replace(mock, upto_ms=mock.upto_ms + passed, left_out_ms=mock.left_out_ms + passed)


def _counted(mock: Mock, milliseconds: int) -> Mock:
    """Return the mock with so much more on its clock, at its present stop and part of a story."""
    spent = list(mock.stop_ms)
    spent[mock.position] += milliseconds
    mock = replace(mock, stop_ms=tuple(spent))
    if mock.telling is None:
        return mock
    question, part = mock.telling
    told = mock.answers[question].told_ms
    return _answered(mock, question, told_ms={**told, part: told.get(part, 0) + milliseconds})


def _part_began(mock: Mock, question: int, part: str | None) -> Mock:
    _asked(mock, question)
    if part is not None and part not in PARTS:
        raise UsageError(f"a story has no part {part!r}", f"its parts are {', '.join(PARTS)}")
    if part is not None and mock.stop.question != question:
        raise UsageError("this question is not on the table")
    return replace(mock, telling=None if part is None else (question, part))


def _clarified(mock: Mock, question: int, number: int) -> Mock:
    answer = _answer(mock, question)
    if not 0 <= number < mock.questions[question].clarifications:
        raise UsageError("the interviewer has no more to say about that")
    if number in answer.clarified:
        return mock
    return _answered(mock, question, clarified=(*answer.clarified, number))


def _one_more(
    mock: Mock, question: int, name: str, questions: tuple[Question, ...], most: Callable[[Question], int]
) -> Mock:
    _asked(mock, question)
    shown: int = getattr(mock.answers[question], name)
    if shown >= most(questions[question]):
        raise UsageError(f"there are no more {name}" if shown else f"this question has no {name}")
    return _answered(mock, question, **{name: shown + 1})


def _asked(mock: Mock, question: int) -> Question:
    if not 0 <= question < len(mock.questions):
        raise UsageError(f"the mock has no question {question}")
    return mock.questions[question]


def _answer(mock: Mock, question: int) -> Answer:
    _asked(mock, question)
    return mock.answers[question]


def _answered(mock: Mock, question: int, **changes: Any) -> Mock:
    answers = list(mock.answers)
    answers[question] = replace(_answer(mock, question), **changes)
    return replace(mock, answers=tuple(answers))


def _level(level: int) -> int:
    if not 1 <= level <= 4:  # noqa: PLR2004 - the four levels of a rubric
        raise UsageError(f"{level} is no mark", "marks are 1 strong no, 2 lean no, 3 lean yes, 4 strong yes")
    return level
