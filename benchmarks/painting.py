"""How long the screen takes: on a real terminal, from exec or key to the bytes of a known word."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from contextlib import ExitStack
from itertools import count

from markdown_it import MarkdownIt

from benchmarks.disk import Disk
from benchmarks.homes import PROGRAM, Home, plain_decks, throw_away_home
from benchmarks.rows import write_history
from benchmarks.terminal import Terminal
from benchmarks.timing import Finding, Measure, Sample, computed, take_turns
from prepdeck.scheduling.memory import UNSEEN
from prepdeck.study.desk import open_desk
from prepdeck.text.markdown import lay_out, warm_up

CARDS = 25
"""Cards of the round that is painted; more than are answered."""
FEW, MANY = 60, 10_000
"""Cards of the two libraries whose rounds are compared; of six cards five are due."""
ROUNDS = 2
"""How often each of these was answered."""

WIDTH = 76
"""Cells of a line of a card on the terminal."""

BACK = r"""
Softmax turns scores into **probabilities**: it exponentiates each and divides by the sum, $e^{z_i} / \sum_j e^{z_j}$.

- adding a constant to every score changes nothing
- the largest score is subtracted first, or `exp` overflows

```python
def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()
```

BackwordNUMBER.
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
    back = textwrap.indent(BACK, "    ")
    cards = (
        f"- id: c{number:03}\n  front: Frontword{number:03}\n  back: |{back.replace('NUMBER', f'{number:03}')}"
        for number in range(CARDS)
    )
    return "deck: painted\ntitle: Benchmarkdeck\ncards:\n" + "".join(cards)


def _hello(widget: str, text: str = "'Painted'") -> tuple[str, ...]:
    return (sys.executable, "-c", HELLO.format(widget=widget, text=text))


def measure_first_frame() -> list[Finding]:
    """T3, T4: the first frame of the app takes at most 1.4 times a minimal Textual app's, today's counts 2.6 times."""
    turns = 8
    with throw_away_home({"painted": _deck()}, now="") as home:
        subprocess.run((*PROGRAM, "due"), env=home.environment, check=True, capture_output=True)  # makes the database
        counts: list[float] = []

        def paint_ours() -> float:
            with Terminal(PROGRAM, home.environment, home.path) as terminal:
                frame = terminal.wait_for("Opening")
                counts.append(terminal.wait_for("Benchmarkdeck"))
                return frame

        def paint_hello() -> float:
            with Terminal(_hello("Static"), home.environment, home.path) as terminal:
                return terminal.wait_for("Painted")

        frame, hello = take_turns(paint_ours, paint_hello, turns=turns)
    return [
        Finding("T3", "first frame of the app", frame, hello, "a minimal Textual app's", 1.4),
        Finding(
            "T4", "today's counts on screen", Sample(tuple(counts[-turns:])), hello, "a minimal Textual app's", 2.6
        ),
    ]


class _Round:
    """A round on a terminal, one card a turn."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self.grades: list[float] = []
        """Seconds from each grade to its next card."""

    def answer(self) -> float:
        """Reveal a card and grade it; return the seconds of the reveal."""
        number = len(self.grades)
        reveal = self._terminal.press(" ", f"Backword{number:03}")
        self.grades.append(self._terminal.press("3", f"Frontword{number + 1:03}"))
        return reveal


def measure_keys() -> list[Finding]:
    """T5, T6: a reveal takes at most 3 times a plain key and 0.3 times Textual's Markdown, a grade 4 times a plain key.

    The fsyncs of a grade, as measured in this run, are taken away before it is held against the plain key.
    """
    turns = CARDS - 5
    with throw_away_home({"painted": _deck()}, now="") as home, ExitStack() as opened:

        def start(words: tuple[str, ...], word: str) -> Terminal:
            terminal = opened.enter_context(Terminal(words, home.environment, home.path))
            terminal.wait_for(word)
            return terminal

        disk = opened.enter_context(Disk(home.path))
        ours = _Round(start((*PROGRAM, "review", "--new", str(CARDS)), "Frontword000"))
        reveal, key, document, syncs = take_turns(
            ours.answer,
            _presses(start(_hello("Static", "'PaintedNUMBER'"), "Painted"), "Painted"),
            _presses(start(_hello("Markdown", repr(BACK)), "Painted"), "Backword"),
            disk.sync,
            turns=turns,
        )
    grade = Sample(tuple(ours.grades[-turns:])).less(syncs.median)
    return [
        Finding("T5", "reveal to repaint", reveal, key, "a minimal app's key to repaint", 3),
        Finding("T5", "reveal to repaint", reveal, document, "Textual's Markdown, same text", 0.3),
        Finding("T6", "grade to next card, less its fsyncs", grade, key, "a minimal app's key to repaint", 4),
    ]


class _LongRound:
    """A round of cards that are due, in whatever order they are asked."""

    def __init__(self, home: Home, opened: ExitStack) -> None:
        with open_desk() as desk:  # the home entered last is the one this process uses
            names = [outline.card for outline in desk.library.outlines()]
        write_history(home, names, ROUNDS, UNSEEN)
        self._terminal = opened.enter_context(Terminal((*PROGRAM, "review"), home.environment, home.path))
        self._terminal.wait_for("Front0")
        self.grades: list[float] = []
        """Seconds from each grade to its next card."""

    def answer(self) -> float:
        """Reveal a card and grade it; return the seconds of the reveal."""
        reveal = self._terminal.press(" ", "Again")
        self.grades.append(self._terminal.press("3", "Front0"))
        return reveal


def measure_many() -> list[Finding]:
    """UX 14: with 10,000 cards and 20,000 reviews, most of them due, a reveal and a grade take as long as with 60."""
    turns = FEW - 20
    with ExitStack() as opened:

        def begin(cards: int) -> _LongRound:
            return _LongRound(opened.enter_context(throw_away_home(plain_decks(cards))), opened)

        many, few = begin(MANY), begin(FEW)
        reveal, reveal_few = take_turns(many.answer, few.answer, turns=turns)
    grade, grade_few = Sample(tuple(many.grades[-turns:])), Sample(tuple(few.grades[-turns:]))
    return [
        Finding("UX14", f"reveal among {MANY:,} cards", reveal, reveal_few, f"the same among {FEW}", 1.2),
        Finding("UX14", f"grade among {MANY:,} cards", grade, grade_few, f"the same among {FEW}", 1.2),
    ]


def _presses(terminal: Terminal, word: str) -> Measure:
    numbers = count()
    return lambda: terminal.press("x", f"{word}{next(numbers):03}")


def measure_layout() -> list[Finding]:
    """T5: laying out a typical answer, with nothing cached and with everything, beside the Markdown parser alone."""
    warm_up()
    source = BACK.replace("NUMBER", "001")
    parser = MarkdownIt("commonmark")
    numbers = count()

    def lay_out_anew() -> None:
        # Every formula, code block and paragraph is new, so that no cache can help.
        number = str(next(numbers))
        lay_out(source.replace("sum_j", f"sum_{{{number}}}").replace("z.max()", f"z.max({number})"), WIDTH)

    fresh, again, parsed = take_turns(
        computed(lay_out_anew),
        computed(lambda: lay_out(source, WIDTH)),
        computed(lambda: parser.parse(source)),
        turns=60,
    )
    return [
        Finding("T5", "laying out a back, nothing cached", fresh, parsed, "markdown-it alone", None),
        Finding("T5", "laying out a back, caches warm", again, parsed, "markdown-it alone", None),
    ]
