"""A line that somebody types; a signal that comes just before the waiting begins is not slept through."""

from __future__ import annotations

import os
import select
import signal
import sys
from typing import Final

LONGEST_LINE: Final = 4096
"""Characters of one line that are read at once; a terminal hands over no more."""


def read_line() -> str:
    """Return one line with its end, or an empty string at the end of the input."""
    if sys.platform != "win32" and sys.stdin.isatty():
        _await_input(sys.stdin.fileno())
    return sys.stdin.readline(LONGEST_LINE)


def is_agreed() -> bool:
    """Tell whether the line that is typed says yes."""
    return read_line().strip().lower() in {"y", "yes"}


def _await_input(descriptor: int) -> None:
    """Return once something can be read.

    Python runs what a signal calls for between two of its instructions: one that comes after the last of them, and
    before the system begins to read, would wait until a key is pressed. A pipe that each signal writes into ends the
    waiting instead.
    """
    heard, told = os.pipe()
    try:
        os.set_blocking(told, False)
        before = signal.set_wakeup_fd(told, warn_on_full_buffer=False)
        try:
            while descriptor not in select.select([descriptor, heard], [], [])[0]:
                os.read(heard, 1)
        finally:
            signal.set_wakeup_fd(before)
    finally:
        os.close(heard)
        os.close(told)
