"""Two sides measured turn by turn, so that a noisy machine disturbs both alike."""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

Measure: TypeAlias = Callable[[], float]
"""Does something once and returns the seconds it took."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Seconds of many turns."""

    seconds: tuple[float, ...]
    """One of each turn."""

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """The one that 95 of 100 do not exceed; of fewer than twenty turns the largest."""
        return sorted(self.seconds)[math.ceil(0.95 * len(self.seconds)) - 1]

    def less(self, seconds: float) -> Sample:
        """Return the sample without a part that every turn holds."""
        return Sample(tuple(max(0.0, each - seconds) for each in self.seconds))


@dataclass(frozen=True, slots=True)
class Finding:
    """One ratio."""

    target: str
    """Its row in the table of targets, such as `T1`."""
    what: str
    """What was measured, and on how much."""
    ours: Sample
    """What prepdeck took."""
    limit: Sample
    """What it is held against."""
    against: str
    """What that is."""
    most: float | None
    """The largest ratio within the target; None when there is no target."""

    @property
    def ratio(self) -> float:
        """Median over median."""
        return self.ours.median / self.limit.median

    @property
    def late_ratio(self) -> float:
        """The slow turns over the slow turns."""
        return self.ours.p95 / self.limit.p95

    @property
    def is_within(self) -> bool | None:
        """Whether the ratio is within the target; None when there is none."""
        return None if self.most is None else self.ratio <= self.most


def take_turns(*measures: Measure, turns: int, warm_ups: int = 1) -> tuple[Sample, ...]:
    """Return a sample of each measure; they take turns, and who begins changes with every turn.

    Args:
        measures: What is measured.
        turns: How often each is measured.
        warm_ups: How often each is done before that, unmeasured.
    """
    for _ in range(warm_ups):
        for measure in measures:
            measure()
    taken: list[list[float]] = [[] for _ in measures]
    # What is alive by now is nobody's garbage: without this, each side would pay for looking at the other's values.
    gc.collect()
    gc.freeze()
    try:
        for turn in range(turns):
            for place in range(len(measures)):
                side = (place + turn) % len(measures)
                taken[side].append(measures[side]())
    finally:
        gc.unfreeze()
    return tuple(Sample(tuple(seconds)) for seconds in taken)


def clocked(act: Callable[[], object]) -> Measure:
    """Return the measure of how long `act` takes by the wall."""

    def measure() -> float:
        begun = time.perf_counter()
        act()
        return time.perf_counter() - begun

    return measure


def computed(act: Callable[[], object]) -> Measure:
    """Return the measure of how much of the processor `act` takes."""

    def measure() -> float:
        begun = time.process_time()
        act()
        return time.process_time() - begun

    return measure
