"""Draw the pictures of README and guide: the real program on its own demo, with real keys and a clock that stands.

    python scripts/screenshots.py [FOLDER [NAME...]]

Writes every picture, or those named, as SVG, and those of the README as PNG too where `rsvg-convert` is installed.
The same program draws the same bytes.
"""

from __future__ import annotations

import asyncio
import os
import re
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
from prepdeck.scheduling.memory import Learned
from prepdeck.scheduling.review import ReviewKind
from prepdeck.study.demonstrating import make_demo
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.options import Options
from prepdeck.tui.app import PrepdeckApp

NOW: Final = "2026-11-23T09:00:00+00:00"
"""The moment of the pictures, a Monday."""
WIDE: Final = (120, 36)
"""Columns and rows of most pictures."""
NARROW: Final = (40, 20)
"""Columns and rows of a phone."""
CARD: Final = "a basic card"
"""Stands among the keys for answering until a card comes that makes a good picture."""
TYPE: Final = "type "
"""Begins an entry among the keys that is typed letter by letter."""
WAIT: Final = "wait "
"""Begins an entry among the keys that lets so many seconds pass."""
BEGUN: Final = 4
"""Answers given before the picture of a card."""
SECONDS: Final = 11.0
"""What the stopwatch is turned by with each key."""
GROUND: Final = re.compile(r'<rect fill="([^"]*)" x="([\d.]*)" y="([\d.]*)" width="([\d.]*)" height="24.65"/>')
"""A background in the picture of a screen."""
FOLDER: Final = Path(__file__).parent.parent / "docs" / "pictures"
"""Where they belong."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture."""

    keys: tuple[str, ...] = ()
    """What is pressed on home."""
    theme: str = "dark"
    """Its colours."""
    size: tuple[int, int] = WIDE
    """Columns and rows."""
    is_in_readme: bool = False
    """Whether it is drawn as PNG too."""


PICTURES: Final = {
    "home": Picture(is_in_readme=True),
    "review": Picture(("enter", CARD, "space"), is_in_readme=True),
    "stats": Picture(("s",), is_in_readme=True),
    "plan": Picture(("p",), is_in_readme=True),
    "road": Picture(("p", "o", "l"), is_in_readme=True),
    "readiness": Picture(("p", "r")),
    "lists": Picture(("p", "w", "l", "l", "j")),
    "mock": Picture(
        (
            *("m", "slash", "type debug", "enter", "enter"),
            *("type symptom: small batches run away", "enter", "type one batch an epoch only swings", "enter"),
            *("enter", "wait 372", "f2", "type - the rate? was lowered, still there", "enter"),
            *("type - gradients kept from the batch before", "enter"),
            *("type - last batch divided by the wrong n", "enter", "enter", "wait 221", "f2"),
            *("type rules out 1: half the rate, same shape", "enter", "wait 640"),
        ),
        is_in_readme=True,
    ),
    "debrief": Picture(("m", "H", "enter"), is_in_readme=True),
    "browse": Picture(("b",)),
    "stories": Picture(("S",)),
    "light": Picture(theme="light"),
    "narrow": Picture(size=NARROW),
}
"""All of them by file name."""


@dataclass
class PictureClock:
    """A clock that stands, with a stopwatch that is turned by hand."""

    moment: datetime
    """What it shows."""
    seconds: float = 0.0
    """What its stopwatch shows."""

    def now(self) -> datetime:
        """Return the moment, which goes on with the stopwatch."""
        return self.moment + timedelta(seconds=self.seconds)

    def monotonic_seconds(self) -> float:
        """Return the stopwatch."""
        return self.seconds


def slim(svg: str) -> str:
    """Return a picture without what only makes it longer, fonts of another server among it.

    Textual writes every space as `&#160;`, which librsvg leaves out.
    """
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r'<clipPath id="[^"]*-line-\d+">.*?</clipPath>\s*', "", svg, flags=re.DOTALL)
    svg = re.sub(r' clip-path="url\(#[^"]*-line-\d+\)"| shape-rendering="crispEdges"', "", svg)
    svg = re.sub(r"terminal-\d+-", "", svg)
    svg = re.sub(r"(\.\d\d)\d+", r"\1", svg)
    svg = re.sub(rf"(?:{GROUND.pattern})+", lambda run: join(run[0]), svg)
    svg = svg.replace("<style>", "<style>\n    rect { shape-rendering: crispEdges }", 1)
    return svg.replace("&#160;", " ").replace("<svg ", '<svg xml:space="preserve" ', 1)


def join(run: str) -> str:
    """Return backgrounds with those made one that touch and have one colour."""
    joined: list[tuple[str, float, str, float]] = []
    for fill, x, y, width in GROUND.findall(run):
        if joined:
            last, left, row, wide = joined[-1]
            if (last, row) == (fill, y) and abs(left + wide - float(x)) < 1:
                joined[-1] = (last, left, row, wide + float(width))
                continue
        joined.append((fill, float(x), y, float(width)))
    return "".join(
        f'<rect fill="{fill}" x="{x:g}" y="{y}" width="{width:.6g}" height="24.65"/>' for fill, x, y, width in joined
    )


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until nothing is fetched, stored or drawn any more."""
    async with asyncio.timeout(60):
        await pilot.pause()
        while len(pilot.app.workers) or type(pilot.app.screen).__name__ == "OpeningScreen":
            await asyncio.sleep(0.01)
            await pilot.pause()
        await pilot.pause(0.1)


async def press(pilot: Pilot[Any], clock: PictureClock, key: str) -> None:
    """Press a key after some seconds of thought, and wait for its effect; or type, or let time pass."""
    if key.startswith(TYPE):
        await pilot.press(*({" ": "space"}.get(letter, letter) for letter in key.removeprefix(TYPE)))
    elif key.startswith(WAIT):
        end = clock.seconds + float(key.removeprefix(WAIT))
        while clock.seconds < end:
            clock.seconds = min(end, clock.seconds + 1.0)  # a longer step would look as if the program had stood still
            page: Any = pilot.app.screen
            page.tick()
    else:
        clock.seconds += SECONDS
        await pilot.press(key)
    await settle(pilot)


async def reach_card(pilot: Pilot[Any], clock: PictureClock) -> None:
    """Answer cards until one comes that makes a good picture."""
    page: Any = pilot.app.screen
    while not is_fit(page):
        if page.is_typing:
            await press(pilot, clock, "escape")
        while not page.asking.is_revealed:
            await press(pilot, clock, "space")
        await press(pilot, clock, "3")
        page = pilot.app.screen


def is_fit(page: Any) -> bool:
    """Tell whether some answers were given, and a learned basic card with points to tick is asked."""
    view = page.asking.view
    is_learned = isinstance(view.memory, Learned) and view.review_kind is not ReviewKind.DRILL
    is_begun = len(page.sitting.reviews) >= BEGUN
    return is_begun and is_learned and isinstance(view.card.body, Basic) and bool(view.card.body.points)


async def draw(picture: Picture) -> str:
    """Drive the program and return what it shows."""
    clock = PictureClock(datetime.fromisoformat(NOW))

    def open_with_clock(options: Options) -> Desk:
        desk = open_desk(options)
        desk.clock = clock
        return desk

    app = PrepdeckApp(Options(), theme=picture.theme, open_desk=open_with_clock)
    async with app.run_test(size=picture.size) as pilot:
        await settle(pilot)
        for key in picture.keys:
            await (reach_card(pilot, clock) if key is CARD else press(pilot, clock, key))
        return slim(app.export_screenshot(title="prepdeck"))


def save(name: str, folder: Path, demo: Path) -> None:
    """Draw one picture in a home of its own."""
    picture = PICTURES[name]
    with tempfile.TemporaryDirectory() as place:
        home = shutil.copytree(demo, Path(place) / "home")
        os.environ.update(PREPDECK_HOME=str(home), PREPDECK_THEME=picture.theme)
        path = folder / f"{name}.svg"
        path.write_text(asyncio.run(draw(picture)), encoding="utf-8")
    converter = shutil.which("rsvg-convert") if picture.is_in_readme else None
    if converter:
        subprocess.run([converter, str(path), "-o", str(path.with_suffix(".png"))], check=True)
    print(path)


def main() -> None:
    """Draw the pictures into a folder."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    names = sys.argv[2:] or list(PICTURES)
    folder.mkdir(parents=True, exist_ok=True)
    for name in [each for each in os.environ if each.startswith("PREPDECK_")]:
        del os.environ[name]
    os.environ.pop("NO_COLOR", None)
    os.environ.update(PREPDECK_NOW=NOW, TZ="UTC")
    with tempfile.TemporaryDirectory() as place:
        demo = Path(place) / "demo"
        make_demo(demo)
        for name in names:
            save(name, folder, demo)


if __name__ == "__main__":
    main()
