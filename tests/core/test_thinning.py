"""Which daily copies stay."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.progress.thinning import DAYS, MONTHS, WEEKS, days_kept
from tests.full import examples

FIRST = date(2026, 1, 1)
DATES = st.sets(st.dates(FIRST, date(2030, 1, 1)), max_size=60)


@settings(deadline=None, max_examples=examples(200))
@given(DATES)
def test_only_days_that_were_there_are_kept_and_no_more_than_the_rule_allows(days: set[date]) -> None:
    kept = days_kept(days)
    assert kept <= days
    assert len(kept) <= DAYS + WEEKS + MONTHS
    assert set(sorted(days)[-DAYS:]) <= kept


@settings(deadline=None, max_examples=examples(200))
@given(DATES)
def test_the_newest_copy_of_each_late_week_and_month_is_kept(days: set[date]) -> None:
    kept = days_kept(days)
    months = sorted({(day.year, day.month) for day in days})[-MONTHS:]
    weeks = sorted({day.isocalendar()[:2] for day in days})[-WEEKS:]
    assert {max(day for day in days if (day.year, day.month) == month) for month in months} <= kept
    assert {max(day for day in days if day.isocalendar()[:2] == week) for week in weeks} <= kept


@settings(deadline=None, max_examples=examples(200))
@given(DATES)
def test_thinning_twice_keeps_the_same(days: set[date]) -> None:
    assert days_kept(days_kept(days)) == days_kept(days)


def test_a_year_of_days_thinned_each_day_leaves_copies_of_days_weeks_and_months() -> None:
    kept: frozenset[date] = frozenset()
    for number in range(400):
        kept = days_kept([*kept, FIRST + timedelta(number)])
    last = FIRST + timedelta(399)
    assert {last - timedelta(number) for number in range(DAYS)} <= kept
    assert len({(day.year, day.month) for day in kept}) == MONTHS
    assert min(kept) == date(2026, 3, 31)
