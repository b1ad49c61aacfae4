"""What grows with the cards and the log: the day's counts, and memory from replay."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta

from benchmarks.homes import mixed_deck, throw_away_home
from benchmarks.rows import EVENING, write_history
from benchmarks.timing import Finding, Sample, computed, take_turns
from prepdeck.cards.ids import CardId
from prepdeck.scheduling.memory import UNSEEN, Learned
from prepdeck.store.database import connect
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.overview import day_report

CARDS_A_DECK = 1000
"""Cards of each deck."""
FEW, MANY = 1_000, 20_000
"""Cards of the two libraries."""
REVIEWS = 100_000
"""Entries of the log that is replayed."""
ONCE_LEARNED = Learned(3, 250, 15, date(2026, 8, 16), date(2026, 8, 1), drilling=False, lapses=0)
"""A memory whose next interval is 38 days."""


def measure_day() -> list[Finding]:
    """T9: what waits today takes at most 3 times as long as its rows from sqlite3, and 1.5 times that of fewer cards.

    The rows are every memory and the two counts of reviews. Every card was answered within 40 days, few are due.
    """
    small, rows = _measure_library(FEW)
    large, more_rows = _measure_library(MANY)
    return [
        Finding("T9", f"what waits today, {FEW:,} cards", small, rows, "the same rows from sqlite3", 3),
        Finding("T9", f"what waits today, {MANY:,} cards", large, more_rows, "the same rows from sqlite3", 3),
        Finding("T9", f"what waits today, {MANY:,} cards", large, small, f"the same with {FEW:,}", 1.5),
    ]


def _measure_library(cards: int) -> tuple[Sample, ...]:
    decks = {f"d{number}": mixed_deck(f"d{number}", CARDS_A_DECK) for number in range(cards // CARDS_A_DECK)}
    with throw_away_home(decks) as home, open_desk() as desk:
        names = [card.id for card in desk.library.cards]
        write_history(home, names, 1, ONCE_LEARNED)
        with closing(connect(home.database)) as raw:
            return take_turns(
                computed(lambda: day_report(desk)), computed(lambda: _read_day(raw)), turns=8 if cards == MANY else 40
            )


def _read_day(raw: sqlite3.Connection) -> None:
    today = EVENING.date()
    raw.execute(
        "SELECT deck, card, repetition, easiness, interval, due, last, drilling, lapses FROM memories"
    ).fetchall()
    stands = "NOT EXISTS (SELECT 1 FROM actions WHERE kind = 'undo' AND target = reviews.id)"
    raw.execute(f"SELECT count(*) FROM reviews WHERE study_day = ? AND before_due IS NULL AND {stands}", (str(today),))
    since = str(today - timedelta(days=30))
    kept = f"SELECT deck, sum(quality >= 3), count(*) FROM reviews WHERE study_day >= ? AND {stands} GROUP BY deck"
    raw.execute(kept, (since,)).fetchall()


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
