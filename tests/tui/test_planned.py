"""The interface while an interview is ahead: home, the round and its end follow the plan."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.study.desk import open_desk
from prepdeck.study.interviews import add_interview
from tests.tui import stage


def aim(days: int) -> None:
    with open_desk() as desk:
        add_interview(desk, desk.today() + timedelta(days=days))


@pytest.mark.parametrize("size", stage.SIZES)
def test_home_tells_todays_share_of_the_plan(home: Path, size: tuple[int, int]) -> None:
    stage.practise()
    aim(10)

    async def play(pilot: Pilot[Any]) -> None:
        stage.check_golden(pilot, "home-planned")

    stage.run(play, size=size)


@pytest.mark.parametrize("size", stage.SIZES)
def test_a_plan_that_is_done_says_so(home: Path, size: tuple[int, int]) -> None:
    (home / "config.toml").write_text("minutes_a_day = 1\n")
    aim(1)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        while "Round finished" not in stage.text(pilot):
            await stage.grade(pilot)
        await stage.press(pilot, "enter", "enter")
        assert "Today's plan is done." in stage.text(pilot)
        stage.check_golden(pilot, "plan-done")

    stage.run(play, size=size)


def test_a_grade_under_a_plan_is_taken_back_with_u(home: Path) -> None:
    aim(10)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "enter")
        before = stage.text(pilot)
        await stage.grade(pilot)
        assert stage.text(pilot) != before
        await stage.press(pilot, "u")
        assert "Undid" in stage.text(pilot)

    stage.run(play)
    with open_desk() as desk, desk.store.reading() as log:
        assert log.all_memories() == {}
