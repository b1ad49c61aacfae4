"""How long one answer takes: its own work, and with the disk."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any
from unittest.mock import patch

from benchmarks.disk import Disk, count_syncs
from benchmarks.homes import Home, mixed_deck, throw_away_home
from benchmarks.rows import GOOD, SECONDS, insert_of
from benchmarks.timing import Finding, clocked, computed, take_turns
from prepdeck.scheduling.memory import UNSEEN
from prepdeck.scheduling.review import Review, ReviewKind
from prepdeck.scheduling.sm2 import answer
from prepdeck.store import database
from prepdeck.store.ids import next_id
from prepdeck.store.mapping import memory_to_row, review_to_row
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.reviewing import record_answer

ANSWERS = 200
"""Answers that are measured, each to a card of its own."""


def measure_answer_work() -> list[Finding]:
    """T7: one answer takes at most 3 times the processor of its two statements in raw sqlite3, both synced rarely."""
    pragmas = database._PRAGMAS  # noqa: SLF001 - the only way to one pragma less careful
    rarely = tuple(("synchronous", "NORMAL", 1) if pragma[0] == "synchronous" else pragma for pragma in pragmas)
    many = {"many": mixed_deck("many", ANSWERS + 10)}
    with (
        patch.object(database, "_PRAGMAS", rarely),
        throw_away_home(many) as home,
        open_desk() as desk,
        _copy_of(home) as raw,
    ):
        write = _statements(raw, _rows(desk))
        ours, limit = take_turns(computed(_answers(desk)), computed(write), turns=ANSWERS, warm_ups=5)
    return [Finding("T7", "one answer, processor time", ours, limit, "its 2 statements in sqlite3", 3)]


def measure_durable_answer() -> list[Finding]:
    """T8: one durable answer takes at most 1.3 times as long as its own fsyncs, a page written before each.

    Its two statements alone, as durable, stand beside it: on a disk that syncs within the time of a statement, they
    miss the target too.
    """
    held = f"its {count_syncs()} fsyncs of a page"
    many = {"many": mixed_deck("many", ANSWERS + 10)}
    with throw_away_home(many) as home, open_desk() as desk, Disk(home.path) as disk, _copy_of(home) as raw:
        write = _statements(raw, _rows(desk))
        ours, bare, limit = take_turns(clocked(_answers(desk)), clocked(write), disk.sync, turns=ANSWERS, warm_ups=5)
    return [
        Finding("T8", "one durable answer", ours, limit, held, 1.3),
        Finding("T8", "its 2 statements in sqlite3, as durable", bare, limit, held, None),
    ]


@contextmanager
def _copy_of(home: Home) -> Iterator[sqlite3.Connection]:
    """Hold a connection to a copy of the home's database, opened as prepdeck opens its own."""
    copy = home.path / "raw.db"
    copy.write_bytes(home.database.read_bytes())
    with closing(database.connect(copy)) as raw:
        yield raw


def _answers(desk: Desk) -> Callable[[], object]:
    """Return what answers another card each time."""
    cards = iter(desk.library.cards)
    return lambda: record_answer(desk, next(cards).id, GOOD, seconds=SECONDS)


def _rows(desk: Desk) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the rows that answering every card would write."""
    now, today = desk.clock.now(), desk.today()
    rows = []
    newest = None
    for card in desk.library.cards:
        newest = next_id(0, newest)
        after = answer(UNSEEN, GOOD, today)
        review = Review(newest, card.id, now, today, GOOD, SECONDS, ReviewKind.SCHEDULED, 0, UNSEEN, after)
        memory = {"deck": card.id.deck, "card": card.id.card, **memory_to_row(after)}
        rows.append((review_to_row(review), memory))
    return rows


def _statements(raw: sqlite3.Connection, rows: list[tuple[dict[str, Any], dict[str, Any]]]) -> Callable[[], object]:
    """Return what writes the rows of another answer each time, in one transaction."""
    left = iter(rows)
    review, memory = (insert_of(table, row) for table, row in zip(("reviews", "memories"), rows[0], strict=True))

    def write() -> None:
        reviewed, remembered = next(left)
        raw.execute("BEGIN IMMEDIATE")
        raw.execute(review, reviewed)
        raw.execute(memory, remembered)
        raw.execute("COMMIT")

    return write
