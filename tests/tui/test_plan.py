"""The plan screen: its numbers are those of `plan` and `ready`, what is tried is not kept, a date can be set."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.study.desk import open_desk
from prepdeck.study.interviews import add_interview, interviews
from prepdeck.study.overview import plan_page
from prepdeck.study.planning import plan_report, whole_minutes
from prepdeck.tui.screens.date import DateDialog
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.screens.plan import PlanScreen
from tests.tui import stage
from tests.tui.test_planned import aim


def dates() -> list[tuple[date, str]]:
    with open_desk() as desk:
        return [(each.interview.date, each.interview.company) for each in interviews(desk)]


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
        await stage.press(pilot, "p")
        assert "No interview date is set" in stage.text(pilot)
        assert "D sets a date" in stage.text(pilot)
        stage.check_golden(pilot, "plan-no-date")

    stage.run(play, size=size)


def test_tab_shows_the_topics_where_there_is_room_for_one_pane(home: Path) -> None:
    stage.practise(9)
    aim(12)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "tab")
        assert "Optimisers" in stage.text(pilot)
        stage.check_golden(pilot, "plan-topics")
        await stage.press(pilot, "tab")
        assert "Optimisers" not in stage.text(pilot)
        assert "Mon 23 Nov" in stage.text(pilot)

    stage.run(play, size=stage.NARROW)


def test_the_days_are_those_of_the_command_line(home: Path) -> None:
    stage.practise(9)
    aim(12)
    with open_desk() as desk:
        report = plan_report(desk)
        topics = plan_page(desk).ready.topics
    assert report is not None

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p")
        shown = [" ".join(line.split()) for line in stage.rows(pilot)]
        for each in report.days:
            figures = f"{whole_minutes(each.minutes)} {each.reviews} {each.new} {each.recall:.0%}"
            named = f"{each.day:%a} {each.day.day} {each.day:%b}"
            assert any(named in line and figures in line for line in shown), (named, figures)
        for part in topics:
            assert any(part.title in line and f"{part.recall:.0%}" in line for line in shown)

    stage.run(play, size=stage.WIDE)


def test_other_minutes_are_tried_and_not_kept(home: Path) -> None:
    stage.practise(9)
    aim(12)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "+")
        assert "25 min a day, tried" in stage.text(pilot)
        assert "Your setting stays 20." in stage.text(pilot)
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


def test_enter_on_the_plan_starts_todays_round_and_its_end_is_home(home: Path) -> None:
    aim(12)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "p", "enter")
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
        await stage.press(pilot, "G", "tab", "G", "escape")
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play)
