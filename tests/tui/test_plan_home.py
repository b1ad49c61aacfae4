"""Today's plan on home: worked out aside, in the words of the plan screen, and started by a click."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.road.today import LineKind
from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.overview import plan_page
from prepdeck.tui.errands import Errands
from prepdeck.tui.screens.mock_dialogs import StoppedDialog
from prepdeck.tui.screens.mock_setup import MockSetupScreen
from prepdeck.tui.widgets.mock_formats import FormatList
from prepdeck.tui.widgets.today import PlanBox
from tests.tui import stage
from tests.tui.mocks import MockClock, with_mocks


def box_of(pilot: Pilot[Any]) -> str:
    """Return what the box says, its lines joined."""
    return " ".join(" ".join(row.text for row in pilot.app.screen.query_one(PlanBox).rows()).split())


def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count how often today's plan is worked out for home."""
    counted: list[str] = []
    report = Errands.report_day

    def count(errands: Errands, desk: Any = None) -> Any:
        counted.append("day")
        return report(errands, desk)

    monkeypatch.setattr(Errands, "report_day", count)
    return counted


def test_home_names_the_mock_and_the_road_of_the_plan(home: Path) -> None:
    with_mocks(home)
    stage.practise(9)
    with open_desk() as desk:
        lines = plan_page(desk).day.lines

    async def play(pilot: Pilot[Any]) -> None:
        said = box_of(pilot)
        others = [line for line in lines if line.kind in {LineKind.MOCK, LineKind.ROAD}]
        assert len(others) == 2
        for line in others:
            first, *_ = line.title.split(":")
            assert first in said
            assert f"{line.minutes} min" in said

    stage.run(play, size=stage.WIDE)


def test_the_plan_is_worked_out_only_where_its_box_is_seen(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = looks(monkeypatch)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "q")
        assert counted == []
        await stage.resize(pilot, stage.WIDE)
        assert counted == ["day"]
        assert "Looking ahead" not in box_of(pilot)
        await stage.resize(pilot, stage.NORMAL)
        await stage.resize(pilot, stage.WIDE)
        assert counted == ["day"]

    stage.run(play)


def test_what_is_ticked_on_the_plan_is_ticked_on_home(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        assert "· Say where you stand: ten skills" in box_of(pilot)
        await stage.press(pilot, "p", "G", "space", "q")
        assert "✓ Say where you stand: ten skills" in box_of(pilot)

    stage.run(play, size=stage.WIDE)


def test_a_click_on_the_mock_of_today_marks_its_format(home: Path) -> None:
    with_mocks(home)
    with open_desk() as desk:
        line = next(line for line in plan_page(desk).day.lines if line.kind is LineKind.MOCK)

    async def play(pilot: Pilot[Any]) -> None:
        box = pilot.app.screen.query_one(PlanBox)
        at = next(number for number, row in enumerate(box.rows()) if row.target == "line:mock")
        await pilot.click(PlanBox, offset=(5, at + 1))
        await stage.settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, MockSetupScreen)
        chosen = screen.query_one(FormatList).format
        assert chosen is not None
        assert chosen.blueprint.id == line.target

    stage.run(play, size=stage.WIDE)


def test_a_line_of_an_interrupted_mock_leads_to_the_question_what_becomes_of_it(home: Path) -> None:
    with_mocks(home)
    clock = MockClock()

    async def sit(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m", "slash", *"phone", "enter", "enter")
        await clock.run(pilot, 60)

    stage.run(sit, open_desk=clock.open_desk)

    async def play(pilot: Pilot[Any]) -> None:
        with open_desk(Options()) as desk:
            kinds = [line.kind for line in plan_page(desk).day.lines]
        await stage.press(pilot, "p", "g", *"j" * kinds.index(LineKind.MOCK))
        assert "Interrupted: Phone screen" in stage.text(pilot)
        await stage.press(pilot, "enter")
        assert isinstance(pilot.app.screen, StoppedDialog)

    stage.run(play, open_desk=clock.open_desk)
