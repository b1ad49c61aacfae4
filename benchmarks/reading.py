"""How long decks take: reading their files, and taking new cards into the store."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import yaml

from benchmarks.homes import Home, mixed_deck, throw_away_home
from benchmarks.timing import Finding, Measure, clocked, take_turns
from prepdeck.deckfile.reading import read_deck
from prepdeck.store.database import connect
from prepdeck.store.store import open_store
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.taking_in import take_in

NEW_CARDS = 10_000
"""Cards that are taken in."""


def measure_reading() -> list[Finding]:
    """T10: reading a deck takes at most 0.6 (1,000 cards) and 0.3 (10,000) times as long as `yaml.load` with libyaml."""
    findings = []
    for cards, turns, most in ((1_000, 12, 0.6), (10_000, 4, 0.3)):
        data = mixed_deck("large", cards).encode()
        ours, limit = take_turns(
            clocked(lambda data=data: read_deck("large.yaml", data)),
            clocked(lambda data=data: yaml.load(data, yaml.CSafeLoader)),
            turns=turns,
        )
        findings.append(Finding("T10", f"reading a deck, {cards:,} cards", ours, limit, "yaml.load(CSafeLoader)", most))
    return findings


def measure_taking_in() -> list[Finding]:
    """T12: taking in 10,000 new cards takes at most 3 times as long as sqlite3's executemany with an upsert."""
    decks = {name: mixed_deck(name, NEW_CARDS // 4) for name in ("one", "two", "three", "four")}
    with throw_away_home() as empty, open_desk():
        pass
