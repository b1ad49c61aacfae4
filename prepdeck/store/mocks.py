"""The log of mocks, within one open transaction: begun, gone on with, and kept alive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from prepdeck.cards.blueprint import Blueprint
from prepdeck.cards.rubric import Rubric
from prepdeck.host.clock import to_milliseconds
from prepdeck.interview.events import Event, Moved, Written
from prepdeck.interview.loops import LoopEvent
from prepdeck.interview.questions import Question
from prepdeck.interview.terms import Terms
from prepdeck.interview.timekeeping import Reading
from prepdeck.store.ids import next_id
from prepdeck.store.mock_mapping import (
    beat_to_row,
    event_from_row,
    event_to_row,
    head_to_row,
    version_to_row,
)
from prepdeck.store.mock_reading import MockReading
from prepdeck.store.stored_mocks import MockHead, StoredLoop, StoredMock, Version
from prepdeck.store.tables import mock_beats, mock_events, mock_sheets, mocks

NEWEST: Final = (
    select(func.max(mock_events.c.number))
    .where(mock_events.c.mock == bindparam("of_mock"))
    .union_all(select(func.max(mock_sheets.c.number)).where(mock_sheets.c.mock == bindparam("of_mock")))
)
"""The last numbers of a mock: of its events, and of what was written."""
MOVES: Final = (
    select(mock_events)
    .where(mock_events.c.kind == "moved", mock_events.c.mock == bindparam("of_mock"))
    .order_by(mock_events.c.number)
)
"""The stops a candidate went to."""
_newest_id: Final = select(func.max(mocks.c.id))
_new_sheet: Final = upsert(mock_sheets)
_write: Final = _new_sheet.on_conflict_do_update(
    index_elements=[mock_sheets.c.mock, mock_sheets.c.sheet, mock_sheets.c.stop],
    set_={name: _new_sheet.excluded[name] for name in ("number", "at_ms", "checksum", "text")},
)
_new_beat: Final = upsert(mock_beats)
_beat: Final = _new_beat.on_conflict_do_update(
    index_elements=[mock_beats.c.mock],
    set_={each.name: _new_beat.excluded[each.name] for each in mock_beats.columns if each.name != "mock"},
)


class MockShelf(MockReading):
    """What may be read and written of mocks; writing needs a transaction that began IMMEDIATE."""

    def add(  # noqa: PLR0913 - the columns of a mock
        self,
        *,
        blueprint: Blueprint,
        rubric: Rubric | None,
        terms: Terms,
        questions: Sequence[Question],
        began: datetime,
        study_day: date,
        read: Reading,
        loop: str | None = None,
        leg: int | None = None,
    ) -> str:
        """Keep a mock that begins, and return its id.

        Args:
            blueprint: Its format; what changes in the file later does not reach it.
            rubric: What judges it.
            terms: What the candidate chose.
            questions: What it asks.
            began: When its clock starts.
            study_day: The study day it counts on.
            read: What the clocks showed at that moment.
            loop: The loop it is a round of.
            leg: Which leg of the loop it is, from 0.
        """
        id_ = self._fresh_id(began)
        head = head_to_row(
            id_=id_,
            blueprint=blueprint,
            rubric=rubric,
            terms=terms,
            questions=questions,
            began=began,
            study_day=study_day,
            loop=loop,
            leg=leg,
        )
        self._connection.execute(insert(mocks), head)
        self.beat(id_, read, 0)
        return id_

    def append(self, id_: str, events: Sequence[Event], *, at: datetime, read: Reading, seen_ms: int) -> None:
        """Append what happened in a mock, and keep its sign of life.

        Of what was written only the last text of each sheet and stop is kept; sheets that are not in `events` are not
        touched.

        Args:
            id_: The mock.
            events: What happened since the last time, in order.
            at: The moment of writing.
            read: What the clocks showed last.
            seen_ms: True milliseconds since the mock began, at that reading.
        """
        number = self._next_number(id_)
        rows: list[dict[str, Any]] = []
        moves: list[Moved] | None = None
        sheets: dict[tuple[str, int], Version] = {}
        for place, event in enumerate(events, number):
            if isinstance(event, Written):
                moves = self._moves(id_) if moves is None else moves
                seen = [*moves, *(each for each in events[: place - number] if isinstance(each, Moved))]
                stop = stop_at(seen, event.at_ms)
                sheets[event.sheet, stop] = Version(place, stop, event)
            else:
                rows.append(event_to_row(id_, place, event, at))
        if rows:
            self._connection.execute(insert(mock_events), rows)
        for version in sheets.values():
            self._connection.execute(_write, version_to_row(id_, version))
        self.beat(id_, read, seen_ms)

    def beat(self, id_: str, read: Reading, seen_ms: int) -> None:
        """Keep a sign of life of a mock: what the clocks showed, and the true milliseconds since it began."""
        self._connection.execute(_beat, beat_to_row(id_, read, seen_ms))

    def add_loop(self, blueprint: Blueprint, terms: Terms, began: datetime, study_day: date, read: Reading) -> str:
        """Keep a loop of mocks that begins, and return its id; `read` is what the clocks showed then."""
        id_ = self._fresh_id(began)
        head = head_to_row(
            id_=id_, blueprint=blueprint, rubric=None, terms=terms, questions=(), began=began, study_day=study_day
        )
        self._connection.execute(insert(mocks), head)
        self.beat(id_, read, 0)
        return id_

    def append_loop(self, id_: str, events: Sequence[LoopEvent], *, at: datetime, read: Reading, seen_ms: int) -> None:
        """Append what happened in a loop, and keep its sign of life.

        Args:
            id_: The loop.
            events: What happened, in order.
            at: The moment of writing.
            read: What the clocks showed last.
            seen_ms: True milliseconds since the loop began, at that reading.
        """
        number = self._next_number(id_)
        rows = [event_to_row(id_, place, event, at) for place, event in enumerate(events, number)]
        if rows:
            self._connection.execute(insert(mock_events), rows)
        self.beat(id_, read, seen_ms)

    def _fresh_id(self, began: datetime) -> str:
        return next_id(to_milliseconds(began), self._connection.execute(_newest_id).scalar())

    def _next_number(self, id_: str) -> int:
        newest = [row[0] for row in self._connection.execute(NEWEST, {"of_mock": id_})]
        return max((number for number in newest if number is not None), default=-1) + 1

    def _moves(self, id_: str) -> list[Moved]:
        return [event_from_row(row) for row in self._rows(MOVES, id_)]


def stop_at(moves: Sequence[Moved], at_ms: int) -> int:
    """Return the stop at which a candidate was, given where they went and what was heard of before."""
    return next((move.stop for move in reversed(moves) if move.at_ms <= at_ms), 0)


__all__ = ["MockHead", "MockShelf", "StoredLoop", "StoredMock", "stop_at"]
