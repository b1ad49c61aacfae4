"""Which of many dated copies are worth keeping: all of the last days, fewer of what lies further back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

DAYS: Final = 7
"""Copies of so many days are kept, the newest ones."""
WEEKS: Final = 5
"""The newest copy of so many weeks is kept."""
MONTHS: Final = 12
"""The newest copy of so many months is kept."""


def days_kept(days: Iterable[date]) -> frozenset[date]:
    """Return the days whose copies are kept; a copy that counts for its day may also count for its week and month.

    The spans are those that hold copies, as with `prune` of restic and borg: who pauses for a year loses nothing.
    """
    newest_first = sorted(set(days), reverse=True)
    kept = set(newest_first[:DAYS])
    kept |= _newest_of_each(newest_first, lambda day: day.isocalendar()[:2], WEEKS)
    kept |= _newest_of_each(newest_first, lambda day: (day.year, day.month), MONTHS)
    return frozenset(kept)


def _newest_of_each(newest_first: list[date], span_of: Callable[[date], tuple[int, int]], spans: int) -> set[date]:
    newest: dict[tuple[int, int], date] = {}
    for day in newest_first:
        newest.setdefault(span_of(day), day)
    return set(list(newest.values())[:spans])
