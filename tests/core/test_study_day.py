from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.scheduling.study_day import live_study_day, study_day
from tests.full import examples

ZONES = [
    "UTC",
    "Asia/Tokyo",
    "America/Los_Angeles",
    "Europe/Berlin",
    "Pacific/Apia",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "America/St_Johns",
    "Asia/Kathmandu",
]


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-22T03:59:59", date(2026, 11, 21)),
        ("2026-11-22T04:00:00", date(2026, 11, 22)),
        ("2026-11-23T01:30:00", date(2026, 11, 22)),
        ("2028-03-01T02:00:00", date(2028, 2, 29)),
        ("2027-01-01T00:30:00", date(2026, 12, 31)),
    ],
)
def test_a_study_day_begins_at_four_in_the_morning(moment: str, day: date) -> None:
    assert study_day(datetime.fromisoformat(moment).replace(tzinfo=UTC)) == day


@settings(max_examples=examples(400), deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    start=st.datetimes(datetime(1975, 1, 1), datetime(2090, 1, 1)),
    minutes=st.integers(1, 36 * 60),
    rollover=st.times(max_value=time(12, 0)),
)
def test_study_days_never_go_back_and_never_skip_within_a_zone(
    zone: str, start: datetime, minutes: int, rollover: time
) -> None:
    if zone == "Pacific/Apia" and date(2011, 12, 27) < start.date() < date(2012, 1, 2):
        start = start.replace(year=2013)  # Samoa struck a whole day from its calendar; no rule could count it
    earlier = start.replace(tzinfo=UTC)
    later = earlier + timedelta(minutes=minutes)
    first = study_day(earlier.astimezone(ZoneInfo(zone)), rollover)
    second = study_day(later.astimezone(ZoneInfo(zone)), rollover)
    # The wall clock may repeat up to an hour or two where summer time ends around the rollover.
    assert (second - first).days >= (0 if minutes > 120 else -1)
    assert (second - first).days <= minutes // (22 * 60) + 1


def test_two_years_of_half_hours_in_nine_zones_never_go_back_or_skip() -> None:
    for name in ZONES:
        zone = ZoneInfo(name)
        moment = datetime(2025, 1, 1, tzinfo=UTC)
        before = study_day(moment.astimezone(zone))
        for _ in range(2 * 365 * 48):
            moment += timedelta(minutes=30)
            day = study_day(moment.astimezone(zone))
            assert (day - before).days in {0, 1}, (name, moment)
            before = day


def test_the_first_day_of_the_calendar_has_no_day_before() -> None:
    assert study_day(datetime(1, 1, 1, 1, tzinfo=UTC)) == date.min


def test_a_live_answer_on_a_clock_set_back_counts_on_the_last_study_day() -> None:
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert live_study_day(now, date(2026, 11, 22)) == (date(2026, 11, 22), True)
    assert live_study_day(now, date(2026, 11, 19)) == (date(2026, 11, 20), False)
    assert live_study_day(now, None) == (date(2026, 11, 20), False)
