"""Throw-away homes with decks of any size, and what it takes to use them."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from prepdeck.study.welcoming import WELCOME_FILE

ROOT = Path(__file__).parent.parent
NOW = "2026-11-22T09:00:00+00:00"
"""Where the clock of a home stands that needs no running one."""
PROGRAM = (sys.executable, "-m", "prepdeck")
"""The program itself."""

_KINDS = (
    """\
- id: c{number:05}
  topic: t{topic}
  level: {level}
  front: "Question {number}: why does the loss of a network that overfits fall on its training set and rise elsewhere?"
  back: >-
    It fits noise that other samples do not share. The gap between both losses grows with capacity and with training
    time, and shrinks with data, regularisation and early stopping; look at the curve for case {number}.
  points: ["noise is fitted", "the gap grows with capacity", "data and regularisation shrink it"]
  refs: ["Bishop, Pattern Recognition and Machine Learning, ch. 3"]
""",
    """\
- id: c{number:05}
  kind: cloze
  topic: t{topic}
  level: {level}
  text: "In case {number} {{{{c1::posterior}}}} odds are {{{{c2::prior}}}} odds times the {{{{c3::likelihood}}}} ratio."
  why: "With odds you can update in your head."
  refs: ["Blitzstein & Hwang, Introduction to Probability, ch. 2"]
""",
    """\
- id: c{number:05}
  kind: choice
  topic: t{topic}
  level: {level}
  front: "Request {number}: which of these has to be posed as unsupervised learning?"
  options:
  - {{text: "Find the themes in old tickets that nobody named so far", correct: true, why: "There is no target."}}
  - {{text: "Send each ticket to one of 12 teams, given logged routing", why: "The logged team is a label."}}
  - {{text: "Estimate the hours until a ticket is closed", why: "The target is a number."}}
  seconds: 40
""",
    """\
- id: c{number:05}
  kind: numeric
  topic: t{topic}
  level: {level}
  front: "A pipeline of {number} steps: each fails with probability 1 %. P(at least one of twenty fails)?"
  answer: 0.182
  unit: probability
  tolerance: {{abs: 0.002}}
  check: "1 - 0.99**20"
  steps: ["take the complement", "0.99 to the power 20 = 0.818", "1 - 0.818 = 0.182"]
  hints: ["What is the probability that everything goes well?"]
""",
)
"""One card of each kind, of about the length that the bundled decks have."""

TOPICS = 8
"""Topics of a mixed deck."""


def mixed_deck(name: str, cards: int) -> str:
    """Return the text of a deck in which the four kinds of cards take turns."""
    topics = "".join(f"  t{number}: Topic {number}\n" for number in range(TOPICS))
    entries = (
        _KINDS[number % 4].format(number=number, topic=number * TOPICS // cards, level=1 + number % 3)
        for number in range(cards)
    )
    return f"deck: {name}\ntitle: The deck {name}\ntrack: ml-fundamentals\ntopics:\n{topics}cards:\n{''.join(entries)}"


A_DECK = 20_000
"""Cards a file may hold."""


def plain_decks(cards: int) -> dict[str, str]:
    """Return the texts of decks that hold so many of the shortest cards."""
    decks = {}
    for number, first in enumerate(range(0, cards, A_DECK)):
        rows = (
            f"- {{id: c{at:06}, front: Front{at:06}, back: b}}\n" for at in range(first, min(cards, first + A_DECK))
        )
        decks[f"deck{number}"] = f"deck: deck{number}\ntitle: Benchmarkdeck\ncards:\n" + "".join(rows)
    return decks


@dataclass(frozen=True, slots=True)
class Home:
    """A home that is gone when its benchmark ends."""

    path: Path
    """The folder."""
    environment: Mapping[str, str]
    """The environment in which prepdeck uses it."""

    @property
    def database(self) -> Path:
        """The file of the database, once prepdeck was started."""
        return self.path / "prepdeck.db"


@contextmanager
def throw_away_home(decks: Mapping[str, str] | None = None, *, bundled: bool = False, now: str = NOW) -> Iterator[Home]:
    """Hold a home with some decks by name, its welcome answered; within it, this process uses it as well.

    Args:
        decks: Text of each deck.
        bundled: Whether the bundled decks are there too.
        now: Where the clock stands; empty for the running one.
    """
    with tempfile.TemporaryDirectory(prefix="prepdeck-benchmark-") as folder:
        path = Path(folder)
        (path / WELCOME_FILE).write_text("answered\n", encoding="utf-8")
        own = path / "decks"
        own.mkdir()
        for name, text in (decks or {}).items():
            (own / f"{name}.yaml").write_text(text, encoding="utf-8")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREPDECK", "NO_COLOR"))}
        chosen = {"PREPDECK_HOME": folder, "TZ": "UTC", "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
        chosen |= {"PREPDECK_NOW": now} if now else {}
        chosen |= {} if bundled else {"PREPDECK_NO_BUNDLED": "1"}
        environment = {**kept, **chosen}
        with patch.dict(os.environ, environment, clear=True):
            yield Home(path, environment)
