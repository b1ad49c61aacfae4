"""The questions of a finished mock, each with what the candidate said and what the deck says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from prepdeck.cards.card import Basic, Card, Choice, Cloze, Numeric
from prepdeck.cards.code import Code
from prepdeck.cards.ids import CardId
from prepdeck.cards.spoken import Design, OutlinePhase, Probe, Star, Story
from prepdeck.interview.answer import PARTS, Run
from prepdeck.interview.checking import Checked, check_answer
from prepdeck.interview.marks import Rater
from prepdeck.interview.mock import Mock, sheet_of
from prepdeck.interview.questions import Question

OWN_PROJECT_PROMPT: Final = "A project of your own."
"""The prompt of a question that has no card."""
GONE_PROMPT: Final = "This card is no longer in its deck."
"""The prompt of a question whose card is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """One question of a mock, as the debrief shows it."""

    number: int
    """Which question, from 0, as events number them."""
    question: Question
    """The question: how it was drawn, its card, its topic, whether it was seen before."""
    prompt: str
    """The prompt, Markdown; a plain sentence when there is no card."""
    own: str
    """The candidate's own words, as they stand on the question's sheet; empty when nothing was written."""
    code: str = ""
    """The candidate's code; empty when none was written."""
    reference: str = ""
    """The deck's answer: Markdown, or code for a code card; empty for a design case, which has an outline."""
    outline: tuple[OutlinePhase, ...] = ()
    """What a good answer to a design case covers, phase by phase."""
    chosen: tuple[str, ...] = ()
    """Texts of the options that were picked, Markdown."""
    checked: Checked | None = None
    """Whether a chosen or typed answer is right; None when no machine can tell."""
    tests: str = ""
    """What the hidden tests gave, for people: how many passed, and what failed first; empty when none were run."""
    probes: tuple[tuple[Probe, bool], ...] = ()
    """What an interviewer asks into the answer, each with whether it was asked."""
    clarified: tuple[str, ...] = ()
    """Clarifications the candidate asked for, in the order they were asked, Markdown."""
    twist: str = ""
    """The changed requirement, Markdown; empty when none was shown."""
    hints: int = 0
    """How many hints were shown."""
    level: int | None = None
    """The candidate's own mark, 1-4; None when there is none. A blank answer never has one."""
    partner: int | None = None
    """The partner's mark, beside it."""
    milliseconds: int = 0
    """What the clock counted while it was on the table."""
    is_blank: bool = False
    """Whether nothing was answered."""
    is_said: bool = False
    """Whether the candidate says to have answered aloud."""
    told_ms: Mapping[str, int] = field(default_factory=dict)
    """Milliseconds of each part of a told story, in the order of telling; empty when none was told."""
    story: CardId | None = None
    """The story picked for a behavioural prompt."""
    runs: tuple[Run, ...] = ()
    """Runs against the visible tests, oldest first."""


def item_rows(mock: Mock, cards: Mapping[CardId, Card]) -> tuple[ItemRow, ...]:
    """Return the questions of a mock, in order.

    Args:
        mock: The mock.
        cards: Its cards as they stand now; one that left its deck is missing.
    """
    return tuple(_item(mock, number, cards) for number in range(len(mock.questions)))


def _item(mock: Mock, number: int, cards: Mapping[CardId, Card]) -> ItemRow:
    question, answer = mock.questions[number], mock.answers[number]
    card = cards.get(question.card) if question.card is not None else None
    design = card.body if card is not None and isinstance(card.body, Design) else None
    is_blank = mock.is_blank(number)
    return ItemRow(
        number=number,
        question=question,
        prompt=_prompt(question, card),
        own=mock.sheets.get(sheet_of(number), ""),
        code=mock.sheets.get(sheet_of(number, is_code=True), ""),
        reference="" if card is None else reference_of(card),
        outline=() if design is None else design.outline,
        chosen=_chosen(card, answer.options),
        checked=check_answer(mock, number, card),
        tests=_tests(answer.judged),
        probes=tuple((probe, place < answer.probes) for place, probe in enumerate(asked_next(question, cards))),
        clarified=() if design is None else _clarified(design, answer.clarified),
        twist=design.twist or "" if design is not None and answer.is_twisted else "",
        hints=answer.hints,
        level=None if is_blank else answer.levels.get(Rater.SELF),
        partner=None if is_blank else answer.levels.get(Rater.PARTNER),
        milliseconds=mock.question_ms(number),
        is_blank=is_blank,
        is_said=answer.is_said,
        told_ms={part: answer.told_ms[part] for part in PARTS if part in answer.told_ms},
        story=answer.story,
        runs=answer.runs,
    )


def reference_of(card: Card) -> str:
    """Return what the deck answers: Markdown, code for a code card; empty for a design case, which has an outline."""
    match card.body:
        case Basic(back=back):
            return back
        case Choice(options=options):
            right = [option for option in options if option.correct]
            return "\n".join(f"- {option.text}" + (f": {option.why}" if option.why else "") for option in right)
        case Numeric(answer_text=answer, unit=unit, steps=steps):
            return "\n\n".join([*steps, f"{answer.strip()} {unit or ''}".strip()])
        case Code(reference=reference):
            return reference
        case Design():
            return ""
        case Star(strong_signals=signals):
            return "\n".join(f"- {signal}" for signal in signals)
        case Cloze(pieces=pieces):
            return "".join(piece if isinstance(piece, str) else piece.answer for piece in pieces)
        case Story() as story:
            told = (story.situation, story.task, story.action, story.result, story.reflection)
            return "\n\n".join(part for part in told if part)


def asked_next(question: Question, cards: Mapping[CardId, Card]) -> tuple[Probe, ...]:
    """Return what an interviewer asks into an answer, with what a good one says; a ladder asks its deeper cards."""
    if question.ladder:
        bodies = [cards[name].body for name in question.ladder if name in cards]
        return tuple(Probe(body.front, body.back) for body in bodies if isinstance(body, Basic))
    card = cards.get(question.card) if question.card is not None else None
    match card.body if card is not None else None:
        case Design(probes=probes) | Star(probes=probes):
            return probes
        case Basic(followups=followups):
            return tuple(Probe(each.front, each.back) for each in followups)
        case _:
            return ()


def _prompt(question: Question, card: Card | None) -> str:
    if card is None:
        return OWN_PROJECT_PROMPT if question.card is None else GONE_PROMPT
    match card.body:
        case Cloze() | Story():
            return card.title
        case body:
            return body.front


def _chosen(card: Card | None, options: tuple[int, ...]) -> tuple[str, ...]:
    if card is None or not isinstance(card.body, Choice):
        return ()
    known = card.body.options
    return tuple(known[place].text for place in options if place < len(known))


def _tests(judged: Run | None) -> str:
    if judged is None:
        return ""
    counted = f"{judged.passed} of {judged.of} hidden tests passed" if judged.of else "the tests could not be run"
    return f"{counted}: {judged.words}" if judged.words and not judged.has_passed else counted


def _clarified(design: Design, asked: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(design.clarifications[place] for place in asked if place < len(design.clarifications))
