"""A home that every format can be drawn from, and a clock that is moved by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from prepdeck.interview.events import (
    Chose,
    Event,
    Finished,
    Marked,
    Moved,
    PartBegan,
    Predicted,
    QuestionMarked,
    Written,
)
from prepdeck.interview.mock import sheet_at, sheet_of
from prepdeck.interview.questions import Sort
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.mock_sitting import Sat, happened, moment_ms, read_now, store_pending, stored, ticked
from prepdeck.study.options import Options
from tests.builders import environment_of

PHASES = ("framing", "metrics", "data-labels", "features", "model", "evaluation", "serving", "monitoring")
SYSTEM = ("requirements", "estimates", "api-data", "high-level", "deep-dive", "failures")


def design(name: str, family: str, formats: str, phases: tuple[str, ...], rubric: str) -> str:
    outline = "".join(f"    {phase}: [point of {phase}]\n" for phase in phases)
    return (
        f"- id: {name}\n  kind: design\n  topic: cases\n  family: {family}\n  formats: [{formats}]\n"
        f"  rubric: {rubric}\n"
        f"  front: Design {name}.\n  clarifications: [how many users?]\n  twist: It must be ten times as fast.\n"
        f"  probes:\n  - {{ask: And then?, good: This.}}\n  outline:\n{outline}"
    )


def code(name: str, level: int, tags: str = "") -> str:
    return (
        f"- id: {name}\n  kind: code\n  topic: practice\n  level: {level}\n{tags}  front: Return x plus one.\n"
        "  entry: up\n"
        '  starter: "def up(x):\\n    return x\\n"\n  reference: "def up(x):\\n    return x + 1\\n"\n'
        '  mutants: ["def up(x):\\n    return x + 2\\n"]\n'
        "  hints: [add, one]\n"
        "  tests: {visible: [{in: [1], out: 2}], hidden: [{in: [5], out: 6}, {in: [-1], out: 0}]}\n"
    )


def star(name: str, competency: str) -> str:
    return (
        f"- id: {name}\n  kind: star\n  topic: people\n  competency: {competency}\n  seconds: 150\n"
        "  rubric: behavioural\n"
        f"  front: Tell me about {name}.\n  strong_signals: [a number]\n  probes: [and you?]\n"
    )


def basic(name: str, topic: str, level: int, more: str = "") -> str:
    return f"- id: {name}\n  topic: {topic}\n  level: {level}\n  front: What is {name}?\n  back: It is {name}.\n{more}"


FOLLOWUPS = "  followups: [{front: Why?, back: Because.}]\n"
TOPICS = ("monitoring-drift", "estimation", "optimisers", "splits-leakage", "metrics-basics")
MAIN = (
    "deck: main\ntitle: Main\ntrack: ml-fundamentals\ncards:\n"
    + "".join(code(f"code-{level}-{number}", level) for level in (1, 2, 3) for number in range(3))
    + code("broken-one", 2, "  tags: [debugging]\n")
    + code("broken-two", 2, "  tags: [debugging]\n")
    + "".join(star(f"star-{number}", f"competency-{number}") for number in range(6))
    + star("why-us", "motivation")
    + "".join(basic(f"role-{number}", "role", 1) for number in range(5))
    + "".join(basic(f"{topic}-{number}", topic, number % 3 + 1) for topic in TOPICS for number in range(5))
    + "".join(basic(f"deep-{number}", f"deep-{number}", 3, FOLLOWUPS) for number in range(4))
    + "".join(
        f"- id: number-{number}\n  kind: numeric\n  topic: estimation\n  front: How much is {number} + 1?\n"
        f"  answer: {number + 1}\n  tolerance: {{abs: 0.1}}\n"
        for number in range(6)
    )
    + "- id: pick\n  kind: choice\n  topic: optimisers\n  front: Which?\n"
    "  options: [{text: this, correct: true}, {text: that}]\n"
    + design("feed", "ml-products", "ml-design-45, ml-design-60", PHASES, "ml-design")
    + design("platform", "ml-platforms", "ml-design-45, ml-design-60", PHASES, "ml-design")
    + design("shortener", "general-systems", "system-design-45", SYSTEM, "system-design")
)
SCRATCH = "deck: ml-coding\ntitle: From scratch\ncards:\n" + code("softmax", 2) + code("kmeans", 2)
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
"""When the hand-moved clock begins."""


@dataclass
class HandClock:
    """A wall clock and a stopwatch, both moved by hand."""

    seconds: float = 0.0
    """How far the stopwatch went."""
    skew: float = 0.0
    """How far the wall clock was set away from it."""

    def now(self) -> datetime:
        """Return the moment on the wall."""
        return (NOW + timedelta(seconds=self.seconds + self.skew)).astimezone()

    def monotonic_seconds(self) -> float:
        """Return the stopwatch."""
        return self.seconds


def make_home(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a home whose decks every format can be drawn from."""
    for name, value in environment_of(path / "home", now=None).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PREPDECK_NO_BUNDLED", "1")
    decks = path / "home" / "decks"
    decks.mkdir(parents=True, exist_ok=True)
    (decks / "main.yaml").write_text(MAIN, "utf-8")
    (decks / "ml-coding.yaml").write_text(SCRATCH, "utf-8")
    return path / "home"


def opened(clock: HandClock) -> Desk:
    """Open the desk with a clock."""
    desk = open_desk(Options())
    desk.clock = clock
    return desk


def do(desk: Desk, sat: Sat, event: Event) -> Sat:
    """Let something happen, and store it."""
    sat = happened(sat, event)
    return stored(sat, store_pending(desk, sat))


def now_ms(desk: Desk, sat: Sat) -> int:
    """Return the true milliseconds of the mock, now."""
    return moment_ms(sat, read_now(desk))


def wait(desk: Desk, sat: Sat, clock: HandClock, seconds: float) -> Sat:
    """Let time pass as a running program sees it."""
    end = clock.seconds + seconds
    while clock.seconds < end:
        clock.seconds = min(end, clock.seconds + 5)
        sat = ticked(sat, read_now(desk))
    return stored(sat, store_pending(desk, sat))


def answer(desk: Desk, sat: Sat, clock: HandClock) -> Sat:
    """Answer whatever is on the table."""
    number = sat.mock.stop.question
    if number is None:
        return do(desk, sat, Written(now_ms(desk, sat), sheet_at(sat.mock.stop), "some notes\n"))
    question = sat.mock.questions[number]
    if question.kind == "choice":
        return do(desk, sat, Chose(now_ms(desk, sat), number, (0,)))
    if question.sort.is_code:
        right = "def up(x):\n    return x + 1\n"
        return do(desk, sat, Written(now_ms(desk, sat), sheet_of(number, is_code=True), right))
    if question.sort is Sort.STAR:
        for part in ("situation", "task", "action", "result", "reflection"):
            sat = do(desk, sat, PartBegan(now_ms(desk, sat), number, part))
            sat = wait(desk, sat, clock, 12)
        sat = do(desk, sat, PartBegan(now_ms(desk, sat), number, None))
    return do(desk, sat, Written(now_ms(desk, sat), sheet_of(number), f"answer to {number}\n"))


def sit_through(desk: Desk, sat: Sat, clock: HandClock) -> Sat:
    """Go through every stop, answer, and finish."""
    while True:
        sat = wait(desk, answer(desk, sat, clock), clock, 10)
        if sat.mock.is_over or sat.mock.position + 1 == len(sat.mock.stops):
            break
        sat = do(desk, sat, Moved(now_ms(desk, sat), sat.mock.position + 1))
    return sat if sat.mock.is_over else do(desk, sat, Finished(now_ms(desk, sat)))


def mark_all(desk: Desk, sat: Sat, level: int = 3, **other: int) -> Sat:
    """Predict, mark every question and criterion; `other` names criteria with another mark."""
    if sat.rubric is not None and sat.mock.prediction is None:
        sat = do(desk, sat, Predicted(now_ms(desk, sat), "lean-yes"))
    for number in range(len(sat.mock.questions)):
        if not sat.mock.is_blank(number):
            sat = do(desk, sat, QuestionMarked(now_ms(desk, sat), number, level))
    for criterion in sat.rubric.criteria if sat.rubric is not None else ():
        given = other.get(criterion.id.replace("-", "_"), level)
        sat = do(desk, sat, Marked(now_ms(desk, sat), criterion.id, given))
    return sat
