"""Published pay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prepdeck.cards.span import Span


@dataclass(frozen=True, slots=True)
class PayPlace:
    """A country that pay is known for."""

    id: str
    """Slug."""
    title: str
    """What people read."""
    currency: str
    """Code of three letters."""


@dataclass(frozen=True, slots=True)
class PayRange:
    """Yearly pay in one place: a figure, a range, or either of them with more above it."""

    place: str
    """Slug of the place."""
    low: int
    """The figure, or the lower end, in whole units of the currency."""
    high: int | None = None
    """The upper end, or None for a single figure."""
    and_more: bool = False
    """Whether pay goes on above the last figure."""


@dataclass(frozen=True, slots=True)
class PayRow:
    """Yearly pay of one group of people."""

    id: str
    """Slug."""
    title: str
    """What people read."""
    ranges: tuple[PayRange, ...]
    """One for each place."""
    years: Span | None = None
    """Years in the job."""


@dataclass(frozen=True, slots=True)
class PayTable:
    """Published pay, shown as a dated reference; nothing is computed from it."""

    as_of: date
    """First day of the month the figures are from."""
    places: tuple[PayPlace, ...]
    """In the order they are shown."""
    rows: tuple[PayRow, ...]
    """In the order they are shown."""
    caution: str | None = None
    """What to keep in mind, in words for people."""
