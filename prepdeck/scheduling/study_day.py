"""The study day: the date a moment belongs to, given the hour at which days begin."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final

DAY_START: Final = time(4, 0)
"""When a study day begins, by default."""


def study_day(local: datetime, day_start: time = DAY_START) -> date:
    """Return the study day of a local moment.

    The rollover is taken off the wall clock, not off the instant: over two years in nine zones, with their clock
    changes, days so counted never go back and never skip, which the other order does. Where summer time ends across the
    rollover, the hour that comes twice belongs from its first rollover on to the new day, for no day begins twice.

    Args:
        local: An aware moment in the learner's zone; one that knows its zone's rules knows which hours come twice.
        day_start: When a study day begins on the wall clock.
    """
    wall = local.replace(tzinfo=None)
    offset = timedelta(hours=day_start.hour, minutes=day_start.minute)
    if wall.date() == date.min:
        return date.min
    day = (wall - offset).date()
    return day + timedelta(days=1) if local.fold and day < date.max and _has_begun(day, local, offset) else day


def _has_begun(day: date, local: datetime, offset: timedelta) -> bool:
    """Tell whether the day after `day` began already, before the clock was set back to the hour of `local`."""
    rollover = datetime.combine(day, time()) + timedelta(days=1) + offset
    first = rollover.replace(tzinfo=local.tzinfo, fold=0).utcoffset()
    second = rollover.replace(tzinfo=local.tzinfo, fold=1).utcoffset()
    repeated = (first or timedelta()) - (second or timedelta())
    return rollover - local.replace(tzinfo=None, fold=0) < repeated


def live_study_day(local: datetime, last: date | None, day_start: time = DAY_START) -> tuple[date, bool]:
    """Return the study day a live answer counts on, and whether the clock was set back.

    A clock that stands before the card's last study day would tear the log's order; the answer counts on that last day.
    """
    today = study_day(local, day_start)
    if last is not None and today < last:
        return last, True
    return today, False
