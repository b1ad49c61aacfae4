"""A folder of its own for every test, a small deck, and two ways to run prepdeck in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-22T09:30:00+00:00"

DECK = r"""
deck: probability
title: Probability and Bayes
track: ml-fundamentals
topics:
  rules-bayes: Rules and Bayes
cards:
- id: base-rate
  kind: numeric
  topic: rules-bayes
  front: "Prevalence 1 %, sensitivity 90 %, specificity 95 %. P(ill given a positive test)?"
  answer: 0.154
  unit: probability
  tolerance: {abs: 0.002}
  check: "0.01*0.9 / (0.01*0.9 + 0.99*0.05)"
  steps: ["true positives 0.009", "false positives 0.0495"]
- id: bayes
  topic: rules-bayes
  tags: [rule]
  front: What does Bayes' rule turn around?
  back: It turns P(data given cause) into P(cause given data).
  hints: [Think of the two conditionals.]
- id: gaps
  kind: cloze
  text: "Prior times {{c1::likelihood}} over {{c2::evidence}}."
- id: pick
  kind: choice
  front: Which is a probability?
  options:
  - {text: "0.4", correct: true, why: "between 0 and 1"}
  - {text: "1.4", why: "above 1"}
  - {text: "minus one half", why: "below 0"}
"""


@dataclass(frozen=True)
class Ended:
    """How a run of prepdeck ended."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)

    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own with the small deck; the clock stands."""
    folder = tmp_path / "home"
    decks = tmp_path / "given"
    decks.mkdir()
    (decks / "probability.yaml").write_text(DECK, "utf-8")
    for name in [name for name in os.environ if name.startswith("PREPDECK_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "PREPDECK_HOME": str(folder),
        "PREPDECK_NO_BUNDLED": "1",
        "PREPDECK_DECKS": str(decks),
        "PREPDECK_NOW": NOW,
        "TZ": "UTC",
        "TERM": "xterm-256color",
        "COLUMNS": "100",
        "PYTHONPATH": str(ROOT),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("NO_COLOR", raising=False)
    return folder


@pytest.fixture
def decks(home: Path) -> Path:
    """The folder of the decks that were given."""
    return home.parent / "given"


@pytest.fixture
def run(home: Path) -> Callable[..., Ended]:
    """Run a command line in this process."""
    from prepdeck.cli.program import program

    del home

    def run_here(*words: str, text: str | bytes = "") -> Ended:
        result = CliRunner().invoke(program, list(words), input=text, catch_exceptions=False)
        return Ended(result.exit_code, result.stdout, result.stderr)

    return run_here


@pytest.fixture
def start(home: Path) -> Callable[..., Ended]:
    """Run a command line in a process of its own."""

    def run_there(*words: str, text: str | bytes = "", **extra: str) -> Ended:
        done = subprocess.run(
            [sys.executable, "-m", "prepdeck", *words],
            input=text.encode() if isinstance(text, str) else text,
            capture_output=True,
            env={**os.environ, **extra},
            cwd=home.parent,
            timeout=60,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run_there
