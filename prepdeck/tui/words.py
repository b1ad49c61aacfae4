"""Numbers, days and stretches of time as people read them."""

from __future__ import annotations

from datetime import date

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def show_day(day: date, *, with_year: bool = False) -> str:
    """Return a day as `Thu 10 Dec`, in English whatever the machine speaks."""
    shown = f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return f"{shown} {day.year}" if with_year else shown


def show_month(day: date) -> str:
    """Return the month of a day in three letters."""
    return _MONTHS[day.month - 1]


def show_seconds(seconds: float) -> str:
    """Return a stretch of time as `0:14`, `13:20` or `1:02:03`."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{left:02}" if hours else f"{minutes}:{left:02}"
