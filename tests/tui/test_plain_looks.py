"""The plain looks: pages drawn in ASCII, signs one cell wide, and pages without any colour."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.segment import Segment
from textual.pilot import Pilot

from prepdeck.text.cells import cell_width
from tests.tui import stage
from tests.tui.places import WAYS


def segments(pilot: Pilot[Any]) -> Iterator[Segment]:
    """Yield what is sent to the terminal, after the filters that take colours away."""
    app = pilot.app
    for strip in app.screen._compositor.render_strips():
        for each in app._filters:
            strip = strip.apply_filter(each, app.screen.background_colors[1])
        yield from strip


@pytest.mark.parametrize("name", WAYS)
def test_every_page_in_ascii_is_ascii(home: Path, name: str) -> None:
    WAYS[name].make(home)

    async def play(pilot: Pilot[Any]) -> None:
        await WAYS[name].go(pilot)
        assert sorted({sign for sign in stage.text(pilot) if not sign.isascii()}) == []

    stage.run(play, ascii_only=True)


@pytest.mark.parametrize("name", WAYS)
def test_every_sign_is_one_cell_wide_and_no_page_without_colours_has_any(home: Path, name: str) -> None:
    WAYS[name].make(home)

    async def play(pilot: Pilot[Any]) -> None:
        await WAYS[name].go(pilot)
        assert [sign for sign in stage.text(pilot) if sign != "\n" and cell_width(sign) != 1] == []
        coloured = {
            (segment.text, str(segment.style))
            for segment in segments(pilot)
            if segment.style
            for color in (segment.style.color, segment.style.bgcolor)
            if color is not None and not color.is_default
        }
        assert coloured == set()

    stage.run(play, color=False)
