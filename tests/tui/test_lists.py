"""The lists screen: five tables, their rows, and the box that changes one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.study.desk import open_desk
from prepdeck.study.tables import Table, TableKind, table_of
from prepdeck.study.trackers import add_row, finish_row
from prepdeck.tui.screens.lists import ListsScreen
from prepdeck.tui.screens.plan import PlanScreen
from prepdeck.tui.screens.row_dialog import RowDialog
from tests.tui import stage

TO_APPLICATIONS = ("p", "w", "l", "l")


def table(kind: TableKind) -> Table:
    with open_desk() as desk:
        return table_of(desk, kind)


def some_rows() -> None:
    with open_desk() as desk:
        for values in (
            {"company": "Acme [b]", "role": "ML engineer", "status": "applied", "next": "ask Mira", "on": "+0"},
            {"company": "Initech", "role": "data scientist", "on": "+5", "next": "send the task"},
            {"company": "Globex", "link": "https://example.org/job", "note": "came by mail"},
        ):
            add_row(desk, TableKind.APPLICATIONS, values)
        finish_row(desk, TableKind.APPLICATIONS, "Globex")
        add_row(desk, TableKind.INTERVIEWS, {"company": "Acme", "questions": "Why? | How?", "result": "invited"})


@pytest.mark.parametrize("size", stage.SIZES)
def test_a_list_is_a_table_with_the_marked_row_below(home: Path, size: tuple[int, int]) -> None:
    some_rows()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *TO_APPLICATIONS)
        assert isinstance(pilot.app.screen, ListsScreen)
        stage.check_golden(pilot, "lists")
        await stage.press(pilot, "v", "G")
        assert "Globex" in stage.text(pilot)

    stage.run(play, size=size)


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_box_has_a_field_for_everything(home: Path, size: tuple[int, int]) -> None:
    some_rows()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *TO_APPLICATIONS, "enter")
        assert isinstance(pilot.app.screen, RowDialog)
        stage.check_golden(pilot, "lists-row")

    stage.run(play, size=size)


def test_an_empty_list_says_what_belongs_there_and_how(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *TO_APPLICATIONS)
        words = " ".join(stage.text(pilot).replace("│", " ").split())
        assert "Each job you apply for, with the day of your next step. n adds the first one." in words

    stage.run(play)


def test_a_row_is_added_changed_closed_and_all_of_it_undone(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(
            pilot, *TO_APPLICATIONS, "n", *"Acme", "tab", *"ML", "tab", "right", "tab", "tab", "tab", *"+7", "f8"
        )
        assert "Added: Acme." in stage.text(pilot)
        await stage.press(pilot, "e", "down", *" role", "f8")
        assert "Kept: Acme." in stage.text(pilot)
        await stage.press(pilot, "space")
        assert "Closed: Acme." in stage.text(pilot)
        assert "Every row is over; v shows them." in stage.text(pilot)
        await stage.press(pilot, "u", "u")

    stage.run(play)
    row = table(TableKind.APPLICATIONS).rows[0]
    assert row.values == {"company": "Acme", "role": "ML", "status": "applied", "on": "2026-11-29"}


def test_enter_goes_from_field_to_field_and_keeps_in_the_last(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "w", "l", "l", "l", "n", *"Mira", *["enter"] * 7)
        assert isinstance(pilot.app.screen, ListsScreen)
        assert "Added: Mira." in stage.text(pilot)

    stage.run(play)


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (("tab", "tab", "tab", *"nowhere"), "'nowhere' is no web address"),
        (("tab", "tab", "tab", "tab", "tab", *"2020-01-01"), "2020-01-01 is over"),
        (("tab", "tab", "tab", "tab", "tab", *"soon"), "'soon' is not a day"),
    ],
)
def test_what_is_refused_stays_as_it_was_typed(home: Path, keys: tuple[str, ...], told: str) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *TO_APPLICATIONS, "n", *"Acme", *keys, "f8")
        assert isinstance(pilot.app.screen, RowDialog)
        words = stage.text(pilot)
        assert told in words
        assert "Acme" in words

    stage.run(play)
    assert table(TableKind.APPLICATIONS).rows == ()


def test_escape_asks_once_before_it_drops_what_was_typed(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *TO_APPLICATIONS, "n", "escape")
        assert isinstance(pilot.app.screen, ListsScreen)
        await stage.press(pilot, "n", *"Acme", "escape")
        assert "Esc again drops what was typed" in stage.text(pilot)
        await stage.press(pilot, "escape")
        assert isinstance(pilot.app.screen, ListsScreen)

    stage.run(play)
    assert table(TableKind.APPLICATIONS).rows == ()


def test_of_a_thing_of_the_road_only_the_link_is_written(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "w", "enter", *"https://example.org/a", "enter")
        assert "Kept: notebooks with Python utilities." in stage.text(pilot)
        await stage.press(pilot, "x")
        assert "Removed" not in stage.text(pilot)

    stage.run(play)
    row = table(TableKind.DELIVERABLES).rows[0]
    assert (row.is_open, row.link) == (False, "https://example.org/a")


def test_a_removed_row_comes_back_with_undo(home: Path) -> None:
    some_rows()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *TO_APPLICATIONS, "j", "x")
        assert "Removed: Initech." in stage.text(pilot)
        await stage.press(pilot, "u")
        assert "Undid removal from applications." in stage.text(pilot)

    stage.run(play)
    assert [row.title for row in table(TableKind.APPLICATIONS).rows] == ["Acme [b]", "Initech", "Globex"]


def test_an_export_says_where_it_is(home: Path) -> None:
    some_rows()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *TO_APPLICATIONS, "E")
        assert "Written:" in stage.text(pilot)

    stage.run(play, size=stage.WIDE)
    assert {path.suffix for path in (home / "lists").iterdir()} == {".csv", ".md"}


def test_lists_rows_and_fields_are_clicked(home: Path) -> None:
    some_rows()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "w")
        screen = pilot.app.screen
        assert isinstance(screen, ListsScreen)
        screen.press("list:2")
        screen.press("rows:1")
        await stage.settle(pilot)
        assert "send the task" in stage.text(pilot)
        screen.press("rows:1")
        await stage.settle(pilot)
        assert isinstance(pilot.app.screen, RowDialog)
        pilot.app.screen.press("field:1")
        await stage.press(pilot, *" 2", "f8")

    stage.run(play)
    assert table(TableKind.APPLICATIONS).rows[1].values["role"] == "data scientist 2"


def test_escape_leads_back_to_the_plan(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "w", "escape")
        assert isinstance(pilot.app.screen, PlanScreen)

    stage.run(play)
