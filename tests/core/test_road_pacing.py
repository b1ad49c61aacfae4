from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from prepdeck.cards.roadmap import Mode, RoadPhase
from prepdeck.cards.span import Span
from prepdeck.road.pacing import DAYS_OF_MONTH, Months, finish_months, months_between, scaled, waits_for

MEANT = 10
"""Hours a week that the months are meant for."""
LENGTHS = ((1, 2), (2, 3), (2, 3), (1, 2), (1, 2), (2, 4), (3, None), (1, 2))
"""Months of the eight phases."""


def phase(number: int, low: int, high: int | None, **fields: object) -> RoadPhase:
    values: dict[str, object] = {"id": f"p{number}", "title": f"P{number}", "months": Span(low, high)}
    return RoadPhase(**{"number": number, **values, **fields})  # type: ignore[arg-type]


def road() -> list[RoadPhase]:
    """Return eight phases as the bundled road has them; the seventh goes on beside the others."""
    return [
        phase(number, low, high, mode=Mode.CONCURRENT if number == 7 else Mode.SEQUENCE)
        for number, (low, high) in enumerate(LENGTHS, 1)
    ]


def over_after(phases: list[RoadPhase], hours: float) -> dict[str, tuple[float, float | None]]:
    lengths = {each.id: scaled(each.months, MEANT, hours) for each in phases}
    return {slug: (months.low, months.high) for slug, months in finish_months(phases, lengths).items()}


def test_phases_in_a_row_add_up() -> None:
    found = over_after(road(), 10)
    assert [found[slug] for slug in ("p1", "p2", "p3", "p8")] == [(1, 2), (3, 5), (5, 8), (10, 18)]


def test_twice_the_hours_take_half_the_months() -> None:
    found = over_after(road(), 20)
    assert [found[slug] for slug in ("p2", "p3", "p8")] == [(1.5, 2.5), (2.5, 4), (5, 9)]


def test_a_phase_beside_the_others_holds_nobody_up_and_waits_for_nobody() -> None:
    assert over_after(road(), 10)["p7"] == (3, None)
    assert waits_for(road()) == {
        "p1": (),
        "p2": ("p1",),
        "p3": ("p2",),
        "p4": ("p3",),
        "p5": ("p4",),
        "p6": ("p5",),
        "p7": (),
        "p8": ("p6",),
    }


@given(st.floats(1, 112), st.floats(1, 112))
def test_more_hours_never_take_longer(hours: float, more: float) -> None:
    assume(hours <= more)
    slow, fast = over_after(road(), hours), over_after(road(), more)
    for slug, (low, high) in fast.items():
        assert low <= slow[slug][0]
        assert (high is None) == (slow[slug][1] is None)
        assert high is None or high <= (slow[slug][1] or 0)


def test_phases_that_name_what_comes_first_are_a_graph() -> None:
    phases = [
        phase(1, 1, 2),
        phase(2, 2, 3, after=("p1",)),
        phase(3, 4, 5, after=("p1",)),
        phase(4, 1, 1, after=("p2", "p3")),
        phase(5, 2, 2, after=()),
    ]
    assert over_after(phases, MEANT) == {"p1": (1, 2), "p2": (3, 5), "p3": (5, 7), "p4": (6, 8), "p5": (2, 2)}


def test_a_phase_may_wait_for_one_behind_it() -> None:
    assert over_after([phase(1, 1, 1, after=("p2",)), phase(2, 2, 2, after=())], MEANT) == {"p1": (3, 3), "p2": (2, 2)}


def test_what_waits_for_an_open_end_has_an_open_end() -> None:
    assert over_after([phase(1, 1, None), phase(2, 2, 3)], MEANT) == {"p1": (1, None), "p2": (3, None)}


@st.composite
def graphs(draw: st.DrawFn) -> list[RoadPhase]:
    """Draw phases that wait for any of those before them."""
    found: list[RoadPhase] = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        low = draw(st.integers(1, 9))
        high = draw(st.none() | st.integers(low, 12))
        after = draw(st.none() | st.lists(st.sampled_from(found), unique=True) if found else st.none())
        named = None if after is None else tuple(each.id for each in after)
        found.append(phase(number, low, high, after=named, mode=draw(st.sampled_from(Mode))))
    return found


@given(graphs())
def test_no_phase_is_over_before_those_it_waits_for(phases: list[RoadPhase]) -> None:
    found = over_after(phases, MEANT)
    waits = waits_for(phases)
    for each in phases:
        low, high = found[each.id]
        firsts = [found[slug] for slug in waits[each.id]]
        assert low == each.months.low + max((first[0] for first in firsts), default=0)
        highs = [first[1] for first in firsts] + [each.months.high]
        assert (high is None) == (None in highs)
        assert high is None or low <= high


@given(st.floats(0, 100), st.floats(0, 100), st.none() | st.floats(0, 100))
def test_what_is_left_is_never_below_nothing(spent: float, low: float, more: float | None) -> None:
    months = Months(low, None if more is None else low + more)
    left = months.less(spent)
    assert 0 <= left.low <= low
    assert (left.high is None) == (more is None)
    assert left.high is None or left.low <= left.high


@pytest.mark.parametrize(("months", "days"), [(0, 0), (1, 30), (2, 61), (12, 365), (0.5, 15)])
def test_months_are_counted_in_mean_days(months: float, days: int) -> None:
    today = date(2026, 11, 22)
    first, last = Months(months, months).after(today)
    assert first == last
    assert (first - today).days == days


def test_an_open_end_has_no_last_day() -> None:
    assert Months(1).after(date(2026, 11, 22)) == (date(2026, 12, 22), None)


def test_a_road_past_the_end_of_the_calendar_ends_there() -> None:
    assert Months(10**6, 10**7).after(date(2026, 11, 22)) == (date.max, date.max)


@given(st.dates(), st.dates())
def test_months_between_two_days_are_never_negative(first: date, last: date) -> None:
    months = months_between(first, last)
    assert months == (max(0, (last - first).days) / DAYS_OF_MONTH)
    assert Months(months, months).after(first)[0] == max(first, last)
