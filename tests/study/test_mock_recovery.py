"""Mocks that were cut off, and clocks that were not to be trusted."""

from __future__ import annotations

from pathlib import Path

import pytest

from prepdeck.errors import NotFound, UsageError
from prepdeck.interview.events import Moved, Paused, Written
from prepdeck.interview.mock import End, State, sheet_of
from prepdeck.interview.terms import Mode, Terms
from prepdeck.interview.timekeeping import GapKind
from prepdeck.study.mock_begin import begin_mock, load_mock
from prepdeck.study.mock_recovery import discard, find_stopped, finish_stopped, recover, stopped_mocks
from prepdeck.study.mock_sitting import read_now, ticked
from tests.study.mocks import HandClock, do, make_home, now_ms, opened, wait

MINUTE = 60_000


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_home(tmp_path, monkeypatch)


def cut_off(clock: HandClock, mode: Mode) -> str:
    """Sit ten minutes of a design mock, write, and vanish."""
    with opened(clock) as desk:
        sat = begin_mock(desk, "ml-design-45", Terms(mode=mode))
        sat = wait(desk, sat, clock, 600)
        sat = do(desk, sat, Moved(now_ms(desk, sat), 2))
        sat = do(desk, sat, Written(now_ms(desk, sat), sheet_of(0), "kept"))
        return sat.id


def test_a_strict_mock_goes_on_with_the_gap_counted(home: Path) -> None:
    clock = HandClock()
    name = cut_off(clock, Mode.STRICT)
    clock.seconds += 300
    with opened(clock) as desk:
        waiting = stopped_mocks(desk)
        assert [(each.id, each.phase, each.left_ms) for each in waiting] == [(name, 3, 30 * MINUTE)]
        sat = recover(desk, name, Mode.STRICT)
        assert sat.mock.left_ms == 30 * MINUTE
        assert sat.mock.sheets[sheet_of(0)] == "kept"
        assert sat.mock.is_strict
        assert [gap.kind for gap in sat.mock.gaps] == [GapKind.AWAY]


def test_the_same_mock_goes_on_as_practice_with_the_gap_left_out(home: Path) -> None:
    clock = HandClock()
    name = cut_off(clock, Mode.STRICT)
    clock.seconds += 300
    with opened(clock) as desk:
        sat = recover(desk, name, Mode.PRACTICE)
        assert sat.mock.left_ms == 35 * MINUTE
        assert not sat.mock.is_strict
        assert sat.mock.left_out_ms == 5 * MINUTE


def test_a_strict_mock_whose_time_is_over_meanwhile_waits_to_be_marked_with_every_note(home: Path) -> None:
    clock = HandClock()
    name = cut_off(clock, Mode.STRICT)
    clock.seconds += 3600
    with opened(clock) as desk:
        sat = recover(desk, name, Mode.STRICT)
        assert sat.mock.end is End.TIME_UP
        assert sat.mock.left_ms == 0
        assert sat.mock.sheets[sheet_of(0)] == "kept"
        assert [each.is_over for each in stopped_mocks(desk)] == [True]


def test_a_mock_is_finished_at_its_last_sign_of_life(home: Path) -> None:
    clock = HandClock()
    name = cut_off(clock, Mode.STRICT)
    clock.seconds += 9000
    with opened(clock) as desk:
        sat = finish_stopped(desk, name)
        assert sat.mock.end is End.FINISHED
        assert sat.mock.clock_ms == 10 * MINUTE


def test_a_discarded_mock_is_kept_and_waits_no_more(home: Path) -> None:
    clock = HandClock()
    name = cut_off(clock, Mode.PRACTICE)
    with opened(clock) as desk:
        assert discard(desk, name).mock.end is End.ABANDONED
        assert stopped_mocks(desk) == ()
        assert load_mock(desk, name).mock.sheets[sheet_of(0)] == "kept"
        with pytest.raises(NotFound):
            find_stopped(desk, None)


def test_a_practice_mock_cannot_become_strict(home: Path) -> None:
    clock = HandClock()
    name = cut_off(clock, Mode.PRACTICE)
    with opened(clock) as desk, pytest.raises(UsageError):
        recover(desk, name, Mode.STRICT)


def test_a_paused_mock_that_was_cut_off_runs_on_when_it_goes_on(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = begin_mock(desk, "ml-design-45", Terms(mode=Mode.PRACTICE))
        sat = wait(desk, sat, clock, 60)
        sat = do(desk, sat, Paused(now_ms(desk, sat)))
        sat = wait(desk, sat, clock, 30)
    with opened(clock) as desk:
        sat = recover(desk, sat.id, Mode.PRACTICE)
        assert sat.mock.state is State.RUNNING
        assert sat.mock.clock_ms == MINUTE
        assert sat.mock.paused_ms == MINUTE // 2


def test_a_mock_that_another_living_program_sits_is_left_alone(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = HandClock()
    name = cut_off(clock, Mode.STRICT)
    with opened(clock) as desk:
        # The claim names this process, which lives; asked from another one the mock is not free.
        monkeypatch.setattr("prepdeck.study.mock_recovery.own_token", lambda: "1:other")
        assert stopped_mocks(desk) == ()
        with pytest.raises(UsageError, match="another window"):
            recover(desk, name, Mode.STRICT)


def test_a_clock_set_back_an_hour_changes_nothing_but_is_noted(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = begin_mock(desk, "ml-design-45")
        sat = wait(desk, sat, clock, 60)
        clock.skew -= 3600
        sat = wait(desk, sat, clock, 60)
        assert sat.mock.left_ms == 43 * MINUTE
        assert [gap.kind for gap in sat.mock.gaps] == [GapKind.CLOCK_CHANGE]
        assert "clock was changed" in sat.words[0]
        assert load_mock(desk, sat.id).mock.left_ms == 43 * MINUTE


def test_a_program_that_stood_still_counts_on_a_strict_clock_and_not_in_practice(home: Path) -> None:
    for mode, left in ((Mode.STRICT, 34), (Mode.PRACTICE, 44)):
        clock = HandClock()
        with opened(clock) as desk:
            sat = begin_mock(desk, "ml-design-45", Terms(mode=mode))
            sat = wait(desk, sat, clock, 60)
            clock.seconds += 600
            sat = ticked(sat, read_now(desk))
            assert sat.mock.left_ms == left * MINUTE
            assert [gap.kind for gap in sat.mock.gaps] == [GapKind.AWAY]


def test_a_scripted_mock_of_45_minutes_ends_on_the_second_with_every_note_and_its_twist(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = begin_mock(desk, "ml-design-45")
        for minute in range(45):
            sat = do(desk, sat, Written(now_ms(desk, sat), sheet_of(0), f"minute {minute}"))
            sat = wait(desk, sat, clock, 60)
            assert sat.mock.answers[0].is_twisted == (minute >= 22)
            assert sat.mock.clock_ms == (minute + 1) * MINUTE
        assert sat.mock.end is End.TIME_UP
        assert sat.mock.left_ms == 0
        again = load_mock(desk, sat.id).mock
        assert again.sheets[sheet_of(0)] == "minute 44"
        assert again == sat.mock
