"""A stage for the interface: real decks and database in a throw-away home, real keys, the screen as text."""

from __future__ import annotations

import asyncio
import difflib
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from textual import events
from textual.pilot import Pilot
from textual.screen import Screen

from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.options import Options
from prepdeck.study.reviewing import record_answer
from prepdeck.tui.app import PrepdeckApp
from prepdeck.tui.screens.review import ReviewScreen

GOLDEN = Path(__file__).parent / "golden"
REWRITE = "PREPDECK_GOLDEN"
"""Set to `write` to take the present screens for right."""
REWRITES = os.environ.get(REWRITE) == "write"
WIDE, NORMAL, NARROW = (120, 36), (80, 24), (40, 20)
SIZES = (WIDE, NORMAL, NARROW)

DECK = """\
deck: learning
title: Learning theory
track: ml-fundamentals
topics: {optimisers: Optimisers, metrics: Metrics}
cards:
- id: adam
  topic: optimisers
  level: 2
  front: "Why does **Adam** need bias correction in its first steps?"
  back: |
    Both moment estimates start at **zero**, so early on they are too small.

    - $\\hat m = m / (1 - \\beta_1^t)$
    - $\\hat v = v / (1 - \\beta_2^t)$
  hints: [What are the moments at step zero?]
  why: It shows whether you know what the moments are.
  refs: ["Kingma & Ba 2015, section 3"]
- id: attention
  kind: cloze
  topic: optimisers
  text: "Attention divides the scores by {{c1::the root of the key size::a size}} before the {{c2::softmax}}."
- id: fraud
  kind: choice
  topic: metrics
  front: Which metric tells you least at 0.2 % positives?
  options:
  - {text: PR-AUC, why: It follows the positives.}
  - {text: Accuracy, correct: true, why: Always saying no scores 99.8 %.}
  - {text: Expected cost}
- id: convex
  kind: choice
  topic: metrics
  front: Which losses are convex?
  options:
  - {text: hinge, correct: true}
  - {text: logistic, correct: true}
  - {text: zero-one, why: It has a step.}
- id: convolution
  kind: numeric
  topic: metrics
  front: "A 3x3 convolution maps 64 to 128 channels, with bias. How many parameters?"
  answer: 73856
  unit: parameters
  tolerance: {rel: 0.01}
  steps: [3 by 3 by 64 by 128 is 73728, plus 128]
- id: ranking
  topic: metrics
  front: Design home ranking. Name the stages.
  back: Candidate generation, then ranking.
  points: [Goal and scale, Two stages with budgets, Offline to online link]
  followups: [{front: And cold start?, back: Content features and exploration.}]
- id: merge
  topic: optimisers
  front: Merge two sorted lists.
  back: |
    ```python
    def merge(a: list[int], b: list[int]) -> list[int]:
        out = []
        while a and b:
            out.append((a if a[0] <= b[0] else b).pop(0))  # stable: of two equal ones the first list's goes first
        return out + a + b
    ```

    Linear in both lengths.
"""
"""One card for everything a card can be."""

Play = Callable[[Pilot[Any]], Awaitable[None]]


def run(play: Play, *, size: tuple[int, int] = NORMAL, **flags: Any) -> PrepdeckApp:
    """Start the interface at a size, let `play` press keys, and return it as it was at the end."""
    app = PrepdeckApp(Options(), **flags)

    async def perform() -> None:
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            await play(pilot)

    asyncio.run(perform())
    return app


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until nothing is fetched, stored or drawn any more."""
    quiet = 0
    async with asyncio.timeout(30):
        # Twice, for what waits for the next painting may then ask the clerk again.
        while quiet < 2:
            await pilot.pause()
            is_quiet = not len(pilot.app.workers) and not _is_opening(pilot) and not pilot.app.screen._callbacks
            quiet = quiet + 1 if is_quiet else 0
            if not is_quiet:
                await asyncio.sleep(0.002)
        await pilot.pause()


def _is_opening(pilot: Pilot[Any]) -> bool:
    return type(pilot.app.screen).__name__ == "OpeningScreen"


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys one after the other, each once the one before has had its effect."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def burst(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys all at once, as a terminal sends them that was slow."""
    for key in keys:
        pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def resize(pilot: Pilot[Any], size: tuple[int, int]) -> None:
    """Give the terminal another size, and wait until the page has it."""
    await pilot.resize_terminal(*size)
    async with asyncio.timeout(30):
        while tuple(pilot.app.screen._compositor.size) != size:  # noqa: ASYNC110 - Textual has no event for it
            await asyncio.sleep(0.002)
    await settle(pilot)


def rows(pilot: Pilot[Any]) -> list[str]:
    """Return what stands on the screen, line by line."""
    return [strip.text.rstrip() for strip in pilot.app.screen._compositor.render_strips()]


def text(pilot: Pilot[Any]) -> str:
    return "\n".join(rows(pilot))


def review_of(pilot: Pilot[Any]) -> ReviewScreen:
    screen: Screen[Any] = pilot.app.screen
    assert isinstance(screen, ReviewScreen)
    return screen


def check_golden(pilot: Pilot[Any], name: str) -> None:
    """Compare the screen with the kept one of that name."""
    width, height = pilot.app.size
    path = GOLDEN / f"{name}-{width}x{height}.txt"
    shown = text(pilot) + "\n"
    if REWRITES:
        path.write_text(shown, encoding="utf-8")
    assert path.exists(), f"no golden screen {path.name}; {REWRITE}=write keeps the present one:\n{shown}"
    kept = path.read_text(encoding="utf-8")
    if shown != kept:
        raise AssertionError("\n".join(difflib.unified_diff(kept.splitlines(), shown.splitlines(), path.name, "shown")))


async def start(pilot: Pilot[Any], card: str) -> None:
    """Begin a round from home and answer until `card` is asked; typed fields are left alone."""
    await press(pilot, "enter")
    for _ in range(20):
        if review_of(pilot).asking.card.id.card == card:  # type: ignore[union-attr]
            return
        await grade(pilot, "3")
    message = f"{card} is never asked"
    raise AssertionError(message)


async def grade(pilot: Pilot[Any], key: str = "3") -> None:
    """Reveal the card, whatever its kind, and grade it."""
    screen = review_of(pilot)
    if screen.is_typing:
        await press(pilot, "escape")
    while screen.asking is not None and not screen.asking.is_revealed:
        await press(pilot, "space")
    await press(pilot, key)


PRACTISED: dict[tuple[object, ...], bytes] = {}
"""Databases after some weeks of answers, by what the home held before them."""


def practise(days: int = 40) -> None:
    """Fill the log of the present home with some weeks of answers, ending the day before the frozen now."""
    home = Path(os.environ["PREPDECK_HOME"])
    held = sorted((str(file.relative_to(home)), file.read_bytes()) for file in home.rglob("*") if file.is_file())
    key = (days, os.environ["PREPDECK_NOW"], os.environ["TZ"], *held)
    database = home / "prepdeck.db"
    if key in PRACTISED:
        database.write_bytes(PRACTISED[key])
        return
    answer_for(days)
    PRACTISED[key] = database.read_bytes()


def answer_for(days: int) -> None:
    with open_desk(Options()) as desk:
        cards = [card.id for card in desk.library.cards]
        now = desk.clock.now()
        for back in range(days, 0, -1):
            day = now - timedelta(days=back)
            for number, card in enumerate(cards):
                if (back + number) % 5 == 0:
                    quality = (4, 4, 3, 5, 1, 4)[(back + number) // 5 % 6]
                    record_answer(desk, card, quality, at=day + timedelta(minutes=number), seconds=20)


def settings(home: Path, words: str) -> None:
    (home / "config.toml").write_text(words, encoding="utf-8")


def reviews_kept() -> int:
    """Return how many reviews the present home holds that were not undone."""
    from prepdeck.study.records import read_log

    with open_desk(Options()) as desk:
        return sum(not review.voided for review in read_log(desk))


NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@dataclass
class HandClock:
    """A clock whose stopwatch is turned by hand."""

    seconds: float = 0.0

    def now(self) -> datetime:
        return NOW

    def monotonic_seconds(self) -> float:
        return self.seconds

    def open_desk(self, options: Options) -> Desk:
        """Open the real desk with this clock."""
        desk = open_desk(options)
        desk.clock = self
        return desk
