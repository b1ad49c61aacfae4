"""What was done on which study day, and what falls due on the next ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from prepdeck.scheduling.memory import Learned, Memory

MATURE_INTERVAL = 21
"""Days; a card whose interval is at least so long counts as mature."""


@dataclass(frozen=True, slots=True)
class Streak:
    """Study days in a row with at least one review."""

    days: int
    """The run that reaches today, or yesterday while today is still open."""
    best: int
    """The longest run ever."""
    active: int
    """Days with a review in all."""


def streak_of(reviews_by_day: Mapping[date, int], today: date) -> Streak:
    """Return the streak as of the study day `today`."""
    days = sorted(day for day, count in reviews_by_day.items() if count > 0)
    best = run = 0
    previous: date | None = None
    for day in days:
        run = run + 1 if previous is not None and (day - previous).days == 1 else 1
        best = max(best, run)
        previous = day
    reaches_today = previous is not None and 0 <= (today - previous).days <= 1
    return Streak(days=run if reaches_today else 0, best=best, active=len(days))


def forecast_of(memories: Iterable[Memory], today: date, days: int) -> tuple[int, ...]:
    """Return how many learned cards fall due on each of the next `days` study days; overdue ones count on the first."""
    counts: Counter[int] = Counter()
    for memory in memories:
        if isinstance(memory, Learned):
            counts[max(0, (memory.due - today).days)] += 1
    return tuple(counts[offset] for offset in range(days))


def heat_of(reviews_by_day: Mapping[date, int], today: date, weeks: int) -> tuple[tuple[int | None, ...], ...]:
    """Return reviews per day as `weeks` columns of seven days, Monday first; days after today are None."""
    first = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    columns = []
    for week in range(weeks):
        monday = first + timedelta(weeks=week)
        days = [monday + timedelta(days=offset) for offset in range(7)]
        columns.append(tuple(reviews_by_day.get(day, 0) if day <= today else None for day in days))
    return tuple(columns)
