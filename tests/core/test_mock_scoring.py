from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.rubric import Rubric
from prepdeck.interview.events import Abandoned, Finished, Marked, QuestionMarked
from prepdeck.interview.evidence import bounds_of
from prepdeck.interview.marks import Rater
from prepdeck.interview.mock import End, Mock
from prepdeck.interview.questions import Sort
from prepdeck.interview.scoring import capped, score
from tests.core.marked_mocks import (
    RUBRIC,
    SCALE,
    SEEN,
    STAR,
    after,
    answered,
    levels_for,
    make_criterion,
    make_mock,
    make_question,
    marked,
    sat_mocks,
)
from tests.full import examples

PLAIN = answered(make_mock(make_question()))


@pytest.mark.parametrize(
    ("levels", "verdict"),
    [
        ((4, 4, 4, 4), "strong-yes"),
        ((4, 4, 3, 3), "strong-yes"),
        ((4, 3, 3, 3), "lean-yes"),
        ((3, 3, 3, 2), "lean-yes"),
        ((3, 3, 2, 2), "lean-no"),
        ((2, 2, 2, 2), "lean-no"),
        ((2, 2, 2, 1), "strong-no"),
        ((1, 1, 1, 1), "strong-no"),
        ((4, 4, 4, 1), "lean-no"),
        ((1, 4, 4, 4), "lean-no"),
    ],
)
def test_marks_give_the_verdict_of_the_scale_and_its_caps(levels: tuple[int, ...], verdict: str) -> None:
    scored = score(marked(PLAIN, levels_for(RUBRIC, levels)), RUBRIC, SCALE)
    assert scored.verdict is not None
    assert scored.verdict.id == verdict
    assert scored.mean == Fraction(sum(levels), 4)


def test_heavier_criteria_count_more() -> None:
    rubric = Rubric("two", "Two", (make_criterion("heavy", 3), make_criterion("light", 1)))
    assert score(marked(PLAIN, {"heavy": 4, "light": 2}), rubric, SCALE).mean == Fraction(7, 2)
    assert score(marked(PLAIN, {"heavy": 2, "light": 4}), rubric, SCALE).mean == Fraction(5, 2)


def test_a_cap_says_what_lowered_the_verdict() -> None:
    scored = score(marked(PLAIN, levels_for(RUBRIC, (4, 1, 4, 4))), RUBRIC, SCALE)
    assert scored.caps == ("Second at 1: at most lean no.",)


def test_a_low_mark_that_lowers_nothing_is_no_cap() -> None:
    assert score(marked(PLAIN, levels_for(RUBRIC, (1, 1, 2, 2))), RUBRIC, SCALE).caps == ()


def test_a_criterion_without_a_mark_leaves_no_verdict() -> None:
    scored = score(marked(PLAIN, {"first": 4, "second": 4, "third": 4}), RUBRIC, SCALE)
    assert scored.verdict is None
    assert scored.missing == ("fourth",)
    assert not scored.is_complete


def test_a_mark_taken_back_counts_no_more() -> None:
    mock = after(marked(PLAIN, levels_for(RUBRIC, (4, 4, 4, 4))), Marked(0, "first", None))
    assert score(mock, RUBRIC, SCALE).missing == ("first",)


@pytest.mark.parametrize(("written", "is_incomplete"), [((), True), ((0,), True), ((0, 1), True), ((0, 1, 2), False)])
def test_more_than_a_quarter_blank_is_incomplete_and_has_no_verdict(
    written: tuple[int, ...], *, is_incomplete: bool
) -> None:
    asked = make_mock(*(make_question(Sort.RAPID, number) for number in range(4)))
    mock = marked(answered(asked, *written) if written else asked, levels_for(RUBRIC, (4, 4, 4, 4)))
    scored = score(mock, RUBRIC, SCALE)
    assert scored.is_incomplete is is_incomplete
    assert (scored.verdict is None) is is_incomplete
    assert bool(scored.caps) is is_incomplete


def test_a_mock_that_was_given_up_has_no_score() -> None:
    scored = score(after(PLAIN, Abandoned(0)), RUBRIC, SCALE)
    assert (scored.mean, scored.verdict, scored.levels) == (None, None, {})


def test_without_a_scale_there_is_a_mean_and_no_verdict() -> None:
    scored = score(marked(PLAIN, levels_for(RUBRIC, (4, 4, 4, 4))), RUBRIC, None)
    assert (scored.mean, scored.verdict) == (Fraction(4), None)


def test_a_drill_is_the_mean_of_the_marks_of_its_answered_questions() -> None:
    mock = answered(make_mock(*(make_question(Sort.STAR, number) for number in range(4))), 0, 1, 2)
    mock = after(mock, Finished(0), *(QuestionMarked(0, number, 4 - number) for number in (0, 1, 3)))
    scored = score(mock, None, SCALE)
    assert scored.mean == Fraction(4 + 3, 2)
    assert scored.missing == ("3",)
    assert scored.verdict is None


def test_the_marks_of_a_partner_stand_beside_and_are_never_mixed_in() -> None:
    own = marked(PLAIN, levels_for(RUBRIC, (4, 4, 4, 4)))
    mock = marked(own, levels_for(RUBRIC, (2, 2, 2, 2)), Rater.PARTNER)
    assert score(mock, RUBRIC, SCALE) == score(own, RUBRIC, SCALE)
    assert score(mock, RUBRIC, SCALE, rater=Rater.PARTNER).mean == 2


def test_questions_marked_one_by_one_leave_the_mean_of_the_rubric_alone() -> None:
    mock = marked(PLAIN, levels_for(RUBRIC, (3, 3, 3, 3)))
    assert score(after(mock, QuestionMarked(0, 0, 1)), RUBRIC, SCALE) == score(mock, RUBRIC, SCALE)


@settings(deadline=None, max_examples=examples(120))
@given(sat_mocks(), st.sampled_from(Rater))
def test_a_mean_lies_between_the_marks_1_and_4(mock: Mock, rater: Rater) -> None:
    for rubric in (SEEN, None):
        mean = score(mock, rubric, SCALE, STAR, rater).mean
        assert mean is None or 1 <= mean <= 4


@settings(deadline=None, max_examples=examples(120))
@given(sat_mocks(), st.sampled_from(Rater))
def test_nothing_unrated_is_scored(mock: Mock, rater: Rater) -> None:
    scored = score(mock, SEEN, SCALE, STAR, rater)
    bounds = bounds_of(mock, SEEN, SCALE, STAR)
    rated = {name for (by, name), mark in mock.marks.items() if by is rater and mark.level is not None}
    filled = {name for name, bound in bounds.items() if bound.filled is not None}
    assert set(scored.levels) <= rated | filled
    assert scored.verdict is None or not scored.missing
    without = score(replace(mock, marks={}), SEEN, SCALE, STAR, rater)
    assert set(without.levels) <= filled


@settings(deadline=None, max_examples=examples(120))
@given(sat_mocks(), st.sampled_from(Rater))
def test_a_mark_above_a_bound_never_counts_above_it(mock: Mock, rater: Rater) -> None:
    bounds = bounds_of(mock, SEEN, SCALE, STAR)
    for name, level in score(mock, SEEN, SCALE, STAR, rater).levels.items():
        limit = bounds[name].at_most if name in bounds else None
        assert limit is None or level <= limit


@settings(deadline=None, max_examples=examples(200))
@given(st.lists(st.integers(1, 4), min_size=1, max_size=9))
def test_a_cap_never_raises_a_verdict(levels: list[int]) -> None:
    named = {str(number): level for number, level in enumerate(levels)}
    reached = SCALE.step_of(Fraction(sum(levels), len(levels)))
    assert SCALE.steps.index(capped(reached, named, SCALE)) >= SCALE.steps.index(reached)


@settings(deadline=None, max_examples=examples(120))
@given(sat_mocks())
def test_a_mock_given_up_or_incomplete_has_no_verdict(mock: Mock) -> None:
    scored = score(mock, SEEN, SCALE, STAR)
    if mock.end is End.ABANDONED or scored.is_incomplete:
        assert scored.verdict is None
    if mock.end is End.ABANDONED:
        assert scored.mean is None
