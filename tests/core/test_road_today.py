from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepdeck.road.today import Line, LineKind, fit_lines, minutes_of_day

lines = st.lists(
    st.builds(
        Line,
        st.sampled_from(LineKind),
        st.sampled_from(("a", "b")),
        st.integers(0, 90),
        is_done=st.booleans(),
        target=st.just(""),
    ),
    max_size=8,
)


def line(minutes: int, *, is_done: bool = False) -> Line:
    return Line(LineKind.ROAD, f"{minutes}", minutes, is_done=is_done)


@given(lines, st.integers(0, 240))
def test_a_day_never_takes_more_than_its_minutes(asked: list[Line], minutes: int) -> None:
    plan = fit_lines(asked, minutes, 20)
    assert sum(each.minutes for each in plan.lines if each.fits and not each.is_done) <= minutes
    assert plan.spent <= minutes
    assert (plan.minutes, plan.card_minutes) == (minutes, 20)


@given(lines, st.integers(0, 240))
def test_every_line_stays_in_its_place(asked: list[Line], minutes: int) -> None:
    plan = fit_lines(asked, minutes, 20)
    assert [replace(each, fits=True) for each in plan.lines] == asked


@given(lines, st.integers(0, 240))
def test_what_does_not_fit_has_no_room_and_is_named(asked: list[Line], minutes: int) -> None:
    plan = fit_lines(asked, minutes, 20)
    left = minutes
    for each in plan.lines:
        if each.is_done:
            assert each.fits
        elif each.fits:
            left -= each.minutes
        else:
            assert each.minutes > left
    assert plan.left_out == tuple(each for each in plan.lines if not each.fits)


@given(lines, st.integers(0, 240))
def test_what_is_done_takes_no_room(asked: list[Line], minutes: int) -> None:
    open_lines = [each for each in asked if not each.is_done]
    with_all, without = fit_lines(asked, minutes, 20), fit_lines(open_lines, minutes, 20)
    assert tuple(each for each in with_all.lines if not each.is_done) == without.lines
    assert with_all.spent == without.spent


def test_a_later_shorter_line_may_still_fit() -> None:
    plan = fit_lines([line(20), line(30), line(10)], 30, 30)
    assert [each.fits for each in plan.lines] == [True, False, True]
    assert plan.spent == 30


def test_no_minutes_name_everything() -> None:
    asked = [line(20), line(1), line(90)]
    plan = fit_lines(asked, 0, 0)
    assert [each.title for each in plan.left_out] == ["20", "1", "90"]
    assert plan.spent == 0


def test_the_next_line_is_the_first_that_fits_and_is_open() -> None:
    plan = fit_lines([line(5, is_done=True), line(40), line(10)], 30, 30)
    assert plan.next_line is not None
    assert plan.next_line.title == "10"


def test_where_nothing_fits_the_first_open_line_is_next() -> None:
    plan = fit_lines([line(5, is_done=True), line(40), line(50)], 30, 30)
    assert plan.next_line is not None
    assert plan.next_line.title == "40"
    assert fit_lines([line(5, is_done=True)], 30, 30).next_line is None


@pytest.mark.parametrize(
    ("card_minutes", "hours", "share", "minutes"),
    [
        (25, 10, 1.0, 86),
        (25, 7, 1.0, 60),
        (90, 7, 1.0, 90),
        (12.5, 7, 0.5, 30),
        (0, 10, 0.0, 0),
    ],
)
def test_a_day_has_a_seventh_of_the_week_and_room_for_its_cards(
    card_minutes: float, hours: float, share: float, minutes: int
) -> None:
    assert minutes_of_day(card_minutes, hours, share) == minutes


@given(st.floats(0, 600), st.integers(1, 112), st.floats(0, 1))
def test_the_minutes_of_a_day_are_never_less_than_those_for_cards(minutes: float, hours: int, share: float) -> None:
    assert minutes_of_day(minutes, hours, share) >= round(minutes)
