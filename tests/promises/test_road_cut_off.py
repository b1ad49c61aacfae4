"""A deed on the road that was told as done is there after kill -9, and one that was not leaves no half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.road_log import road_standing
from tests.promises.harness import ROOT, assert_whole, fresh_home

LINK = "https://example.org/notebook"
PRINTS = {
    ("done", "utilities-notebook", "--link", LINK): "utilities-notebook is done",
    ("start", "1"): "phase 1, Foundations, begins today",
    ("choose", "nlp-llm"): "nlp-llm is chosen",
    ("assess", "programming=3"): "begin with phase",
}
KILLED_AFTER_ITS_WORDS = """
import os, signal, sys
from prepdeck.cli import streams

say = streams.write_text

def say_and_die(*words, **more):
    say(*words, **more)
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)

streams.write_text = say_and_die
sys.argv = ["prepdeck", "roadmap", *sys.argv[1:]]
from prepdeck.__main__ import main
main()
"""
DEEDS_WITHOUT_END = """
import itertools
from prepdeck.study.desk import open_desk
from prepdeck.study.road_deeds import mark_done, reopen, start_phase

with open_desk() as desk:
    start_phase(desk, "1")
    for number in itertools.count():
        mark_done(desk, "cleaning-scripts", f"https://example.org/{number}")
        print(number, flush=True)
"""


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return fresh_home(tmp_path / "home", cards=3)


@pytest.mark.parametrize("words", PRINTS, ids=lambda words: words[0])
def test_what_was_told_is_there_after_kill_9(
    home: dict[str, str], words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED_AFTER_ITS_WORDS, *words],
        env=home,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert PRINTS[words] in done.stdout
    for name in ("PREPDECK_HOME", "PREPDECK_NO_BUNDLED"):
        monkeypatch.setenv(name, home[name])
    with open_desk(Options()) as desk:
        found = road_standing(desk)
    held = (
        [piece.link for piece in found.done.get("utilities-notebook", ())],
        set(found.started),
        dict(found.chosen),
        dict(found.levels),
    )
    assert (
        held
        == {
            "done": ([LINK], set(), {}, {}),
            "start": ([], {"foundations"}, {}, {}),
            "choose": ([], set(), {"specialisation": "nlp-llm"}, {}),
            "assess": ([], set(), {}, {"programming": 3}),
        }[words[0]]
    )
    assert_whole(home)


def test_a_program_killed_among_its_deeds_keeps_each_that_it_told(
    home: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new link takes back the old one and stores the new one in one step: never is the thing open in between."""
    told = 0
    with subprocess.Popen(
        [sys.executable, "-c", DEEDS_WITHOUT_END], env=home, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as program:
        assert program.stdout is not None
        while told < 12:
            line = program.stdout.readline()
            assert line, "it ended by itself"
            told = int(line)
        os.kill(program.pid, signal.SIGKILL)
        told = max([told, *(int(line) for line in program.stdout.read().split("\n") if line)])
    for name in ("PREPDECK_HOME", "PREPDECK_NO_BUNDLED"):
        monkeypatch.setenv(name, home[name])
    with open_desk(Options()) as desk:
        (piece,) = road_standing(desk).done["cleaning-scripts"]
    assert int(piece.link.rsplit("/", 1)[1]) in {told, told + 1}
    assert_whole(home)
