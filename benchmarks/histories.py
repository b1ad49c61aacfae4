"""What grows with the cards and the log: the day's counts, and memory from replay."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

from benchmarks.homes import mixed_deck, throw_away_home
from benchmarks.rows import EVENING, write_history
from benchmarks.timing import Finding, Sample, computed, take_turns
from prepdeck.cards.ids import CardId
from prepdeck.scheduling.load import load_of
from prepdeck.scheduling.memory import UNSEEN, Learned
from prepdeck.store import glance
from prepdeck.store.database import connect
from prepdeck.store.glance import waiting_on
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.overview import day_report

CARDS_A_DECK = 1000
"""Cards of each deck."""
FEW, MANY = 1_000, 20_000
"""Cards of the two libraries."""
DUE = 200
"""Cards that are due, in the small library and in the large one."""
NEW_LEFT = 10
"""New cards the day allows."""
REVIEWS = 100_000
"""Entries of the log that is replayed."""
ONCE_LEARNED = Learned(3, 250, 15, date(2026, 8, 16), date(2026, 8, 1), drilling=False, lapses=0)
"""A memory whose next interval is 38 days."""


def measure_day() -> list[Finding]:
    """T9: the day's queue takes at most 3 times as long as its rows from sqlite3, and 1.5 times that of fewer cards.

    Every card was answered within 40 days, as many are due in both. The report of home, which counts every card,
    stands beside it.
    """
    queue, rows, report = _measure_library(FEW)
    large_queue, large_rows, large_report = _measure_library(MANY)
    return [
        Finding("T9", f"the day's queue, {FEW:,} cards", queue, rows, "the same rows from sqlite3", 3),
        Finding("T9", f"the day's queue, {MANY:,} cards", large_queue, large_rows, "the same rows from sqlite3", 3),
        Finding("T9", f"the day's queue, {MANY:,} cards", large_queue, queue, f"the same with {FEW:,}", 1.5),
        Finding("T9", f"the report of home, {MANY:,} cards", large_report, report, f"the same with {FEW:,}", None),
    ]


def _measure_library(cards: int) -> tuple[Sample, ...]:
    decks = {f"d{number}": mixed_deck(f"d{number}", CARDS_A_DECK) for number in range(cards // CARDS_A_DECK)}
    with throw_away_home(decks) as home, open_desk() as desk:
        names = [outline.card for outline in desk.library.outlines()]
        write_history(home, names, 1, ONCE_LEARNED)
        with closing(connect(home.database)) as raw:
            leave_due(raw)
            return take_turns(
                computed(lambda: _queue(desk)),
                computed(lambda: _read_queue(raw, list(decks))),
                computed(lambda: day_report(desk)),
                turns=8 if cards == MANY else 40,
            )


def leave_due(raw: sqlite3.Connection) -> None:
    """Leave the first few cards due, whatever their number is, and the others for next year."""
    raw.execute("UPDATE memories SET due = CASE WHEN rowid > ? THEN '2027-01-01' ELSE '2026-11-20' END", (DUE,))


def _queue(desk: Desk) -> None:
    today = desk.today()
    with desk.store.reading() as log:
        daily = [loaded.deck.id for loaded in desk.library.decks]
        load_of(waiting_on(log.raw, today, daily, new_left=NEW_LEFT), today, new_left=NEW_LEFT)


def _read_queue(raw: sqlite3.Connection, decks: list[str]) -> None:
    today = EVENING.date().isoformat()
    raw.execute(glance.DUE, {"until": today, "today": today}).fetchall()
    raw.execute(glance.DRILLING, {"today": today}).fetchall()
    for deck in decks:
        raw.execute(glance.NEW, {"deck": deck, "today": today, "most": NEW_LEFT}).fetchall()


def measure_replay() -> list[Finding]:
    """T15: memory from replaying the log takes at most 6 times as long as its rows from sqlite3; here 100,000 rows."""
    names = [CardId("gone", f"c{number:05}") for number in range(REVIEWS // 50)]
    with throw_away_home() as home, open_desk() as desk:
        write_history(home, names, 50, UNSEEN)
        with closing(connect(home.database)) as raw:
            ours, limit = take_turns(
                computed(lambda: _replay(desk)), computed(lambda: _read_log(raw)), turns=3, warm_ups=0
            )
    return [Finding("T15", f"replaying {REVIEWS:,} reviews", ours, limit, "their rows from sqlite3", 6)]


def _replay(desk: Desk) -> None:
    with desk.store.reading() as log:
        if len(log.all_replayed()) != REVIEWS // 50:
            raise RuntimeError("the replay lost a card")


def _read_log(raw: sqlite3.Connection) -> None:
    for _row in raw.execute("SELECT * FROM reviews ORDER BY study_day, id"):
        pass
