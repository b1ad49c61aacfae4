"""What a simulation starts from: cards, days, minutes, and what the learner did before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from prepdeck.scheduling.grade import Grade


class Past(NamedTuple):
    """One answer given before the simulation begins."""

    day: int
    """Days before the first study day, as a number below 0."""
    grade: Grade
    """What was pressed."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What every scheduler is told before the first day; cards and days are counted from 0."""

    cards: int
    """How many there are, at least one."""
    days: int
    """Study days before the interview, at least one; the interview is on the day with that number."""
    minutes: float
    """Minutes a day, above 0."""
    weights: tuple[float, ...] = ()
    """By card: how much it counts; none for all alike."""
    pasts: tuple[tuple[Past, ...], ...] = ()
    """By card: answers given before, oldest first; none for cards nobody has seen."""
    lengths: tuple[float, ...] = ()
    """By card: how many times as long as a usual card it takes, above 0; none for all alike."""

    def past_of(self, card: int) -> tuple[Past, ...]:
        """Return what was answered before the first day."""
        return self.pasts[card] if self.pasts else ()

    def length_of(self, card: int) -> float:
        """Return how many times as long as a usual card it takes."""
        return self.lengths[card] if self.lengths else 1.0

    @property
    def order(self) -> list[int]:
        """All cards, those that count most first, cards that count alike in their own order."""
        if not self.weights:
            return list(range(self.cards))
        return sorted(range(self.cards), key=lambda card: -self.weights[card])
