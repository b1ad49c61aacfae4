"""Promise 8: a disk that is full, read-only, locked or gone costs a plain sentence, never a grade."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from prepdeck.store.inspection import faults_in
from tests.builders import prepdeck, run_here
from tests.promises.harness import (
    QUIT,
    Grader,
    Terminal,
    assert_said,
    assert_whole,
    database_of,
    fresh_home,
    line_of,
    run_bound,
    small_disk,
    stored_ids,
)

pytestmark = pytest.mark.promise(8)

WITH_SMALL_FILES = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
os.execv(sys.argv[2], sys.argv[2:])
"""


def begun(folder: Path, answers: int = 10) -> dict[str, str]:
    """Return a home with some answers in its log."""
    home = fresh_home(folder)
    lines = "".join(line_of(f"many/c{number}", 4) for number in range(answers))
    assert run_here(home, "answer", "--batch", "-", input=lines).returncode == 0
    return home


def read_only_verbs_work(home: dict[str, str]) -> None:
    for words in (["due"], ["log"]):
        assert run_bound(home, *words).returncode == 0, words


def assert_retry_works(home: dict[str, str], known: list[str]) -> None:
    """Check that nothing is lost, and that the refused grade is taken now."""
    assert run_here(home, "answer", "c40", "good").returncode == 0
    ids = stored_ids(home)
    assert ids[:-1] == known
    assert_whole(home)


def grade_until_it_fails(home: dict[str, str], prefix: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Grade one card after the other until the disk refuses; what was acknowledged is what is stored."""
    known = stored_ids(home)
    with Grader(home, prefix) as grader:
        for number in range(3000):
            grader.feed(line_of(f"many/c{number % 50}", 4))
            if not grader.read_until(time.monotonic() + 60, count=number + 1):
                break
        done = grader.finish()
    assert 0 < len(grader.acked) < 3000
    assert stored_ids(home) == known + [ack["review"] for ack in grader.acked]
    return done


def test_a_full_disk_refuses_a_grade_and_takes_it_when_there_is_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 600) as disk:
        home = begun(disk / "home")
        ballast = disk / "ballast"
        room = os.statvfs(disk)
        ballast.write_bytes(bytes(room.f_bavail * room.f_frsize - 80 * 1024))
        done = grade_until_it_fails(home)
        assert_said(done)
        assert "full" in done.stderr
        known = stored_ids(home)
        assert_said(prepdeck(home, "answer", "c40", "good"))
        assert_said(prepdeck(home, "backup"))
        assert list((disk / "home").glob("backups/*")) == []
        read_only_verbs_work(home)
        assert stored_ids(home) == known
        ballast.unlink()
        assert_retry_works(home, known)


def test_a_disk_that_is_full_from_the_start_gets_no_half_database(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 60) as disk:
        home = fresh_home(disk / "home", made=False)
        assert_said(prepdeck(home, "answer", "c0", "good"))
        assert [path.name for path in (disk / "home").iterdir()] == ["decks"]


def test_a_file_that_may_not_grow_refuses_a_grade(tmp_path: Path) -> None:
    home = begun(tmp_path / "home")
    room = database_of(home).stat().st_size + 3 * 4096
    done = grade_until_it_fails(home, (sys.executable, "-S", "-c", WITH_SMALL_FILES, str(room)))
    assert_said(done)
    assert_retry_works(home, stored_ids(home))


@pytest.mark.parametrize("what", ["file", "folder", "both"])
def test_a_database_that_may_not_be_written_is_read_and_refuses_a_grade(tmp_path: Path, what: str) -> None:
    home = begun(tmp_path / "home")
    known = stored_ids(home)
    folder, file = tmp_path / "home", database_of(home)
    if what != "folder":
        file.chmod(0o400)
    if what != "file":
        folder.chmod(0o500)
    try:
        refused = run_bound(home, "answer", "c40", "good")
        undone = run_bound(home, "undo")
        read_only_verbs_work(home)
    finally:
        folder.chmod(0o700)
        file.chmod(0o600)
    assert_said(refused)
    assert_said(undone)
    assert "cannot be written" in refused.stderr
    assert stored_ids(home) == known
    assert_retry_works(home, known)


def test_a_home_that_cannot_be_made_is_said_plainly(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    home = {**fresh_home(tmp_path / "elsewhere"), "PREPDECK_HOME": str(closed / "home")}
    closed.chmod(0o500)
    try:
        assert_said(run_bound(home, "due"))
    finally:
        closed.chmod(0o700)
    assert list(closed.iterdir()) == []


def test_a_database_held_by_another_program_is_given_up_after_five_seconds(tmp_path: Path) -> None:
    home = begun(tmp_path / "home")
    known = stored_ids(home)
    with closing(sqlite3.connect(database_of(home), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        refused = prepdeck(home, "answer", "c40", "good")
        took = time.monotonic() - began
        other.execute("ROLLBACK")
    assert_said(refused)
    assert "another program holds" in refused.stderr
    assert 4.5 <= took <= 12, took
    assert_retry_works(home, known)


def test_a_running_batch_waits_for_a_lock_and_gives_up_without_losing_anything(tmp_path: Path) -> None:
    home = begun(tmp_path / "home")
    known = stored_ids(home)
    with closing(sqlite3.connect(database_of(home), isolation_level=None)) as other, Grader(home) as grader:
        grader.feed(line_of("many/c30", 4))
        grader.await_acks(1)
        other.execute("BEGIN IMMEDIATE")
        grader.feed(line_of("many/c31", 4))
        assert grader.read_until(time.monotonic() + 1.0, count=2)
        assert len(grader.acked) == 1
        other.execute("ROLLBACK")
        grader.await_acks(2)
        other.execute("BEGIN IMMEDIATE")
        grader.feed(line_of("many/c32", 4))
        done = grader.finish()
        other.execute("ROLLBACK")
    assert_said(done)
    known += [ack["review"] for ack in grader.acked]
    assert len(grader.acked) == 2
    assert stored_ids(home) == known
    assert_retry_works(home, known)


def move(home: Path) -> Path:
    return (home / "prepdeck.db").rename(home / "moved.db")


def delete(home: Path) -> None:
    (home / "prepdeck.db").unlink()


def replace(home: Path) -> Path:
    shutil.copy(home / "prepdeck.db", home / "other.db")
    kept = (home / "prepdeck.db").rename(home / "moved.db")
    (home / "other.db").rename(home / "prepdeck.db")
    return kept


def delete_folder(home: Path) -> None:
    shutil.rmtree(home)


@pytest.mark.parametrize("vanish", [move, delete, replace, delete_folder])
def test_a_database_that_vanishes_under_a_running_batch_takes_no_more_grades(
    tmp_path: Path, vanish: Callable[[Path], Path | None]
) -> None:
    home = begun(tmp_path / "home")
    known = stored_ids(home)
    with Grader(home) as grader:
        grader.feed(line_of("many/c30", 4))
        grader.await_acks(1)
        kept = vanish(tmp_path / "home")
        grader.feed(line_of("many/c31", 4))
        done = grader.finish()
    assert_said(done)
    assert len(grader.acked) == 1
    if kept is not None:
        assert faults_in(kept) == ()
        kept.replace(database_of(home))
        assert_retry_works(home, [*known, grader.acked[0]["review"]])
    else:
        assert not database_of(home).exists()


def test_the_screen_keeps_the_card_while_the_database_is_held_and_stores_it_afterwards(tmp_path: Path) -> None:
    home = fresh_home(tmp_path / "home", cards=3)
    run_here(home, "due")
    with (
        closing(sqlite3.connect(database_of(home), isolation_level=None)) as other,
        Terminal(home, "review") as terminal,
    ):
        terminal.await_text("Frontword0")
        terminal.press(" ")
        terminal.await_text("Backword0")
        other.execute("BEGIN EXCLUSIVE")
        terminal.press("3")
        seen = terminal.await_text("holds the database")
        assert b"Frontword1" not in terminal.output
        other.execute("ROLLBACK")
        assert stored_ids(home) == []
        terminal.press("3")
        terminal.await_text("Frontword1", since=seen)
        assert len(stored_ids(home)) == 1
        terminal.press(QUIT)
        assert terminal.wait() == 0
    assert b"Traceback" not in terminal.output
    assert_whole(home)


def test_plain_lines_ask_again_for_a_grade_that_could_not_be_stored(tmp_path: Path) -> None:
    home = fresh_home(tmp_path / "home", cards=3)
    run_here(home, "due")
    with (
        closing(sqlite3.connect(database_of(home), isolation_level=None)) as other,
        Terminal(home, "review", "--plain") as terminal,
    ):
        terminal.await_text("Frontword0")
        terminal.press("\n")
        terminal.await_text("u undo, q stop")
        other.execute("BEGIN EXCLUSIVE")
        terminal.press("good\n")
        seen = terminal.await_text("help: close the other program")
        other.execute("ROLLBACK")
        terminal.press("good\n")
        terminal.await_text("good, next", since=seen)
        terminal.press("q\n")
        assert terminal.wait() == 0
    assert len(stored_ids(home)) == 1
    assert b"Traceback" not in terminal.output
