"""Promise 13: a checked copy of the database for every day of study, fewer of older ones."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.progress.thinning import days_kept
from prepdeck.store import inspection
from prepdeck.study.daily_copy import daily_copies, keep_daily_copy, name_of
from prepdeck.study.desk import open_desk
from prepdeck.study.reviewing import record_answer
from tests.builders import environment_of, run_here
from tests.promises.harness import run_bound

pytestmark = pytest.mark.promise(13)

ONE = CardId("small", "one")
FIRST = date(2026, 11, 22)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in environment_of(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    return tmp_path / "home"


@pytest.fixture
def on_day(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Answer a card some days after the first, or only look when `answers` is none."""

    def study(number: int, answers: int = 1) -> None:
        monkeypatch.setenv("PREPDECK_NOW", f"{FIRST + timedelta(number)}T09:00:00+00:00")
        with open_desk() as desk:
            for _ in range(answers):
                record_answer(desk, ONE, 4)

    return study


def days_in(home: Path) -> list[int]:
    return sorted((day - FIRST).days for day in daily_copies(home / "backups"))


def reviews_in(path: Path) -> int:
    with closing(sqlite3.connect(path)) as raw:
        count: int = raw.execute("SELECT count(*) FROM reviews").fetchone()[0]
    return count


def test_a_day_of_study_leaves_one_checked_private_copy(home: Path, on_day: Callable[..., None]) -> None:
    on_day(0)
    assert days_in(home) == []  # nothing of before to keep
    on_day(1)
    on_day(1)
    assert days_in(home) == [1]
    copy = home / "backups" / name_of(FIRST + timedelta(1))
    assert inspection.faults_in(copy) == ()
    assert reviews_in(copy) == 2
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_days_without_a_review_bring_no_copy(home: Path, on_day: Callable[..., None]) -> None:
    on_day(0)
    for number in range(1, 5):
        on_day(number, answers=0)
    assert days_in(home) == [1]


def test_older_copies_are_thinned_and_other_files_are_left_alone(home: Path, on_day: Callable[..., None]) -> None:
    others = ["prepdeck-20261122-090000.db", "prepdeck-daily-2026-13-45.db", "prepdeck-daily-2026-01-01.db.mine"]
    (home / "backups").mkdir()
    for name in others:
        (home / "backups" / name).write_text("mine")
    for number in range(60):
        on_day(number)
    expected: frozenset[date] = frozenset()
    for number in range(1, 60):
        expected = days_kept([*expected, FIRST + timedelta(number)])
    assert set(daily_copies(home / "backups")) == expected
    assert {path.name for path in (home / "backups").iterdir()} == {*others, *map(name_of, expected)}


def test_a_clock_that_went_back_makes_no_copy_and_throws_none_away(home: Path, on_day: Callable[..., None]) -> None:
    for number in (0, 1, 9, 3):
        on_day(number)
    assert days_in(home) == [1, 9]


def test_a_copy_that_another_prepdeck_made_meanwhile_is_taken_for_ours(
    home: Path, on_day: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day(0)
    on_day(1)
    with open_desk() as desk:
        monkeypatch.setattr("prepdeck.study.daily_copy.daily_copies", lambda _: {})
        assert keep_daily_copy(desk) is None


def test_a_folder_that_cannot_be_written_is_told_and_the_answer_is_stored(tmp_path: Path) -> None:
    home = environment_of(tmp_path / "home")
    run_here(home, "answer", "small/one", "good")
    (tmp_path / "home" / "backups").mkdir()
    (tmp_path / "home" / "backups").chmod(0o500)
    later = {**home, "PREPDECK_NOW": "2026-11-23T09:00:00+00:00"}
    done = run_bound(later, "answer", "small/one", "good")
    assert done.returncode == 0, done.stderr
    assert "note: today's backup was not made: " in done.stderr
    assert reviews_in(tmp_path / "home" / "prepdeck.db") == 2
    assert list((tmp_path / "home" / "backups").iterdir()) == []


def test_restore_takes_a_daily_copy(tmp_path: Path) -> None:
    home = environment_of(tmp_path / "home")
    run_here(home, "answer", "small/one", "good")
    later = {**home, "PREPDECK_NOW": "2026-11-23T09:00:00+00:00"}
    run_here(later, "answer", "small/one", "good")
    copy = tmp_path / "home" / "backups" / name_of(date(2026, 11, 23))
    (tmp_path / "home" / "prepdeck.db").unlink()
    assert run_here(later, "restore", "--yes", str(copy)).returncode == 0
    assert reviews_in(tmp_path / "home" / "prepdeck.db") == 2
    assert "the last daily one of 2026-11-23" in run_here(later, "doctor").stdout
