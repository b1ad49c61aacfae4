"""How long commands take from their start to their end."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing

from benchmarks.histories import ONCE_LEARNED, leave_due
from benchmarks.homes import PROGRAM, Home, mixed_deck, throw_away_home
from benchmarks.rows import write_history
from benchmarks.timing import Finding, Measure, clocked, take_turns
from prepdeck.store.database import connect
from prepdeck.study.desk import open_desk
from prepdeck.study.survey import RACY_NS

MANY, DECKS = 100_000, 100
"""Cards and decks of a large library."""
BARE = (sys.executable, "-c", "pass")
"""The interpreter, started and ended."""


def measure_version() -> list[Finding]:
    """T1: `prepdeck --version` and a usage error take at most 5 times as long as the bare interpreter."""
    with throw_away_home() as home:
        version, wrong, bare = take_turns(
            _started(home, (*PROGRAM, "--version")),
            _started(home, (*PROGRAM, "--wrong"), status=2),
            _started(home, BARE),
            turns=15,
        )
    return [
        Finding("T1", "prepdeck --version", version, bare, "bare interpreter", 5),
        Finding("T1", "a usage error", wrong, bare, "bare interpreter", 5),
    ]


def measure_due() -> list[Finding]:
    """T2: `prepdeck due --count` takes at most 6 times as long as the bare interpreter, also with 100,000 cards.

    Of the cards 200 are due; each card that is due costs its share of the minutes.
    """
    many = {f"d{number:03}": mixed_deck(f"d{number:03}", MANY // DECKS) for number in range(DECKS)}
    return [
        _measure_due({}, "bundled decks", bundled=True),
        _measure_due(many, f"{MANY:,} cards", bundled=False),
    ]


def _measure_due(decks: Mapping[str, str], what: str, *, bundled: bool) -> Finding:
    with throw_away_home(decks, bundled=bundled) as home:
        time.sleep(RACY_NS / 1e9)  # younger files are not trusted by their stamp alone
        with open_desk() as desk:  # makes the database
            names = [outline.card for outline in desk.library.outlines()]
        write_history(home, names, 1, ONCE_LEARNED)
        with closing(connect(home.database)) as raw:
            leave_due(raw)
        ours, bare = take_turns(_started(home, (*PROGRAM, "due", "--count")), _started(home, BARE), turns=15)
    return Finding("T2", f"prepdeck due --count, {what}", ours, bare, "bare interpreter", 6)


def _started(home: Home, words: Sequence[str], status: int = 0) -> Measure:
    def start() -> None:
        ended = subprocess.run(
            words, env=home.environment, cwd=home.path, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        if ended.returncode != status:
            raise RuntimeError(f"{' '.join(words)} ended with {ended.returncode}: {ended.stderr.decode()}")

    return clocked(start)
