"""The grade an answer suggests; the learner decides."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, assert_never

from prepdeck.cards.card import Basic, Card, Choice, Cloze, Numeric
from prepdeck.cards.number import is_within
from prepdeck.scheduling.grade import Grade

SLOW_FACTOR: Final = 3.0
"""An answer that took so many times its target time suggests hard."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was seen of an answer before it was graded."""

    elapsed_seconds: float = 0.0
    """How long it took."""
    hints_shown: int = 0
    """How many hints were asked for."""
    ticked: frozenset[int] = frozenset()
    """Which must-say points were ticked, by position."""
    picked: frozenset[int] = frozenset()
    """Which options were picked, by their position in the deck."""
    typed: Fraction | None = None
    """The number that was typed."""
    checked: bool = False
    """Whether anything was picked, typed or ticked at all."""


def suggest(card: Card, evidence: Evidence) -> Grade:
    """Return the suggested grade: a wrong answer again, a hint or a long wait hard, else good.

    Ticked points count by share: all good, at least half hard, fewer again. Where nothing was checked the learner's own
    judgement is all there is, and good is offered.
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
        case Basic(points=points) if points:
            covered = len(evidence.ticked) / len(points)
            if covered >= 1:
                return _unless_slow(card, evidence)
            return Grade.HARD if covered >= 0.5 else Grade.AGAIN  # noqa: PLR2004 - half of the points
        case Basic() | Cloze():
            return _unless_slow(card, evidence)
        case _:
            assert_never(card.body)


def _unless_slow(card: Card, evidence: Evidence) -> Grade:
    if evidence.hints_shown:
        return Grade.HARD
    if card.seconds is not None and evidence.elapsed_seconds > SLOW_FACTOR * card.seconds:
        return Grade.HARD
    return Grade.GOOD
