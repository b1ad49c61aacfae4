"""What grows with the cards and the log: the day's counts, and memory from replay."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from benchmarks.homes import NOW, Home, mixed_deck, throw_away_home
from benchmarks.timing import Finding, Sample, clocked, take_turns
from benchmarks.statements import insert_of
from prepdeck.cards.ids import CardId
from prepdeck.scheduling.memory import UNSEEN, Memory, Learned
from prepdeck.scheduling.review import Review, ReviewKind
from prepdeck.scheduling.sm2 import answer
from prepdeck.store.database import connect
from prepdeck.store.ids import next_id
from prepdeck.store.mapping import memory_to_row, review_to_row
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.overview import day_report

CARDS_A_DECK = 1000
"""Cards of each deck."""
FEW, MANY = 1_000, 20_000
"""Cards of the two libraries."""
REVIEWS = 100_000
"""Entries of the log that is replayed."""
EVENING = datetime.fromisoformat(NOW)
"""The moment of the newest review."""


def measure_day() -> list[Finding]:
    """T9: what waits today takes at most 3 times as long as its rows from raw sqlite3, and grows at most by half.

    The rows are every memory and the two counts of reviews; every card was answered once within the last 60 days.
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
        write_history(home, names, 1)
        with closing(connect(home.database)) as raw:
            return take_turns(
                clocked(lambda: day_report(desk)), clocked(lambda: _read_day(raw)), turns=12 if cards == MANY else 40
            )


def _read_day(raw: sqlite3.Connection) -> None:
    today = EVENING.date()
    raw.execute("SELECT deck, card, repetition, easiness, interval, due, last, drilling, lapses FROM memories").fetchall()
    stands = "NOT EXISTS (SELECT 1 FROM actions WHERE kind = 'undo' AND target = reviews.id)"
    raw.execute(f"SELECT count(*) FROM reviews WHERE study_day = ? AND before_due IS NULL AND {stands}", (str(today),))
    since = str(today - timedelta(days=30))
    kept = f"SELECT deck, sum(quality >= 3), count(*) FROM reviews WHERE study_day >= ? AND {stands} GROUP BY deck"
    raw.execute(kept, (since,)).fetchall()


def measure_replay() -> list[Finding]:
    """T15: memory from replaying the log takes at most 6 times as long as its rows from sqlite3; here 100,000 rows."""
    names = [CardId("gone", f"c{number:05}") for number in range(REVIEWS // 50)]
    with throw_away_home() as home, open_desk() as desk:
        write_history(home, names, 50)
        with closing(connect(home.database)) as raw:
            ours, limit = take_turns(clocked(lambda: _replay(desk)), clocked(lambda: _read_log(raw)), turns=3, warm_ups=0)
    return [Finding("T15", f"replaying {REVIEWS:,} reviews", ours, limit, "their rows from sqlite3", 6)]


def _replay(desk: Desk) -> None:
    with desk.store.reading() as log:
        if len(log.all_replayed()) != REVIEWS // 50:
            raise RuntimeError("the replay lost a card")


def _read_log(raw: sqlite3.Connection) -> None:
    for _row in raw.execute("SELECT * FROM reviews ORDER BY study_day, id"):
        pass


def write_history(home: Home, cards: list[CardId], rounds: int) -> None:
    """Write some rounds of good answers to every card, the newest of them within the last 60 days, and their memory."""
    learned: dict[CardId, Memory] = {}
    reviews = [review_to_row(review) for review in _history(cards, rounds, learned)]
    remembered = [{"deck": card.deck, "card": card.card, **memory_to_row(memory)} for card, memory in learned.items()]
    with closing(connect(home.database)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(insert_of("reviews", reviews[0]), reviews)
        raw.executemany(insert_of("memories", remembered[0]), remembered)
        raw.execute("COMMIT")


def _history(cards: list[CardId], rounds: int, learned: dict[CardId, Memory]) -> Iterator[Review]:
    newest = None
    for turn in range(rounds):
        for number, card in enumerate(cards):
            day = EVENING.date() - timedelta(days=(rounds - turn) * 60 - number * 60 // len(cards))
            moment = EVENING - (EVENING.date() - day)
            newest = next_id(int(moment.timestamp() * 1000), newest)
            before = learned.get(card, UNSEEN)
            after = answer(before, 4, day)
            learned[card] = after
            yield Review(newest, card, moment, day, 4, 12.5, ReviewKind.SCHEDULED, 0, before, after)
