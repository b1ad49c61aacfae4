"""The plain looks: pages drawn in ASCII, signs one cell wide, and pages without any colour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from textual.pilot import Pilot

from prepdeck.text.cells import cell_width, clusters
from tests.full import FULL
from tests.tui import stage
from tests.tui.places import WAYS

DAILY = tuple(WAYS)[:: 1 if FULL else 3]
"""The pages that are drawn in ASCII: every one in the full run."""
DAILY_TOO = DAILY if FULL else tuple(WAYS)[1::3]
"""The pages that are drawn without colours: every one in the full run, others than in ASCII in the daily one."""


def segments(pilot: Pilot[Any]) -> Iterator[Segment]:
    """Yield what is sent to the terminal, after the filters that take colours away."""
    app = pilot.app
    for strip in app.screen._compositor.render_strips():
        shown = strip
        for each in app._filters:
            shown = shown.apply_filter(each, app.screen.background_colors[1])
        yield from shown


MOVES = {
    "home": "j",
    "first day": "tab",
    "choice front": "b",
    "author": "j",
    "browse": "j",
    "plan": "tab",
    "welcome decks": "space",
    "stories": "j",
    "story": "tab",
    "stats": "tab",
    "settings": "j",
    "palette": "down",
    "date": "tab",
    "road": "j",
    "road details": "j",
    "readiness": "j",
    "assessment": "j",
    "offer": "tab",
}
"""A key that moves the mark, the focus or the choice, by way."""


def unread_colours(pilot: Pilot[Any]) -> list[tuple[str, bool]]:
    """Return every cell of the page with whether it is reversed, leaving colour and weight out."""
    return [
        (sign, bool(segment.style and segment.style.reverse)) for segment in segments(pilot) for sign in segment.text
    ]


@pytest.mark.parametrize("name", MOVES)
def test_a_moved_mark_is_seen_without_colour_or_weight(home: Path, name: str) -> None:
    WAYS[name].make(home)

    async def play(pilot: Pilot[Any]) -> None:
        await WAYS[name].go(pilot)
        before = unread_colours(pilot)
        await stage.press(pilot, MOVES[name])
        assert unread_colours(pilot) != before

    stage.run(play, color=False)


@pytest.mark.parametrize("name", DAILY)
def test_every_page_in_ascii_is_ascii(home: Path, name: str) -> None:
    WAYS[name].make(home)

    async def play(pilot: Pilot[Any]) -> None:
        await WAYS[name].go(pilot)
        assert sorted({sign for sign in stage.text(pilot) if not sign.isascii()}) == []

    stage.run(play, ascii_only=True)


@pytest.mark.parametrize("name", DAILY_TOO)
def test_every_sign_is_one_cell_wide_and_no_page_without_colours_has_any(home: Path, name: str) -> None:
    WAYS[name].make(home)

    async def play(pilot: Pilot[Any]) -> None:
        await WAYS[name].go(pilot)
        assert [sign for line in stage.rows(pilot) for sign in clusters(line) if cell_width(sign) != 1] == []
        coloured = {
            (segment.text, str(segment.style))
            for segment in segments(pilot)
            if segment.style
            for color in (segment.style.color, segment.style.bgcolor)
            if color is not None and not color.is_default
        }
        assert coloured == set()

    stage.run(play, color=False)
