from __future__ import annotations

from datetime import date, timedelta

import pytest

from prepdeck.progress.days import Streak, forecast_of, heat_of, streak_of
from prepdeck.scheduling.memory import UNSEEN
from tests.builders import TODAY, make_learned


def days(*ago: int) -> dict[date, int]:
    return {TODAY - timedelta(days=number): 1 for number in ago}


@pytest.mark.parametrize(
    ("done", "streak"),
    [
        ({}, Streak(0, 0, 0)),
        (days(0, 1, 2), Streak(3, 3, 3)),
        (days(1, 2), Streak(2, 2, 2)),
        (days(2, 3, 4), Streak(0, 3, 3)),
        (days(0, 5, 6, 7), Streak(1, 3, 4)),
        ({TODAY: 0}, Streak(0, 0, 0)),
    ],
)
def test_a_streak_reaches_today_or_yesterday(done: dict[date, int], streak: Streak) -> None:
    assert streak_of(done, TODAY) == streak


def test_the_forecast_counts_overdue_cards_on_its_first_day() -> None:
    memories = [make_learned(due=TODAY + timedelta(days=offset)) for offset in (-3, 0, 1, 1, 40)]
    assert forecast_of([*memories, UNSEEN], TODAY, 3) == (2, 2, 0)


def test_the_heat_map_begins_on_a_monday_and_ends_today() -> None:
    columns = heat_of({TODAY: 5, TODAY - timedelta(days=7): 2}, TODAY, 2)
    assert columns == ((0, 0, 0, 0, 0, 0, 2), (0, 0, 0, 0, 0, 0, 5))
    wednesday = TODAY + timedelta(days=3)
    assert heat_of({}, wednesday, 1) == ((0, 0, 0, None, None, None, None),)
