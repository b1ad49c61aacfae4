"""The one place that asks what time it is."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from prepdeck.errors import UsageError

NOW_VARIABLE = "PREPDECK_NOW"
"""Environment variable that freezes the clock at an ISO moment with offset."""
EARLIEST_YEAR = 1970
"""Moments are kept as milliseconds since then."""
LATEST_YEAR = 9000
"""Room for the longest interval before the calendar ends."""


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


def parse_moment(text: str) -> datetime:
    """Return the aware moment written as ISO with offset.

    Raises:
        UsageError: When `text` is no such moment, or its year lies outside 1970-9000.
    """
    example = "write it like 2026-11-22T09:30:00+01:00"
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise UsageError(f"{text!r} is not a moment", example) from None
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise UsageError(f"{text!r} has no offset from UTC", example)
    if not EARLIEST_YEAR < moment.year < LATEST_YEAR:
        raise UsageError(f"the year of {text!r} is outside {EARLIEST_YEAR + 1}-{LATEST_YEAR - 1}", example)
    return moment


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
    except UsageError as error:
        raise UsageError(f"{NOW_VARIABLE}: {error.message}", error.help) from None


def to_milliseconds(moment: datetime) -> int:
    """Return whole milliseconds since 1970 in UTC."""
    delta = moment.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1000 + delta.microseconds // 1000
