"""Code of a mock in the learner's own editor: what is saved there counts from when it was saved, and is never lost."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from prepdeck.interview.events import Moved
from prepdeck.interview.mock import End, sheet_of
from prepdeck.study.editors import wait_for_editor
from prepdeck.study.mock_begin import begin_mock, load_mock
from prepdeck.study.mock_editing import DraftWatch, earlier_of, forget_drafts, open_draft
from prepdeck.study.mock_sitting import Sat, read_now, store_pending
from tests.study.mocks import Desk, HandClock, do, make_home, now_ms, opened

CODE = sheet_of(0, is_code=True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_home(tmp_path, monkeypatch)


def coding(desk: Desk) -> Sat:
    sat = begin_mock(desk, "coding-45")
    return do(desk, sat, Moved(now_ms(desk, sat), 2))


def watching(desk: Desk, sat: Sat, path: Path) -> DraftWatch:
    return DraftWatch(sat, 0, path, lambda: read_now(desk), lambda each: store_pending(desk, each))


def save(path: Path, text: str, seconds_ago: float = 0.0) -> None:
    path.write_text(text, "utf-8")
    os.utime(path, (time.time() - seconds_ago,) * 2)


def test_what_an_editor_saves_is_stored_while_it_runs(home: Path) -> None:
    with opened(HandClock()) as desk:
        sat = coding(desk)
        path = open_draft(desk, sat, 0)
        watch = watching(desk, sat, path)
        save(path, "def up(x):\n    return 7\n")
        watch.look()
        assert load_mock(desk, sat.id).mock.sheets[CODE] == "def up(x):\n    return 7\n"
        assert watch.sat.pending == ()


def test_time_in_the_editor_runs_on_and_is_no_absence(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = coding(desk)
        watch = watching(desk, sat, open_draft(desk, sat, 0))
        for _ in range(240):
            clock.seconds += 0.5
            watch.look()
        assert watch.sat.mock.left_ms == 43 * 60_000
        assert watch.sat.mock.gaps == ()
        assert load_mock(desk, sat.id).read_ms >= 117_000


def test_code_saved_in_time_counts_though_the_editor_ends_after_the_lock(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = coding(desk)
        path = open_draft(desk, sat, 0)
        watch = watching(desk, sat, path)
        clock.seconds += 46 * 60
        save(path, "in time\n", seconds_ago=120)
        watch.look()
        assert watch.sat.mock.end is End.TIME_UP
        assert (load_mock(desk, sat.id).mock.sheets[CODE], watch.is_late) == ("in time\n", False)
        save(path, "too late\n")
        watch.look()
        assert (load_mock(desk, sat.id).mock.sheets[CODE], watch.is_late) == ("in time\n", True)


def test_a_draft_that_nobody_read_back_is_kept_beside_the_new_one(home: Path) -> None:
    with opened(HandClock()) as desk:
        sat = coding(desk)
        path = open_draft(desk, sat, 0)
        save(path, "saved after the program died\n")
        again = open_draft(desk, sat, 0)
        assert again == path
        assert earlier_of(path).read_text("utf-8") == "saved after the program died\n"
        assert "saved after" not in path.read_text("utf-8")


def test_an_editor_is_looked_after_until_it_ends(tmp_path: Path) -> None:
    looks: list[int] = []
    wait_for_editor((sys.executable, "-c", "import time; time.sleep(0.8)"), lambda: looks.append(1))
    assert len(looks) >= 2


def test_a_draft_that_nobody_read_back_outlives_the_mock(home: Path) -> None:
    with opened(HandClock()) as desk:
        sat = coding(desk)
        path = open_draft(desk, sat, 0)
        save(path, "saved after the program died\n")
        open_draft(desk, sat, 0)
        forget_drafts(desk, sat)
        assert (path.exists(), earlier_of(path).exists()) == (False, True)
