"""How full a day may be: weekdays with half the work, and breaks with none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeAlias

Break: TypeAlias = tuple[date, date]
"""The first and the last day of a break."""

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Short names of the weekdays; the place of each is `date.weekday()`."""
EASY_SHARE: Final = 0.5
"""Share of the minutes and new cards on an easy weekday."""
LONGEST_BREAK: Final = 366
"""Days; a longer break is a slip in the year."""

_LONG_NAMES: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS: Final = {name: number for names in (WEEKDAYS, _LONG_NAMES) for number, name in enumerate(names)}
_SPAN: Final = r"(\d{4}-\d{2}-\d{2})(?:\s*\.\.\s*(\d{4}-\d{2}-\d{2}))?"


@dataclass(frozen=True, slots=True)
class Week:
    """Which days are not like the others."""

    easy: frozenset[int] = frozenset()
    """Weekdays with half the minutes and half the new cards; Monday is 0."""
    breaks: tuple[Break, ...] = ()
    """Stretches without planned minutes and new cards; due cards stay reviewable."""

    def share_of(self, day: date) -> float:
        """Return how much of a usual day's minutes and new cards a day has: 1, on an easy day 0.5, on a break 0."""
        if any(first <= day <= last for first, last in self.breaks):
            return 0.0
        return EASY_SHARE if day.weekday() in self.easy else 1.0


def read_weekdays(words: Iterable[str]) -> frozenset[int]:
    """Return the weekdays that some words name, such as `sat` or `Sunday`.

    Raises:
        ValueError: When a word names none; the message holds the word.
    """
    days = set()
    for word in words:
        number = _NUMBERS.get(word.strip().lower())
        if number is None:
            message = f"{word[:40]!r} is no weekday"
            raise ValueError(message)
        days.add(number)
    return frozenset(days)


def read_break(value: str | date) -> Break:
    """Return the break that a day such as `2026-12-24`, or a range such as `2026-12-24..2026-12-27`, names.

    Raises:
        ValueError: When it names none, ends before it begins or takes longer than a year.
    """
    if isinstance(value, date) and not isinstance(value, datetime):
        return value, value
    match = re.fullmatch(_SPAN, value.strip(), re.ASCII) if isinstance(value, str) else None
    if match is None:
        message = f"{str(value)[:40]!r} is neither a day nor a range"
        raise ValueError(message)
    try:
        first, last = date.fromisoformat(match[1]), date.fromisoformat(match[2] or match[1])
    except ValueError:
        message = f"{value!r} names a day that does not exist"
        raise ValueError(message) from None
    if last < first:
        message = f"{value!r} ends before it begins"
        raise ValueError(message)
    if (last - first).days >= LONGEST_BREAK:
        message = f"{value!r} is longer than a year"
        raise ValueError(message)
    return first, last


def read_breaks(values: Iterable[Any]) -> tuple[Break, ...]:
    """Return breaks in the order of their days, each once.

    Raises:
        ValueError: When one of the values names no break.
    """
    return tuple(sorted({read_break(value) for value in values}))


def weekday_words(days: Iterable[int]) -> tuple[str, ...]:
    """Return weekdays as they are written in the settings, Monday first."""
    return tuple(WEEKDAYS[day] for day in sorted(days))


def break_words(span: Break) -> str:
    """Return a break as it is written in the settings."""
    first, last = span
    return first.isoformat() if first == last else f"{first.isoformat()}..{last.isoformat()}"
