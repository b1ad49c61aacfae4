"""Promise 27: dying by a signal or with the window loses nothing and leaves a usable terminal."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import prepdeck
from tests.full import times
from tests.promises.harness import Grader, Terminal, assert_whole, fresh_home, line_of, status_of, stored_ids

pytestmark = pytest.mark.promise(27)

Death = Callable[[Terminal], object]


def terminate(terminal: Terminal) -> None:
    terminal.process.send_signal(signal.SIGTERM)


def hang_up(terminal: Terminal) -> None:
    terminal.process.send_signal(signal.SIGHUP)


def close_window(terminal: Terminal) -> None:
    terminal.hang_up()


DEATHS = pytest.mark.parametrize(("die", "status"), [(terminate, 143), (hang_up, 129), (close_window, 129)])


@DEATHS
def test_the_screen_dies_with_every_shown_grade_stored_and_the_terminal_restored(
    tmp_path: Path, die: Death, status: int
) -> None:
    dice = random.Random(27)
    for trial in range(times(1, 20)):
        home = fresh_home(tmp_path / str(trial), cards=9)
        prepdeck(home, "due")
        graded = dice.randrange(1, 6)
        with Terminal(home, "review") as terminal:
            seen = terminal.await_text("Frontword0")
            for number in range(graded):
                terminal.press(" ")
                terminal.await_text(f"Backword{number}", since=seen)
                terminal.press("4")
                seen = terminal.await_text(f"Frontword{number + 1}", since=seen)
            if dice.randrange(2):
                terminal.press(" ")
                terminal.await_text(f"Backword{graded}", since=seen)
            die(terminal)
            terminal.wait()
            assert status_of(terminal.process) == status
        assert len(stored_ids(home)) == graded
        assert b"Traceback" not in terminal.output
        if die is not close_window:
            assert b"\x1b[?1049l" in terminal.output
            assert b"\x1b[?1000l" in terminal.output
            assert b"\x1b[?25h" in terminal.output
        assert_whole(home)


@DEATHS
def test_plain_lines_die_with_every_said_grade_stored(tmp_path: Path, die: Death, status: int) -> None:
    home = fresh_home(tmp_path / "home", cards=9)
    with Terminal(home, "review", "--plain") as terminal:
        seen = 0
        for number in range(4):
            terminal.await_text(f"Frontword{number}", since=seen)
            terminal.press("\n")
            seen = terminal.await_text("q stop  ", since=terminal.await_text(f"Backword{number}", since=seen))
            terminal.press("easy\n")
            seen = terminal.await_text("easy, next", since=seen)
        terminal.await_text("Frontword4", since=seen)
        die(terminal)
        terminal.wait()
        assert status_of(terminal.process) == status
    assert len(stored_ids(home)) == 4
    assert b"Traceback" not in terminal.output
    assert_whole(home)


@DEATHS
def test_a_batch_on_a_terminal_dies_with_every_acknowledged_grade_stored(
    tmp_path: Path, die: Death, status: int
) -> None:
    home = fresh_home(tmp_path / "home")
    with Terminal(home, "answer", "--batch", "-") as terminal:
        seen = 0
        for number in range(3):
            terminal.press(line_of(f"many/c{number}", 4))
            seen = terminal.await_text(r'"repetition": 1, .*\n', since=seen)
        die(terminal)
        terminal.wait()
        assert status_of(terminal.process) == status
    assert len(stored_ids(home)) == 3
    assert b"Traceback" not in terminal.output


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_batch_that_is_ended_at_work_has_stored_what_it_acknowledged(
    tmp_path: Path, number: signal.Signals, status: int
) -> None:
    dice = random.Random(28)
    home = fresh_home(tmp_path / "home")
    for _ in range(times(2, 40)):
        before = stored_ids(home) if (tmp_path / "home" / "prepdeck.db").exists() else []
        with Grader(home) as grader:
            grader.feed(*(line_of(f"many/c{dice.randrange(50)}", 4) for _ in range(600)))
            grader.await_acks(dice.randrange(1, 100))
            grader.process.send_signal(number)
            done = grader.finish()
        assert done.returncode == status, done.stderr
        assert done.stderr == ""
        after = stored_ids(home)
        assert set(before) | {ack["review"] for ack in grader.acked} <= set(after)
        assert len(after) - len(before) - len(grader.acked) <= 1
    assert_whole(home)
