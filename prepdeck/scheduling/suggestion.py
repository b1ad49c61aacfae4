"""The grade an answer suggests; the learner decides."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, assert_never

from prepdeck.cards.card import Basic, Card, Choice, Cloze, Numeric
from prepdeck.cards.code import Code
from prepdeck.cards.number import is_within
from prepdeck.cards.spoken import Design, Star, Story
from prepdeck.scheduling.grade import Grade

SLOW_FACTOR: Final = 3.0
"""An answer that took so many times its target time suggests hard."""
WELL_COVERED: Final = 0.8
"""Share of an outline or of strong signals that is enough for good: nobody says every point of a long one."""
HALF_COVERED: Final = 0.5
"""Share of points below which again is suggested."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen of an answer before it was graded."""

    elapsed_seconds: float = 0.0
    """How long it took."""
    hints_shown: int = 0
    """How many hints were asked for."""
    ticked: frozenset[int] = frozenset()
    """Which points were ticked, by position."""
    picked: frozenset[int] = frozenset()
    """Which options were picked, by their position in the deck."""
    typed: Fraction | None = None
    """The number that was typed."""
    checked: bool = False
    """Whether anything was picked, typed, ticked or handed in to tests at all."""
    tests_passed: int = 0
    """How many tests the code that was handed in passed."""
    tests_total: int = 0
    """How many tests there were; 0 when nothing was handed in."""


def suggest(card: Card, evidence: Evidence) -> Grade:
    """Return the suggested grade: a wrong answer again, a hint or a long wait hard, else good.

    Ticked points count by share: all good, at least half hard, fewer again; of outlines and signals four in five are
    enough for good. Code counts by its tests: a failed one again; all passed good within the card's minutes and without
    a hint, else hard. Where nothing was checked the learner's own judgement is all there is, and good is offered.
    """
    if not evidence.checked:
        return _unless_slow(card, evidence)
    match card.body:
        case Choice(options=options):
            right = frozenset(index for index, option in enumerate(options) if option.correct)
            return _unless_slow(card, evidence) if evidence.picked == right else Grade.AGAIN
        case Numeric() as body:
            is_right = evidence.typed is not None and is_within(body, evidence.typed)
            return _unless_slow(card, evidence) if is_right else Grade.AGAIN
        case Basic(points=points):
            return _by_share(card, evidence, len(points), enough=1.0)
        case Design() as body:
            return _by_share(card, evidence, len(body.points), enough=WELL_COVERED)
        case Star(strong_signals=signals):
            return _by_share(card, evidence, len(signals), enough=WELL_COVERED)
        case Code():
            has_passed = evidence.tests_passed >= evidence.tests_total
            return _unless_slow(card, evidence) if has_passed else Grade.AGAIN
        case Cloze() | Story():
            return _unless_slow(card, evidence)
        case _:
            assert_never(card.body)


def target_seconds(card: Card) -> float | None:
    """Return how long an answer may take before it counts as slow, or None when no time is set.

    An author's time is for one who knows; the minutes of a code card are what an interview gives, and no more.
    """
    if isinstance(card.body, Code) and card.body.minutes is not None:
        return card.body.minutes * 60.0
    return None if card.seconds is None else SLOW_FACTOR * card.seconds


def _by_share(card: Card, evidence: Evidence, points: int, *, enough: float) -> Grade:
    covered = len(evidence.ticked) / points if points else 1.0
    if covered >= enough:
        return _unless_slow(card, evidence)
    return Grade.HARD if covered >= HALF_COVERED else Grade.AGAIN


def _unless_slow(card: Card, evidence: Evidence) -> Grade:
    limit = target_seconds(card)
    is_slow = limit is not None and evidence.elapsed_seconds > limit
    return Grade.HARD if evidence.hints_shown or is_slow else Grade.GOOD
