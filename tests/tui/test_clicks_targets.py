"""Whatever can be clicked inside a page or a box does what its keys do, on the screen and in the log."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.records import read_log
from prepdeck.tui.keys import DEFAULT_ROWS
from prepdeck.tui.widgets.card import CardPanel
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.widgets.frame import KeyBar
from tests.full import FULL
from tests.tui import stage
from tests.tui.places import WAYS, Way, code_cards, some_weeks
from tests.tui.test_clicks import without_times
from tests.tui.test_stories import with_a_draft, with_stories


def a_draft(home: Path) -> None:
    """Leave words that were typed into a story and never saved."""
    with_stories()
    with_a_draft(home)


MORE_WAYS = {
    "nearest": Way(("b", "slash"), types="topic:metriks"),
    "fault of a search": Way(("b", "slash"), types="topic:(x"),
    "reset": Way(("b", "r"), make=some_weeks),
    "draft": Way(("S", "e"), make=a_draft),
    "code front": Way(("enter",), make=code_cards),
    "help": Way(("question_mark",), make=some_weeks),
}
"""Places where something can be clicked that stands on no page of WAYS."""
EVERYWHERE = {**WAYS, **MORE_WAYS}


@dataclass(frozen=True)
class Aim:
    """Something to click, and the keys that do the same."""

    way: str
    target: str
    keys: tuple[str, ...]
    daily: bool = True
    """Whether it is clicked in the daily run; not what the test of its page clicks as well."""
    clicks: int = 1

    @property
    def kind(self) -> str:
        """The name before the number."""
        return kind_of(self.target)


def kind_of(target: str) -> str:
    return target.partition(":")[0]


AIMS = (
    Aim("home", "home.review", ("enter",)),
    Aim("home", "home.cram", ("c",)),
    Aim("home", "home.learn", ("l",), daily=False),
    Aim("home", "home.plan", ("p",)),
    Aim("home", "today", ("enter",), daily=False),
    Aim("home", "plan.date", ("D",)),
    Aim("home", "row:1", ("j",), daily=False),
    Aim("home", "day:2026-11-16", ("tab", "up", "up", "up", "up", "up", "up")),
    Aim("home", "due:3", ("tab", "tab", "right", "right", "right")),
    Aim("home", "line:mock", ("p", "j", "enter"), daily=False),
    Aim("plan", "lines:2", ("j", "enter"), clicks=2),
    Aim("plan", "phases:2", ("l", "l"), daily=False),
    Aim("plan without a date", "plan.date", ("D",), daily=False),
    Aim("front", "review.reveal", ("space",)),
    Aim("back", "review.again", ("1",), daily=False),
    Aim("back", "review.hard", ("2",)),
    Aim("back", "review.good", ("3",), daily=False),
    Aim("back", "review.easy", ("4",), daily=False),
    Aim("choice front", "review.pick_b", ("b",)),
    Aim("points back", "point:2", ("j", "j", "x")),
    Aim("points back", "review.followup", ("o",)),
    Aim("code front", "review.field", ("tab",), daily=False),
    Aim("author", "problem:1", ("j",), daily=False),
    Aim("author", "review.reveal", ("space",)),
    Aim("author", "review.pick_a", ("space",), daily=False),
    Aim("browse", "card:1", ("j",), daily=False),
    Aim("browse", "card:1", ("j", "enter"), clicks=2),
    Aim("browse", "tick:2", ("j", "j", "space", "k"), daily=False),
    Aim("nearest", "nearest", ("backspace", "backspace", "c", "s", "space", "enter")),
    Aim("nearest", "clear", ("escape", "enter")),
    Aim("fault of a search", "clear", ("escape", "enter")),
    Aim("reset", "yes", ("y",)),
    Aim("stories", "stories:1", ("j",), daily=False),
    Aim("stories", "matrix:2", ("tab", "j", "j")),
    Aim("story", "ticks:1", ("shift+tab", "j", "space")),
    Aim("draft", "yes", ("y",)),
    Aim("draft", "no", ("escape",)),
    Aim("settings", "row:2", ("j", "j"), daily=False),
    Aim("settings", "row:1", ("j", "enter"), daily=False, clicks=2),
    Aim("stats", "window:2", ("w",), daily=False),
    Aim("welcome", "question:1", ("enter",)),
    Aim("welcome", "minutes:30", ("enter", "right"), daily=False),
    Aim("welcome decks", "question:0", ("k", "k")),
    Aim("welcome decks", "deck:0", ("space",), daily=False),
    Aim("date", "field:1", ("tab",)),
    Aim("palette", "home.stats", ("escape", "escape", "s")),
    Aim("help", "home.stats", ("escape", "s")),
    Aim("help", "app.theme", ("escape", "t")),
    Aim("idle", "home.cram", ("c",)),
    Aim("idle", "review.undo", ("u",), daily=False),
    Aim("fault", "app.leave", ("q",)),
    Aim("road", "sheet:steps", ("tab",), daily=False),
    Aim("readiness", "topics:1", ("tab", "j"), daily=False),
    Aim("readiness", "pillars:0", ("enter",), daily=False),
    Aim("readiness", "papers:1", ("tab", "tab", "j"), daily=False),
    *(Aim("assessment", f"assess.give_{level}", (str(level),), daily=False) for level in (1, 2, 3, 4)),
    Aim("offer", "field:bonus", ("tab",), daily=False),
    Aim("road", "rows:3", ("j", "j", "j"), daily=False),
    Aim("road details", "spot:item:readme-data", ("j", "j", "j", "enter"), clicks=2),
    Aim("mock setup", "formats:2", ("j",)),
    Aim("mock options", "options:1", ("j", "space"), daily=False),
    Aim("mock story", "mock.choose_3", ("3",)),
    Aim("mock predict", "strong-no", ("1",), daily=False),
    Aim("mock predict", "lean-no", ("2",)),
    Aim("mock predict", "lean-yes", ("3",), daily=False),
    Aim("mock predict", "strong-yes", ("4",), daily=False),
    Aim("mock mark", "marks:3", ("j",), daily=False),
    Aim("mock mark", "mark:3:4", ("j", "4")),
    Aim("mock mark", "mark:4", ("4",), daily=False),
    Aim("mock questions", "move.page_down", ("pagedown",), daily=False),
    Aim("mock history", "mocks:0", ("enter",)),
    Aim("mock finish", "no", ("escape",), daily=False),
    Aim("mock interrupted", "strict", ("r",), daily=False),
    Aim("mock interrupted", "practice", ("p",)),
    Aim("mock interrupted", "finish", ("f",), daily=False),
    Aim("mock interrupted", "discard", ("d",), daily=False),
)
"""Everything that can be clicked beside the hints of the key bar and the panes."""
CLICKED = {aim.kind for aim in AIMS} | {"skills"}
"""What is clicked; skills are in test_clicks.py, for on a wide page nothing but the ground shows their mark."""
ACTIONS = {row.id for row in DEFAULT_ROWS}
"""Every action."""


def drawn(pilot: Pilot[Any]) -> Iterator[tuple[Widget, str, tuple[int, int]]]:
    """Yield what can be clicked in each widget but the key bar, with the first cell of it on the screen."""
    for widget in pilot.app.screen.query("*").results(Widget):
        if isinstance(widget, KeyBar) or not isinstance(widget, Drawing | CardPanel) or not widget.region:
            continue
        inner, seen = widget.content_region, set()
        rows = widget.rows() if isinstance(widget, Drawing) else map(widget.row_at, range(inner.height))
        for y, row in zip(range(inner.height), rows):  # noqa: B905 - what does not fit cannot be clicked
            for x in range(min(row.width, inner.width) if row is not None else 0):
                target = row.target_at(x) if row is not None else None
                if target is not None and target not in seen:
                    seen.add(target)
                    yield widget, target, (inner.x + x, inner.y + y)


def shown(pilot: Pilot[Any]) -> tuple[object, ...]:
    """Return what is seen, and which pane has the focus."""
    app: Any = pilot.app
    return (
        type(app.screen).__name__,
        without_times(stage.text(pilot)),
        app.theme,
        app._exit,
        app.focused and app.focused.id,
    )


def log() -> list[tuple[object, ...]]:
    """Return what the log holds."""
    with open_desk(Options()) as desk:
        return [(str(review.card), review.quality, review.kind, review.voided) for review in read_log(desk)]


def after(home: Path, kept: Path, aim: Aim, *, clicked: bool) -> tuple[object, ...]:
    """Return what is seen and logged after the clicks of an aim, or after its keys."""
    shutil.rmtree(home)
    shutil.copytree(kept, home)
    seen: list[object] = []

    async def play(pilot: Pilot[Any]) -> None:
        await EVERYWHERE[aim.way].go(pilot)
        before = shown(pilot)
        for _ in range(aim.clicks if clicked else 0):
            places = {target: place for _, target, place in drawn(pilot)}
            await pilot.click(offset=places[aim.target])
            if not pilot.app._exit:
                await stage.settle(pilot)
        if not clicked:
            for key in aim.keys:
                await pilot.press(key)
                if not pilot.app._exit:
                    await stage.settle(pilot)
        seen.extend(shown(pilot))
        assert tuple(seen) != before

    stage.run(play, size=stage.WIDE)
    return (*seen, log() if aim.way != "fault" else None)


@pytest.mark.parametrize("aim", [pytest.param(aim, id=f"{aim.way}-{aim.target}") for aim in AIMS if aim.daily or FULL])
def test_a_click_has_the_effect_of_its_keys(home: Path, aim: Aim) -> None:
    EVERYWHERE[aim.way].make(home)
    kept = shutil.copytree(home, home.parent / "kept")
    assert after(home, kept, aim, clicked=True) == after(home, kept, aim, clicked=False)


@pytest.mark.parametrize("name", tuple(EVERYWHERE)[:: 1 if FULL else 4])
def test_nothing_can_be_clicked_that_no_test_clicks(home: Path, name: str) -> None:
    EVERYWHERE[name].make(home)
    found: set[str] = set()

    async def play(pilot: Pilot[Any]) -> None:
        await EVERYWHERE[name].go(pilot)
        for size in stage.SIZES:
            await stage.resize(pilot, size)
            found.update(kind_of(target) for _, target, _ in drawn(pilot))

    stage.run(play, size=stage.WIDE)
    # Every action of a page stands in the palette and in the help, and each is pressed in test_every_key; so is each of
    # a mock, whose options and parts are targets by their actions.
    known = CLICKED | ACTIONS if name in {"palette", "help"} else CLICKED
    assert {kind for kind in found if not kind.startswith(("review.pick_", "mock."))} <= known


@pytest.mark.parametrize("size", stage.SIZES)
def test_a_line_of_the_help_is_clicked_where_it_stands(home: Path, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "question_mark", *"settings")
        places = {target: place for _, target, place in drawn(pilot)}
        assert set(places) == {"home.settings"}
        await pilot.click(offset=places["home.settings"])
        await stage.settle(pilot)
        assert type(pilot.app.screen).__name__ == "SettingsScreen"

    stage.run(play, size=size)


def test_a_click_beside_a_box_closes_it_and_one_inside_does_not(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.start(pilot, "adam")
        for key, inside in (("i", "learning/adam"), ("n", "Note: ")):
            await stage.press(pilot, key)
            lines = stage.rows(pilot)
            y = next(number for number, line in enumerate(lines) if inside in line)
            for place, closes in (((lines[y].index(inside), y), False), ((0, 1), True)):
                await pilot.click(offset=place)
                await stage.settle(pilot)
                assert (type(pilot.app.screen).__name__ == "ReviewScreen") == closes

    stage.run(play, size=stage.WIDE)
