"""How long answers take, as last worked out from the log: kept as a small fact, so that a quick count may use it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from prepdeck.scheduling.load import UNMEASURED
from prepdeck.scheduling.pace import Event, Measured, Pace

PACE_FACT: Final = "pace"
"""The fact that holds it."""


def pace_words(pace: Pace, day: date) -> str:
    """Return a pace and the study day it was worked out on, as the fact holds them."""
    return json.dumps({"day": day.isoformat(), "seconds": measured_rows(pace)}, separators=(",", ":"))


def measured_rows(pace: Pace) -> list[list[Any]]:
    """Return what was measured as rows that JSON holds exactly."""
    return [[kind, event.value, *measured] for (kind, event), measured in pace.measured.items()]


def pace_of_rows(rows: Iterable[Sequence[Any]]) -> Pace:
    """Return the pace in such rows.

    Raises:
        ValueError: When they are no such rows.
        TypeError: When a value is of another shape.
    """
    return Pace.of(
        {(str(kind), Event(event)): Measured(float(total), int(times)) for kind, event, total, times in rows}
    )


def pace_from(words: str | None) -> Pace:
    """Return the pace in a fact; one that does not read as such counts as nothing measured."""
    if words is None:
        return UNMEASURED
    try:
        return pace_of_rows(json.loads(words)["seconds"])
    except (ValueError, TypeError, KeyError):
        return UNMEASURED


def was_kept_on(words: str | None, day: date) -> bool:
    """Tell whether a fact was worked out on a study day."""
    if words is None:
        return False
    try:
        kept = json.loads(words)
    except ValueError:
        return False
    return isinstance(kept, Mapping) and kept.get("day") == day.isoformat()
