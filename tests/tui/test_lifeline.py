"""A terminal that vanishes: noticed, and written to without an error."""

from __future__ import annotations

import os
import pty
from collections.abc import Iterator
from pathlib import Path

import pytest

from prepdeck.tui.lifeline import Outlet, is_gone


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Both ends of a terminal: the window's and the program's."""
    window, program = pty.openpty()
    yield window, program
    for end in (window, program):
        try:
            os.close(end)
        except OSError:
            continue


def test_a_terminal_is_there_until_its_window_closes(terminal: tuple[int, int]) -> None:
    window, program = terminal
    assert not is_gone(program)
    os.write(window, b"typed")
    assert not is_gone(program)
    os.close(window)
    assert is_gone(program)


def test_a_pipe_is_gone_once_nobody_can_write_into_it() -> None:
    out, into = os.pipe()
    assert not is_gone(out)
    os.close(into)
    assert is_gone(out)
    os.close(out)


def test_a_file_and_a_closed_descriptor_do_not_confuse_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("words", encoding="utf-8")
    with (tmp_path / "file").open(encoding="utf-8") as file:
        assert not is_gone(file.fileno())
    out, into = os.pipe()
    os.close(into)
    os.close(out)
    assert is_gone(out)


def test_what_is_drawn_after_the_window_closed_goes_nowhere(terminal: tuple[int, int]) -> None:
    window, program = terminal
    stream = os.fdopen(os.dup(program), "w", encoding="utf-8")
    outlet = Outlet(stream)
    outlet.write("seen\n")
    outlet.flush()
    assert os.read(window, 100) == b"seen\r\n"
    os.close(window)
    for _ in range(100):
        outlet.write("unseen\n")
        outlet.flush()
    stream.close()  # nothing is held back that could fail here
