"""Months, days and pay of the road in words that every face uses."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prepdeck.cards.pay import PayRange
    from prepdeck.road.pacing import Months

_HALVES = 2


def month_words(months: Months) -> str:
    """Return a range of months: `2-3 months`, `1 month`, `1.5-3 months`, `3+ months`; halves are the finest."""
    low = _half(months.low)
    if months.high is None:
        return f"{low:g}+ months"
    high = _half(months.high)
    if low == high:
        return "1 month" if low == 1 else f"{low:g} months"
    return f"{low:g}-{high:g} months"


def _half(months: float) -> float:
    """Return months to the nearest half, and never none where there is something left."""
    rounded = round(months * _HALVES) / _HALVES
    return max(rounded, 1 / _HALVES) if months > 0 else 0.0


def month_name(day: date) -> str:
    """Return the month of a day: `April 2026`."""
    return f"{day:%B %Y}"


def pay_words(paid: PayRange) -> str:
    """Return yearly pay: `110,000-140,000`, `162,509`, `200,000-300,000+`."""
    high = f"-{paid.high:,}" if paid.high is not None else ""
    return f"{paid.low:,}{high}" + ("+" if paid.and_more else "")


def years_words(low: int, high: int | None) -> str:
    """Return years in the job: `0-2 years`, `7+ years`."""
    return f"{low}+ years" if high is None else f"{low}-{high} years"


def amount_words(amount: Fraction) -> str:
    """Return an amount with its thousands apart, to the nearest whole unit: `225,000`."""
    return f"{round(amount):,}"
