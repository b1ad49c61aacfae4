"""A mock that is cut off: kill -9 between and within autosaves leaves the last one that was stored, whole."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from prepdeck.interview.events import Written
from prepdeck.store import inspection
from prepdeck.store.store import open_store
from tests.full import times
from tests.promises.harness import ROOT
from tests.store.sitting import begin, live, reading_at
from tests.store.test_logbook import opened

CANDIDATE = """
import sys
from pathlib import Path
from prepdeck.interview.events import Moved, Said, Written
from prepdeck.store.store import open_store
from tests.store.sitting import append

store = open_store(Path(sys.argv[1]), Path(sys.argv[1]).parent / "backups", stamp="s")
number = int(sys.argv[3])
print("begun", flush=True)
while True:
    number += 1
    at = number * 10
    append(
        store,
        sys.argv[2],
        Moved(at, number % 4),
        Written(at + 1, "q0", f"{number} " + "x" * 30_000),
        Written(at + 2, f"q{number % 4}:code", f"{number} " + "y" * 3_000),
        Said(at + 3, 0),
    )
    print(number, flush=True)
"""
"""Autosaves without end; says the number of each once it is stored."""


@pytest.mark.promise(1)
def test_a_killed_mock_stands_as_it_was_last_stored(tmp_path: Path) -> None:
    store = opened(tmp_path)
    mock = begin(store)
    store.close()
    dice = random.Random(20261123)
    told = lost = halved = 0
    for _ in range(times(4, 40)):
        process = subprocess.Popen(
            [sys.executable, "-c", CANDIDATE, str(store.path), mock, str(told)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(dice.uniform(0, 0.4))  # the moment of the kill
        process.send_signal(signal.SIGKILL)
        heard = process.stdout.read().split()
        process.stdout.close()
        assert process.wait() == -signal.SIGKILL
        told = max([told, *map(int, heard)])
        again = open_store(store.path, tmp_path / "backups", stamp="s")
        with again.reading() as log:
            kept = log.mocks.get(mock)
        again.close()
        assert kept is not None
        stored = kept.seen_ms // 10
        lost += stored < told
        told = stored
        assert kept.read == reading_at(kept.seen_ms)
        # All of one autosave is there, or nothing of it.
        others = [each for each in kept.events if not isinstance(each, Written)]
        halved += len(others) != 2 * stored
        sheets = live(kept.events).sheets
        newest = sheets.get("q0", "0 ").split()[0], sheets.get(f"q{stored % 4}:code", "0 ").split()[0]
        halved += newest != (str(stored), str(stored))
        assert inspection.faults_in(store.path) == ()
    assert (lost, halved) == (0, 0)
    assert told > 0
