"""The plan screen: its numbers are those of the road and of `plan`, its lines start and tick, a date can be set."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.road.today import LineKind
from prepdeck.study.desk import open_desk
from prepdeck.study.interviews import add_interview, interviews
from prepdeck.study.overview import plan_page
from prepdeck.study.planning import plan_report, whole_minutes
from prepdeck.study.road import road_page
from prepdeck.study.road_deeds import mark_done
from prepdeck.tui.screens.date import DateDialog
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.screens.mock_setup import MockSetupScreen
from prepdeck.tui.screens.plan import PlanScreen
from prepdeck.tui.widgets.mock_formats import FormatList
from prepdeck.tui.widgets.phase_bars import PhaseBars
from prepdeck.tui.widgets.plan_days import PlanForecast
from prepdeck.tui.widgets.today_lines import TodayLines
from tests.tui import stage
from tests.tui.mocks import with_mocks
from tests.tui.test_planned import aim


def dates() -> list[tuple[date, str]]:
    with open_desk() as desk:
        return [(each.interview.date, each.interview.company) for each in interviews(desk)]


def focus_of(pilot: Pilot[Any]) -> str | None:
    """Return the name of the pane that has the focus."""
    return pilot.app.focused.id if pilot.app.focused is not None else None


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_plan_with_a_date(home: Path, size: tuple[int, int]) -> None:
    stage.practise(9)
    aim(12, "Initech")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p")
        assert isinstance(pilot.app.screen, PlanScreen)
        stage.check_golden(pilot, "plan")

    stage.run(play, size=size)


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_plan_without_a_date_says_how_to_set_one(home: Path, size: tuple[int, int]) -> None:
    stage.practise(9)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", *(("tab",) if size == stage.NARROW else ()))
        assert "No interview date is set" in stage.text(pilot)
        assert "D sets a date" in stage.text(pilot)
        stage.check_golden(pilot, "plan-no-date")

    stage.run(play, size=size)


def test_tab_goes_round_the_panes_where_there_is_room_for_one(home: Path) -> None:
    stage.practise(9)
    aim(12)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p")
        assert "Today, Sun 22 Nov" in stage.text(pilot)
        assert "Tab Panes" in stage.rows(pilot)[-1]
        await stage.press(pilot, "tab")
        assert "Mon 23 Nov" in stage.text(pilot)
        stage.check_golden(pilot, "plan-forecast")
        await stage.press(pilot, "tab")
        assert "Foundations" in stage.text(pilot)
        stage.check_golden(pilot, "plan-roadmap")
        await stage.press(pilot, "tab")
        assert "Today, Sun 22 Nov" in stage.text(pilot)

    stage.run(play, size=stage.NARROW)


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_plan_of_a_day_with_a_mock_that_does_not_fit(home: Path, size: tuple[int, int]) -> None:
    with_mocks(home)
    stage.settings(home, "hours_a_week = 1\nminutes_a_day = 10\n")
    aim(12, "Initech")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p")
        assert "no room" in stage.text(pilot)
        assert "Does not fit into 12 min:" in stage.text(pilot)
        stage.check_golden(pilot, "plan-full")

    stage.run(play, size=size)


def test_the_plan_in_ascii_without_colour_marks_its_row_with_a_sign(home: Path) -> None:
    aim(12, "Initech")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "tab", "tab")
        assert stage.text(pilot).isascii()
        assert any("|>> 1 Foundations" in line.replace("| ", "|") for line in stage.rows(pilot))

    stage.run(play, color=False, ascii_only=True)


def test_the_phases_are_those_of_the_road(home: Path) -> None:
    stage.practise(9)
    with open_desk() as desk:
        mark_done(desk, "utilities-notebook")
        phases = road_page(desk).phases

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p")
        shown = [" ".join(line.split()) for line in stage.rows(pilot)]
        for each in phases:
            line = next(line for line in shown if f" {each.phase.number} {each.phase.title}" in line)
            assert f" {round(each.share * 100)}% " in line
        current = phases[0]
        words = f"{current.things_done} of {len(current.things)} things done"
        assert any(words in line for line in shown)

    stage.run(play, size=stage.WIDE)


def test_the_lines_are_those_of_the_day(home: Path) -> None:
    with_mocks(home)
    stage.practise(9)
    with open_desk() as desk:
        day = plan_page(desk).day

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p")
        shown = [" ".join(line.split()) for line in stage.rows(pilot)]
        assert len(day.lines) > 2
        for line in day.lines:
            assert any(line.title in each and (line.is_done or f"{line.minutes} min" in each) for each in shown), line

    stage.run(play, size=(160, 40))


@pytest.mark.parametrize(
    ("kind", "page"),
    [(LineKind.NEW, "ReviewScreen"), (LineKind.MOCK, "MockSetupScreen"), (LineKind.ROAD, "AssessmentScreen")],
)
def test_enter_starts_the_marked_line(home: Path, kind: LineKind, page: str) -> None:
    with_mocks(home)
    with open_desk() as desk:
        lines = plan_page(desk).day.lines
    line = next(each for each in lines if each.kind is kind)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "g", *"j" * lines.index(line), "enter")
        screen = pilot.app.screen
        assert type(screen).__name__ == page
        if isinstance(screen, MockSetupScreen):
            chosen = screen.query_one(FormatList).format
            assert chosen is not None
            assert chosen.blueprint.id == line.target

    stage.run(play)


def test_space_ticks_the_mock_until_it_is_pressed_again_and_undo_takes_it_back(home: Path) -> None:
    with_mocks(home)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "G", "k", "space")
        assert "Ticked for today." in stage.text(pilot)
        assert any("✓ Mock" in line or "✓ Drill" in line for line in stage.rows(pilot))
        marked = pilot.app.screen.query_one(TodayLines).line_marked
        assert marked is not None
        assert marked.name == "mock"
        assert "Space Untick" in stage.rows(pilot)[-1]
        await stage.press(pilot, "space")
        assert "Open again." in stage.text(pilot)
        await stage.press(pilot, "u")
        assert any("✓ Mock" in line or "✓ Drill" in line for line in stage.rows(pilot))

    stage.run(play, size=stage.WIDE)
    with open_desk() as desk:
        assert [line.is_done for line in plan_page(desk).day.lines if line.kind is LineKind.MOCK] == [True]


def test_cards_tick_by_themselves_and_space_says_so(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "space")
        assert "Cards tick by themselves" in stage.text(pilot)

    stage.run(play)
    with open_desk() as desk:
        assert not road_page(desk).standing.ticks


def test_h_and_l_mark_a_phase_from_any_pane_and_enter_opens_it(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "tab", "l", "l", "h", "l")
        assert pilot.app.screen.query_one(PhaseBars).name_marked == "deep-learning-basics"
        await stage.press(pilot, "enter")
        assert type(pilot.app.screen).__name__ == "RoadScreen"
        assert "Deep learning basics" in stage.text(pilot)

    stage.run(play)


def test_a_click_marks_a_phase_and_a_second_one_opens_it(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p")
        phases = pilot.app.screen.query_one(PhaseBars)
        await pilot.click(PhaseBars, offset=(6, 5))
        await stage.settle(pilot)
        marked = phases.name_marked
        assert focus_of(pilot) == "phases"
        await pilot.click(PhaseBars, offset=(6, 4))
        await stage.settle(pilot)
        assert phases.name_marked != marked
        await pilot.click(PlanForecast, offset=(6, 2))
        await stage.settle(pilot)
        assert focus_of(pilot) == "outlook"
        await pilot.click(PhaseBars, offset=(6, 3))
        await stage.settle(pilot)
        await pilot.click(PhaseBars, offset=(6, 3))
        await stage.settle(pilot)
        assert type(pilot.app.screen).__name__ == "RoadScreen"

    stage.run(play)


def test_the_days_are_those_of_the_command_line(home: Path) -> None:
    stage.practise(9)
    aim(12)
    with open_desk() as desk:
        report = plan_report(desk)
    assert report is not None

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p")
        shown = [" ".join(line.split()) for line in stage.rows(pilot)]
        for each in report.days:
            figures = f"{whole_minutes(each.minutes)} {each.reviews} {each.new} {each.recall:.0%}"
            named = f"{each.day:%a} {each.day.day} {each.day:%b}"
            assert any(named in line and figures in line for line in shown), (named, figures)

    stage.run(play, size=stage.WIDE)


def test_other_minutes_are_tried_on_the_forecast_and_on_today_and_not_kept(home: Path) -> None:
    stage.settings(home, "hours_a_week = 1\n")
    stage.practise(9)
    aim(12)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "+")
        assert "25 min a day, tried" in stage.text(pilot)
        assert "Your setting stays 20." in stage.text(pilot)
        assert "Does not fit into 25 min" in stage.text(pilot)
        await pilot.press("-", "-", "-")
        await stage.settle(pilot)
        assert "10 min a day, tried" in stage.text(pilot)
        await stage.press(pilot, "-", "-", "-", "-")
        assert "5 min a day, tried" in stage.text(pilot)
        await stage.press(pilot, "+", "+", "+")
        assert "your own minutes again" in stage.text(pilot)

    stage.run(play, size=stage.WIDE)
    with open_desk() as desk:
        assert desk.settings.minutes_a_day == 20


def test_a_date_is_set_moved_and_taken_back_with_real_keys(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "D", *"+18", "enter", *"Acme", "enter")
        assert "Acme, Thu 10 Dec" in stage.text(pilot)
        assert "Interview on Thu 10 Dec." in stage.text(pilot)
        assert dates() == [(date(2026, 12, 10), "Acme")]
        await stage.press(pilot, "D", *["backspace"] * 2, *"12", "enter", "enter")
        assert dates() == [(date(2026, 12, 12), "Acme")]
        await stage.press(pilot, "u", "u")
        assert "No interview date is set" in stage.text(pilot)

    stage.run(play, size=stage.WIDE)
    assert dates() == []


def test_a_second_company_gets_a_date_of_its_own(home: Path) -> None:
    aim(12, "Initech")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "D", "tab", *["backspace"] * 7, *"Acme", "enter")

    stage.run(play)
    assert dates() == [(date(2026, 12, 4), "Acme"), (date(2026, 12, 4), "Initech")]


@pytest.mark.parametrize("typed", ["", "soon", "2026-02-30", "+0", "2020-01-01", "+9999", "[/b]"])
def test_a_day_that_makes_no_plan_is_refused_and_stays_in_the_field(home: Path, typed: str) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "D", *typed, "enter", "enter")
        assert isinstance(pilot.app.screen, DateDialog)
        assert pilot.app.glyphs.cross in stage.text(pilot)  # type: ignore[attr-defined]
        assert typed in stage.text(pilot)
        await stage.press(pilot, "escape")
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play)
    assert dates() == []


def test_brackets_in_a_company_are_shown_as_they_are(home: Path) -> None:
    aim(12, "[/b] a[i] [x]")

    async def play(pilot: Pilot[Any]) -> None:
        assert "[/b] a[i] [x], Fri 4 Dec" in stage.text(pilot)
        await stage.press(pilot, "p")
        assert "[/b] a[i] [x], Fri 4 Dec" in stage.text(pilot)

    stage.run(play, size=stage.WIDE)


def test_enter_on_the_forecast_starts_todays_round_and_its_end_is_home(home: Path) -> None:
    aim(12)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "tab", "enter")
        stage.review_of(pilot)
        while "Round finished" not in stage.text(pilot):
            await stage.grade(pilot)
        await stage.press(pilot, "enter")
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play)


@pytest.mark.parametrize("with_date", [True, False])
def test_every_size_shows_the_plan(home: Path, with_date: bool) -> None:
    if with_date:
        aim(90, "A company with a name as long as names of companies go")
        with open_desk() as desk:
            add_interview(desk, date(2026, 12, 24))

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p")
        for size in ((200, 60), (110, 30), (72, 29), (71, 12), (40, 12), (39, 11), (120, 36)):
            await stage.resize(pilot, size)
            assert all(len(line) <= size[0] for line in stage.rows(pilot))
        await stage.press(pilot, "G", "tab", "G", "tab", "G", "escape")
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play)
