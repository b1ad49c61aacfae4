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


def changes_of(name: str) -> list[datetime]:
    """Return the moments in UTC, to the hour, at which a zone sets its clocks, 1971 to 2037."""
    zone = ZoneInfo(name)
    days = [datetime(1971, 1, 1, tzinfo=UTC) + timedelta(days=number) for number in range(67 * 365)]
    offsets = [day.astimezone(zone).utcoffset() for day in days]
    changed = [day for day, before, after in zip(days, offsets, offsets[1:], strict=False) if before != after]
    hours = [day + timedelta(hours=hour) for day in changed for hour in range(24)]
    return [
        hour
        for hour in hours
        if hour.astimezone(zone).utcoffset() != (hour + timedelta(hours=1)).astimezone(zone).utcoffset()
    ]


CHANGES = {name: changes for name in ZONES if (changes := changes_of(name))}
ROLLOVERS = st.builds(time, st.integers(0, 12), st.integers(0, 59))


def crosses_date_line(before: datetime, after: datetime) -> bool:
    """Tell whether a day was struck from the calendar in between, as on Samoa in 2011; no rule could count it."""
    shift = (after.utcoffset() or timedelta()) - (before.utcoffset() or timedelta())
    return abs(shift) > timedelta(hours=12)


@settings(max_examples=examples(250), deadline=None)
@given(zone=st.sampled_from(sorted(CHANGES)), data=st.data(), rollover=ROLLOVERS)
def test_around_every_clock_change_study_days_never_go_back_and_never_skip(
    zone: str, data: st.DataObject, rollover: time
) -> None:
    change = data.draw(st.sampled_from(CHANGES[zone]), "change")
    steps = data.draw(st.lists(st.integers(1, 90), min_size=1, max_size=12), "minutes between looks")
    moment = change + timedelta(minutes=data.draw(st.integers(-180, 90), "first look"))
    before = moment.astimezone(ZoneInfo(zone))
    for minutes in steps:
        moment += timedelta(minutes=minutes)
        after = moment.astimezone(ZoneInfo(zone))
        days = (study_day(after, rollover) - study_day(before, rollover)).days
        assert days in ({0, 1, 2} if crosses_date_line(before, after) else {0, 1})
        before = after


@settings(max_examples=examples(200), deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    start=st.datetimes(datetime(1975, 1, 1), datetime(2090, 1, 1)),
    minutes=st.integers(1, 36 * 60),
    rollover=ROLLOVERS,
)
def test_study_days_never_go_back_and_never_skip_within_a_zone(
    zone: str, start: datetime, minutes: int, rollover: time
) -> None:
    earlier = start.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    later = (start.replace(tzinfo=UTC) + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    days = (study_day(later, rollover) - study_day(earlier, rollover)).days
    assert 0 <= days <= minutes // (22 * 60) + 1 + crosses_date_line(earlier, later)


@pytest.mark.parametrize(
    ("wall", "fold", "day"),
    [
        ("02:10", 0, 24),
        ("02:40", 0, 25),
        ("02:10", 1, 25),  # the clock was set back behind the rollover
        ("02:40", 1, 25),
        ("03:10", 0, 25),
    ],
)
def test_a_day_that_began_in_the_hour_that_comes_twice_does_not_begin_again(wall: str, fold: int, day: int) -> None:
    berlin = datetime.fromisoformat(f"2026-10-25T{wall}").replace(tzinfo=ZoneInfo("Europe/Berlin"), fold=fold)
    assert study_day(berlin, time(2, 30)) == date(2026, 10, day)


def test_a_rollover_after_the_hour_that_comes_twice_waits_for_it() -> None:
    berlin = datetime(2026, 10, 25, 2, 40, tzinfo=ZoneInfo("Europe/Berlin"), fold=1)
    assert study_day(berlin, time(3, 0)) == date(2026, 10, 24)


def test_where_the_rollover_is_skipped_the_day_begins_behind_the_gap() -> None:
    zone = ZoneInfo("Europe/Berlin")
    before, after = datetime(2026, 3, 29, 1, 59, tzinfo=zone), datetime(2026, 3, 29, 3, 0, tzinfo=zone)
    assert [study_day(moment, time(2, 30)) for moment in (before, after)] == [date(2026, 3, 28), date(2026, 3, 29)]


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


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("fold", [0, 1])
def test_the_last_day_of_the_calendar_has_a_study_day(zone: str, fold: int) -> None:
    night = datetime(9999, 12, 31, 23, 59, tzinfo=ZoneInfo(zone), fold=fold)
    morning = night.replace(hour=1)
    assert (study_day(night), study_day(morning)) == (date.max, date(9999, 12, 30))


@settings(max_examples=examples(200), deadline=None)
@given(
    now=st.datetimes(datetime(1971, 1, 1), datetime(8999, 1, 1)),
    last=st.dates() | st.none(),
    zone=st.sampled_from(ZONES),
    rollover=ROLLOVERS,
)
def test_a_live_answer_never_counts_before_the_last_one_however_the_clock_jumps(
    now: datetime, last: date | None, zone: str, rollover: time
) -> None:
    local = now.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    today = study_day(local, rollover)
    day, set_back = live_study_day(local, last, rollover)
    assert day == (today if last is None else max(today, last))
    assert set_back is (day != today)


def test_a_live_answer_on_a_clock_set_back_counts_on_the_last_study_day() -> None:
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)
    assert live_study_day(now, date(2026, 11, 22)) == (date(2026, 11, 22), True)
    assert live_study_day(now, date(2026, 11, 19)) == (date(2026, 11, 20), False)
    assert live_study_day(now, None) == (date(2026, 11, 20), False)
