"""`demo`: what it leaves behind, which is nothing, and what it says where there is no screen."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def files_in(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def seen_until(terminal: int, words: bytes) -> bytes:
    """Read the terminal until `words` stand there."""
    seen = b""
    while words not in seen:
        seen += os.read(terminal, 65536)
    return seen


@pytest.mark.parametrize(("end", "status"), [("q", 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_the_demo_shows_home_and_leaves_nothing(
    home: Path, run: Run, tmp_path: Path, end: str | signal.Signals, status: int
) -> None:
    run("answer", "bayes", "good")
    before = files_in(home)
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "prepdeck", "demo"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=home.parent,
        env={**os.environ, "TMPDIR": str(temporary)},
        start_new_session=True,
    )
    os.close(theirs)
    seen_until(ours, b"Quit")
    seen_until(ours, b"Today")
    assert [path.name.startswith("prepdeck-demo-") for path in temporary.iterdir()] == [True]
    if isinstance(end, str):
        os.write(ours, end.encode())
    else:
        process.send_signal(end)
    try:
        while os.read(ours, 65536):
            pass
    except OSError:  # Linux says so when the last writer has gone
        pass
    os.close(ours)
    assert process.wait(30) == status
    assert list(temporary.iterdir()) == []
    assert files_in(home) == before


def test_keep_writes_a_home_and_prints_the_command_that_uses_it(home: Path, run: Run, tmp_path: Path) -> None:
    kept = tmp_path / "a kept one"
    ended = run("demo", "--keep", str(kept))
    assert ended.status == 0
    assert ended.out == f"prepdeck --home '{kept}'\n"
    assert not home.exists()
    assert "Northwind Search" in run("plan", "--home", str(kept)).out


def test_without_a_terminal_the_demo_says_what_to_do(run: Run) -> None:
    for words in ((), ("--plain",)):
        ended = run("demo", *words)
        assert ended.status == 2
        assert ended.out == ""
        assert "prepdeck demo --keep DIR" in ended.err


@pytest.mark.parametrize("words", [("--home", "x"), ("--decks", "x"), ("--db", "sqlite:///x.db")])
def test_the_demo_takes_no_home_of_anybody(run: Run, words: tuple[str, str]) -> None:
    ended = run("demo", *words)
    assert ended.status == 2
    assert "a home of its own" in ended.err
