"""`lint`: what its flags print, and how it ends."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest

from prepdeck.cli.flags import Flags
from prepdeck.cli.progress_line import progress_line
from prepdeck.cli.watching import watch
from prepdeck.errors import UsageError
from tests.cli.test_process import modules_after

Run = Callable[..., Any]

STYLE = "deck: style\ncards:\n- {id: a, front: List the causes., back: x}\n"
CLEAN = "deck: style\ncards:\n- {id: a, front: Which cause comes first?, back: x}\n"


def test_a_warning_is_drawn_at_its_place_and_leaves_the_exit_status_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "style.yaml").write_text(STYLE)
    ended = run("lint", str(tmp_path / "style.yaml"))
    assert ended.status == 0
    assert ended.out.startswith("warning[W204]: ")
    assert f"--> {tmp_path / 'style.yaml'}:3:18\n" in ended.out
    assert ended.err == "0 errors, 1 warning in 1 file, 1 card\n"


def test_a_warning_fails_a_strict_lint(run: Run, tmp_path: Path) -> None:
    (tmp_path / "style.yaml").write_text(STYLE)
    assert run("lint", "--strict", str(tmp_path / "style.yaml")).status == 1


def test_explain_prints_the_page_of_a_code(run: Run) -> None:
    ended = run("lint", "--explain", "e012")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("error[E012]: unknown card kind\n")


def test_explain_all_prints_a_line_for_every_code(run: Run) -> None:
    lines = run("lint", "--explain", "all").out.splitlines()
    assert "E012  unknown card kind" in lines
    assert "W204  a front that asks for a list" in lines


def test_an_unknown_code_exits_two_and_names_the_nearest(run: Run) -> None:
    ended = run("lint", "--explain", "E0122")
    assert (ended.status, ended.out) == (2, "")
    assert "did you mean " in ended.err
    assert "E012" in ended.err


def test_explain_as_json_is_an_object(run: Run) -> None:
    report = run("lint", "--explain", "W204", "--json").json()
    assert (report["schema"], report["codes"][0]["code"]) == (1, "W204")


def test_report_prints_what_decks_hold_and_counts_on_stderr(run: Run) -> None:
    ended = run("lint", "--report")
    assert ended.status == 0
    assert ended.out.splitlines()[1].split() == ["probability", "4", "32", "1", "1", "1", "1"]
    assert ended.err == "0 errors, 0 warnings in 1 file, 4 cards\n"


@pytest.mark.parametrize("words", [["--json"], ["--format", "json"]])
def test_report_as_json_is_an_object(run: Run, words: list[str]) -> None:
    report = run("lint", "--report", *words).json()
    assert (report["schema"], report["cards"], report["decks"][0]["deck"]) == (1, 4, "probability")


@pytest.mark.parametrize(
    "words",
    [
        ["--json", "--format", "github"],
        ["--format", "github", "--report"],
        ["--format", "github", "--explain", "E012"],
        ["--explain", "E012", "deck.yaml"],
        ["--explain", "E012", "--watch"],
        ["--fix", "--watch"],
    ],
)
def test_flags_that_contradict_each_other_exit_two(run: Run, words: list[str]) -> None:
    ended = run("lint", *words)
    assert (ended.status, ended.out) == (2, "")


def test_lint_loads_neither_interface_nor_database_nor_numpy(home: Path) -> None:
    heavy = {"textual", "rich", "sqlalchemy", "alembic", "sqlite3", "numpy", "hypothesis", "asyncio"}
    assert modules_after(home, "lint", "--report") & heavy == set()


def test_help_shows_examples_and_every_flag(run: Run) -> None:
    shown = run("lint", "--help").out
    for flag in ("--format", "--run", "--strict", "--fix", "--explain", "--report", "--watch", "--json"):
        assert flag in shown
    assert "prepdeck lint --explain E012" in shown


def test_run_proves_what_is_claimed(run: Run, decks: Path) -> None:
    wrong = (decks / "probability.yaml").read_text("utf-8").replace("0.01*0.9 /", "0.02*0.9 /")
    (decks / "probability.yaml").write_text(wrong, "utf-8")
    assert run("lint").status == 0
    ended = run("lint", "--run", "--json")
    assert ended.status == 1
    assert {problem["severity"] for problem in ended.json()["problems"]} == {"error"}


def test_fix_mends_what_is_sure_says_so_and_checks_the_rest(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "style.yaml"
    path.write_text("deck: style\ncards:\n- id: a # kept\n  kind: bsaic\n  front: List the causes.\n  back: x\n")
    ended = run("lint", "--fix", str(path))
    assert ended.status == 0
    assert (
        path.read_text() == "deck: style\ncards:\n- id: a # kept\n  kind: basic\n  front: List the causes.\n  back: x\n"
    )
    assert ended.err.splitlines() == [
        f'mended {path}:4:9: unknown card kind "bsaic"',
        "0 errors, 1 warning in 1 file, 1 card",
    ]
    assert ended.out.startswith("warning[W204]: ")


def test_fix_changes_nothing_of_a_clean_deck(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "clean.yaml"
    path.write_text(CLEAN)
    ended = run("lint", "--fix", str(path))
    assert (ended.status, ended.err) == (0, "0 errors, 0 warnings in 1 file, 1 card\n")
    assert path.read_text() == CLEAN


class Interrupted:
    """A pause that edits files one after the other, and ends with ^c."""

    def __init__(self, *edits: Callable[[], object]) -> None:
        self._edits = list(edits)

    def __call__(self, _seconds: float) -> None:
        if not self._edits:
            raise KeyboardInterrupt
        self._edits.pop(0)()


def times_acted(path: Path, *edits: Callable[[], object], fails: bool = False) -> int:
    acted = []

    def act() -> int:
        acted.append(1)
        if fails and len(acted) > 1:
            raise UsageError("gone", None)
        return 0

    with pytest.raises(KeyboardInterrupt):
        watch((path,), Flags(quiet=True), act, Interrupted(*edits))
    return len(acted)


def test_watching_acts_once_and_again_after_each_change(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "style.yaml"
    path.write_text(CLEAN)
    touch = lambda: path.write_text(path.read_text() + "\n")  # noqa: E731 - an edit in a word
    assert times_acted(path) == 1
    assert times_acted(path, touch) == 2
    assert times_acted(path, lambda: None, touch, lambda: None, touch) == 3


def test_watching_outlives_a_file_that_is_gone_for_a_moment(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "style.yaml"
    path.write_text(CLEAN)
    assert times_acted(path, path.unlink, lambda: path.write_text(CLEAN), fails=True) == 3


def lines_of(stream: IO[str]) -> queue.Queue[str]:
    """Return the lines of a stream as they come."""
    lines: queue.Queue[str] = queue.Queue()

    def read() -> None:
        for line in stream:
            lines.put(line)

    threading.Thread(target=read, daemon=True).start()
    return lines


def test_watch_checks_again_after_an_edit_clears_nothing_in_a_pipe_and_ends_with_130(
    home: Path, tmp_path: Path
) -> None:
    path = tmp_path / "style.yaml"
    path.write_text(CLEAN)
    with subprocess.Popen(
        [sys.executable, "-m", "prepdeck", "lint", "--watch", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
        text=True,
    ) as watching:
        assert watching.stdout is not None
        assert watching.stderr is not None
        out, talk = lines_of(watching.stdout), lines_of(watching.stderr)
        assert talk.get(timeout=30) == "0 errors, 0 warnings in 1 file, 1 card\n"
        assert talk.get(timeout=30) == "watching for changes; ^c ends\n"
        path.write_text(STYLE)
        assert talk.get(timeout=30) == "0 errors, 1 warning in 1 file, 1 card\n"
        first = out.get(timeout=30)
        watching.send_signal(signal.SIGINT)
        assert watching.wait(timeout=30) == 130
    assert first.startswith("warning[W204]: ")


class Terminal:
    """A stream that says it is a terminal, and keeps what is written."""

    def __init__(self) -> None:
        self.written = ""

    def write(self, text: str) -> None:
        self.written += text

    def flush(self) -> None:
        """Do nothing: what is written is there."""

    def isatty(self) -> bool:
        return True


def test_progress_is_a_line_of_a_terminal_that_is_gone_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress_line("proved") as tell:
        assert tell is not None
        tell(0, 4)
        tell(1, 4)
    assert "[#####...............] 1 of 4 cards proved" in terminal.written
    assert terminal.written.endswith("\r\x1b[K")


@pytest.mark.parametrize("why", ["a pipe", "quiet", "dumb"])
def test_nobody_who_does_not_look_is_told_of_progress(monkeypatch: pytest.MonkeyPatch, why: str) -> None:
    monkeypatch.setenv("TERM", "dumb" if why == "dumb" else "xterm")
    if why != "a pipe":
        monkeypatch.setattr(sys, "stderr", Terminal())
    with progress_line("proved", quiet=why == "quiet") as tell:
        assert tell is None


def test_json_of_a_lint_is_one_object_a_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "style.yaml").write_text(STYLE)
    out = run("lint", str(tmp_path / "style.yaml"), "--json").out
    assert len(out.splitlines()) == 1
    assert json.loads(out)["problems"][0]["code"] == "W204"
