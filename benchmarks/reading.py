"""How long decks take: reading their files, seeing that they are unchanged, and taking new cards into the store."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import yaml

from benchmarks.homes import mixed_deck, throw_away_home
from benchmarks.timing import Finding, clocked, computed, take_turns
from prepdeck.deckfile.reading import read_deck
from prepdeck.store.database import connect
from prepdeck.store.store import open_store
from prepdeck.study import survey
from prepdeck.study.comparing import Reader, compare, compare_unread
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.discovery import read_roots
from prepdeck.study.surroundings import look_around
from prepdeck.study.survey import look_over
from prepdeck.study.taking_in import take_in

NEW_CARDS = 10_000
"""Cards that are taken in."""
FILES = 50
"""Files of a folder in which nothing changed."""


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
    """T12: taking in 10,000 new cards takes at most 3 times as long as sqlite3's executemany of the same rows.

    Their files were read before. The rows are those of every table they go to; the upsert of the cards alone, without
    their YAML, tags and the index for search, stands beside it.
    """
    with throw_away_home() as empty, open_desk():
        template = empty.database.read_bytes()
    names = ("one", "two", "three", "four")
    decks = {name: mixed_deck(name, NEW_CARDS // len(names)) for name in names}
    with throw_away_home(decks) as home, open_desk() as desk:
        with closing(connect(home.database)) as raw:
            tables = {table: raw.execute(f"SELECT {columns} FROM {table}").fetchall() for table, columns in TABLES}
        fresh = _Fresh(home.path / "fresh.db", template, desk)
        some = {"cards": tables["cards"]}
        ours, limit, cards = take_turns(
            fresh.take_in, lambda: fresh.upsert(tables), lambda: fresh.upsert(some), turns=8
        )
    return [
        Finding("T12", f"taking in {NEW_CARDS:,} new cards", ours, limit, "executemany, all its rows", 3),
        Finding("T12", f"taking in {NEW_CARDS:,} new cards", ours, cards, "executemany, table cards alone", None),
    ]


TABLES = (("cards", "*"), ("entries", "*"), ("card_tags", "*"), ("words", "rowid, title, body, name"))
"""What a new card is written to, with its columns."""


class _Fresh:
    """A database that never met a card, made anew for every turn."""

    def __init__(self, path: Path, template: bytes, desk: Desk) -> None:
        self._path = path
        self._template = template
        self._desk = desk
        self._sightings = look_over(look_around(desk.options).roots)
        self._reader = Reader()
        compare(self._sightings, {}, self._reader)

    def take_in(self) -> float:
        self._path.write_bytes(self._template)
        store = open_store(self._path, self._path.parent, stamp="none")
        now, today = self._desk.clock.now(), self._desk.today()
        try:
            return clocked(lambda: take_in(store, self._sightings, now, today, self._reader))()
        finally:
            store.close()

    def upsert(self, tables: Mapping[str, list[tuple[object, ...]]]) -> float:
        self._path.write_bytes(self._template)
        with closing(connect(self._path)) as raw:
            return clocked(lambda: self._write(raw, tables))()

    def _write(self, raw: sqlite3.Connection, tables: Mapping[str, list[tuple[object, ...]]]) -> None:
        raw.execute("BEGIN IMMEDIATE")
        for table, columns in TABLES:
            rows = tables.get(table)
            if rows:
                named = f"{table} ({columns})" if columns != "*" else table
                upsert = " ON CONFLICT (deck, card) DO UPDATE SET title = excluded.title" if table == "cards" else ""
                raw.executemany(f"INSERT INTO {named} VALUES ({', '.join('?' * len(rows[0]))}){upsert}", rows)
        raw.execute("COMMIT")


def measure_unchanged() -> list[Finding]:
    """T11: seeing that 50 files with 10,000 cards are unchanged takes at most 0.02 times as long as reading them."""
    decks = {f"d{number:02}": mixed_deck(f"d{number:02}", NEW_CARDS // FILES) for number in range(FILES)}
    with throw_away_home(decks) as home:
        time.sleep(survey.RACY_NS / 1e9)  # younger files are not trusted by their stamp alone
        with open_desk() as desk:
            roots = look_around(desk.options).roots
            look, start, limit = take_turns(
                clocked(lambda: _look(desk)), clocked(lambda: open_desk().close()), clocked(lambda: read_roots(roots)),
                turns=5,
            )  # fmt: skip
        del home
    what = f"{FILES} unchanged files, {NEW_CARDS:,} cards"
    return [
        Finding("T11", what, look, limit, "reading them all", 0.02),
        Finding("T11", f"{what}: opening the desk", start, limit, "reading them all", None),
    ]


def _look(desk: Desk) -> None:
    sightings = look_over(look_around(desk.options).roots)
    with desk.store.reading() as log:
        if compare_unread(sightings, log.shelf.files()) is None:
            raise RuntimeError("a file counts as changed")
