"""Which figures a run goes to: the daily ones, or with `PREPDECK_PROMISES=full` every one of the promises."""

from __future__ import annotations

import os

FULL = os.environ.get("PREPDECK_PROMISES") == "full"


def examples(daily: int, full: int = 10_000) -> int:
    """Return how many examples Hypothesis draws."""
    return full if FULL else daily


def times(daily: int, full: int) -> int:
    """Return how often a trial is repeated."""
    return full if FULL else daily
