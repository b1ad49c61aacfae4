"""The only translator between rows and values of mocks.

A format, a rubric and the questions are kept as JSON by the names of their fields, an event by its kind and its fields.
Those names are in databases out there: they may be added to, never changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any, Final

from prepdeck.cards.blueprint import Blueprint
from prepdeck.cards.ids import CardId
from prepdeck.cards.rubric import Rubric
from prepdeck.errors import StoreDamaged
from prepdeck.host.clock import to_milliseconds
from prepdeck.interview import events, loops
from prepdeck.interview.events import Event, Written
from prepdeck.interview.questions import Question
from prepdeck.interview.terms import Terms
from prepdeck.interview.timekeeping import Reading
from prepdeck.store.mapping import MOCK_COLUMNS, Row, checksum_of, moment_from
from prepdeck.store.plain_values import from_plain, to_json, to_plain
from prepdeck.store.stored_mocks import Version
from prepdeck.store.tables import mock_events, mock_sheets, mocks

KINDS: Final[Mapping[str, type]] = {
    "moved": events.Moved,
    "paused": events.Paused,
    "resumed": events.Resumed,
    "gapped": events.Gapped,
    "recovered": events.Recovered,
    "chose": events.Chose,
    "said": events.Said,
    "picked": events.Picked,
    "part-began": events.PartBegan,
    "hinted": events.Hinted,
    "clarified": events.Clarified,
    "twisted": events.Twisted,
    "probed": events.Probed,
    "ran": events.Ran,
    "finished": events.Finished,
    "time-ran-out": events.TimeRanOut,
    "abandoned": events.Abandoned,
    "judged": events.Judged,
    "predicted": events.Predicted,
    "question-marked": events.QuestionMarked,
    "marked": events.Marked,
    "evidenced": events.Evidenced,
    "saved": events.Saved,
}
"""What an entry of a mock says happened; what was written is kept on sheets instead."""
LOOP_KINDS: Final[Mapping[str, type]] = {
    "round-began": loops.RoundBegan,
    "round-ended": loops.RoundEnded,
    "rest-began": loops.RestBegan,
    "rest-ended": loops.RestEnded,
    "loop-abandoned": loops.LoopAbandoned,
}
"""What an entry of a loop says happened."""
_ALL_KINDS: Final = {**KINDS, **LOOP_KINDS}
_NAMES: Final = {kind: name for name, kind in _ALL_KINDS.items()}

_HALVES: Final = re.compile("[\ud800-\udfff]")


def head_to_row(  # noqa: PLR0913 - the columns of a mock
    *,
    id_: str,
    blueprint: Blueprint,
    rubric: Rubric | None,
    terms: Terms,
    questions: Sequence[Question],
    began: datetime,
    study_day: date,
    loop: str | None = None,
    leg: int | None = None,
) -> dict[str, Any]:
    """Return the row of a mock or a loop that begins, its checksum included."""
    asked = dict.fromkeys(str(card) for question in questions for card in question.cards)
    return _sealed(
        mocks.name,
        {
            "id": id_,
            "began_ms": to_milliseconds(began),
            "offset_minutes": _offset_minutes(began),
            "study_day": study_day.isoformat(),
            "format": blueprint.id,
            "title": whole(blueprint.title),
            "is_loop": int(blueprint.is_loop),
            "loop": loop,
            "leg": leg,
            "cards": " ".join(asked),
            "terms": to_json(terms),
            "blueprint": to_json(blueprint),
            "rubric": None if rubric is None else to_json(rubric),
            "questions": to_json(tuple(questions)),
        },
    )


def blueprint_from(row: Row) -> Blueprint:
    """Return the format of a mock as it was when the mock began."""
    found: Blueprint = _loaded(Blueprint, row, "blueprint")
    return found


def rubric_from(row: Row) -> Rubric | None:
    """Return the rubric of a mock as it was when the mock began."""
    found: Rubric | None = None if row["rubric"] is None else _loaded(Rubric, row, "rubric")
    return found


def terms_from(row: Row) -> Terms:
    """Return the terms of a mock."""
    found: Terms = _loaded(Terms, row, "terms")
    return found


def questions_from(row: Row) -> tuple[Question, ...]:
    """Return what a mock asks."""
    found: tuple[Question, ...] = _loaded(tuple[Question, ...], row, "questions")
    return found


def cards_from(row: Row) -> tuple[CardId, ...]:
    """Return the cards a mock asks."""
    with _in_words(row["id"]):
        return tuple(CardId.parse(name) for name in row["cards"].split())


def began_from(row: Row) -> datetime:
    """Return when a mock began, with the offset of then."""
    with _in_words(row["id"]):
        return moment_from(row["began_ms"], row["offset_minutes"])


def study_day_from(row: Row) -> date:
    """Return the study day a mock counts on."""
    with _in_words(row["id"]):
        return date.fromisoformat(row["study_day"])


def event_to_row(mock: str, number: int, event: Any, at: datetime) -> dict[str, Any]:
    """Return the row of something that happened, its checksum included.

    Args:
        mock: The mock, or the loop.
        number: Its place in the list.
        event: Anything but what was written.
        at: The moment of writing.
    """
    told = to_plain(event)
    at_ms = told.pop("at_ms")
    details = json.dumps(told, separators=(",", ":"))
    row = {
        "mock": mock,
        "number": number,
        "at_ms": at_ms,
        "written_ms": to_milliseconds(at),
        "kind": _NAMES[type(event)],
        "details": details,
    }
    return _sealed(mock_events.name, row)


def event_from_row(row: Row) -> Any:
    """Return what happened.

    Raises:
        StoreDamaged: When it cannot be read.
    """
    with _in_words(row["mock"]):
        return from_plain(_ALL_KINDS[row["kind"]], {**json.loads(row["details"]), "at_ms": row["at_ms"]})


def version_to_row(mock: str, version: Version) -> dict[str, Any]:
    """Return the row of a sheet, its checksum included."""
    row = {
        "mock": mock,
        "sheet": whole(version.written.sheet),
        "stop": version.stop,
        "number": version.number,
        "at_ms": version.written.at_ms,
        "text": whole(version.written.text),
    }
    return _sealed(mock_sheets.name, row)


def version_from_row(row: Row) -> Version:
    """Return the sheet in a row."""
    return Version(row["number"], row["stop"], Written(row["at_ms"], row["sheet"], row["text"]))


def beat_to_row(mock: str, read: Reading, seen_ms: int) -> dict[str, Any]:
    """Return the row of a sign of life."""
    return {
        "mock": mock,
        "wall_ms": to_milliseconds(read.wall),
        "offset_minutes": _offset_minutes(read.wall),
        "monotonic_ms": read.monotonic_ms,
        "boot_ms": read.boot_ms,
        "boot": whole(read.boot),
        "seen_ms": seen_ms,
    }


def reading_from_row(row: Row) -> Reading:
    """Return what the clocks showed at the last sign of life."""
    with _in_words(row["mock"]):
        wall = moment_from(row["wall_ms"], row["offset_minutes"])
    return Reading(wall, row["monotonic_ms"], row["boot_ms"], row["boot"])


def whole(text: str) -> str:
    """Return a text that SQLite can hold: halves of surrogate pairs, which no keyboard writes, are replaced."""
    return text if text.isascii() else _HALVES.sub("\N{REPLACEMENT CHARACTER}", text)


def in_order(happened: Sequence[tuple[int, Event]], versions: Sequence[Version]) -> tuple[Event, ...]:
    """Return the events of a mock with what was written at its place among them."""
    numbered = [*happened, *((version.number, version.written) for version in versions)]
    return tuple(event for _, event in sorted(numbered, key=lambda each: each[0]))


def _offset_minutes(moment: datetime) -> int:
    return round((moment.utcoffset() or timedelta(0)).total_seconds() / 60)


def _sealed(table: str, row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "checksum": checksum_of(row, MOCK_COLUMNS[table])}


def _loaded(kind: Any, row: Row, column: str) -> Any:
    with _in_words(row["id"]):
        return from_plain(kind, json.loads(row[column]))


@contextmanager
def _in_words(mock: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise StoreDamaged(f"the mock {mock} cannot be read ({error!r})", "run: prepdeck doctor") from error
