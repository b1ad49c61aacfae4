"""How long decks take: reading their files, and taking new cards into the store."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import yaml

from benchmarks.homes import mixed_deck, throw_away_home
from benchmarks.timing import Finding, clocked, computed, take_turns
from prepdeck.deckfile.reading import read_deck
from prepdeck.store.database import connect
from prepdeck.store.store import open_store
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.taking_in import take_in

NEW_CARDS = 10_000
"""Cards that are taken in."""


def measure_reading() -> list[Finding]:
    """T10: reading a deck takes at most 0.6 (1,000 cards), 0.3 (10,000) times the processor of `yaml.load` in C."""
    return [*_measure_reading(1_000, turns=12, most=0.6), *_measure_reading(10_000, turns=3, most=0.3)]


def _measure_reading(cards: int, *, turns: int, most: float) -> list[Finding]:
    data = mixed_deck("large", cards).encode()
    ours, limit = take_turns(
        computed(lambda: read_deck("large.yaml", data)),
        computed(lambda: yaml.load(data, yaml.CSafeLoader)),
        turns=turns,
        warm_ups=0,
    )
    return [Finding("T10", f"reading a deck, {cards:,} cards", ours, limit, "yaml.load(CSafeLoader)", most)]


def measure_taking_in() -> list[Finding]:
    """T12: taking in 10,000 new cards takes at most 3 times as long as sqlite3's executemany with an upsert."""
    with throw_away_home() as empty, open_desk():
        template = empty.database.read_bytes()
    names = ("one", "two", "three", "four")
    decks = {name: mixed_deck(name, NEW_CARDS // len(names)) for name in names}
    with throw_away_home(decks) as home, open_desk() as desk:
        with closing(connect(home.database)) as raw:
            rows = raw.execute("SELECT * FROM cards").fetchall()
        fresh = _Fresh(home.path / "fresh.db", template)
        ours, limit = take_turns(lambda: fresh.take_in(desk), lambda: fresh.upsert(rows), turns=8)
    return [Finding("T12", f"taking in {NEW_CARDS:,} new cards", ours, limit, "sqlite3's executemany", 3)]


class _Fresh:
    """A database that never met a card, made anew for every turn."""

    def __init__(self, path: Path, template: bytes) -> None:
        self._path = path
        self._template = template

    def take_in(self, desk: Desk) -> float:
        self._path.write_bytes(self._template)
        store = open_store(self._path, self._path.parent, stamp="none")
        try:
            return clocked(lambda: take_in(store, desk.library, desk.clock.now(), desk.today()))()
        finally:
            store.close()

    def upsert(self, rows: list[tuple[object, ...]]) -> float:
        self._path.write_bytes(self._template)
        with closing(connect(self._path)) as raw:
            return clocked(lambda: self._write(raw, rows))()

    def _write(self, raw: sqlite3.Connection, rows: list[tuple[object, ...]]) -> None:
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(
            "INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (deck, card) DO UPDATE SET "
            "kind = excluded.kind, title = excluded.title, revision = excluded.revision, "
            "fingerprint = excluded.fingerprint, retired = excluded.retired",
            rows,
        )
        raw.execute("COMMIT")
