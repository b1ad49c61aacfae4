"""How long the browse page takes with many cards: on a real terminal, from key to the bytes of a known card."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import ExitStack
from itertools import count

from benchmarks.homes import PROGRAM, plain_decks, throw_away_home
from benchmarks.painting import HELLO
from benchmarks.terminal import Terminal
from benchmarks.timing import Finding, take_turns

MANY = 100_000
"""Cards of the long list."""
FEW = 100
"""Cards of the short one."""
PAGE = 22
"""Cards that the list shows at once on the terminal of a benchmark."""
SECONDS_OF_HOME = 4.0
"""Home counts 100,000 cards anew when one comes back to it; what is measured begins after that."""
OPENINGS = 4
"""How often the page is opened."""
TURNS = 12
"""How often it is paged."""


def measure_browsing() -> list[Finding]:
    """T16, T17: a list of 100,000 cards opens in 1.6 times a list of 100, and pages in 4 times a plain key."""
    with ExitStack() as opened:

        def start(cards: int) -> Terminal:
            home = opened.enter_context(throw_away_home(plain_decks(cards), now=""))
            subprocess.run((*PROGRAM, "due"), env=home.environment, check=True, capture_output=True)
            terminal = opened.enter_context(Terminal(PROGRAM, home.environment, home.path))
            terminal.wait_for("Benchmarkdeck")
            return terminal

        def opens(terminal: Terminal) -> float:
            seconds = terminal.press("b", "Front000000")
            terminal.press("q", "Benchmarkdeck")
            time.sleep(SECONDS_OF_HOME)
            return seconds

        many, few = start(MANY), start(FEW)
        opens(many)
        opens(few)
        long, short = take_turns(lambda: opens(many), lambda: opens(few), turns=OPENINGS)
        many.press("b", "Front000000")
        many.wait_for("100,000")
        home = opened.enter_context(throw_away_home({}, now=""))
        words = (sys.executable, "-c", HELLO.format(widget="Static", text="'PaintedNUMBER'"))
        hello = opened.enter_context(Terminal(words, home.environment, home.path))
        hello.wait_for("Painted")
        pages, numbers = count(1), count()
        paged, key = take_turns(
            lambda: many.press("\x1b[6~", f"Front{next(pages) * PAGE:06}"),
            lambda: hello.press("x", f"Painted{next(numbers):03}"),
            turns=TURNS,
        )
    return [
        Finding("T16", "browse page, 100,000 cards, first paint", long, short, "the same with 100 cards", 1.6),
        Finding("T17", "page down in it", paged, key, "a minimal app's key to repaint", 4),
    ]
