"""Promise 1 on the review screen: kill -9 right after a grade loses nothing."""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest

from tests.builders import run_here
from tests.full import times
from tests.promises.harness import Terminal, assert_whole, fresh_home, stored_ids

pytestmark = pytest.mark.promise(1)


def test_kill_9_loses_no_grade_whose_next_card_was_seen(tmp_path: Path) -> None:
    dice = random.Random(15)
    for trial in range(times(2, 20)):
        home = fresh_home(tmp_path / str(trial), cards=9)
        run_here(home, "due")
        graded = dice.randrange(1, 5)
        is_pressed = bool(trial % 2)
        with Terminal(home, "review") as terminal:
            seen = terminal.await_text("Frontword0")
            for number in range(graded):
                terminal.press(" ")
                terminal.await_text(f"Backword{number}", since=seen)
                terminal.press("3")
                seen = terminal.await_text(f"Frontword{number + 1}", since=seen)
            if is_pressed:  # one more grade on its way, which may be stored or not, but never by half
                terminal.press(" ")
                terminal.await_text(f"Backword{graded}", since=seen)
                terminal.press("3")
            terminal.process.send_signal(signal.SIGKILL)
            terminal.wait()
        assert graded <= len(stored_ids(home)) <= graded + is_pressed
        assert_whole(home)
        with Terminal(home, "review") as again:
            again.await_text(f"Frontword{len(stored_ids(home))}")
