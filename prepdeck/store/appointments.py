"""Interview dates as they stand in the action log; read with the standard library alone, so that a quick count may."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from prepdeck.cards.ids import is_slug
from prepdeck.scheduling.dates import (
    LONGEST_COMPANY,
    Added,
    Change,
    Changed,
    Finished,
    InterviewDate,
    Outcome,
    Reach,
    Removed,
    fold,
)
from prepdeck.store.glance import interview_details
from prepdeck.text.cleaning import clean_line


def interview_dates(raw: sqlite3.Connection) -> tuple[InterviewDate, ...]:
    """Return the interviews that the log holds, earliest first; removed ones are left out."""
    return fold(changes_from(interview_details(raw)))


def changes_from(entries: Iterable[tuple[str, str]]) -> tuple[Change, ...]:
    """Return what entries of the log say about interviews.

    An entry that makes no sense, of a later prepdeck or of another program, is left out.

    Args:
        entries: Study day and details of each.
    """
    found = (_change(study_day, details) for study_day, details in entries)
    return tuple(change for change in found if change is not None)


def _change(study_day: str, details: str) -> Change | None:
    try:
        written = json.loads(details)
        return _read(date.fromisoformat(study_day), written) if isinstance(written, dict) else None
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _read(study_day: date, written: dict[str, Any]) -> Change | None:
    """Return the change an entry says, or None for one that only a later prepdeck knows.

    Raises:
        ValueError: When a word is none of ours.
        TypeError: When a value is of another shape.
        KeyError: When something is missing.
    """
    key = _text(written["id"])
    match written["do"]:
        case "add":
            company = clean_line(_text(written["company"])).strip()[:LONGEST_COMPANY]
            day, reach = date.fromisoformat(written["date"]), _reach(written)
            return Added(InterviewDate(day, study_day, company, reach.tracks, reach.decks, reach.without, key=key))
        case "change":
            day = date.fromisoformat(written["date"])
            return Changed(key, day, _reach(written) if "tracks" in written else None)
        case "done":
            return Finished(key, Outcome(written["outcome"]))
        case "remove":
            return Removed(key)
        case _:
            return None


def _reach(written: dict[str, Any]) -> Reach:
    return Reach(_slugs(written["tracks"]), _slugs(written["decks"]), _slugs(written["without"]))


def _slugs(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and is_slug(each) for each in value):
        message = "not a list of names"
        raise ValueError(message)
    return tuple(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        message = "not a text"
        raise TypeError(message)
    return value


def details_of(change: Change, interview: InterviewDate) -> str:
    """Return the details of the entry that says a change, as one line of JSON.

    Args:
        change: What happened.
        interview: The interview as it is once that happened, so that an entry can be told in words by itself.
    """
    told: dict[str, Any] = {
        "do": _VERBS[type(change)],
        "id": change.key,
        "date": interview.date.isoformat(),
        "company": interview.company,
    }
    match change:
        case Added() | Changed(reach=Reach()):
            told |= {
                "tracks": list(interview.tracks),
                "decks": list(interview.decks),
                "without": list(interview.without),
            }
        case Finished(outcome=outcome):
            told["outcome"] = outcome.value
        case Changed() | Removed():
            pass
    return json.dumps(told, ensure_ascii=True, separators=(",", ":"))


_VERBS: Final = {Added: "add", Changed: "change", Finished: "done", Removed: "remove"}
