"""The one place that asks what time it is."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Protocol

from prepdeck.errors import UsageError
from prepdeck.scheduling.moment import MOMENT_EXAMPLE, parse_moment

if TYPE_CHECKING:
    from prepdeck.interview.timekeeping import Reading

NOW_VARIABLE = "PREPDECK_NOW"
"""Environment variable that freezes the clock at an ISO moment with offset."""


class Clock(Protocol):
    """What tells the time."""

    def now(self) -> datetime:
        """Return the moment, aware, in the learner's zone."""
        ...

    def monotonic_seconds(self) -> float:
        """Return seconds that never go back, for measuring how long something takes."""
        ...


class SystemClock:
    """The machine's clock, in the zone of `TZ` or the system."""

    def now(self) -> datetime:
        """Return the moment, aware, in the learner's zone."""
        return datetime.now().astimezone()

    def monotonic_seconds(self) -> float:
        """Return the machine's monotonic seconds."""
        return time.monotonic()


@dataclass(frozen=True, slots=True)
class FrozenClock:
    """A clock that stands, for tests, demos and pictures."""

    moment: datetime
    """The moment it shows, aware."""

    def now(self) -> datetime:
        """Return the moment in the learner's zone."""
        return self.moment.astimezone()

    def monotonic_seconds(self) -> float:
        """Return zero: nothing takes any time."""
        return 0.0


def clock_of(environment: Mapping[str, str]) -> Clock:
    """Return the clock to use: the machine's, or the one that `PREPDECK_NOW` stops.

    Raises:
        UsageError: When `PREPDECK_NOW` is not a moment with offset.
    """
    frozen = environment.get(NOW_VARIABLE, "").strip()
    if not frozen:
        return SystemClock()
    try:
        return FrozenClock(parse_moment(frozen))
    except ValueError as error:
        raise UsageError(f"{NOW_VARIABLE}: {error}", MOMENT_EXAMPLE) from None


def read_clocks(clock: Clock) -> Reading:
    """Return what the clocks show at one moment, to tell how long a mock took whatever the machine did meanwhile.

    Args:
        clock: The machine's clock is read together with the seconds since the machine was started; a clock that stands
            has its moment alone, and any other is trusted to go on by itself.
    """
    from prepdeck.host.uptime import boot_id, boot_ms, monotonic_ms
    from prepdeck.interview.timekeeping import Reading

    match clock:
        case SystemClock():
            return Reading(clock.now(), monotonic_ms(), boot_ms(), boot_id())
        case FrozenClock():
            return Reading(clock.now(), 0, 0, "")
        case _:
            passed = round(clock.monotonic_seconds() * 1000)
            return Reading(clock.now(), passed, passed, "test")


class _MachineZone(tzinfo):
    """The zone of `TZ` or the system with its rules, where `astimezone()` gives a moment a bare offset."""

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().utcoffset()

    def dst(self, moment: datetime | None) -> timedelta | None:
        del moment
        return None

    def tzname(self, moment: datetime | None) -> str | None:
        return None if moment is None else moment.replace(tzinfo=None).astimezone().tzname()


def wall_of(moment: datetime) -> datetime:
    """Return a moment on the wall clock of the learner's zone, knowing which hours come twice there.

    Only for telling the study day: between two such moments Python reckons without clock changes.
    """
    there = moment.astimezone()
    wall = there.replace(tzinfo=_MachineZone())
    return wall if wall.utcoffset() == there.utcoffset() else wall.replace(fold=1)


def to_milliseconds(moment: datetime) -> int:
    """Return whole milliseconds since 1970 in UTC."""
    delta = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1000 + delta.microseconds // 1000


def machine_ns() -> int:
    """Return the machine's nanoseconds since 1970, to hold against the stamps of files; it never stands."""
    return time.time_ns()
