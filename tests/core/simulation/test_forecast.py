"""The forecast on made-up learners is calibrated: what it says happens as often as it says."""

from __future__ import annotations

import random
from datetime import date, timedelta
from functools import cache

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.learner import Learner
from prepdeck.scheduling.simulation.days import Outcome
from prepdeck.scheduling.simulation.registry import strategies
from prepdeck.scheduling.simulation.setting import Setting
from prepdeck.scheduling.simulation.strategy import Strategy
from prepdeck.scheduling.simulation.trial import World, try_out
from prepdeck.scheduling.simulation.truth import Truth
from tests.full import times

FIRST_DAY = date(2026, 1, 1)
PERSONS = {Truth.FLAT: 10, Truth.STEEP: times(3, 10)}
SETTING = Setting(300, 60, 15.0)
"""Everybody gives more than 500 later answers, the slowest too."""
LARGEST_ERROR = 0.05


class Listener:
    """Passes everything on, and lets the memory model of prepdeck read along."""

    def __init__(self, strategy: Strategy) -> None:
        self._strategy = strategy
        self.learner = Learner()

    def open_day(self, today: int) -> None:
        self._strategy.open_day(today)

    def next_card(self, today: int, seconds_left: float) -> int | None:
        return self._strategy.next_card(today, seconds_left)

    def answered(self, card: int, grade: Grade, seconds: float, today: int) -> bool:
        self.learner.answered(name_of(card), "basic", day_of(today), grade.quality, seconds)
        return self._strategy.answered(card, grade, seconds, today)


def name_of(card: int) -> CardId:
    return CardId("deck", str(card))


def day_of(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


@cache
def listen(truth: Truth) -> list[tuple[Learner, Outcome]]:
    """Return what was learned of each person, and what they truly remember in the end."""
    heard: list[tuple[Learner, Outcome]] = []
    for person in range(PERSONS[truth]):
        listeners: list[Listener] = []

        def listen_in(setting: Setting, listeners: list[Listener] = listeners) -> Strategy:
            listeners.append(Listener(strategies()["plan, balanced"](setting)))
            return listeners[0]

        outcome = try_out(listen_in, person, SETTING, World(random.Random, truth))
        heard.append((listeners[0].learner, outcome))
    return heard


@pytest.mark.parametrize("truth", [Truth.FLAT, Truth.STEEP])
def test_after_five_hundred_answers_forecasts_come_true(truth: Truth) -> None:
    calibrations = [learner.calibration for learner, _ in listen(truth)]
    assert min(each.answers for each in calibrations) >= 500
    assert sum(each.error or 0.0 for each in calibrations) / PERSONS[truth] < LARGEST_ERROR


@pytest.mark.parametrize(("truth", "largest"), [(Truth.FLAT, 0.02), (Truth.STEEP, 0.05)])
def test_on_the_last_evening_the_recall_of_the_day_is_known(truth: Truth, largest: float) -> None:
    errors = []
    for learner, outcome in listen(truth):
        forecast = sum(learner.recall_on(name_of(card), day_of(SETTING.days)) for card in range(SETTING.cards))
        errors.append(abs(forecast / SETTING.cards - outcome.recall))
    assert sum(errors) / PERSONS[truth] < largest


def test_who_forgets_faster_is_expected_to_forget_more() -> None:
    pairs = zip(listen(Truth.FLAT), listen(Truth.STEEP), strict=False)
    assert all(flat.curve.recall(30, 5) > steep.curve.recall(30, 5) for (flat, _), (steep, _) in pairs)
