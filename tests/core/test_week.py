from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.scheduling.week import Week, break_words, read_break, read_breaks, read_weekdays, weekday_words
from tests.full import examples

HOLIDAYS = (date(2026, 12, 24), date(2026, 12, 27))


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2026, 11, 20), 1.0),  # a Friday
        (date(2026, 11, 21), 0.5),
        (date(2026, 12, 23), 1.0),
        (date(2026, 12, 24), 0.0),
        (date(2026, 12, 26), 0.0),  # a Saturday in the break
        (date(2026, 12, 27), 0.0),
        (date(2026, 12, 28), 1.0),
    ],
)
def test_easy_days_have_half_and_breaks_nothing(day: date, share: float) -> None:
    assert Week(read_weekdays(["sat"]), (HOLIDAYS,)).share_of(day) == share


def test_weekdays_are_named_short_or_long() -> None:
    assert read_weekdays([" Sat", "SUNDAY", "sat"]) == {5, 6}
    assert weekday_words({6, 0}) == ("mon", "sun")


@pytest.mark.parametrize("word", ["", "s", "satur", "5", "samstag"])
def test_another_word_is_no_weekday(word: str) -> None:
    with pytest.raises(ValueError, match="is no weekday"):
        read_weekdays([word])


def test_breaks_are_days_or_ranges_in_order_each_once() -> None:
    first = (date(2026, 12, 1), date(2026, 12, 1))
    assert read_breaks(["2026-12-24..2026-12-27", date(2026, 12, 1), "2026-12-01"]) == (first, HOLIDAYS)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("christmas", "neither a day nor a range"),
        ("2026-12-24 to 2026-12-27", "neither a day nor a range"),
        ("2026-12-24...2026-12-27", "neither a day nor a range"),
        (20261224, "neither a day nor a range"),
        (datetime(2026, 12, 24, 9), "neither a day nor a range"),
        ("2026-02-29", "does not exist"),
        ("2026-12-27..2026-12-24", "ends before it begins"),
        ("2026-12-24..2027-12-25", "longer than a year"),
    ],
)
def test_a_break_that_cannot_be_is_refused_with_the_reason(value: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        read_break(value)


@settings(max_examples=examples(200), deadline=None)
@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 365))
def test_a_break_reads_back_as_it_is_written(first: date, days: int) -> None:
    span = (first, date.fromordinal(first.toordinal() + days))
    assert read_break(break_words(span)) == span
