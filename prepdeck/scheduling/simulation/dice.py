"""The chance a simulation is handed; `random.Random` with a seed is such dice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Dice(Protocol):
    """What made-up people are drawn and answer with; the core rolls none of its own."""

    def random(self) -> float:
        """Return a number from 0 up to but not including 1."""

    def gauss(self, mu: float, sigma: float) -> float:
        """Return a number of the normal distribution."""


def place_of(roll: float, cumulative: Sequence[float]) -> int:
    """Return where a roll of 0-1 falls among chances added up; the last place takes what rounding left over."""
    for place, reached in enumerate(cumulative):
        if roll < reached:
            return place
    return len(cumulative) - 1
