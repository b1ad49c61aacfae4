"""What can be read of mocks and of loops of mocks, within one open transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, bindparam, select

from prepdeck.cards.ids import CardId
from prepdeck.interview.loops import replay_loop
from prepdeck.interview.mock import End
from prepdeck.interview.running import count_misfits
from prepdeck.interview.timekeeping import Reading
from prepdeck.store.mapping import Row
from prepdeck.store.mock_mapping import (
    began_from,
    blueprint_from,
    cards_from,
    event_from_row,
    in_order,
    questions_from,
    reading_from_row,
    rubric_from,
    study_day_from,
    terms_from,
    version_from_row,
    whole,
)
from prepdeck.store.stored_mocks import MockHead, StoredLoop, StoredMock
from prepdeck.store.tables import mock_beats, mock_events, mock_sheets, mocks

NEVER: Final = "\U0010ffff"
"""Sorts behind every id."""
_ENDS: Final[Mapping[str, End]] = {
    "finished": End.FINISHED,
    "abandoned": End.ABANDONED,
    "time-ran-out": End.TIME_UP,
}
_SAVED: Final = "saved"

_head_columns: Final = (
    mocks.c.id, mocks.c.began_ms, mocks.c.offset_minutes, mocks.c.study_day,
    mocks.c.format, mocks.c.title, mocks.c.loop, mocks.c.leg,
)  # fmt: skip
HEADS: Final = select(*_head_columns).where(mocks.c.is_loop == bindparam("is_loop")).order_by(mocks.c.id)
"""How mocks, or loops, began; without what they are made of."""
ROUNDS: Final = select(*_head_columns).where(mocks.c.loop == bindparam("of_loop")).order_by(mocks.c.id)
"""How the mocks of one loop began."""
DECIDED: Final = (
    select(mock_events.c.mock, mock_events.c.kind).where(mock_events.c.kind.in_([*_ENDS, _SAVED])).distinct()
)
"""Which mocks are plainly over, and how."""
EVENTS: Final = select(mock_events).where(mock_events.c.mock == bindparam("of_mock")).order_by(mock_events.c.number)
"""What happened in one mock."""
SHEETS: Final = select(mock_sheets).where(mock_sheets.c.mock == bindparam("of_mock")).order_by(mock_sheets.c.number)
"""What was written in one mock."""
FOUND: Final = (
    select(mocks.c.id)
    .where(mocks.c.id >= bindparam("first"), mocks.c.id < bindparam("behind"), mocks.c.is_loop == 0)
    .order_by(mocks.c.id)
)
"""Mocks whose ids begin alike."""
_one: Final = select(mocks).where(mocks.c.id == bindparam("of_mock"), mocks.c.is_loop == bindparam("is_loop"))
_beat: Final = select(mock_beats).where(mock_beats.c.mock == bindparam("of_mock"))
_asked: Final = (
    select(mocks.c.id, mocks.c.study_day, mocks.c.cards).where(mocks.c.is_loop == 0).order_by(mocks.c.study_day)
)


class MockReading:
    """What may be read of mocks.

    Args:
        connection: An open transaction.
        new_names: Tells which name carries on each older one of a card.
    """

    def __init__(self, connection: Connection, new_names: Callable[[], Mapping[CardId, CardId]] = dict) -> None:
        self._connection = connection
        self._new_names = new_names

    def get(self, id_: str) -> StoredMock | None:
        """Return a mock, or None when there is none of that id.

        Raises:
            StoreDamaged: When it cannot be read.
        """
        row = self._row(id_, is_loop=False)
        if row is None:
            return None
        versions = tuple(version_from_row(each) for each in self._rows(SHEETS, id_))
        happened = [(each["number"], event_from_row(each)) for each in self._rows(EVENTS, id_)]
        began = began_from(row)
        read, seen_ms = self._last_sign(id_, began)
        return StoredMock(
            id=id_,
            began=began,
            study_day=study_day_from(row),
            blueprint=blueprint_from(row),
            rubric=rubric_from(row),
            terms=terms_from(row),
            questions=questions_from(row),
            loop=row["loop"],
            leg=row["leg"],
            events=in_order(happened, versions),
            versions=versions,
            read=read,
            seen_ms=seen_ms,
        )

    def heads(self) -> tuple[MockHead, ...]:
        """Return every mock, oldest first; loops are none."""
        return self._heads(self._connection.execute(HEADS, {"is_loop": 0}).mappings().all())

    def unfinished(self) -> tuple[MockHead, ...]:
        """Return the mocks that are not over, oldest first."""
        return tuple(head for head in self.heads() if not head.is_over)

    def find(self, prefix: str) -> tuple[str, ...]:
        """Return the ids of the mocks that begin with a text, oldest first."""
        first = whole(prefix.strip().lower())
        found = self._connection.execute(FOUND, {"first": first, "behind": first + NEVER})
        return tuple(row[0] for row in found)

    def asked_on(self) -> dict[CardId, date]:
        """Return the last study day on which a mock asked each card, by the names that cards bear now."""
        newer = self._new_names()
        given_up = {head.id for head in self.heads() if head.end == End.ABANDONED.value}
        days: dict[CardId, date] = {}
        for row in self._connection.execute(_asked).mappings():
            day = study_day_from(row)
            cards = self._shown(row["id"]) if row["id"] in given_up else cards_from(row)
            days.update((newer.get(card, card), day) for card in cards)
        return days

    def _shown(self, id_: str) -> tuple[CardId, ...]:
        """Return the cards of a mock that its candidate came to."""
        kept = self.get(id_)
        if kept is None:
            return ()
        mock = kept.replayed()
        reached = {stop.question for stop, spent in zip(mock.stops, mock.stop_ms, strict=True) if spent}
        return tuple(
            card for number, question in enumerate(mock.questions) if number in reached for card in question.cards
        )

    def get_loop(self, id_: str) -> StoredLoop | None:
        """Return a loop, or None when there is none of that id.

        Raises:
            StoreDamaged: When it cannot be read.
        """
        row = self._row(id_, is_loop=True)
        if row is None:
            return None
        began = began_from(row)
        read, seen_ms = self._last_sign(id_, began)
        return StoredLoop(
            id=id_,
            began=began,
            study_day=study_day_from(row),
            blueprint=blueprint_from(row),
            terms=terms_from(row),
            events=tuple(event_from_row(each) for each in self._rows(EVENTS, id_)),
            rounds=self._heads(self._connection.execute(ROUNDS, {"of_loop": id_}).mappings().all()),
            read=read,
            seen_ms=seen_ms,
        )

    def loops(self) -> tuple[StoredLoop, ...]:
        """Return every loop, oldest first."""
        found = [self.get_loop(row.id) for row in self._connection.execute(HEADS, {"is_loop": 1}).all()]
        return tuple(loop for loop in found if loop is not None)

    def unfinished_loops(self) -> tuple[StoredLoop, ...]:
        """Return the loops of which something is left to sit, oldest first."""
        return tuple(loop for loop in self.loops() if not _is_loop_over(loop))

    def count_misfits(self) -> int:
        """Return how many events of all mocks could not have happened; `replay` passes them over."""
        found = [self.get(head.id) for head in self.heads()]
        return sum(
            count_misfits(each.blueprint, each.terms, each.questions, each.events) for each in found if each is not None
        )

    def _last_sign(self, id_: str, began: datetime) -> tuple[Reading, int]:
        """Return what the clocks showed at the last sign of life, and the true milliseconds since the beginning."""
        beat = self._connection.execute(_beat, {"of_mock": id_}).mappings().first()
        return (Reading(began, 0, 0, ""), 0) if beat is None else (reading_from_row(beat), beat["seen_ms"])

    def _row(self, id_: str, *, is_loop: bool) -> RowMapping | None:
        return self._connection.execute(_one, {"of_mock": id_, "is_loop": int(is_loop)}).mappings().first()

    def _rows(self, query: Any, id_: str) -> list[RowMapping]:
        return list(self._connection.execute(query, {"of_mock": id_}).mappings())

    def _heads(self, rows: Any) -> tuple[MockHead, ...]:
        ends: dict[str, End] = {}
        saved: set[str] = set()
        for mock, kind in self._connection.execute(DECIDED):
            if kind == _SAVED:
                saved.add(mock)
            elif ends.get(mock) is not End.ABANDONED:  # one that was over, and then given up unmarked, is given up
                ends[mock] = _ENDS[kind]
        return tuple(self._head(row, ends.get(row["id"]), is_saved=row["id"] in saved) for row in rows)

    def _head(self, row: Row, end: End | None, *, is_saved: bool) -> MockHead:
        if end is None:
            end = End.TIME_UP if is_saved else self._end_of(row["id"])
        return MockHead(
            id=row["id"],
            began=began_from(row),
            study_day=study_day_from(row),
            format=row["format"],
            title=row["title"],
            is_over=end is not None,
            end=None if end is None else end.value,
            is_saved=is_saved,
            loop=row["loop"],
            leg=row["leg"],
        )

    def _end_of(self, id_: str) -> End | None:
        """Return how a mock ended whose list of events does not say so plainly: a strict clock ends it by itself."""
        kept = self.get(id_)
        return None if kept is None else kept.replayed().end


def _is_loop_over(loop: StoredLoop) -> bool:
    return replay_loop(loop.blueprint, loop.terms, loop.events).is_over
