"""prepdeck at a terminal: when the interface opens, and when lines have to do."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

Run = Callable[..., Any]


def at_a_terminal(home: Path, typed: str, *words: str, **extra: str) -> tuple[int, str]:
    """Run prepdeck with a pseudo-terminal on all three streams; return its status and what the terminal saw."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "prepdeck", *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        cwd=home.parent,
        env={**os.environ, **extra},
        start_new_session=True,
    )
    os.close(theirs)
    os.write(ours, typed.encode())
    seen = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # Linux says so when the last writer has gone
            break
        if not chunk:
            break
        seen += chunk
    os.close(ours)
    return process.wait(30), seen.decode()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the interface was opened with; it is not the real one."""
    from prepdeck.cli import home, review

    calls: list[dict[str, Any]] = []

    def run(options: Any, **named: Any) -> int:
        calls.append({"options": options, **named})
        return 0

    monkeypatch.setitem(sys.modules, "prepdeck.tui.app", SimpleNamespace(run=run))
    for module in (home, review):
        monkeypatch.setattr(module, "at_terminal", lambda: True)
    return calls


def test_prepdeck_alone_on_a_dumb_terminal_prints_what_is_due(home: Path) -> None:
    status, seen = at_a_terminal(home, "", TERM="dumb")
    assert status == 0
    assert "0 due, 4 new" in seen
    assert "\x1b" not in seen


def test_plain_review_at_a_terminal_sends_no_escapes(home: Path) -> None:
    status, seen = at_a_terminal(home, "\n3\nq\n", "review", "--plain")
    assert status == 0
    assert "1 answer: 0 again, 0 hard, 1 good" in seen
    assert "\x1b" not in seen


def test_an_error_is_coloured_at_a_terminal(home: Path) -> None:
    assert "\x1b[1;31merror:" in at_a_terminal(home, "", "nonsense")[1]


@pytest.mark.parametrize("extra", [{"NO_COLOR": "1"}, {"TERM": "dumb"}])
def test_no_color_and_a_dumb_terminal_get_no_colours(home: Path, extra: Any) -> None:
    assert "\x1b" not in at_a_terminal(home, "", "nonsense", **extra)[1]


def test_an_empty_no_color_counts_as_unset(home: Path) -> None:
    assert "\x1b[" in at_a_terminal(home, "", "nonsense", NO_COLOR="")[1]


@pytest.mark.parametrize(("typed", "restored"), [("n\n", False), ("\n", False), ("y\n", True)])
def test_restore_asks_at_a_terminal(run: Run, home: Path, tmp_path: Path, typed: Any, restored: Any) -> None:
    run("answer", "bayes", "good")
    run("backup", str(tmp_path / "copy.db"))
    run("answer", "gaps", "good")
    status, seen = at_a_terminal(home, typed, "restore", str(tmp_path / "copy.db"))
    assert status == 0
    assert "[y/N]" in seen
    assert len(run("log", "--json").lines()) == (1 if restored else 2)


@pytest.mark.parametrize("flag", ["--yes", "--no-input"])
def test_restore_can_be_told_not_to_ask(run: Run, home: Path, tmp_path: Path, flag: str) -> None:
    run("answer", "bayes", "good")
    run("backup", str(tmp_path / "copy.db"))
    status, seen = at_a_terminal(home, "", "restore", str(tmp_path / "copy.db"), flag)
    assert status == 0
    assert "[y/N]" not in seen


def test_prepdeck_alone_opens_the_interface_with_the_flags(run: Run, opened: Any, tmp_path: Path) -> None:
    run("--ascii", "--home", str(tmp_path / "x"), "--color", "never")
    assert len(opened) == 1
    assert (opened[0]["ascii_only"], opened[0]["color"], opened[0]["start"]) == (True, False, None)
    assert opened[0]["options"].home == tmp_path / "x"


def test_review_opens_the_interface_with_the_round_that_was_asked_for(run: Run, opened: Any) -> None:
    run(
        "review",
        "probability",
        "--tag",
        "rule",
        "--minutes",
        "7.5",
        "--limit",
        "3",
        "--new",
        "2",
        "--ahead",
        "4",
        "--cram",
    )
    request = opened[0]["start"]
    assert (request.scope.decks, request.scope.tag) == (("probability",), "rule")
    assert (request.minutes, request.limit, request.new, request.ahead_days) == (7.5, 3, 2, 4)
    assert request.cram


def test_the_exit_status_of_the_interface_is_that_of_prepdeck(
    run: Run, monkeypatch: pytest.MonkeyPatch, opened: Any
) -> None:
    monkeypatch.setitem(sys.modules, "prepdeck.tui.app", SimpleNamespace(run=lambda *_, **__: 143))
    assert run().status == 143
    assert opened == []


def test_plain_before_the_verb_means_plain(run: Run, opened: Any) -> None:
    assert "[Enter] answer" in run("--plain", "review", text="q\n").out
    assert opened == []
