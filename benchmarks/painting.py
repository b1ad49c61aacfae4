"""How long the screen takes: on a real terminal, from exec or key to the bytes of a known word."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks.disk import Disk
from benchmarks.homes import PROGRAM, Home, throw_away_home
from benchmarks.terminal import Terminal
from benchmarks.timing import Finding, Measure, take_turns

CARDS = 40
"""Cards of the round that is painted; more than are answered."""

BACK = """
    Softmax turns scores into **probabilities**: it exponentiates each and divides by the sum, $e^{{z_i}} / \\sum_j e^{{z_j}}$.

    - adding a constant to every score changes nothing
    - the largest score is subtracted first, or `exp` overflows

    ```python
    def softmax(z):
        e = np.exp(z - z.max())
        return e / e.sum()
    ```

    Backword{number:03}.
"""
"""A typical answer; its last word tells one from the other."""

HELLO = """
from textual.app import App
from textual.widgets import Markdown, Static
class Hello(App):
    number = -1
    def compose(self):
        yield {widget}("Painted")
    def on_key(self, event):
        self.number += 1
        self.query_one({widget}).update({text}.replace("NUMBER", f"{{self.number:03}}"))
Hello().run()
"""
"""The smallest Textual app that answers a key."""


def _deck() -> str:
    cards = (
        f"- id: c{number:03}\n  front: Frontword{number:03}\n  back: |{BACK.format(number=number)}"
        for number in range(CARDS)
    )
    return "deck: painted\ntitle: Benchmarkdeck\ncards:\n" + "".join(cards)


def _hello(widget: str, text: str = "'Painted'") -> tuple[str, ...]:
    return (sys.executable, "-c", HELLO.format(widget=widget, text=text))


def measure_first_frame() -> list[Finding]:
    """T3, T4: the first frame of the app takes at most 1.4 times a minimal Textual app's, today's counts 2.6 times."""
    with throw_away_home({"painted": _deck()}, now="") as home:
        subprocess.run((*PROGRAM, "due"), env=home.environment, check=True, capture_output=True)  # makes the database
        frame, counts, hello = take_turns(
            _painting(home, PROGRAM, "Opening"),
            _painting(home, PROGRAM, "Benchmarkdeck"),
            _painting(home, _hello("Static"), "Painted"),
            turns=10,
        )
    return [
        Finding("T3", "first frame of the app", frame, hello, "a minimal Textual app's", 1.4),
        Finding("T4", "today's counts on screen", counts, hello, "a minimal Textual app's", 2.6),
    ]


def _painting(home: Home, words: tuple[str, ...], word: str) -> Measure:
    def measure() -> float:
        with Terminal(words, home.environment, home.path) as terminal:
            return terminal.wait_for(word)

    return measure


def measure_keys() -> list[Finding]:
    """T5, T6: revealing takes at most 3 times the plain key, and 0.3 times Markdown; a grade 4 times and its fsyncs.

    The grade is held against the plain key after its fsyncs, as measured in this run, are taken away.
    """
    turns = CARDS - 10
    with throw_away_home({"painted": _deck()}, now="") as home, ExitStack() as opened:

        def start(words: tuple[str, ...], word: str) -> Terminal:
            terminal = opened.enter_context(Terminal(words, home.environment, home.path))
            terminal.wait_for(word)
            return terminal

        ours = start((*PROGRAM, "review", "--new", str(CARDS)), "Frontword000")
        plain = start(_hello("Static", "'PaintedNUMBER'"), "Painted")
        markdown = start(_hello("Markdown", repr(_markdown())), "Painted")
        disk = opened.enter_context(Disk(home.path, syncs=home_syncs(home)))
        reveal, grade, key, document, syncs = take_turns(
            _presses(ours, " ", "Backword{:03}."),
            _presses(ours, "3", "Frontword{:03}", first=1),
            _presses(plain, "x", "Painted{:03}"),
            _presses(markdown, "x", "Backword{:03}."),
            disk.sync_once,
            turns=turns,
        )
    return [
        Finding("T5", "reveal to repaint", reveal, key, "a minimal app's key to repaint", 3),
        Finding("T5", "reveal to repaint", reveal, document, "Textual's Markdown, same text", 0.3),
        Finding("T6", "grade to next card, less its fsyncs", grade.less(syncs.median), key, "a minimal app's key", 4),
    ]
