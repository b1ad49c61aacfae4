"""Values of settings: from TOML, strictly, to what the program uses, and back to the words of the command line.

Each converter raises ValueError with what the value must be, to be read behind `NAME must be`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

from prepdeck.scheduling.round import HardDrill
from prepdeck.scheduling.week import Break, break_words, read_breaks, read_weekdays, weekday_words


def number_between(low: float, high: float, kind: type[int | float]) -> Callable[[Any], Any]:
    """Return a converter of numbers from `low` to `high`; a whole one takes no fraction."""

    def convert(value: Any) -> Any:
        is_number = isinstance(value, (int, float) if kind is float else int) and not isinstance(value, bool)
        if not is_number or not low <= value <= high:
            what = "a whole number" if kind is int else "a number"
            message = f"{what} from {low} to {high}"
            raise ValueError(message)
        return kind(value)

    return convert


def number_in(*words: str) -> Callable[[Any], float]:
    """Return a converter that takes some numbers."""

    def convert(value: Any) -> float:
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number or value not in {float(word) for word in words}:
            message = "one of " + ", ".join(words)
            raise ValueError(message)
        return float(value)

    return convert


def clock_time(value: Any) -> time:
    """Return a time before one in the afternoon."""
    if isinstance(value, time):
        value = value.isoformat("minutes")
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", value) if isinstance(value, str) else None
    if match is None or int(match[1]) > 12:  # noqa: PLR2004 - a day that starts after noon is a slip
        message = 'a time from "00:00" to "12:59"'
        raise ValueError(message)
    return time(int(match[1]), int(match[2]))


def one_of(*names: str) -> Callable[[Any], str]:
    """Return a converter that takes some names."""

    def convert(value: Any) -> str:
        if value not in names:
            message = "one of " + ", ".join(names)
            raise ValueError(message)
        return str(value)

    return convert


def hard_drill(value: Any) -> HardDrill:
    """Return whether hard cards come back."""
    return HardDrill(one_of(*(each.value for each in HardDrill))(value))


def truth(value: Any) -> bool:
    """Return true or false; nothing else stands for either."""
    if not isinstance(value, bool):
        message = "true or false"
        raise ValueError(message)  # noqa: TRY004 - one error for every wrong value
    return value


def paths(value: Any) -> tuple[Path, ...]:
    """Return a list of paths, home folders written out."""
    if not isinstance(value, list) or not all(isinstance(item, str) and item for item in value):
        message = 'a list of paths such as ["~/decks"]'
        raise ValueError(message)
    return tuple(Path(item).expanduser() for item in value)


def names(value: Any) -> tuple[str, ...]:
    """Return names from a list of them, or from one text with commas; each once, as they were written."""
    items = parts_of(value) if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) and item for item in items):
        message = 'a list of decks such as ["probability", "my-stories"]'
        raise ValueError(message)
    return tuple(dict.fromkeys(items))


def weekdays(value: Any) -> frozenset[int]:
    """Return weekdays from a list of their names, or from one text with commas; Monday is 0."""
    items = parts_of(value) if isinstance(value, str) else value
    what = 'a list of weekdays such as ["sat", "sun"]'
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise ValueError(what)
    try:
        return read_weekdays(items)
    except ValueError as error:
        message = f"{what} ({error})"
        raise ValueError(message) from None


def breaks(value: Any) -> tuple[Break, ...]:
    """Return breaks from a list of days and ranges, from one text with commas, or from one day."""
    items = parts_of(value) if isinstance(value, str) else [value] if isinstance(value, date) else value
    what = 'a list of days or ranges such as ["2026-12-24..2026-12-27"]'
    if not isinstance(items, list):
        raise ValueError(what)  # noqa: TRY004 - one error for every wrong value
    try:
        return read_breaks(items)
    except ValueError as error:
        message = f"{what} ({error})"
        raise ValueError(message) from None


def parts_of(text: str) -> list[str]:
    """Return what stands between the commas of a text."""
    return [part.strip() for part in text.split(",") if part.strip()]


def shown(value: object) -> str:
    """Return a setting's value as people write it on the command line."""
    match value:
        case bool():
            return "true" if value else "false"
        case time():
            return value.isoformat("minutes")
        case HardDrill():
            return value.value
        case float():
            return f"{value:g}"
        case frozenset():
            return ", ".join(weekday_words(value))
        case (date() as first, date() as last):
            return break_words((first, last))
        case tuple():
            return ", ".join(shown(item) for item in value)
        case _:
            return str(value)
