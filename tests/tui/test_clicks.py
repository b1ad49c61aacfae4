"""Clicks: a hint, a row, a grade box or a pane that is clicked does what its key does, and ^c loses nothing."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.study.desk import open_desk
from prepdeck.study.interviews import interviews
from prepdeck.study.options import Options
from prepdeck.tui.keys import show_key
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.widgets.frame import Hint, KeyBar
from tests.full import FULL
from tests.tui import stage
from tests.tui.places import WAYS
from tests.tui.test_resizing import held

DIALOGS = {
    "help",
    "palette",
    "date",
    "info",
    "note",
    "mock interrupted",
    "mock finish",
    "mock predict",
    "mock evidence",
    "road link",
}
"""Ways to boxes, which have no key bar."""
PAGES = tuple(name for name in WAYS if name not in DIALOGS)
FOLLOWED = PAGES if FULL else ("home", "browse", "back")
"""The pages on which the effects are compared too: every one in the full run."""
ENDING = {"app.leave", "app.quit", "app.back"}
"""Actions that may end the program."""
MARKS: dict[str, tuple[str, str]] = {
    "browse": ("cards", "card:2"),
    "stories": ("stories", "stories:1"),
    "settings": ("settings", "row:1"),
    "author": ("problems", "problem:1"),
    "mock mark": ("marks", "marks:3"),
    "road": ("rows", "rows:2"),
    "readiness": ("pillars", "pillars:1"),
    "assessment": ("skills", "skills:2"),
}
"""The list of a page, and a row of it that is one or two below the marked one."""
PANES = {
    "home": "forecast",
    "stats": "reviews",
    "plan": "outlook",
    "stories": "matrix",
    "road": "detail",
    "readiness": "topics",
}
"""A pane of each page that has several."""


def places_of(drawing: Drawing) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield every target of a drawing with its first cell."""
    seen: set[str] = set()
    for y, row in enumerate(drawing.rows()):
        for x in range(row.width):
            target = row.target_at(x)
            if target is not None and target not in seen:
                seen.add(target)
                yield target, (x, y)


async def click(pilot: Pilot[Any], drawing: Drawing, place: tuple[int, int]) -> None:
    """Click a cell of what a widget draws."""
    inner = drawing.content_region
    await pilot.click(offset=(inner.x + place[0], inner.y + place[1]))
    await stage.settle(pilot)


def hints_with_keys(pilot: Pilot[Any]) -> list[tuple[Hint, str]]:
    """Return the hints of the key bar that name one key, with it as the terminal sends it."""
    app: Any = pilot.app
    rows = [(hint, app.keys.row(hint.target)) for hint in page_of(pilot).hints()]
    return [(hint, key) for hint, row in rows if row for key in row.keys if show_key(key) == hint.keys]


def without_times(words: str) -> str:
    """Return a page without the seconds that run, and those that a run of tests took."""
    return re.sub(r"\b(?:\d+:\d\d|\d+\.\d\d s)\b", "", words)


def page_of(pilot: Pilot[Any]) -> FramedScreen:
    page = pilot.app.screen
    assert isinstance(page, FramedScreen)
    return page


@pytest.mark.parametrize("name", PAGES[:: 1 if FULL else 2])
def test_a_clicked_hint_starts_the_action_of_its_key(home: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    def note_down(page: FramedScreen, action: str) -> bool:
        can = page.is_current and page.can(action)
        started.extend([action] * can)
        return can

    WAYS[name].make(home)

    async def play(pilot: Pilot[Any]) -> None:
        await WAYS[name].go(pilot)
        page = page_of(pilot)
        monkeypatch.setattr(FramedScreen, "perform", note_down)
        bar = page.query_one(KeyBar)
        shown = dict(places_of(bar))
        found = [(hint.target, key) for hint, key in hints_with_keys(pilot) if hint.target in shown]
        assert "app.help" in dict(found)
        assert set(shown) - set(dict(found)) <= {"grades"}
        for target, key in found:
            started.clear()
            await click(pilot, bar, shown[target])
            await pilot.press(key)
            assert started == [target, target]

    stage.run(play)


@pytest.mark.parametrize("name", FOLLOWED)
def test_a_clicked_hint_has_the_effect_of_its_key(home: Path, name: str) -> None:
    WAYS[name].make(home)
    kept = shutil.copytree(home, home.parent / "kept")
    keys: dict[str, str] = {}

    async def look(pilot: Pilot[Any]) -> None:
        await WAYS[name].go(pilot)
        shown = set(dict(places_of(pilot.app.screen.query_one(KeyBar)))) - ENDING
        keys.update({hint.target: key for hint, key in hints_with_keys(pilot) if hint.target in shown})

    def effect(target: str, key: str) -> tuple[str, str]:
        shutil.rmtree(home)
        shutil.copytree(kept, home)
        seen: list[str] = []

        async def play(pilot: Pilot[Any]) -> None:
            await WAYS[name].go(pilot)
            if key:
                await stage.press(pilot, key)
            else:
                bar = pilot.app.screen.query_one(KeyBar)
                await click(pilot, bar, dict(places_of(bar))[target])
            seen.extend([type(pilot.app.screen).__name__, without_times(stage.text(pilot))])

        stage.run(play, size=stage.WIDE)
        return seen[0], seen[1]

    stage.run(look, size=stage.WIDE)
    assert len(keys) >= 2
    for target in tuple(keys) if FULL else tuple(keys)[1:3]:
        assert effect(target, "") == effect(target, keys[target]), target


@pytest.mark.parametrize("name", MARKS)
def test_a_clicked_row_is_the_one_the_keys_reach(home: Path, name: str) -> None:
    WAYS[name].make(home)
    widget, target = MARKS[name]

    async def play(pilot: Pilot[Any]) -> None:
        await WAYS[name].go(pilot)
        before = stage.text(pilot)
        drawing = pilot.app.screen.query_one(f"#{widget}", Drawing)
        await click(pilot, drawing, dict(places_of(drawing))[target])
        clicked = stage.text(pilot)
        assert clicked != before
        await stage.press(pilot, "g")
        await stage.press(pilot, *"j" * int(target.partition(":")[2]))
        assert stage.text(pilot).split("\n") == clicked.split("\n")

    stage.run(play)


@pytest.mark.parametrize("name", PANES)
def test_a_clicked_pane_has_the_focus(home: Path, name: str) -> None:
    WAYS[name].make(home)

    async def play(pilot: Pilot[Any]) -> None:
        await WAYS[name].go(pilot)
        pane = pilot.app.screen.query_one(f"#{PANES[name]}")
        assert pilot.app.focused is not pane
        await pilot.click(f"#{PANES[name]}", offset=(3, 0))
        await stage.settle(pilot)
        assert pilot.app.focused is pane

    stage.run(play)


@pytest.mark.parametrize("name", tuple(WAYS)[:: 1 if FULL else 3])
def test_one_copy_key_takes_nothing_away(home: Path, name: str) -> None:
    WAYS[name].make(home)

    async def play(pilot: Pilot[Any]) -> None:
        await WAYS[name].go(pilot)
        before = held(pilot)
        await stage.press(pilot, "ctrl+c")
        assert pilot.app._exit is False
        assert held(pilot) == before
        assert WAYS[name].types in stage.text(pilot)

    stage.run(play)


def cell_of(pilot: Pilot[Any], words: str) -> tuple[int, int]:
    """Return where some words begin on the screen."""
    lines = stage.text(pilot).split("\n")
    number = next(number for number, line in enumerate(lines) if words in line)
    return lines[number].index(words), number


async def click_words(pilot: Pilot[Any], words: str) -> None:
    """Click where some words stand."""
    await pilot.click(offset=cell_of(pilot, words))
    await stage.settle(pilot)


def test_a_clicked_row_of_the_palette_does_what_it_names(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "ctrl+p")
        await click_words(pilot, "look through the cards")
        assert type(pilot.app.screen).__name__ == "BrowseScreen"

    stage.run(play)


def test_a_clicked_field_of_the_date_dialog_is_the_one_typed_in(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "D")
        await click_words(pilot, "Company")
        await stage.press(pilot, *"Acme")
        await click_words(pilot, "Day ")
        await stage.press(pilot, *"+21", "enter", "enter")
        await stage.settle(pilot)

    stage.run(play)
    with open_desk(Options()) as desk:
        assert [(each.interview.company, each.interview.date.isoformat()) for each in interviews(desk)] == [
            ("Acme", "2026-12-13")
        ]


def test_a_clicked_point_is_ticked_and_a_second_click_takes_the_tick_off(home: Path) -> None:
    WAYS["back"].make(home)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "ranking")
        await stage.press(pilot, "space")
        for sign in ("[x]", "[ ]"):
            await click_words(pilot, "Two stages with budgets")
            line = next(line for line in stage.text(pilot).split("\n") if "Two stages with budgets" in line)
            assert sign in line

    stage.run(play)
