"""Text pictures of what stands over a page, or instead of one, at the three sizes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.reviewing import RoundRequest, begin_round, record_answer
from prepdeck.tui.keys import Place
from prepdeck.tui.screens.dialogs import Dialog
from prepdeck.tui.screens.framed import FramedScreen
from tests.tui import stage
from tests.tui.test_planned import aim

PAGES: dict[str, tuple[str, ...]] = {
    "author": ("j", "a"),
    "browse": ("b",),
    "plan": ("p",),
    "road": ("p", "o"),
    "settings": ("comma",),
    "stats": ("s",),
    "stories": ("S",),
}
"""The keys that lead from home to a page."""


@pytest.mark.parametrize("size", stage.SIZES, ids=str)
@pytest.mark.parametrize("place", ["home", "review"])
def test_the_help_as_text(home: Path, place: str, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        if place == "review":
            await stage.press(pilot, "enter")
        await stage.press(pilot, "?")
        stage.check_golden(pilot, f"help-{place}")

    stage.run(play, size=size)


@pytest.mark.parametrize("place", PAGES)
def test_the_help_of_every_page_fits_the_usual_window(home: Path, place: str) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PAGES[place], "f1")
        shown = stage.text(pilot)
        assert isinstance(pilot.app.screen, Dialog)
        assert "Keys on this screen" in shown
        assert "more lines" not in shown
        assert "…" not in shown

    stage.run(play)


@pytest.mark.parametrize("size", stage.SIZES, ids=str)
def test_the_palette_as_text(home: Path, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "ctrl+p")
        stage.check_golden(pilot, "palette")

    stage.run(play, size=size)


@pytest.mark.parametrize("size", stage.SIZES, ids=str)
def test_the_dialog_of_the_date_as_text(home: Path, size: tuple[int, int]) -> None:
    aim(40)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "D")
        stage.check_golden(pilot, "date")

    stage.run(play, size=size)


@pytest.mark.parametrize("size", stage.SIZES, ids=str)
def test_the_page_of_a_finished_day_as_text(home: Path, size: tuple[int, int]) -> None:
    stage.settings(home, "new_a_day = 1\n")
    with open_desk(Options()) as desk:
        card = begin_round(desk, RoundRequest()).current
        assert card is not None
        record_answer(desk, card, 4)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        page = pilot.app.screen
        assert isinstance(page, FramedScreen)
        assert page.PLACE is Place.IDLE
        stage.check_golden(pilot, "idle-one-learnt")

    stage.run(play, size=size)


@pytest.mark.parametrize("size", stage.SIZES, ids=str)
def test_the_page_of_a_database_that_cannot_be_opened_as_text(home: Path, size: tuple[int, int]) -> None:
    database = home / "prepdeck.db"
    database.write_bytes(b"This is no database, and prepdeck has to say so.\n" * 100)

    async def play(pilot: Pilot[Any]) -> None:
        page = pilot.app.screen
        assert isinstance(page, FramedScreen)
        assert page.PLACE is Place.FAULT
        shown = " ".join(stage.text(pilot).split())
        assert "prepdeck.db" in shown or "database" in shown
        assert "doctor" in shown

    stage.run(play, size=size)
    assert database.read_bytes().startswith(b"This is no database")
