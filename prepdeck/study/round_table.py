"""Rounds of real interviews as rows of a list: their fields, and what was typed into them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from prepdeck.errors import UsageError
from prepdeck.road.lists import Field, FieldSort
from prepdeck.study.interview_rounds import RoundChange

if TYPE_CHECKING:
    from prepdeck.study.interview_rounds import RealRound

OPEN: Final = "open"
"""The status of a round that was not worked through yet, and of a thing of the road that is not done."""
DONE: Final = "done"
"""The status of one that was."""
BETWEEN: Final = "|"
"""Stands between two questions that are typed into one field."""
ROUND_FIELDS: Final = (
    Field("company", "Company", hint="who asked"),
    Field("round", "Round", hint="phone screen, onsite"),
    Field("day", "Day", FieldSort.DAY, hint="2026-11-20, or -3 for three days ago; empty means today"),
    Field("questions", "Questions", hint="what was asked; | between two"),
    Field("result", "Result", hint="what came of it"),
    Field("status", "Status", FieldSort.CHOICE, (OPEN, DONE), frozenset({DONE})),
    Field("note", "Note"),
)
"""The fields of a round of a real interview."""


def round_values(each: RealRound) -> dict[str, str]:
    """Return what the fields of a round hold; empty ones are left out."""
    values = {
        "company": each.company,
        "round": each.round,
        "day": each.day.isoformat(),
        "questions": f" {BETWEEN} ".join(each.questions),
        "result": each.result,
        "status": DONE if each.is_done else OPEN,
        "note": each.notes,
    }
    return {name: value for name, value in values.items() if value}


def read_round(values: Mapping[str, str], today: date) -> RoundChange:
    """Return what was typed; fields that are not named are None.

    Raises:
        UsageError: When a field is unknown, a day is none, or a status is none.
    """
    known = [each.name for each in ROUND_FIELDS]
    for name in values:
        if name not in known:
            raise UsageError(f"interviews have no field {name[:40]!r}", f"fields: {', '.join(known)}")
    status = values.get("status", "").strip().lower()
    if status not in {"", OPEN, DONE}:
        raise UsageError(f"{status[:40]!r} is no status", f"one of: {OPEN}, {DONE}")
    day, asked = values.get("day", "").strip(), values.get("questions")
    return RoundChange(
        company=values.get("company"),
        round_name=values.get("round"),
        day=past_day(day, today) if day else None,
        questions=None if asked is None else [each for part in asked.split(BETWEEN) if (each := part.strip())],
        result=values.get("result"),
        notes=values.get("note"),
        is_done=status == DONE if status else None,
    )


def past_day(words: str, today: date) -> date:
    """Return a day that is over, as it is typed: `2026-11-20`, or `-3` for three days ago.

    Raises:
        UsageError: When it is none.
    """
    try:
        if re.fullmatch(r"-\d{1,4}", words, re.ASCII):
            return today + timedelta(days=int(words))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words, re.ASCII):
            return date.fromisoformat(words)
    except (ValueError, OverflowError):
        pass
    raise UsageError(f"{words[:40]!r} is not a day", "write it like 2026-11-20, or -3 for three days ago")
