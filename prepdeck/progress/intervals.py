"""Cards by the interval after which they come back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from prepdeck.progress.days import MATURE_INTERVAL

STARTS: Final = (1, 2, 8, MATURE_INTERVAL, 61)
"""The shortest interval of each bin, in days."""


@dataclass(frozen=True, slots=True)
class IntervalBin:
    """Cards whose intervals are about as long."""

    least: int
    """Days of the shortest interval."""
    most: int | None
    """Days of the longest interval; None for no limit."""
    cards: int
    """How many cards."""

    @property
    def is_mature(self) -> bool:
        """Whether its cards count as mature."""
        return self.least >= MATURE_INTERVAL

    @property
    def words(self) -> str:
        """The bin as people read it: `1 day`, `2-7 days`, `61+ days`."""
        if self.most is None:
            return f"{self.least}+ days"
        return "1 day" if self.most == self.least == 1 else f"{self.least}-{self.most} days"


def interval_bins(cards_by_interval: Mapping[int, int]) -> tuple[IntervalBin, ...]:
    """Return the five bins, empty ones too; every learned card is in exactly one."""
    counts = [0] * len(STARTS)
    for interval, cards in cards_by_interval.items():
        counts[max(0, bisect_right(STARTS, interval) - 1)] += cards
    ends = [*(start - 1 for start in STARTS[1:]), None]
    return tuple(IntervalBin(*each) for each in zip(STARTS, ends, counts, strict=True))
