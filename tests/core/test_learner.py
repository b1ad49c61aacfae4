"""What the log tells of a learner: curves that compete, measured seconds, calibration."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.curve import (
    EXPONENTS,
    HEAD_START,
    LARGEST_SCALE,
    SMALLEST_SCALE,
    UNTRIED,
    Curves,
)
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.learner import Calibration, Learner
from prepdeck.scheduling.pace import FIRST_SHARES, LONGEST_FACTOR, Event, Pace, guess
from prepdeck.scheduling.recall import DECAY, recall_after
from tests.full import examples

DAY = date(2026, 3, 2)
CARD = CardId("deck", "card")

answers = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 40), st.integers(0, 5), st.none() | st.floats(0, 900)), max_size=40
)


def learner_of(drawn: list[tuple[int, int, int, float | None]]) -> Learner:
    learner, day = Learner(), DAY
    for card, days, quality, seconds in drawn:
        day += timedelta(days=days)
        learner.answered(CardId("deck", f"c{card}"), "basic", day, quality, seconds)
    return learner


def test_before_any_answer_the_published_curve_is_used() -> None:
    assert UNTRIED.best.exponent == DECAY
    assert UNTRIED.best.recall(10, 3) == pytest.approx(recall_after(10, 3))


def test_every_curve_stands_at_nine_tenths_after_one_stability() -> None:
    for place in range(len(EXPONENTS)):
        scores = tuple(float(each == place) for each in range(len(EXPONENTS)))
        assert Curves((1.0,) * len(EXPONENTS), scores).best.recall(7, 7) == pytest.approx(0.9)


@given(st.lists(st.tuples(st.integers(1, 400), st.floats(0.001, 1000), st.booleans()), max_size=60))
@settings(deadline=None, max_examples=examples(60))
def test_scales_stay_within_their_limits(drawn: list[tuple[int, float, bool]]) -> None:
    curves = UNTRIED
    for days, stability, recalled in drawn:
        curves = curves.observed(days, stability, recalled=recalled)
    assert all(SMALLEST_SCALE <= scale <= LARGEST_SCALE for scale in curves.scales)
    assert 0 <= curves.best.recall(30, 3) <= 1


def test_a_pass_lengthens_the_scale_and_a_failure_shortens_it() -> None:
    assert UNTRIED.observed(9, 3, recalled=True).best.scale > 1 > UNTRIED.observed(9, 3, recalled=False).best.scale


@pytest.mark.parametrize("exponent", [0.6, 4.0])
def test_a_learner_who_forgets_steeply_gets_a_steeper_curve(exponent: float) -> None:
    dice, curves = random.Random(1), UNTRIED
    factor = 0.9 ** (-1 / exponent) - 1
    for _ in range(1500):
        stability = dice.choice([1.0, 5.0, 20.0])
        days = dice.randint(1, 60)
        chance = (1 + factor * days / stability) ** -exponent
        curves = curves.observed(days, stability, recalled=dice.random() < chance)
    assert curves.best.exponent >= exponent / 2
    assert curves.best.exponent > DECAY


def test_the_published_curve_has_a_head_start() -> None:
    assert UNTRIED.scores[0] == HEAD_START


@given(answers)
@settings(deadline=None, max_examples=examples(60))
def test_recall_falls_with_time_and_is_nothing_for_unseen_cards(
    drawn: list[tuple[int, int, int, float | None]],
) -> None:
    learner = learner_of(drawn)
    for card in learner.traces:
        recalls = [learner.recall_on(card, DAY + timedelta(days=each)) for each in (0, 1000, 1010, 2000)]
        assert recalls == sorted(recalls, reverse=True)
        assert all(0 <= each <= 1 for each in recalls)
    assert learner.recall_on(CardId("deck", "never"), DAY) == 0


@given(answers, answers)
@settings(deadline=None, max_examples=examples(40))
def test_a_copy_goes_on_apart(
    first: list[tuple[int, int, int, float | None]], later: list[tuple[int, int, int, float | None]]
) -> None:
    learner = learner_of(first)
    copy = learner.copy()
    day = DAY + timedelta(days=4000)
    for card, days, quality, seconds in later:
        copy.answered(CardId("deck", f"c{card}"), "basic", day + timedelta(days=days), quality, seconds)
    same = learner_of(first)
    assert (learner.traces, learner.curves, learner.calibration) == (same.traces, same.curves, same.calibration)
    assert learner.pace.measured == same.pace.measured


def test_a_second_answer_on_one_day_belongs_to_the_first() -> None:
    learner = Learner()
    learner.answered(CARD, "basic", DAY, 1, 20)
    learner.answered(CARD, "basic", DAY, 4, 15)
    assert learner.pace.measured["basic", Event.FIRST].seconds == 35
    assert learner.pace.measured["basic", Event.FIRST].times == 1
    assert learner.calibration.answers == 0


def test_an_answer_dated_before_the_last_counts_as_one_of_that_day() -> None:
    learner = Learner()
    learner.answered(CARD, "basic", DAY, 4)
    learner.answered(CARD, "basic", DAY - timedelta(days=3), 4)
    assert learner.traces[CARD].last == DAY


def test_a_reset_card_is_unseen_again() -> None:
    learner = Learner()
    learner.answered(CARD, "basic", DAY, 4)
    learner.forgot(CARD)
    learner.forgot(CARD)
    assert learner.recall_on(CARD, DAY) == 0


def test_measured_seconds_take_over_from_the_guess() -> None:
    pace = Pace()
    before = pace.seconds("basic", Event.PASS)
    for _ in range(90):
        pace.count("basic", Event.PASS, Grade.GOOD, 10)
    assert before == guess("basic", Event.PASS)
    assert pace.seconds("basic", Event.PASS) == pytest.approx((10 * before + 900) / 100)
    assert pace.seconds("cloze", Event.PASS) == guess("cloze", Event.PASS)


def test_a_forgotten_window_does_not_spoil_the_pace() -> None:
    pace = Pace()
    pace.count("basic", Event.PASS, Grade.GOOD, 80_000)
    assert pace.measured["basic", Event.PASS].seconds == LONGEST_FACTOR * guess("basic", Event.PASS)


def test_a_card_with_twice_the_target_time_takes_twice_as_long() -> None:
    assert Pace().seconds("basic", Event.PASS, 50) == 2 * Pace().seconds("basic", Event.PASS, 25)


def test_shares_of_buttons_begin_as_published_and_sum_to_one() -> None:
    pace = Pace()
    assert pace.first_shares == pytest.approx(FIRST_SHARES)
    for _ in range(100):
        pace.count("basic", Event.FIRST, Grade.EASY, None)
    assert sum(pace.first_shares.values()) == pytest.approx(1)
    assert sum(pace.pass_shares.values()) == pytest.approx(1)
    assert pace.first_shares[Grade.EASY] > 0.9


def test_calibration_compares_forecasts_with_what_happened() -> None:
    calibration = Calibration()
    assert calibration.error is None
    for recalled in (True, True, True, False):
        calibration = calibration.counted(0.9, recalled=recalled)
    calibration = calibration.counted(1.0, recalled=True)
    assert calibration.answers == 5
    assert calibration.expected == pytest.approx((4 * 0.9 + 1) / 5)
    assert calibration.happened == pytest.approx(0.8)
    assert calibration.error == pytest.approx((4 * 0.9 + 1 - 4) / 5)
