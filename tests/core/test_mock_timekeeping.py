"""How much time passed between two readings of a machine's clocks, whatever happened to the machine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.interview.terms import TIME_FACTORS, Terms
from prepdeck.interview.timekeeping import SILENCE_MS, SLACK_MS, Gap, GapKind, Lapse, Reading, lapse_between
from tests.full import examples

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = 3_600_000
FAR = 400 * 24 * HOUR


def read(wall_ms: int, monotonic_ms: int, boot_ms: int, boot: str = "a") -> Reading:
    return Reading(NOON + timedelta(milliseconds=wall_ms), monotonic_ms, boot_ms, boot)


def lapse(wall: int, monotonic: int, boot: int, after: str = "a", before: str = "a") -> Lapse:
    """Return the lapse when the three clocks went on by this much."""
    return lapse_between(read(0, 5_000, 90_000, before), read(wall, 5_000 + monotonic, 90_000 + boot, after))


def test_an_ordinary_second_is_a_second() -> None:
    assert lapse(1000, 1000, 1000) == Lapse(1000)


def test_nothing_passes_between_a_reading_and_itself() -> None:
    assert lapse(0, 0, 0) == Lapse(0)


def test_a_machine_that_slept_says_how_long() -> None:
    assert lapse(300_000, 1000, 300_000) == Lapse(300_000, Gap(GapKind.SLEEP, 299_000))


def test_clocks_that_differ_by_two_seconds_agree() -> None:
    assert lapse(10_000, 10_000 - SLACK_MS, 10_000).gap is None
    assert lapse(10_000, 10_000 - SLACK_MS - 1, 10_000).gap == Gap(GapKind.SLEEP, SLACK_MS + 1)
    assert lapse(10_000 - SLACK_MS, 10_000, 10_000).gap is None
    assert lapse(10_000 + SLACK_MS + 1, 10_000, 10_000).gap == Gap(GapKind.CLOCK_CHANGE, SLACK_MS + 1)


@pytest.mark.parametrize("change", [-HOUR, HOUR, -FAR, FAR])
def test_a_clock_set_back_or_on_takes_no_time(change: int) -> None:
    assert lapse(1000 + change, 1000, 1000) == Lapse(1000, Gap(GapKind.CLOCK_CHANGE, change))


def test_a_change_of_time_zone_is_no_change_of_the_clock() -> None:
    there = Reading((NOON + timedelta(seconds=1)).astimezone(timezone(timedelta(hours=9))), 6_000, 91_000, "a")
    assert lapse_between(read(0, 5_000, 90_000), there) == Lapse(1000)


def test_a_program_that_stood_still_was_away() -> None:
    assert lapse(SILENCE_MS, SILENCE_MS, SILENCE_MS).gap is None
    assert lapse(60_000, 60_000, 60_000) == Lapse(60_000, Gap(GapKind.AWAY, 60_000))


def test_after_a_restart_the_wall_clock_is_left() -> None:
    assert lapse(HOUR, -4_000, -80_000, after="b") == Lapse(HOUR, Gap(GapKind.AWAY, HOUR))


def test_a_quick_restart_is_no_gap() -> None:
    assert lapse(15_000, -4_000, -80_000, after="b") == Lapse(15_000)


def test_a_restart_with_the_clock_an_hour_back_takes_no_time_and_says_so() -> None:
    assert lapse(-HOUR, -4_000, -80_000, after="b") == Lapse(0, Gap(GapKind.CLOCK_CHANGE, -HOUR))


def test_a_restart_with_the_clock_a_second_back_takes_no_time() -> None:
    assert lapse(-1000, -4_000, -80_000, after="b") == Lapse(0)


def test_a_machine_that_cannot_name_its_runs_goes_by_the_wall_clock() -> None:
    assert lapse(5_000, 900_000, 900_000, after="", before="") == Lapse(5_000)


def test_a_run_that_is_shorter_than_it_was_is_another_run() -> None:
    assert lapse(30_000, 30_000, -1) == Lapse(30_000, Gap(GapKind.AWAY, 30_000))


steps = st.integers(-FAR, FAR)
ends = st.sampled_from(("", "a", "b"))


@given(steps, steps, steps, ends, ends)
@settings(deadline=None, max_examples=examples(200))
def test_no_time_is_ever_negative(wall: int, monotonic: int, boot: int, before: str, after: str) -> None:
    passed = lapse(wall, monotonic, boot, after, before)
    assert passed.milliseconds >= 0
    if passed.gap is not None and passed.gap.kind is not GapKind.CLOCK_CHANGE:
        assert passed.gap.milliseconds > SLACK_MS


@given(steps, st.integers(0, FAR), st.integers(0, FAR))
@settings(deadline=None, max_examples=examples(200))
def test_within_one_run_of_the_machine_the_wall_clock_counts_for_nothing(wall: int, awake: int, slept: int) -> None:
    passed = lapse(wall, awake, awake + slept)
    assert passed.milliseconds == awake + slept
    if passed.gap is not None and passed.gap.kind is GapKind.SLEEP:
        assert passed.gap.milliseconds == slept


@pytest.mark.parametrize("factor", TIME_FACTORS)
def test_the_time_factors_on_offer_can_be_chosen(factor: Fraction) -> None:
    assert Terms(time_factor=factor).time_factor == factor


@pytest.mark.parametrize("factor", [Fraction(0), Fraction(99, 100), Fraction(201, 100), Fraction(-1)])
def test_nobody_gets_less_time_or_more_than_twice_of_it(factor: Fraction) -> None:
    with pytest.raises(ValueError, match="not between 1 and 2"):
        Terms(time_factor=factor)
