"""What the interface costs while nobody touches it: memory with many cards, processor time with a running clock."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from benchmarks.browsing import MANY, SECONDS_OF_HOME
from benchmarks.homes import PROGRAM, mixed_deck, plain_decks, throw_away_home
from benchmarks.painting import HELLO
from benchmarks.terminal import Terminal
from benchmarks.timing import Finding, Sample

IDLE_SECONDS = 20.0
"""How long nobody touches a key."""


def _peak_bytes(terminal: Terminal) -> float:
    lines = Path(f"/proc/{terminal.process}/status").read_text(encoding="ascii").splitlines()
    return next(float(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))


def _processor_seconds(terminal: Terminal) -> float:
    fields = Path(f"/proc/{terminal.process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure_ticking() -> list[Finding]:
    """T20, T23: the clock of a mock takes 1.5 % of a core, and a tick sends 1 kB and takes 5 ms; Linux only.

    The table has one unit: kilobytes stand in its milliseconds.
    """
    with throw_away_home({"estimates": mixed_deck("estimates", 40)}, now="") as home:
        words = (*PROGRAM, "mock", "drill-estimate-10")
        with Terminal(words, home.environment, home.path) as mock:
            mock.wait_for("Notes")
            mock.watch(2.0)
            begun = _processor_seconds(mock)
            sent = mock.watch(IDLE_SECONDS)
            used = _processor_seconds(mock) - begun
    a_core, a_tick = Sample((IDLE_SECONDS,)), Sample((used / IDLE_SECONDS,))
    return [
        Finding("T20", "idle in a mock", Sample((used,)), a_core, "the same time of a core", 0.015),
        Finding("T23", "kB a tick of a mock", Sample((sent / IDLE_SECONDS / 1e6,)), Sample((1e-3,)), "1 kB", 1.0),
        Finding("T23", "processor time a tick", a_tick, Sample((5e-3,)), "5 ms", 1.0),
    ]


def measure_resting() -> list[Finding]:
    """T18, T20: 100,000 cards take 2.2 times a minimal app's memory, a running clock 1.5 % of a core; Linux only.

    The table has one unit: megabytes stand in its milliseconds (a thousandth of a "second" is one MB).
    """
    with ExitStack() as opened:
        home = opened.enter_context(throw_away_home(plain_decks(MANY), now=""))
        subprocess.run((*PROGRAM, "due"), env=home.environment, check=True, capture_output=True)
        words = (sys.executable, "-c", HELLO.format(widget="Static", text="'PaintedNUMBER'"))
        hello = opened.enter_context(Terminal(words, home.environment, home.path))
        hello.wait_for("Painted")
        ours = opened.enter_context(Terminal(PROGRAM, home.environment, home.path))
        ours.wait_for("Benchmarkdeck")
        time.sleep(SECONDS_OF_HOME)
        ours.press("b", "Front000000")
        ours.rest()
        memory = [_peak_bytes(each) / 1e9 for each in (ours, hello)]
        review = opened.enter_context(Terminal((*PROGRAM, "review"), home.environment, home.path))
        review.wait_for("Front")
        review.rest()
        time.sleep(2.0)
        begun = _processor_seconds(review)
        time.sleep(IDLE_SECONDS)
        used = _processor_seconds(review) - begun
    return [
        Finding("T18", "peak MB, 100,000 cards", Sample((memory[0],)), Sample((memory[1],)), "a minimal app's", 2.2),
        Finding("T20", "idle in a round", Sample((used,)), Sample((IDLE_SECONDS,)), "the same time of a core", 0.015),
    ]
