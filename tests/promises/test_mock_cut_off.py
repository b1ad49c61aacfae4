"""A real mock of three minutes, cut off by kill -9 in the middle, ends in a debrief with every note."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import environment_of, prepdeck
from tests.study.mocks import MAIN

FORMATS = """\
formats:
- id: three
  title: Three minutes
  minutes: 3
  rubric: fundamentals
  draw: {rapid: 2}
  phases:
  - {id: warm-up, title: Warm-up, minutes: 1}
  - {id: fire, title: Rapid fire, minutes: 2, repeat: 2, asks: rapid}
"""


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    environment = environment_of(tmp_path / "home", decks=MAIN, now=None)
    (tmp_path / "home" / "decks" / "three.yaml").write_text(FORMATS, "utf-8")
    return environment


def begin(home: dict[str, str], *words: str, format_name: str = "three") -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "prepdeck", "mock", format_name, "--plain", *words]
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        command, env=home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=root
    )


def hear(program: subprocess.Popen[str], words: str) -> str:
    """Return what the program says until it has said some words."""
    assert program.stdout is not None
    said = ""
    while words not in said:
        line = program.stdout.readline()
        assert line, said
        said += line
    return said


def type_in(program: subprocess.Popen[str], words: str) -> None:
    assert program.stdin is not None
    program.stdin.write(words)
    program.stdin.flush()


@pytest.mark.parametrize("mode", [(), ("--practice",)])
def test_kill_9_loses_no_note_and_the_mock_ends_in_its_debrief(home: dict[str, str], mode: tuple[str, ...]) -> None:
    program = begin(home, *mode)
    hear(program, "Phase 1 of 2")
    type_in(program, "warm words\n/n\nfirst answer\n/notes\n")
    hear(program, "first answer")  # it is stored before it is read back
    os.kill(program.pid, signal.SIGKILL)
    program.communicate()
    marks = "3\n3\n" + "3 as I said\n" * 4
    on = prepdeck(home, "mock", "resume", *mode, "--plain", input=f"/n\nsecond answer\n/f\n/f\n3\n{marks}")
    assert on.returncode == 0, on.stderr
    told = json.loads(prepdeck(home, "mock", "report", "--json").stdout)
    assert told["notes"] == [{"phase": "Warm-up", "text": "warm words\n"}]
    assert [each["answer"] for each in told["questions"]] == ["first answer\n", "second answer\n"]
    assert (told["recoveries"], told["strict"], told["verdict"]) == (1, not mode, "lean-yes")
    assert sum(each["actual_seconds"] for each in told["phases"]) == pytest.approx(told["active_seconds"])
    assert 0 < told["active_seconds"] < 180


def test_a_second_program_does_not_take_a_living_mock_for_cut_off(home: dict[str, str]) -> None:
    program = begin(home)
    hear(program, "Phase 1 of 2")
    refused = prepdeck(home, "mock", "resume", "--plain")
    assert refused.returncode == 2
    assert "another window" in refused.stderr
    type_in(program, "/q\n")
    program.communicate(timeout=30)
    assert prepdeck(home, "mock", "resume", "--plain", input="/q\n").returncode == 0


def test_a_third_program_does_not_take_over_a_mock_because_a_second_one_began_another(home: dict[str, str]) -> None:
    first = begin(home)
    hear(first, "Phase 1 of 2")
    name = newest(home)
    second = begin(home, format_name="deep-dive-45")
    hear(second, "Phase 1 of")
    for words in (("resume", name, "--plain"), ("resume", name, "--discard", "--plain"), ("resume", "--plain")):
        refused = prepdeck(home, "mock", *words, input="/f\n/f\n")
        assert (refused.returncode, "another window" in refused.stderr) == (2, True), words
    type_in(first, "still mine\n/f\n/f\n")
    hear(first, "Finished.")
    for program in (first, second):
        program.communicate(timeout=30)
    told = prepdeck(home, "mock", "resume", name, "--plain", input="3\n3\n" + "3 as I said\n" * 4)
    assert told.returncode == 0, told.stderr
    assert "still mine" in prepdeck(home, "mock", "report", name).stdout


def newest(home: dict[str, str]) -> str:
    with sqlite3.connect(Path(home["PREPDECK_HOME"]) / "prepdeck.db") as raw:
        name: str = raw.execute("SELECT id FROM mocks ORDER BY id DESC").fetchone()[0]
    return name


def test_a_practice_mock_goes_on_as_practice_without_being_told(home: dict[str, str]) -> None:
    program = begin(home, "--practice")
    hear(program, "Phase 1 of 2")
    program.communicate("/q\n", timeout=30)
    on = prepdeck(home, "mock", "resume", "--plain", input="/q\n")
    assert (on.returncode, "practice" in on.stdout) == (0, True), on.stderr
