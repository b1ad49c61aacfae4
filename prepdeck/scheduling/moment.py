"""Moments as people write them: ISO with an offset from UTC."""

from __future__ import annotations

from datetime import datetime
from typing import Final

EARLIEST_YEAR: Final = 1970
"""Moments are kept as milliseconds since then."""
LATEST_YEAR: Final = 8999
"""Room for the longest interval before the calendar ends."""
MOMENT_EXAMPLE: Final = "write it like 2026-11-22T09:30:00+01:00"
"""How a moment is written."""


def parse_moment(text: str) -> datetime:
    """Return the aware moment written as ISO with its offset from UTC.

    Raises:
        ValueError: With a sentence that says what is wrong.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text[:60]!r} is not a moment") from None
    if moment.utcoffset() is None:
        raise ValueError(f"{text[:60]!r} has no offset from UTC")
    if not EARLIEST_YEAR < moment.year <= LATEST_YEAR:
        raise ValueError(f"the year of {text[:60]!r} lies outside {EARLIEST_YEAR + 1}-{LATEST_YEAR}")
    return moment
