"""Values with good defaults, and homes to try things in."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date
from fractions import Fraction
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from prepdeck.cards.card import Basic, Body, Card, Choice, Cloze, Gap, Numeric, Option
from prepdeck.cards.code import Case, Code
from prepdeck.cards.ids import CardId
from prepdeck.cards.spoken import Design, Figure, OutlinePhase, Probe, Star, Story
from prepdeck.cards.tolerance import Tolerance
from prepdeck.scheduling.memory import Learned

TODAY = date(2026, 11, 22)
NOW = "2026-11-22T09:00:00+00:00"

DECK = """\
deck: small
title: A small deck
track: ml-fundamentals
topics: {first: First, second: Second}
cards:
- id: one
  topic: first
  level: 1
  front: "What is one?"
  back: "The first number."
- id: two
  kind: cloze
  topic: first
  level: 2
  text: "Two comes after {{c1::one}} and before {{c2::three::a number}}."
- id: three
  kind: choice
  topic: second
  level: 2
  front: "Which is three?"
  options:
  - {text: "1 + 1", why: "That is two."}
  - {text: "1 + 2", correct: true}
  - {text: "2 + 2", why: "That is four."}
- id: four
  kind: numeric
  topic: second
  level: 3
  front: "Two times two?"
  answer: 4
  tolerance: {abs: 0.01}
  unit: apples
  steps: ["2 times 2"]
- id: five
  front: "What is five?"
  back: "The number of fingers on a hand."
  topic: second
  level: 1
"""


def make_card(name: str = "small/one", *, body: Body | None = None, **fields: object) -> Card:
    return Card(id=CardId.parse(name), body=body or Basic("What is one?", "The first number."), **fields)  # type: ignore[arg-type]


def make_choice() -> Choice:
    return Choice("Which is three?", (Option("1 + 1"), Option("1 + 2", correct=True), Option("2 + 2")))


def make_numeric(answer: str = "4", *, absolute: str | None = "0.01", relative: str | None = None) -> Numeric:
    tolerance = Tolerance(
        absolute=None if absolute is None else Fraction(absolute),
        relative=None if relative is None else Fraction(relative),
    )
    return Numeric("How many?", Fraction(answer), answer, tolerance)


def make_cloze() -> Cloze:
    return Cloze(("Two comes after ", Gap(1, "one"), " and before ", Gap(2, "three", "a number"), "."))


def make_code(**fields: object) -> Code:
    """Make a card that asks for a function which doubles a number."""
    values: dict[str, object] = {
        "front": "Return twice the number.",
        "entry": "double",
        "starter": "def double(number):\n    ...",
        "reference": "def double(number):\n    return 2 * number",
        "visible": (Case("[1]", "2"), Case("[0]", "0")),
        "hidden": (Case("[-3]", "-6"),),
        "mutants": ("def double(number):\n    return number ** 2",),
    }
    return Code(**{**values, **fields})  # type: ignore[arg-type]


def make_design(**fields: object) -> Design:
    values: dict[str, object] = {
        "front": "Design card payment fraud detection.",
        "outline": (
            OutlinePhase("framing", ("score each payment", "three actions by cost")),
            OutlinePhase("metrics", ("recall at a fixed false-alarm rate",)),
        ),
        "rubric": "ml-design",
        "formats": ("ml-design-45",),
        "clarifications": ("Block, challenge or allow?",),
        "numbers": (Figure("5 000 payments per second"),),
        "probes": (Probe("How is the threshold set?", "By the cost of both mistakes."), Probe("Who sees an alert?")),
        "pitfalls": ("accuracy as the metric",),
        "twist": "A new country with no labels.",
    }
    return Design(**{**values, **fields})  # type: ignore[arg-type]


def make_star(**fields: object) -> Star:
    values: dict[str, object] = {
        "front": "When did you say no to a stakeholder?",
        "competency": "prioritisation",
        "rubric": "behavioural",
        "probes": (Probe("What did you offer instead?"),),
        "strong_signals": ("an alternative with a date",),
        "weak_signals": ("only the refusal",),
    }
    return Star(**{**values, **fields})  # type: ignore[arg-type]


def make_story(**fields: object) -> Story:
    values: dict[str, object] = {
        "title": "The forecast that was wrong",
        "situation": "A shop ordered by a forecast of mine.",
        "task": "Find out why shelves were empty.",
        "action": "Compared orders with sales, day by day.",
        "result": "Empty shelves fell by half.",
        "competencies": ("prioritisation", "ownership"),
    }
    return Story(**{**values, **fields})  # type: ignore[arg-type]


def make_learned(**fields: object) -> Learned:
    values: dict[str, object] = {
        "repetition": 2,
        "easiness": 250,
        "interval": 6,
        "due": date(2026, 11, 22),
        "last": date(2026, 11, 16),
        "drilling": False,
        "lapses": 0,
    }
    return Learned(**{**values, **fields})  # type: ignore[arg-type]


def environment_of(home: Path, *, decks: str = DECK, now: str | None = NOW, **more: str) -> dict[str, str]:
    """Return the environment of a throw-away home that holds one small deck and nothing else."""
    home.mkdir(parents=True, exist_ok=True)
    folder = home / "decks"
    folder.mkdir(exist_ok=True)
    if decks and not list(folder.iterdir()):
        (folder / "small.yaml").write_text(decks, encoding="utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREPDECK", "XDG", "NO_COLOR"))}
    frozen = {"PREPDECK_NOW": now} if now else {}
    return {**kept, "PREPDECK_HOME": str(home), "PREPDECK_NO_BUNDLED": "1", "TZ": "UTC", **frozen, **more}


def prepdeck(
    environment: dict[str, str], *words: str, input: str | None = None, timeout: float = 60
) -> subprocess.CompletedProcess[str]:
    """Run the program itself and return what it printed."""
    return subprocess.run(
        [sys.executable, "-m", "prepdeck", *words],
        env=environment,
        input=input if input is not None else "",
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        cwd=Path(__file__).parent.parent,
    )


def run_here(environment: dict[str, str], *words: str, input: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command line in this process: twenty times as fast, for proofs of neither its start nor its end."""
    from prepdeck.cli.program import program

    try:
        with patch.dict(os.environ, environment, clear=True):
            time.tzset()
            ended = CliRunner().invoke(program, list(words), input=input or "", catch_exceptions=False)
    finally:
        time.tzset()
    return subprocess.CompletedProcess(list(words), ended.exit_code, ended.stdout, ended.stderr)
