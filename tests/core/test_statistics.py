"""Sums, intervals and charts of the statistics."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.progress.chart import Chart, Series, Shape, chart_csv, chart_svg
from prepdeck.progress.intervals import interval_bins
from prepdeck.progress.tallies import Tally, days_of, effort_of, efforts_by, rolling_kept, spans_of
from tests.full import examples

DAY = date(2026, 11, 22)


@given(st.dictionaries(st.integers(1, 40000), st.integers(0, 50)))
@settings(deadline=None, max_examples=examples(50))
def test_every_card_is_in_exactly_one_bin(cards: dict[int, int]) -> None:
    bins = interval_bins(cards)
    assert sum(each.cards for each in bins) == sum(cards.values())
    for each in bins:
        inside = (count for days, count in cards.items() if each.least <= days <= (each.most or days))
        assert each.cards == sum(inside)


def test_bins_begin_at_one_day_and_mature_ones_at_twenty_one() -> None:
    bins = interval_bins({1: 1, 2: 2, 7: 3, 8: 4, 20: 5, 21: 6, 60: 7, 61: 8})
    assert [(each.words, each.cards, each.is_mature) for each in bins] == [
        ("1 day", 1, False),
        ("2-7 days", 5, False),
        ("8-20 days", 9, False),
        ("21-60 days", 13, True),
        ("61+ days", 8, True),
    ]


tallies = st.builds(
    Tally,
    st.integers(0, 30).map(lambda back: DAY - timedelta(days=back)),
    st.sampled_from("ab"),
    st.sampled_from([None, "x", "y"]),
    st.integers(1, 9),
    st.integers(0, 3),
    st.integers(0, 4),
    st.integers(4, 6),
    st.integers(0, 90_000),
)


@given(st.lists(tallies, max_size=30), st.integers(1, 9))
@settings(deadline=None, max_examples=examples(50))
def test_days_weeks_and_decks_sum_up_to_everything(listed: list[Tally], length: int) -> None:
    total = effort_of(listed)
    days = days_of(listed, DAY - timedelta(days=30), DAY)
    for parts in (
        [day.effort for day in days],
        [span.effort for span in spans_of(days, length)],
        list(efforts_by(listed, lambda each: (each.deck, each.topic)).values()),
    ):
        assert sum(each.reviews for each in parts) == total.reviews
        assert sum(each.kept.passed for each in parts) == total.kept.passed
        assert sum(each.kept.answered for each in parts) == total.kept.answered
        assert sum(each.seconds for each in parts) == pytest.approx(total.seconds)
    assert spans_of(days, length)[-1].last == DAY


def test_the_rolling_share_says_nothing_where_nothing_was_asked() -> None:
    listed = [Tally(DAY - timedelta(days=back), "a", None, 1, 0, passed, 1, 0) for back, passed in ((4, 1), (3, 0))]
    assert rolling_kept(days_of(listed, DAY - timedelta(days=5), DAY), 2) == (None, 1.0, 0.5, 0.0, None, None)


@pytest.mark.parametrize("shape", Shape)
def test_a_chart_is_a_picture_and_a_table_whatever_its_names_hold(shape: Shape) -> None:
    labels = ('<a> & "b"', "=1+1,2", "plain")
    chart = Chart("odd", "<&>", shape, "what", labels, (Series("n", (1.0, None, 3.5)),), goal=2.0)
    texts = [each.text for each in ET.fromstring(chart_svg(chart)).iter() if each.tag.endswith("text")]  # noqa: S314 - our own picture
    assert "<&>" in texts
    assert labels[0] in texts
    assert chart_csv(chart).split("\r\n") == [
        "what,n,goal",
        '"<a> & ""b""",1,2',
        '"\'=1+1,2",,2',
        "plain,3.5,2",
        "",
    ]
