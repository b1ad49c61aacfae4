"""Any size of the window: nothing fails, nothing typed is lost, and below the least size one line says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.full import FULL
from tests.tui import stage
from tests.tui.places import WAYS

LARGE, LEAST = (200, 60), (40, 12)
TOO_SMALL = ((39, 12), (40, 11), (39, 11), (10, 3), (1, 1))
RESIZED = tuple(WAYS)[:: 1 if FULL else 4]
"""The pages that are resized: every one in the full run."""
OPENED = RESIZED if FULL else tuple(WAYS)[2::4]
"""The pages that are opened small: every one in the full run, and other ones than are resized in the daily one."""


def held(pilot: Pilot[Any]) -> tuple[object, ...]:
    """Return what a change of size must leave as it is."""
    app = pilot.app
    fields = [
        (type(widget).__name__, getattr(widget, "value", None), getattr(widget, "text", None))
        for widget in app.screen.walk_children()
        if widget.can_focus
    ]
    return (
        [type(screen).__name__ for screen in app.screen_stack],
        app.focused,
        fields,
        getattr(app.screen, "typed", None),
    )


@pytest.mark.parametrize("name", RESIZED)
def test_every_page_survives_any_size_with_text_and_focus(home: Path, name: str) -> None:
    WAYS[name].make(home)

    async def play(pilot: Pilot[Any]) -> None:
        await WAYS[name].go(pilot)
        before, shown = held(pilot), stage.text(pilot)
        assert WAYS[name].types[-3:] in shown
        for size in (LEAST, LARGE, *TOO_SMALL):
            await stage.resize(pilot, size)
            words = [line for line in stage.rows(pilot) if line.strip()]
            if size in TOO_SMALL[:3]:
                assert [line.strip() for line in words] == ["prepdeck needs 40 x 12 cells"]
            elif size[0] >= LEAST[0]:
                assert len(words) > 3
                assert "needs 40 x 12" not in "".join(words)
        await stage.resize(pilot, LARGE)
        assert held(pilot) == before
        if "story" not in name:  # a story is saved, and says so, when its field is left
            assert stage.text(pilot) == shown

    stage.run(play, size=LARGE)


@pytest.mark.parametrize("name", OPENED)
def test_every_page_opens_in_the_smallest_window(home: Path, name: str) -> None:
    WAYS[name].make(home)

    async def play(pilot: Pilot[Any]) -> None:
        await WAYS[name].go(pilot)
        assert all(len(line) <= LEAST[0] for line in stage.rows(pilot))
        assert sum(bool(line.strip()) for line in stage.rows(pilot)) > 3

    stage.run(play, size=LEAST)
