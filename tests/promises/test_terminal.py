"""Promise 27 on every page: signals, stops, crashes and a terminal without colours."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path

import pytest

from tests.full import FULL
from tests.promises.harness import Terminal, fresh_home, status_of, stored_ids

pytestmark = pytest.mark.promise(27)

PAGES = {
    "home": ("", ""),
    "browse": ("b", "Browse"),
    "plan": ("p", "Plan"),
    "stories": ("S", "Stories"),
    "stats": ("s", "Stat"),
    "settings": (",", "Settings"),
}
"""The keys from home, and what the page then says."""
SOME = PAGES if FULL else ("home", "browse", "stories")
"""The pages that do without colours: the others are drawn by the same hands, and are tried in the full run."""
COLOUR = re.compile(rb"\x1b\[(?:[0-9]+[;:])*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:[;:][0-9]+)*m")
"""A sequence that sets a colour."""

FAILING = """
from prepdeck.__main__ import main
from prepdeck.tui.app import PrepdeckApp

def fail(self):
    raise ZeroDivisionError("Frontword0 [b]")

PrepdeckApp._help = fail
main()
"""
CRASHING = (sys.executable, "-c", FAILING)
"""prepdeck whose help fails in the middle of a page."""


def home_of(tmp_path: Path, **more: str) -> dict[str, str]:
    """Return the environment of a home that was welcomed already."""
    environment = fresh_home(tmp_path / "home", cards=9)
    (tmp_path / "home").mkdir(exist_ok=True)
    (tmp_path / "home" / "welcome").write_text("answered\n", encoding="utf-8")
    return {**environment, **more}


def walk(terminal: Terminal, page: str) -> int:
    """Go from the start to a page; return where the output stood when it showed."""
    seen = terminal.await_text("Help")
    keys, words = PAGES[page]
    for key in keys:
        start = len(terminal.output)
        terminal.press(key)
        seen = terminal.await_text("." if key != keys[-1] else words.replace(" ", ".{0,40}"), since=start)
    return seen


def assert_restored(output: bytes) -> None:
    """Check that the terminal is left as a shell needs it, and that nothing was said with a traceback."""
    for on, off in ((b"?1049h", b"?1049l"), (b"?1000h", b"?1000l"), (b"?25l", b"?25h"), (b"?2004h", b"?2004l")):
        assert output.rfind(b"\x1b[" + off) > output.rfind(b"\x1b[" + on), off
    assert b"Traceback" not in output


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_every_page_leaves_the_terminal_in_order(
    tmp_path: Path, page: str, number: signal.Signals, status: int
) -> None:
    with Terminal(home_of(tmp_path), rows=36, columns=120) as terminal:
        walk(terminal, page)
        terminal.process.send_signal(number)
        terminal.wait()
        assert status_of(terminal.process) == status
    assert_restored(terminal.output)


def test_a_terminal_that_vanishes_without_a_signal_ends_the_program_with_every_grade_stored(tmp_path: Path) -> None:
    with Terminal(home_of(tmp_path), "review", rows=60, columns=200, is_told=False) as terminal:
        seen = terminal.await_text("Frontword0")
        terminal.press(" ")
        seen = terminal.await_text("Backword0", since=seen)
        terminal.press("4")
        terminal.await_text("Frontword1", since=seen)
        terminal.hang_up()
        assert status_of(terminal.process) == 129
    assert len(stored_ids(home_of(tmp_path))) == 1


@pytest.mark.parametrize("stop", [signal.SIGTSTP, signal.SIGSTOP])
def test_a_stopped_program_comes_back_and_reads_each_key_once(tmp_path: Path, stop: signal.Signals) -> None:
    with Terminal(home_of(tmp_path), "review") as terminal:
        terminal.await_text("Frontword0")
        seen = len(terminal.output)
        for _ in range(2):
            terminal.process.send_signal(stop)
            os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED)
            terminal.process.send_signal(signal.SIGCONT)
            seen = terminal.await_text("Frontword0", since=terminal.await_text(r"\x1b\[\?1049h", since=seen))
        seen = len(terminal.output)
        terminal.press(" ")
        seen = terminal.await_text("Backword0", since=seen)
        terminal.press("4")
        seen = terminal.await_text("Frontword1", since=seen)
        terminal.process.send_signal(signal.SIGTERM)
        terminal.wait()
    assert len(stored_ids(home_of(tmp_path))) == 1
    assert_restored(terminal.output)


@pytest.mark.parametrize("page", SOME)
@pytest.mark.parametrize("how", ["variable", "flag"])
def test_without_colours_no_page_sends_a_colour_code(tmp_path: Path, page: str, how: str) -> None:
    environment = home_of(tmp_path, **({"NO_COLOR": "1"} if how == "variable" else {}))
    words = ("--color", "never") if how == "flag" else ()
    with Terminal(environment, *words, rows=36, columns=120) as terminal:
        walk(terminal, page)
        terminal.press("j\t")
        terminal.process.send_signal(signal.SIGTERM)
        terminal.wait()
    assert not COLOUR.findall(terminal.output)


@pytest.mark.parametrize("page", ["home", "review"])
def test_a_crash_leaves_the_terminal_in_order_and_says_three_plain_lines(tmp_path: Path, page: str) -> None:
    environment = home_of(tmp_path)
    with Terminal(environment, *(["review"] if page == "review" else []), program=CRASHING) as terminal:
        terminal.await_text("Help" if page == "home" else "Frontword0")
        terminal.press("?")
        terminal.wait()
        assert status_of(terminal.process) == 70
    assert_restored(terminal.output)
    said = terminal.output[terminal.output.rfind(b"\x1b[?1049l") :]
    words = re.sub(rb"\x1b\[[0-9;?<>=]*[a-zA-Z]|\x1b[>=]", b"", said).decode().split("\r\n")
    assert [line for line in words if line.strip()] == [
        "prepdeck stopped: an unexpected ZeroDivisionError.",
        "Your grades are saved.",
        f"What happened is written down in {tmp_path / 'home' / 'prepdeck.log'}",
    ]
    assert b"Frontword" not in said
    assert "Frontword0 [b]" in (tmp_path / "home" / "prepdeck.log").read_text(encoding="utf-8")


def test_the_flag_for_colours_beats_the_variable(tmp_path: Path) -> None:
    with Terminal(home_of(tmp_path, NO_COLOR="1"), "--color", "always") as terminal:
        walk(terminal, "home")
        terminal.process.send_signal(signal.SIGTERM)
        terminal.wait()
    assert COLOUR.findall(terminal.output)
