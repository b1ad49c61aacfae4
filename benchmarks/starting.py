"""How long commands take from their start to their end."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

from benchmarks.homes import PROGRAM, Home, throw_away_home
from benchmarks.timing import Finding, Measure, clocked, take_turns

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
    """T2: `prepdeck due --count` takes at most 6 times as long as the bare interpreter; here with the bundled decks."""
    with throw_away_home(bundled=True) as home:
        count = (*PROGRAM, "due", "--count")
        subprocess.run(count, env=home.environment, check=True, capture_output=True)  # makes the database
        ours, bare = take_turns(_started(home, count), _started(home, BARE), turns=15)
    return [Finding("T2", "prepdeck due --count, bundled decks", ours, bare, "bare interpreter", 6)]


def _started(home: Home, words: Sequence[str], status: int = 0) -> Measure:
    def start() -> None:
        ended = subprocess.run(
            words, env=home.environment, cwd=home.path, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        if ended.returncode != status:
            raise RuntimeError(f"{' '.join(words)} ended with {ended.returncode}: {ended.stderr.decode()}")

    return clocked(start)
