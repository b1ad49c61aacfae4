"""What one answer today is worth on the day of the interview.

The value of a card is its recall on that day when it is left alone, or, while there is time for it, with one last look
a few days before. The gain of an answer is the value it leaves on average minus the value as it is; cards are studied
by gain per minute (choosing by gain per time: Eglington and Pavlik 2020).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from prepdeck.scheduling.curve import Curve
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.recall import (
    Strength,
    after_lapse,
    after_pass,
    first_strength,
    next_strength,
    recall_after,
)


class Worth(NamedTuple):
    """Why a card is, or is not, studied today."""

    now: float
    """Probability of recall today, 0-1; 0 for an unseen card."""
    alone: float
    """Recall on the day if it is not studied today."""
    studied: float
    """The same if it is studied today, on average over pass and failure."""
    seconds: float
    """About how long it takes today, repeats included."""
    weight: float = 1.0
    """How much the card counts."""

    @property
    def gain(self) -> float:
        """Weighted recall won on the day, in cards."""
        return self.weight * (self.studied - self.alone)

    @property
    def per_minute(self) -> float:
        """The gain of a minute spent on it, in cards."""
        return 60.0 * self.weight * (self.studied - self.alone) / self.seconds


class Prospect:
    """Values and gains on one study day for one interview.

    Args:
        curve: The learner's forgetting curve.
        left: Days until the interview, at least 1.
        window: Days before the interview in which each card gets its last look.
    """

    __slots__ = ("_exponent", "_left", "_looks_ahead", "_rate", "_window")

    def __init__(self, curve: Curve, left: int, window: int) -> None:
        self._exponent = -curve.exponent
        self._rate = curve.factor / curve.scale
        self._left = left
        self._window = window
        self._looks_ahead = left > window

    def value(self, stability: float, difficulty: float, gap: float) -> float:
        """Return the recall on the day of a card whose last answer will then lie `gap` days back."""
        rate, exponent = self._rate, self._exponent
        alone: float = (1.0 + rate * gap / stability) ** exponent
        if not self._looks_ahead:
            return alone
        window = self._window
        before_look = gap - window
        chance = (1.0 + rate * before_look / stability) ** exponent
        modelled = recall_after(before_look, stability)
        passed = after_pass(stability, difficulty, modelled)
        failed = after_lapse(stability, difficulty, modelled)
        looked: float = (
            chance * (1.0 + rate * window / passed) ** exponent
            + (1.0 - chance) * (1.0 + rate * window / failed) ** exponent
        )
        return max(alone, looked)

    def of_seen(
        self, strength: Strength, gap: int, pass_seconds: float, failure_seconds: float, weight: float
    ) -> Worth:
        """Return what an answer to a card is worth that was last answered `gap` days ago, at least 1."""
        stability, difficulty = strength
        left = self._left
        now: float = (1.0 + self._rate * gap / stability) ** self._exponent
        modelled = recall_after(gap, stability)
        passed = self.value(after_pass(stability, difficulty, modelled), difficulty, left)
        lapsed = next_strength(strength, Grade.AGAIN, gap, modelled)
        failed = self.value(lapsed.stability, lapsed.difficulty, left)
        alone = self.value(stability, difficulty, gap + left)
        studied = now * passed + (1.0 - now) * failed
        return Worth(now, alone, studied, now * pass_seconds + (1.0 - now) * failure_seconds, weight)

    def of_unseen(self, first_shares: Mapping[Grade, float], seconds: float, weight: float) -> Worth:
        """Return what a first look is worth."""
        studied = sum(share * self._of_first(grade) for grade, share in first_shares.items())
        return Worth(0.0, 0.0, studied, seconds, weight)

    def _of_first(self, grade: Grade) -> float:
        strength = first_strength(grade)
        return self.value(strength.stability, strength.difficulty, self._left)
