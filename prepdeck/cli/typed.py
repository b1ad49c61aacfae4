"""What is typed or piped in; a signal that comes just before the waiting begins is not slept through."""

from __future__ import annotations

import io
import os
import select
import signal
import sys
from typing import TYPE_CHECKING, BinaryIO, Final

if TYPE_CHECKING:
    from typing_extensions import Buffer

LONGEST_LINE: Final = 1 << 20
"""Characters of one line; a longer one counts as several. A terminal hands over 4096 at most."""


def read_line() -> str:
    """Return one line with its end, or an empty string at the end of the input."""
    if sys.platform != "win32" and sys.stdin.isatty():
        _await_input(sys.stdin.fileno())
    return sys.stdin.readline(LONGEST_LINE)


def attentive(stream: BinaryIO) -> BinaryIO:
    """Return a stream that reads the same input and hears every signal; one without a descriptor is left as it is."""
    if sys.platform == "win32":
        return stream
    try:
        descriptor = stream.fileno()
    except (OSError, ValueError):
        return stream
    return io.BufferedReader(_Attentive(descriptor))


class _Attentive(io.RawIOBase):
    """Bytes of a descriptor that somebody else opened and closes."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor

    def readable(self) -> bool:
        """Return yes."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Wait for input, read what is there, and return how many bytes that is; none at the end."""
        room = memoryview(buffer)
        _await_input(self._descriptor)
        found = os.read(self._descriptor, len(room))
        room[: len(found)] = found
        return len(found)


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
