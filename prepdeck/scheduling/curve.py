"""How fast this learner forgets: five curves compete, and each learns its own scale from every answer.

A forgetting curve says how recall falls with the days since the last answer, in units of the stability that FSRS-6
gives the card. Nobody's memory has exactly the published exponent, and a steeper one shows only after some weeks; so
five exponents run side by side, and forecasts come from the one that has foretold the answers best so far.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from prepdeck.scheduling.recall import DECAY, factor_of

EXPONENTS: Final = (DECAY, 0.3, 0.6, 1.2, 4.0)
"""The curves that compete, from nearly flat to nearly exponential."""
HEAD_START: Final = 2.0
"""Log likelihood that the published exponent has ahead of the others."""
LEARNING_RATE: Final = 0.05
"""How much one answer moves a scale: up by so much at most after a pass, down after a failure."""
SMALLEST_SCALE: Final = 0.25
"""A scale never falls below this."""
LARGEST_SCALE: Final = 4.0
"""A scale never rises above this."""
LEAST_CHANCE: Final = 1e-4
"""No forecast is so sure that one answer refutes it for ever."""

_FACTORS: Final = tuple(factor_of(exponent) for exponent in EXPONENTS)


class Curve(NamedTuple):
    """One forgetting curve, fitted to a learner."""

    exponent: float
    """How steeply it falls."""
    factor: float
    """Makes it 0.9 after one scaled stability."""
    scale: float
    """How much longer than FSRS-6 says this learner remembers, 0.25-4."""

    def recall(self, days: float, stability: float) -> float:
        """Return the probability of recall, 0-1, so many days after the last answer."""
        return float((1.0 + self.factor * days / (self.scale * stability)) ** -self.exponent)


class Curves(NamedTuple):
    """The competing curves after some answers; `observed` returns the next value."""

    scales: tuple[float, ...] = (1.0,) * len(EXPONENTS)
    """The scale of each curve."""
    scores: tuple[float, ...] = (HEAD_START, *(0.0 for _ in EXPONENTS[1:]))
    """How well each has foretold the answers: log likelihood."""

    @property
    def best(self) -> Curve:
        """The curve that has foretold best."""
        place = max(range(len(EXPONENTS)), key=self.scores.__getitem__)
        return Curve(EXPONENTS[place], _FACTORS[place], self.scales[place])

    def observed(self, days: int, stability: float, *, recalled: bool) -> Curves:
        """Return the curves after one more later answer.

        Args:
            days: Whole study days since the answer before, at least 1.
            stability: What that answer left, in days.
            recalled: Whether it was a pass.
        """
        scales, scores = [], []
        for exponent, factor, scale, score in zip(EXPONENTS, _FACTORS, self.scales, self.scores, strict=True):
            chance = (1.0 + factor * days / (scale * stability)) ** -exponent
            happened = max(chance if recalled else 1.0 - chance, LEAST_CHANCE)
            moved = scale * math.exp(LEARNING_RATE * (recalled - chance))
            scales.append(min(max(moved, SMALLEST_SCALE), LARGEST_SCALE))
            scores.append(score + math.log(happened))
        return Curves(tuple(scales), tuple(scores))


UNTRIED: Final = Curves()
"""The curves before any answer: FSRS-6 as published."""
