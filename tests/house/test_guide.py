from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.builders import environment_of
from tests.full import FULL
from tests.tui.stage import REWRITES

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "guide.md"
SHOWN_HOME = "/home/ada/prepdeck"
SHOWN_SOURCE = "/home/ada/source"
DAILY_STEPS = 9
"""Steps of the page that the daily run plays; a full run plays all."""
STEP = re.compile(
    r"^<!-- (?P<what>now|run): (?P<value>[^\n]*) -->$|^```console\n(?P<block>.*?)^```$", re.MULTILINE | re.DOTALL
)

pytestmark = [
    pytest.mark.skipif(not PAGE.exists(), reason="only a checkout has the page"),
]


class Terminal:
    """A shell in a fresh home whose clock the page sets."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        (folder / "bin").mkdir()
        program = folder / "bin" / "prepdeck"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m prepdeck "$@"\n')
        program.chmod(0o755)
        self._folder = folder
        self._environment = {
            **environment_of(self.home, decks="", PYTHONPATH=str(ROOT), COLUMNS="80", TZ="UTC"),
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        }
        self._environment.pop("PREPDECK_NO_BUNDLED", None)

    def set_clock(self, moment: str) -> None:
        self._environment["PREPDECK_NOW"] = moment

    def run(self, command: str) -> str:
        done = subprocess.run(
            ["/bin/sh", "-c", command.replace(SHOWN_HOME, str(self.home))],
            env=self._environment,
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=60,
        )
        assert "error:" not in done.stdout, (command, done.stdout)
        return done.stdout.replace(str(self.home), SHOWN_HOME).replace(str(ROOT), SHOWN_SOURCE)


def played(text: str, terminal: Terminal) -> str:
    """Return the page with what its commands print now."""

    def play(step: re.Match[str]) -> str:
        match step["what"]:
            case "now":
                terminal.set_clock(step["value"])
            case "run":
                terminal.run(step["value"])
            case _:
                commands = [line[2:] for line in step["block"].splitlines() if line.startswith("$ ")]
                return "```console\n" + "".join(f"$ {each}\n{terminal.run(each)}" for each in commands) + "```"
        return step[0]

    return STEP.sub(play, text, count=0 if FULL or REWRITES else DAILY_STEPS)


def test_what_the_guide_shows_is_what_its_commands_print(tmp_path: Path) -> None:
    text = PAGE.read_text("utf-8")
    found = played(text, Terminal(tmp_path))
    if REWRITES:
        PAGE.write_text(found, "utf-8")
    assert found.count("```console") > 10
    assert found == text
