"""Promises 9, 10 and 26: a damaged or newer database is refused untouched by every command, and history is private."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.builders import prepdeck, run_here
from tests.full import FULL, times
from tests.promises.harness import (
    PROGRAM,
    ROOT,
    Grader,
    Terminal,
    assert_said,
    assert_whole,
    database_of,
    fresh_home,
    line_of,
    stored_ids,
)

COMMANDS = [
    ["due"],
    ["due", "--json"],
    ["answer", "c0", "good"],
    ["answer", "--batch", "-"],
    ["show", "c0"],
    ["log"],
    ["undo"],
    ["backup"],
    ["rebuild"],
    ["rebuild", "--check"],
    ["review", "--plain"],
]


def empty(path: Path) -> None:
    os.truncate(path, 0)


def cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def scribble(path: Path) -> None:
    path.write_bytes(b"hello, I am a shopping list\n" * 900)


def age(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0999'")
        raw.commit()


def swap(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE passwords (site TEXT)")


def contents(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with nine answers and a backup of them."""
    home = fresh_home(tmp_path_factory.mktemp("backed-up") / "home")
    run_here(home, "answer", "--batch", "-", input="".join(line_of(f"many/c{n}", 4) for n in range(9)))
    run_here(home, "backup", str(database_of(home).parent / "backups" / "kept.db"))
    return database_of(home).parent


@pytest.mark.promise(9)
@pytest.mark.promise(10)
@pytest.mark.parametrize("harm", [empty, cut, scribble, age, swap])
def test_every_command_refuses_a_database_it_cannot_trust_and_leaves_it_as_it_is(
    backed_up: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    home = fresh_home(Path(shutil.copytree(backed_up, tmp_path / "home")))
    copy = str(tmp_path / "home" / "backups" / "kept.db")
    known = stored_ids(home)
    harm(database_of(home))
    before = contents(tmp_path / "home")
    for words in COMMANDS:
        said = (prepdeck if FULL else run_here)(home, *words, input=line_of("many/c0", 4))
        if "--json" in words:
            assert said.returncode == 5
            assert '"help": "' in said.stderr
        else:
            assert_said(said)
        if harm in {empty, cut, scribble}:
            assert f"prepdeck restore {copy}" in said.stderr
    doctor = run_here(home, "doctor")
    assert doctor.returncode == 1
    assert "wrong" in doctor.stdout
    assert "help: " in doctor.stdout
    with Terminal(home) as terminal:
        terminal.await_text("Nothing was changed")
        terminal.press("q")
        assert terminal.wait() == 5
    assert b"Traceback" not in terminal.output
    assert contents(tmp_path / "home") == before
    restored = run_here(home, "restore", copy)
    assert restored.returncode == 0, restored.stderr
    assert stored_ids(home) == known
    assert_whole(home)


@pytest.mark.promise(14)
def test_restoring_while_another_program_grades_loses_no_acknowledged_grade(backed_up: Path, tmp_path: Path) -> None:
    for trial in range(times(2, 20)):
        folder = Path(shutil.copytree(backed_up, tmp_path / str(trial)))
        home = fresh_home(folder)
        with Grader(home) as grader:
            grader.feed(*(line_of(f"many/c{number % 50}", 4) for number in range(900)))
            grader.await_acks(1 + 7 * trial % 50)
            restored = prepdeck(home, "restore", str(folder / "backups" / "kept.db"))
            if restored.returncode == 0:
                assert_said(grader.finish())  # its file was replaced
            else:
                assert_said(restored)
                grader.kill()
        kept = set()
        for database in [database_of(home), *folder.glob("backups/*.db")]:
            with closing(sqlite3.connect(database)) as raw:
                kept |= {row[0] for row in raw.execute("SELECT id FROM reviews")}
        assert {ack["review"] for ack in grader.acked} <= kept
        assert_whole(home)


@pytest.mark.promise(26)
@pytest.mark.parametrize("umask", [0o000, 0o022] if FULL else [0o000])
def test_whatever_the_umask_nobody_else_may_read_the_history(tmp_path: Path, umask: int) -> None:
    folder = tmp_path / "outer" / "home"
    decks = tmp_path / "decks"
    decks.mkdir()
    (decks / "small.yaml").write_text('deck: small\ncards: [{id: one, front: "a", back: "b"}]\n')
    home = {**fresh_home(tmp_path / "unused"), "PREPDECK_HOME": str(folder), "PREPDECK_DECKS": str(decks)}

    def run(*words: str) -> None:
        done = subprocess.run(
            [*PROGRAM, *words],
            env=home,
            umask=umask,
            cwd=ROOT,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    run("answer", "one", "good")
    run("backup")
    run("backup", str(tmp_path / "outer" / "copies" / "own.db"))
    run("config", "new_a_day", "7")
    run("restore", str(tmp_path / "outer" / "copies" / "own.db"))
    modes = {
        str(path.relative_to(tmp_path)): f"{path.stat().st_mode & 0o777:o}"
        for path in sorted((tmp_path / "outer").rglob("*"))
    }
    assert {mode for path, mode in modes.items() if (tmp_path / path).is_file()} == {"600"}, modes
    assert {mode for path, mode in modes.items() if (tmp_path / path).is_dir()} == {"700"}, modes
    assert "config.toml" in {Path(path).name for path in modes}
    assert len([path for path in modes if path.endswith(".db")]) == 4


@pytest.mark.promise(26)
def test_the_journal_of_a_write_and_the_record_of_a_crash_are_private(tmp_path: Path) -> None:
    home = fresh_home(tmp_path / "home")
    run_here(home, "due")
    with closing(sqlite3.connect(database_of(home), isolation_level=None)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("INSERT INTO facts VALUES ('a', 'b')")
        journal = database_of(home).with_name("prepdeck.db-journal")
        assert journal.stat().st_mode & 0o777 == 0o600
        raw.execute("ROLLBACK")
    crash = (
        "import sys\nimport prepdeck.cli.due as verb\n"
        "def fail(*_, **__): raise RuntimeError('made up')\n"
        "verb.print_day = fail\n"
        "from prepdeck.__main__ import main\nsys.argv = ['prepdeck', 'due']\nmain()\n"
    )
    done = subprocess.run(
        [PROGRAM[0], "-c", crash], env=home, umask=0, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "your grades are saved" in done.stderr
    assert "Traceback" not in done.stderr
    record = tmp_path / "home" / "prepdeck.log"
    assert "made up" in record.read_text()
    assert record.stat().st_mode & 0o777 == 0o600
