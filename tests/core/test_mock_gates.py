from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepdeck.cards.blueprint import Blueprint, Draw, Sitting
from prepdeck.interview.gates import (
    BEHAVIOURAL,
    CODING,
    FUNDAMENTALS,
    ML_DESIGN,
    passed_in_a_row,
    pillar_mocks,
    pillar_of,
)
from prepdeck.interview.history import PastMock
from prepdeck.interview.mock import End

BAR = 3
FIRST = date(2026, 11, 1)


def blueprint(slug: str = "any", draw: Draw | None = None, rubric: str | None = "r") -> Blueprint:
    return Blueprint(id=slug, title=slug, minutes=45, rubric=rubric, draw=draw or Draw())


FORMATS = {
    "coding": blueprint("coding", Draw(code=2)),
    "own": blueprint("own", Draw(own_project=1)),
    "mixed": blueprint("mixed", Draw(own_project=1, star=2)),
    "drill": blueprint("drill", Draw(code=1), rubric=None),
}


def past(mean: str | None = "3", format: str = "coding", day: int = 0, **fields: object) -> PastMock:
    values: dict[str, object] = {
        "id": f"m{day}",
        "format": format,
        "title": format,
        "day": FIRST + timedelta(days=day),
        "is_strict": True,
        "end": End.FINISHED,
        "is_saved": True,
        "mean": None if mean is None else Fraction(mean),
        "levels": {"clarity": 3, "depth": 2},
        "has_unseen": True,
    }
    return PastMock(**{**values, **fields})  # type: ignore[arg-type]


def in_a_row(*mocks: PastMock) -> int:
    return passed_in_a_row(pillar_mocks(mocks, FORMATS, BAR).get(CODING, ()))


@pytest.mark.parametrize(
    ("draw", "pillar"),
    [
        (Draw(code=1), CODING),
        (Draw(rapid=12, depth=2), FUNDAMENTALS),
        (Draw(depth=1, code=1), FUNDAMENTALS),
        (Draw(design=1), ML_DESIGN),
        (Draw(design=1, rapid=3), ML_DESIGN),
        (Draw(star=4), BEHAVIOURAL),
        (Draw(own_project=1), BEHAVIOURAL),
        (Draw(debugging=1), CODING),
        (Draw(ml_coding=1), CODING),
        (Draw(basic=4), FUNDAMENTALS),
        (Draw(star=1, rapid=3), BEHAVIOURAL),
    ],
)
def test_what_a_format_draws_decides_its_pillar(draw: Draw, pillar: str) -> None:
    assert pillar_of(blueprint(draw=draw)) == pillar


def test_drills_and_loops_test_no_pillar() -> None:
    assert pillar_of(blueprint(draw=Draw(code=1), rubric=None)) is None
    assert pillar_of(Blueprint(id="loop", title="Loop", minutes=90, rounds=(Sitting("coding"), Sitting("own")))) is None


def test_three_passes_in_a_row_count_three() -> None:
    assert in_a_row(*(past(day=day) for day in range(3))) == 3


@pytest.mark.parametrize(
    "fields",
    [
        {"mean": Fraction(299, 100)},
        {"has_unseen": False},
        {"levels": {"clarity": 1, "depth": 4}},
    ],
    ids=["below the bar", "only cards that were met", "a criterion at 1"],
)
def test_a_mock_that_does_not_count_breaks_the_row(fields: dict[str, Any]) -> None:
    mocks = [past(day=0), past(day=1), past(day=2, **fields), past(day=3)]
    assert in_a_row(*mocks) == 1
    assert in_a_row(*mocks[:3]) == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"end": End.ABANDONED},
        {"end": None},
        {"is_saved": False},
        {"is_complete": False},
        {"mean": None},
        {"format": "drill"},
        {"format": "gone"},
    ],
    ids=["given up", "not over", "not saved", "not whole", "no mark", "a drill", "an unknown format"],
)
def test_what_is_no_whole_mock_is_passed_over(fields: dict[str, Any]) -> None:
    mocks = [past(day=0), past(day=1, **fields), past(day=2)]
    assert in_a_row(*mocks) == 2


def test_a_mock_about_ones_own_project_is_unseen_though_it_has_no_card() -> None:
    mocks = [past(format="own", day=day, has_unseen=False) for day in range(3)]
    assert passed_in_a_row(pillar_mocks(mocks, FORMATS, BAR)[BEHAVIOURAL]) == 3


def test_a_mock_that_also_asks_cards_is_unseen_by_its_cards() -> None:
    for has_unseen in (False, True):
        (mock,) = pillar_mocks([past(format="mixed", has_unseen=has_unseen)], FORMATS, BAR)[BEHAVIOURAL]
        assert mock.is_unseen is has_unseen


def test_the_bar_and_the_lowest_mark_are_kept_apart() -> None:
    (mock,) = pillar_mocks([past("7/2")], FORMATS, BAR)[CODING]
    assert (mock.mean, mock.lowest, mock.bar, mock.is_passed) == (Fraction(7, 2), 2, BAR, True)
    (mock,) = pillar_mocks([past("7/2")], FORMATS, 4)[CODING]
    assert not mock.is_passed


@given(st.lists(st.booleans(), max_size=8))
def test_the_newest_mocks_come_first_and_passes_are_counted_from_there(passes: list[bool]) -> None:
    mocks = [past("3" if passed else "2", day=day) for day, passed in enumerate(passes)]
    found = pillar_mocks(mocks, FORMATS, BAR).get(CODING, ())
    assert [each.is_passed for each in found] == passes[::-1]
    assert [each.day for each in found] == sorted((each.day for each in found), reverse=True)
    count = passed_in_a_row(found)
    assert all(passes[len(passes) - count :])
    assert count == len(passes) or not passes[len(passes) - count - 1]


def test_no_mocks_are_no_passes() -> None:
    assert passed_in_a_row(()) == 0
    assert pillar_mocks((), FORMATS, BAR) == {}
