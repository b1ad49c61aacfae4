"""How long a search takes, held against looking at every text."""

from __future__ import annotations

import itertools
import sqlite3
from contextlib import closing

from benchmarks.homes import mixed_deck, throw_away_home
from benchmarks.timing import Finding, Sample, clocked, take_turns
from prepdeck.store.database import connect
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.searching import find_cards

CARDS, DECKS = 100_000, 100
"""Cards and decks that are searched."""
ROWS = 50
"""Hits that are fetched."""
MOST_SECONDS = 0.005
"""What a key may cost while a query is typed."""
WORDS = ("overfits", "noise", "likelihood", "probability twenty", "zebra", "deck:d007 themes", "00042", "case 4711")
"""Queries as they are typed: common, rare and missing words, two words, a filter."""
PREFIXES = tuple(
    word[:length] for word in ("overfits", "posterior", "pipeline", "themes", "42") for length in (1, 2, 3, 4, 6)
)
"""What is typed on the way to a word."""


def measure_search() -> list[Finding]:
    """T13, T14: a search takes at most 0.1 times as long as LIKE over every text; a prefix also at most 5 ms at p95."""
    decks = {f"d{number:03}": mixed_deck(f"d{number:03}", CARDS // DECKS) for number in range(DECKS)}
    with throw_away_home(decks) as home, open_desk() as desk, closing(connect(home.database)) as raw:
        words, prefixes = itertools.cycle(WORDS), itertools.cycle(PREFIXES)
        word, prefix, scan = take_turns(
            clocked(lambda: _search(desk, f"{next(words)} ")),
            clocked(lambda: _search(desk, next(prefixes))),
            clocked(lambda: _scan(raw, "overfits")),
            turns=len(WORDS) * len(PREFIXES) // 4,
        )
    late = Sample((prefix.p95,))
    return [
        Finding("T13", f"a word among {CARDS:,} cards", word, scan, "LIKE over every text", 0.1),
        Finding("T14", f"any prefix, {ROWS} rows", prefix, scan, "LIKE over every text", 0.1),
        Finding("T14", f"any prefix, {ROWS} rows, p95", late, Sample((MOST_SECONDS,)), "5 ms", 1),
    ]


def _search(desk: Desk, words: str) -> None:
    find_cards(desk, words, ROWS)


def _scan(raw: sqlite3.Connection, word: str) -> None:
    text = f"%{word}%"
    raw.execute(
        "SELECT rowid FROM words WHERE title LIKE ? OR body LIKE ? OR name LIKE ?", (text, text, text)
    ).fetchall()
