"""Ranges of months and years."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A range of months or years."""

    low: int
    """Its lower end."""
    high: int | None = None
    """Its upper end, not below the lower one, or None when it is open."""
