"""The memory model agrees with the package of the FSRS project."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.recall import (
    HARDEST,
    LEAST_STABILITY,
    Strength,
    factor_of,
    first_strength,
    next_strength,
    recall_after,
)
from tests.full import examples

ATTEMPTS = 300
RATINGS = {
    Grade.AGAIN: fsrs.Rating.Again,
    Grade.HARD: fsrs.Rating.Hard,
    Grade.GOOD: fsrs.Rating.Good,
    Grade.EASY: fsrs.Rating.Easy,
}
START = datetime(2026, 1, 1, 12, tzinfo=UTC)

answers = st.tuples(st.sampled_from(Grade), st.one_of(st.integers(0, 3), st.integers(0, 400)))
histories = st.lists(answers, min_size=1, max_size=25)
strengths = st.builds(Strength, st.floats(0.01, 1000.0), st.floats(1.0, 10.0))


@settings(deadline=None, max_examples=examples(ATTEMPTS))
@given(histories)
def test_strength_and_recall_equal_those_of_the_fsrs_package(history: list[tuple[Grade, int]]) -> None:
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    theirs = fsrs.Card(card_id=1)
    now = START
    ours = None
    for grade, days in history:
        if ours is None:
            ours = first_strength(grade)
        else:
            now += timedelta(days=days)
            expected = scheduler.get_card_retrievability(theirs, now)
            assert math.isclose(recall_after(days, ours.stability), expected, rel_tol=1e-12)
            ours = next_strength(ours, grade, days)
        theirs, _ = scheduler.review_card(theirs, RATINGS[grade], now)
        assert math.isclose(ours.stability, float(theirs.stability or 0.0), rel_tol=1e-12)
        assert math.isclose(ours.difficulty, float(theirs.difficulty or 0.0), rel_tol=1e-12)


@settings(deadline=None, max_examples=examples(ATTEMPTS))
@given(strengths, st.sampled_from(Grade), st.integers(0, 400))
def test_strength_stays_within_its_bounds(before: Strength, grade: Grade, days: int) -> None:
    after = next_strength(before, grade, days)
    assert after.stability >= LEAST_STABILITY
    assert 1.0 <= after.difficulty <= HARDEST


@settings(deadline=None, max_examples=examples(ATTEMPTS))
@given(strengths, st.integers(1, 400))
def test_a_better_button_leaves_more_strength(before: Strength, days: int) -> None:
    left = [next_strength(before, grade, days).stability for grade in Grade]
    assert left == sorted(left)
    assert left[0] <= before.stability < left[1]


@pytest.mark.parametrize("exponent", [0.1542, 0.3, 0.6, 1.2, 4.0])
def test_every_curve_stands_at_nine_tenths_when_one_stability_has_passed(exponent: float) -> None:
    assert (1.0 + factor_of(exponent)) ** -exponent == pytest.approx(0.9, rel=1e-12)


def test_a_better_known_chance_takes_the_place_of_the_models_own() -> None:
    before = Strength(10.0, 5.0)
    assert next_strength(before, Grade.GOOD, 10, 0.5).stability > next_strength(before, Grade.GOOD, 10).stability
