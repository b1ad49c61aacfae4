"""prepdeck as a process: what it imports, how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

SHOW_MODULES = """
import sys, json
from prepdeck.__main__ import main
sys.argv = ["prepdeck", *sys.argv[1:]]
try:
    main()
except SystemExit:
    pass
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def modules_after(home: Path, *words: str, **extra: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", SHOW_MODULES, *words],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        cwd=home.parent,
        env={**os.environ, **extra},
        check=False,
    )
    return {name.partition(".")[0] for name in json.loads(done.stderr.splitlines()[-1])}


@pytest.mark.parametrize(
    "words", [["--version"], ["--help"], ["-h"], ["review", "--help"], ["completion", "zsh"], ["nonsense"]]
)
def test_words_about_itself_load_nothing_heavy(home: Path, words: list[str]) -> None:
    heavy = {
        "textual",
        "rich",
        "sqlalchemy",
        "alembic",
        "yaml",
        "asyncio",
        "sqlite3",
        "markdown_it",
        "pygments",
        "platformdirs",
    }
    assert modules_after(home, *words) & heavy == set()


def test_the_version_loads_click_alone_beside_the_standard_library(home: Path) -> None:
    foreign = modules_after(home, "--version") - set(sys.stdlib_module_names) - {"__main__", "__mp_main__"}
    assert {name for name in foreign if not name.startswith("_")} <= {
        "click",
        "prepdeck",
        "typing_extensions",
        "colorama",
    }


@pytest.mark.parametrize(
    "words",
    [["show", "bayes"], ["paths"], ["doctor"], [], ["review"]],  # tests/house tries the others
)
def test_verbs_without_a_screen_never_load_textual(home: Path, words: list[str]) -> None:
    assert "textual" not in modules_after(home, *words)


def test_plain_review_never_loads_textual(home: Path) -> None:
    assert "textual" not in modules_after(home, "review", "--plain")


def test_sigterm_ends_with_143_and_leaves_what_was_acknowledged(home: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "prepdeck", "answer", "--batch", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=home.parent,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write('{"card": "bayes", "grade": "good"}\n')
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 143
        assert process.stderr.read() == ""


def test_an_interrupt_ends_with_130_and_no_traceback(home: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "prepdeck", "review", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=home.parent,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        while "q stop" not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr.read().strip() == ""


def test_a_closed_pipe_ends_the_log_quietly(run: Run, home: Path) -> None:
    for _ in range(3):
        run("answer", "bayes", "good")
    with subprocess.Popen(
        [sys.executable, "-m", "prepdeck", "log", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=home.parent,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.wait(30) == 0
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_full_disk_under_stdout_is_an_error_of_one_sentence(home: Path) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "prepdeck", "due"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd=home.parent,
        )
    assert done.returncode == 2
    assert done.stderr.startswith("error: stdout cannot be written: ")
    assert len(done.stderr.splitlines()) == 1


def test_closed_streams_are_no_reason_to_crash(home: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m prepdeck due <&- >&- 2>&-"],
        check=False,
        capture_output=True,
        cwd=home.parent,
    )
    assert done.returncode == 0


def test_an_ascii_stdout_takes_any_card(start: Run, decks: Path) -> None:
    (decks / "probability.yaml").write_text("deck: one\ncards:\n- {id: a, front: 'ünï → √', back: y}\n", "utf-8")
    ended = start("show", "a", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert ended.status == 0
    assert "xfc" in ended.out


def test_json_on_an_ascii_stdout_is_still_json(start: Run, decks: Path) -> None:
    (decks / "probability.yaml").write_text("deck: one\ncards:\n- {id: a, front: 'ünï → 😀', back: y}\n", "utf-8")
    ended = start("show", "a", "--json", PYTHONIOENCODING="ascii")
    assert ended.json()["title"] == "ünï → 😀"


def test_a_crash_is_three_plain_lines_and_a_log_without_the_card(
    run: Run, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prepdeck.study import today

    def fail(*_: object, **_named: object) -> None:
        raise RuntimeError("secret card text")

    monkeypatch.setattr(today, "what_waits", fail)
    ended = run("due")
    lines = ended.err.splitlines()
    assert (ended.status, ended.out) == (1, "")
    assert lines[0] == "error: prepdeck met an error of its own (RuntimeError)"
    assert lines[1] == "your grades are saved"
    assert str(home / "prepdeck.log") in lines[2]
    assert len(lines) == 3
    assert "secret" in (home / "prepdeck.log").read_text()


def test_a_crash_under_json_is_one_object(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from prepdeck.study import today

    monkeypatch.setattr(today, "what_waits", lambda _, **_named: 1 / 0)
    error = json.loads(run("due", "--json").err)["error"]
    assert (error["code"], "your grades are saved" in error["help"]) == ("crash", True)


def test_a_crash_shows_its_traceback_with_verbose(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from prepdeck.study import today

    monkeypatch.setattr(today, "what_waits", lambda _, **_named: 1 / 0)
    assert "ZeroDivisionError" in run("due", "-v").err.splitlines()[-1]
