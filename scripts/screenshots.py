"""Draw the pictures of the README: the real program, a made-up history, a clock that stands.

    python scripts/screenshots.py [FOLDER]

Writes home.svg and review.svg, and beside them PNG files where `rsvg-convert` is installed.
"""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from textual.pilot import Pilot

from prepdeck.cards.card import Basic
from prepdeck.cards.ids import CardId
from prepdeck.scheduling.memory import Learned
from prepdeck.scheduling.review import ReviewKind
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.options import Options
from prepdeck.study.reviewing import record_answer
from prepdeck.tui.app import PrepdeckApp
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.screens.review import ReviewScreen

NOW: Final = "2026-11-23T09:00:00+00:00"
"""The moment of the pictures, a Monday."""
SIZE: Final = (120, 36)
"""Columns and rows."""
DAYS: Final = 175
"""How far the made-up history goes back."""
UNSEEN: Final = 20
"""Cards it leaves for the pictures."""
STREAK: Final = 12
"""Days up to today without a day off."""
BACKLOG: Final = 7
"""Days up to yesterday on which only some of the due cards were answered."""
LEFT_TODAY: Final = 18
"""Due cards that are still to be answered today."""
BEGUN: Final = 5
"""Answers given in the round before the picture of a card."""


@dataclass
class PictureClock:
    """A clock whose stopwatch is turned by hand."""

    moment: datetime
    """What it shows."""
    seconds: float = 0.0
    """What its stopwatch shows."""

    def now(self) -> datetime:
        """Return the moment."""
        return self.moment

    def monotonic_seconds(self) -> float:
        """Return the stopwatch."""
        return self.seconds


def make_history(desk: Desk) -> None:
    """Record some months of a learner who keeps at it, and the first answers of today."""
    dice = random.Random(11)  # noqa: S311 - made-up answers need no secrecy
    cards = [card.id for card in desk.library.cards]
    dice.shuffle(cards)
    fresh = cards[: len(cards) - UNSEEN]
    pace = len(fresh) / DAYS
    known: dict[CardId, Learned] = {}
    now = desk.clock.now()
    for back in range(DAYS, -1, -1):
        if back >= STREAK and dice.random() < 0.2:  # noqa: PLR2004 - one day in five is off
            continue
        day = now - timedelta(days=back)
        due = sorted(card for card, memory in known.items() if memory.due <= day.date())
        if 0 < back <= BACKLOG:
            due = due[:3]
        elif not back:
            due = due[: max(3, len(due) - LEFT_TODAY)]
        begun = round(pace * (DAYS - back)) - len(known)
        asked = due + [fresh.pop() for _ in range(min(len(fresh), begun if back else 0))]
        for number, card in enumerate(asked):
            quality = dice.choices((1, 3, 4, 5), (11, 40, 41, 8))[0]
            moment = day - timedelta(minutes=90) + timedelta(seconds=40 * number)
            review = record_answer(desk, card, quality, at=moment, seconds=dice.uniform(8, 45))
            if isinstance(review.after, Learned):
                known[card] = review.after


def save(app: PrepdeckApp, path: Path) -> None:
    """Write what is on the screen as a picture.

    Textual writes every space as `&#160;`, which librsvg leaves out.
    """
    svg = app.export_screenshot(title="prepdeck").replace("&#160;", " ")
    path.write_text(svg.replace("<svg ", '<svg xml:space="preserve" ', 1), encoding="utf-8")
    converter = shutil.which("rsvg-convert")
    if converter:
        subprocess.run([converter, str(path), "-o", str(path.with_suffix(".png"))], check=True)
    print(path)


async def settle(pilot: Pilot[Any], page: type) -> None:
    """Wait until a page is there and nothing is fetched any more."""
    while not isinstance(pilot.app.screen, page) or len(pilot.app.workers):
        await pilot.pause(0.02)
    await pilot.pause(0.1)


async def draw(folder: Path, clock: PictureClock) -> None:
    """Drive the program and take its pictures."""

    def open_with_clock(options: Options) -> Desk:
        desk = open_desk(options)
        desk.clock = clock
        return desk

    app = PrepdeckApp(Options(), open_desk=open_with_clock)
    async with app.run_test(size=SIZE) as pilot:
        await settle(pilot, HomeScreen)
        save(app, folder / "home.svg")
        await pilot.press("enter")
        await settle(pilot, ReviewScreen)
        while not is_fit(app.screen):
            clock.seconds += 23
            await answer(pilot)
        clock.seconds += 14
        await pilot.press("space")
        await settle(pilot, ReviewScreen)
        save(app, folder / "review.svg")


async def answer(pilot: Pilot[Any]) -> None:
    """Reveal and grade the card, whatever its kind."""
    page: Any = pilot.app.screen
    if page.is_typing:
        await pilot.press("escape")
    while not page.asking.is_revealed:
        await pilot.press("space")
    await pilot.press("3")
    await settle(pilot, ReviewScreen)


def is_fit(page: Any) -> bool:
    """Tell whether a card makes a good picture: some rounds before it, and an answer that is worth reading."""
    view = page.asking.view
    is_scheduled = view.review_kind is ReviewKind.SCHEDULED and isinstance(view.memory, Learned)
    is_begun = len(page.sitting.reviews) >= BEGUN
    return is_begun and is_scheduled and isinstance(view.card.body, Basic) and bool(view.card.body.points)


def main() -> None:
    """Draw the pictures into a folder."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(PREPDECK_HOME=home, PREPDECK_NOW=NOW, TZ="UTC")
        for name in ("PREPDECK_DECKS", "PREPDECK_DB", "PREPDECK_NO_BUNDLED", "PREPDECK_THEME", "NO_COLOR"):
            os.environ.pop(name, None)
        with open_desk(Options()) as desk:
            make_history(desk)
        asyncio.run(draw(folder, PictureClock(datetime.fromisoformat(NOW))))


if __name__ == "__main__":
    main()
