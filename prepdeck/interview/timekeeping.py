"""How long something took on a machine that sleeps, restarts and has its clock set.

Three clocks are read together: the wall clock, the monotonic clock that stands while the machine sleeps, and the
seconds since it was started, which do not. Where both readings come from one run of the machine the last of them is
the truth; after a restart only the wall clock is left (PROMISES.md, promise 23).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Final

SLACK_MS: Final = 2_000
"""Clocks that differ by no more than this between two readings agree."""
SILENCE_MS: Final = 20_000
"""Longer than this without a sign of life, and the program was not there."""


class GapKind(Enum):
    """Why time passed that nobody could use."""

    SLEEP = "sleep"
    """The machine slept."""
    AWAY = "away"
    """The program was not running, or was stopped."""
    CLOCK_CHANGE = "clock-change"
    """Somebody set the wall clock; no time passed because of it."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clocks of a machine show at one moment."""

    wall: datetime
    """The wall clock, aware."""
    monotonic_ms: int
    """Milliseconds that stand while the machine sleeps."""
    boot_ms: int
    """Milliseconds since the machine was started, sleep counted."""
    boot: str
    """Names this run of the machine; empty when only the wall clock can be trusted."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch between two readings that was not lived through."""

    kind: GapKind
    """Why."""
    milliseconds: int
    """How long it was; for a changed clock how far it was set, negative when it was set back."""


@dataclass(frozen=True, slots=True)
class Lapse:
    """What passed between two readings."""

    milliseconds: int
    """True time, never negative."""
    gap: Gap | None = None
    """What of it was a gap, or how the wall clock was changed meanwhile."""


def lapse_between(before: Reading, after: Reading) -> Lapse:
    """Return how much time passed between two readings, and whether part of it was a gap."""
    wall = round((after.wall - before.wall).total_seconds() * 1000)
    if not before.boot or before.boot != after.boot or after.boot_ms < before.boot_ms:
        passed = max(0, wall)
        gap = Gap(GapKind.CLOCK_CHANGE, wall) if wall < -SLACK_MS else None
        return Lapse(passed, gap or (Gap(GapKind.AWAY, passed) if passed > SILENCE_MS else None))
    passed = after.boot_ms - before.boot_ms
    slept = passed - (after.monotonic_ms - before.monotonic_ms)
    if slept > SLACK_MS:
        return Lapse(passed, Gap(GapKind.SLEEP, slept))
    if abs(wall - passed) > SLACK_MS:
        return Lapse(passed, Gap(GapKind.CLOCK_CHANGE, wall - passed))
    return Lapse(passed, Gap(GapKind.AWAY, passed) if passed > SILENCE_MS else None)
