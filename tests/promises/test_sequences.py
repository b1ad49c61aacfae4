"""SM-2 and the study day as the command line gives them: hundreds of histories against a second reading of the text."""

from __future__ import annotations

import json
import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.builders import TODAY, run_here
from tests.core.test_sm2 import published
from tests.full import times
from tests.promises.harness import assert_said, assert_whole, fresh_home, line_of, stored_ids

MOMENT = datetime.fromisoformat("2026-11-22T12:00:00+00:00")


def answers(home: dict[str, str], lines: list[str]) -> list[dict[str, Any]]:
    done = run_here(home, "answer", "--batch", "-", input="".join(lines))
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_hundreds_of_histories_give_the_published_schedule(tmp_path: Path) -> None:
    dice = random.Random(1990)
    count = times(60, 1000)
    histories = []
    for _ in range(count):
        due_gap, history = 0, []
        for _ in range(dice.randrange(8, 17)):
            # On the due day, early, late, or a second time on the same day.
            gap = dice.choice([due_gap, due_gap, dice.randint(0, due_gap), due_gap + dice.randrange(30), 0])
            history.append((dice.choice([0, 1, 2, 3, 3, 4, 4, 4, 5, 5]), gap))
            _, _, _, due, _ = published(history)[-1]
            due_gap = max(0, (due - TODAY).days - sum(days for _, days in history))
        histories.append(history)
    lines = []
    expected = []
    for place in range(16):
        for card, history in enumerate(histories):
            if place < len(history):
                days = sum(gap for _, gap in history[: place + 1])
                at = MOMENT + timedelta(days=days, seconds=place)
                lines.append(line_of(f"many/c{card}", history[place][0], at.isoformat()))
                number, interval, easiness, due, _ = published(history)[place]
                expected.append((f"many/c{card}", number, interval, easiness, due.isoformat()))
    home = fresh_home(tmp_path / "home", cards=count, now="2026-11-22T12:00:00+00:00", TZ="UTC")
    found = [
        (each["card"], each["repetition"], each["interval"], Decimal(str(each["easiness"])), each["due"])
        for each in answers(home, lines)
    ]
    assert found == expected
    assert_whole(home)


@pytest.mark.promise(22)
def test_no_interval_and_no_due_day_lies_beyond_36500_days(tmp_path: Path) -> None:
    home = fresh_home(tmp_path / "home", now="2026-11-22T12:00:00+00:00")
    lines, day, interval = [], TODAY, 0
    history: list[tuple[int, int]] = []
    while day.year < 8900:
        lines.append(line_of("many/c0", 5, f"{day}T12:00:00+00:00"))
        history.append((5, interval))
        due = published(history)[-1][3]
        interval, day = (due - day).days, due
    longest = 0
    for number, each in enumerate(answers(home, lines)):
        answered = TODAY + timedelta(days=sum(gap for _, gap in history[: number + 1]))
        assert (date.fromisoformat(each["due"]) - answered).days == each["interval"] <= 36_500
        longest = max(longest, each["interval"])
    assert longest == 36_500
    assert_whole(home)


@pytest.mark.promise(22)
def test_a_moment_outside_the_calendar_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    home = fresh_home(tmp_path / "home")
    late, early = "9000-01-01T00:00:00+00:00", "1969-12-31T23:59:59+00:00"
    for moment in (late, early, "9999-12-31T23:59:59-14:00"):
        assert_said(run_here(home, "answer", "c0", "good", "--at", moment), 2)
    assert_said(run_here(home, "answer", "--batch", "-", input=line_of("many/c0", 4, late)), 2)
    for moment in (late, early):
        assert_said(run_here({**home, "PREPDECK_NOW": moment}, "answer", "c0", "good"), 2)
    assert run_here(home, "log").stdout == ""


@pytest.mark.promise(22)
def test_the_last_years_of_the_calendar_are_reviewed_like_any_other(tmp_path: Path) -> None:
    home = fresh_home(tmp_path / "home", now="8999-12-31T23:00:00+00:00")
    assert run_here(home, "answer", "c0", "easy").returncode == 0
    assert run_here(home, "due").returncode == 0
    assert json.loads(run_here(home, "show", "c0", "--json").stdout)["memory"]["due"] == "9000-01-01"


@pytest.mark.promise(22)
def test_an_answer_before_the_last_review_exits_2_and_writes_nothing(tmp_path: Path) -> None:
    home = fresh_home(tmp_path / "home", now="2026-11-22T12:00:00+00:00")
    assert run_here(home, "answer", "c0", "good").returncode == 0
    known = stored_ids(home)
    for at in ("2026-11-22T11:59:59+00:00", "2026-11-21T12:00:00+00:00", "2026-11-22T12:00:00+05:00"):
        assert_said(run_here(home, "answer", "c0", "good", "--at", at), 2)
    assert stored_ids(home) == known


def live(home: dict[str, str], zone: str, moment: str) -> str:
    """Answer c0 live at a moment in a zone; return what was said."""
    done = run_here({**home, "TZ": zone, "PREPDECK_NOW": moment}, "answer", "c0", "good")
    assert done.returncode == 0, done.stderr
    return done.stderr


def log_of(home: dict[str, str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in run_here(home, "log", "--json").stdout.splitlines()]


@pytest.mark.promise(22)
def test_a_clock_set_back_counts_on_the_last_study_day_and_says_so(tmp_path: Path) -> None:
    home = fresh_home(tmp_path / "home")
    live(home, "UTC", "2026-11-22T12:00:00+00:00")
    said = live(home, "UTC", "2026-11-20T12:00:00+00:00")
    review = log_of(home)[-1]
    assert (review["study_day"], review["kind"], review["due"]) == ("2026-11-22", "drill", "2026-11-23")
    assert "clock" in said
    assert "2026-11-22" in said
    assert_whole(home)


@pytest.mark.promise(22)
@pytest.mark.parametrize(
    ("places", "days"),
    [
        pytest.param(
            [
                ("Asia/Tokyo", "2026-11-22T23:30:00+09:00"),
                ("America/Los_Angeles", "2026-11-22T09:00:00-08:00"),
                ("America/Los_Angeles", "2026-11-23T09:00:00-08:00"),
            ],
            ["2026-11-22 scheduled", "2026-11-22 drill", "2026-11-23 scheduled"],
            id="flying-west",
        ),
        pytest.param(
            [("America/Los_Angeles", "2026-11-22T23:30:00-08:00"), ("Asia/Tokyo", "2026-11-23T18:00:00+09:00")],
            ["2026-11-22 scheduled", "2026-11-23 scheduled"],
            id="flying-east",
        ),
        pytest.param(
            [
                ("Europe/Berlin", "2026-03-28T23:30:00+01:00"),
                ("Europe/Berlin", "2026-03-29T03:30:00+02:00"),
                ("Europe/Berlin", "2026-03-29T04:00:00+02:00"),
                ("Europe/Berlin", "2026-10-25T02:30:00+02:00"),
                ("Europe/Berlin", "2026-10-25T02:30:00+01:00"),
                ("Europe/Berlin", "2026-10-25T04:00:00+01:00"),
            ],
            [
                "2026-03-28 scheduled", "2026-03-28 drill", "2026-03-29 scheduled",
                "2026-10-24 scheduled", "2026-10-24 drill", "2026-10-25 early",
            ],
            id="summer-time",
        ),
        pytest.param(
            [("Pacific/Apia", "2026-11-22T03:59:59+13:00"), ("Pacific/Apia", "2026-11-22T04:00:00+13:00")],
            ["2026-11-21 scheduled", "2026-11-22 scheduled"],
            id="four-in-the-morning",
        ),
    ],
)  # fmt: skip
def test_study_days_follow_the_wall_clock_through_zones_and_clock_changes(
    tmp_path: Path, places: list[tuple[str, str]], days: list[str]
) -> None:
    home = fresh_home(tmp_path / "home")
    for zone, moment in places:
        live(home, zone, moment)
    found = log_of(home)
    assert [f"{review['study_day']} {review['kind']}" for review in found] == days
    assert [review["at"].replace(".000", "") for review in found] == [moment for _, moment in places]
    assert_whole(home)
