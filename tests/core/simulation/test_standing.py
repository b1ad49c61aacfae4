"""The plan keeps its lead over the other schedulers, and its days stay days one can live with."""

from __future__ import annotations

import random
from functools import cache

import pytest

from prepdeck.scheduling.simulation.days import Outcome
from prepdeck.scheduling.simulation.registry import SHIPPED, strategies
from prepdeck.scheduling.simulation.setting import Setting
from prepdeck.scheduling.simulation.trial import Summary, World, score_of, summary_of, try_out
from tests.full import times

FIRST_PERSON = 100
PERSONS = times(3, 20)
PLAN = "plan, balanced"
STRONGEST = "SM-2 lean even"
TIGHT, AMPLE, TWO_MONTHS = Setting(300, 30, 15.0), Setting(300, 60, 30.0), Setting(300, 60, 15.0)
LONGEST_CARD = 6.0
"""Minutes that a card takes a slow person with bad luck, its repeats included."""


@cache
def outcomes(name: str, setting: Setting) -> list[Outcome]:
    persons = range(FIRST_PERSON, FIRST_PERSON + PERSONS)
    return [try_out(strategies()[name], person, setting, World(random.Random)) for person in persons]


def summary(name: str, setting: Setting) -> Summary:
    return summary_of([score_of(outcome) for outcome in outcomes(name, setting)])


@pytest.mark.parametrize("setting", [TIGHT, AMPLE], ids=["tight", "ample"])
@pytest.mark.parametrize("name", SHIPPED)
def test_the_plan_beats_every_scheduler_as_shipped_in_no_more_time(name: str, setting: Setting) -> None:
    ours, theirs = summary(PLAN, setting), summary(name, setting)
    assert ours.recall > theirs.recall
    assert ours.minutes <= 1.02 * theirs.minutes


@pytest.mark.parametrize("setting", [TIGHT, AMPLE], ids=["tight", "ample"])
def test_the_plan_beats_the_strongest_even_paced_scheduler(setting: Setting) -> None:
    assert summary(PLAN, setting).recall > summary(STRONGEST, setting).recall


def test_the_plan_stays_where_the_published_table_has_it() -> None:
    assert summary(PLAN, TIGHT).recall == pytest.approx(0.861, abs=0.04)
    assert summary(PLAN, AMPLE).recall == pytest.approx(0.983, abs=0.012)
    assert summary(PLAN, AMPLE).minutes == pytest.approx(1306, rel=0.1)


def test_no_day_of_two_months_is_much_longer_than_the_others() -> None:
    for outcome in outcomes(PLAN, TWO_MONTHS):
        mean = outcome.minutes / len(outcome.minutes_by_day)
        assert outcome.longest_day <= 1.5 * mean
        assert outcome.unseen == 0


def test_no_work_piles_up_on_the_eve() -> None:
    for outcome in outcomes(PLAN, TWO_MONTHS):
        assert outcome.minutes_by_day[-1] <= TWO_MONTHS.minutes + LONGEST_CARD
        assert outcome.longest_day <= TWO_MONTHS.minutes + LONGEST_CARD
        last_week = outcome.minutes_by_day[-7:]
        assert sum(last_week) / 7 <= 1.2 * outcome.minutes / len(outcome.minutes_by_day)
