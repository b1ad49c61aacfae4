from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.interview.history import (
    PastMock,
    PhaseRow,
    calibrate,
    overruns,
    story_seconds,
    suggest_next,
    topic_levels,
    trend_of,
)
from prepdeck.interview.mock import End
from tests.core.marked_mocks import MINUTE, SCALE, SECOND
from tests.full import examples

TODAY = date(2026, 11, 22)
FORMATS = (("coding", "Coding"), ("design", "Design"))


def past(mean: str | None = "3", format: str = "coding", **fields: object) -> PastMock:
    values: dict[str, object] = {
        "id": "a",
        "format": format,
        "title": format.capitalize(),
        "day": TODAY - timedelta(days=9),
        "is_strict": True,
        "end": End.FINISHED,
        "is_saved": True,
        "mean": None if mean is None else Fraction(mean),
    }
    return PastMock(**{**values, **fields})  # type: ignore[arg-type]


def test_a_trend_is_the_last_five_with_their_range_and_share_at_the_bar() -> None:
    trend = trend_of("coding", [past(mean) for mean in ("1", "2", "5/2", "3", "7/2", "3")])
    assert trend.means == tuple(Fraction(mean) for mean in ("2", "5/2", "3", "7/2", "3"))
    assert (trend.mean, trend.lowest, trend.highest) == (Fraction(14, 5), Fraction(2), Fraction(7, 2))
    assert trend.at_bar == 3
    assert (trend.begun, trend.completed, trend.completion) == (6, 6, Fraction(1))


@pytest.mark.parametrize(
    ("means", "change"),
    [
        ((), None),
        (("2",), None),
        (("2", "3"), Fraction(1)),
        (("2", "2", "4"), Fraction(2)),
        (("3", "3", "3", "2", "2"), Fraction(-1)),
    ],
)
def test_the_change_is_the_newer_half_against_the_older(means: tuple[str, ...], change: Fraction | None) -> None:
    assert trend_of("coding", [past(mean) for mean in means]).change == change


def test_a_trend_of_a_format_never_sat_is_empty() -> None:
    trend = trend_of("coding", [past(format="design")])
    assert (trend.title, trend.begun, trend.mean, trend.lowest, trend.completion) == ("", 0, None, None, None)


@pytest.mark.parametrize(
    "left_out",
    [past("1", end=End.ABANDONED), past("1", is_saved=False), past("1", is_complete=False), past(None)],
)
def test_mocks_given_up_unsaved_or_incomplete_are_not_averaged(left_out: PastMock) -> None:
    assert trend_of("coding", [past("4"), left_out]).means == (Fraction(4),)


def test_a_mock_that_is_still_sat_is_no_part_of_a_trend() -> None:
    assert trend_of("coding", [past(None, end=None, is_saved=False)]).begun == 0


def test_a_prediction_is_compared_with_the_marked_verdict_step_by_step() -> None:
    told = [
        past(id="1", predicted="lean-yes", verdict="lean-yes"),
        past(id="2", predicted="strong-yes", verdict="lean-no"),
        past(id="3", predicted="lean-no", verdict="lean-yes"),
        past(id="4", predicted=None, verdict="lean-yes"),
        past(id="5", predicted="lean-yes", verdict=None),
        past(id="6", predicted="no-such-step", verdict="lean-yes"),
        past(id="7", predicted="strong-yes", verdict="strong-no", end=End.ABANDONED),
    ]
    found = calibrate(told, SCALE)
    assert [pair[0] for pair in found.pairs] == ["1", "2", "3"]
    assert found.pairs[1] == ("2", "strong-yes", "lean-no")
    assert (found.exact, found.over, found.under) == (1, 1, 1)
    assert (found.steps_over, found.gap) == (1, Fraction(1, 3))


def test_nothing_predicted_has_no_gap() -> None:
    assert calibrate([past()], SCALE).gap is None


def phase(actual: int, name: str = "implement") -> tuple[PhaseRow, ...]:
    return (PhaseRow(name, name.capitalize(), 10 * MINUTE, actual * MINUTE),)


@pytest.mark.parametrize(
    ("minutes", "found"),
    [
        ((12, 14), False),
        ((12, 14, 16), True),
        ((12, 14, 9), True),
        ((12, 10, 9), False),
        ((12, 14, 9, 10), False),
        ((12, 14, 0, 0), False),
    ],
)
def test_a_phase_overruns_in_more_than_half_of_at_least_three_mocks(minutes: tuple[int, ...], *, found: bool) -> None:
    assert bool(overruns([past(phases=phase(each)) for each in minutes])) is found


def test_an_overrun_says_how_often_and_how_far() -> None:
    (found,) = overruns([past(phases=phase(each)) for each in (12, 14, 9)])
    assert (found.format, found.phase, found.over, found.of) == ("coding", "Implement", 2, 3)
    assert found.mean_over_ms == 3 * MINUTE


def test_phases_of_two_formats_are_counted_apart() -> None:
    assert overruns([past(phases=phase(12), format=name) for name in ("coding", "design", "coding", "design")]) == ()


def test_mocks_given_up_overrun_nothing() -> None:
    assert overruns([past(phases=phase(12), end=End.ABANDONED)] * 4) == ()


def test_the_seconds_of_stories_are_means_by_part_in_the_order_of_telling() -> None:
    told = [
        past(told_ms=({"action": 80 * SECOND, "situation": 30 * SECOND}, {"situation": 10 * SECOND})),
        past(told_ms=()),
        past(told_ms=({"situation": 999 * SECOND},), end=End.ABANDONED),
    ]
    assert story_seconds(told) == {"situation": 20, "task": 0, "action": 40, "result": 0, "reflection": 0}
    assert list(story_seconds(told)) == ["situation", "task", "action", "result", "reflection"]


def test_without_a_told_story_there_are_no_seconds() -> None:
    assert story_seconds([past()]) == {}


def test_the_last_mock_that_touched_a_topic_gives_its_level() -> None:
    told = [
        past(topics={"trees": 1, "graphs": 2}),
        past(topics={"trees": 3}),
        past(topics={"graphs": 1}, end=End.ABANDONED),
        past(topics={"graphs": 4}, is_saved=False),
    ]
    assert topic_levels(told) == {"trees": 3, "graphs": 2}


def ago(days: int, mean: str = "3", format: str = "coding", **fields: object) -> PastMock:
    return past(mean, format, day=TODAY - timedelta(days=days), **fields)


@pytest.mark.parametrize(
    ("sat", "name", "why"),
    [
        ([], "coding", "You have never sat one."),
        ([ago(1)], "design", "You have never sat one."),
        ([ago(1), ago(1, format="design", end=End.ABANDONED)], "design", "You have not sat one to its end yet."),
        (
            [ago(9, "2"), ago(5, "5/2", "design")],
            "coding",
            "Your last mocks there have a mean of 2.0, below 3.",
        ),
        (
            [ago(5, "299/100", "design"), ago(3)],
            "design",
            "Your last mocks there have a mean of 2.9, below 3.",
        ),
        (
            [ago(1, "2"), ago(5, "5/2", "design")],
            "design",
            "Your last mocks there have a mean of 2.5, below 3.",
        ),
        (
            [ago(4, format="design"), ago(1, "2")],
            "design",
            "You last sat one 4 days ago, and none of the others longer ago.",
        ),
        ([ago(0), ago(1, format="design")], "design", "You last sat one yesterday, and none of the others longer ago."),
    ],
)
def test_the_next_mock_is_one_never_sat_then_the_weakest_then_the_oldest(
    sat: list[PastMock], name: str, why: str
) -> None:
    assert suggest_next(FORMATS, sat, TODAY) == (name, why)


def test_without_a_format_there_is_nothing_to_suggest() -> None:
    assert suggest_next((), [past()], TODAY) is None


@st.composite
def pasts(draw: st.DrawFn) -> PastMock:
    return past(
        draw(st.sampled_from((None, "1", "5/2", "3", "4"))),
        draw(st.sampled_from(("coding", "design"))),
        end=draw(st.sampled_from((None, *End))),
        is_saved=draw(st.booleans()),
        is_complete=draw(st.booleans()),
        day=TODAY - timedelta(days=draw(st.integers(0, 60))),
        topics=draw(st.dictionaries(st.sampled_from(("trees", "graphs")), st.integers(1, 4))),
        phases=phase(draw(st.integers(0, 20))),
        told_ms=(({"action": draw(st.integers(1, 300_000))},) if draw(st.booleans()) else ()),
        predicted=draw(st.sampled_from((None, "lean-yes", "lean-no"))),
        verdict=draw(st.sampled_from((None, "lean-yes", "strong-no"))),
    )


@settings(deadline=None, max_examples=examples(150))
@given(st.lists(pasts(), max_size=12))
def test_mocks_given_up_leave_every_average_alone_and_lower_the_completion_rate(told: list[PastMock]) -> None:
    kept = [each for each in told if each.end is not End.ABANDONED]
    for name, _ in FORMATS:
        trend, without = trend_of(name, told), trend_of(name, kept)
        assert (trend.means, trend.at_bar, trend.completed) == (without.means, without.at_bar, without.completed)
        given_up = sum(each.format == name and each.end is End.ABANDONED for each in told)
        assert trend.begun == without.begun + given_up
        assert trend.completion is None or trend.completion == Fraction(trend.completed, trend.begun)
    assert calibrate(told, SCALE) == calibrate(kept, SCALE)
    assert overruns(told) == overruns(kept)
    assert story_seconds(told) == story_seconds(kept)
    assert topic_levels(told) == topic_levels(kept)


@settings(deadline=None, max_examples=examples(150))
@given(st.lists(pasts(), max_size=12))
def test_a_trend_lies_within_its_range_and_calibration_adds_up(told: list[PastMock]) -> None:
    trend = trend_of("coding", told)
    assert len(trend.means) <= 5
    if trend.mean is not None and trend.lowest is not None and trend.highest is not None:
        assert 1 <= trend.lowest <= trend.mean <= trend.highest <= 4
        assert trend.at_bar <= len(trend.means)
    found = calibrate(told, SCALE)
    assert found.exact + found.over + found.under == len(found.pairs)


@settings(deadline=None, max_examples=examples(150))
@given(st.lists(pasts(), max_size=12))
def test_a_suggestion_is_one_of_the_formats_offered(told: list[PastMock]) -> None:
    found = suggest_next(FORMATS, told, TODAY)
    assert found is not None
    assert found[0] in dict(FORMATS)
    assert found[1].endswith(".")
