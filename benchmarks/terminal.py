"""A program on a terminal of its own, watched for the words it paints."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

PATIENCE_SECONDS = 20.0
"""A word that was not painted by then never comes."""
QUIET_SECONDS = 0.05
"""A program that painted nothing for so long has finished painting."""


class Terminal:
    """A running program and what it painted.

    Args:
        words: The program with its words.
        environment: Its environment.
        folder: Where it runs.
    """

    def __init__(self, words: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self._painted = b""
        self._begun = time.perf_counter()
        self._process = subprocess.Popen(
            words, env=environment, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
        )
        os.close(theirs)

    @property
    def process(self) -> int:
        """The number of the running program."""
        return self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def press(self, key: str, word: str) -> float:
        """Press a key and return the seconds until `word` is painted."""
        self.rest()
        self._painted = b""
        self._begun = time.perf_counter()
        os.write(self._ours, key.encode())
        return self.wait_for(word)

    def wait_for(self, word: str) -> float:
        """Return the seconds from the start, or from the last key, until `word` is painted.

        Raises:
            RuntimeError: When it never is.
        """
        wanted = word.encode()
        while wanted not in self._painted:
            if not self._read(self._begun + PATIENCE_SECONDS - time.perf_counter()):
                raise RuntimeError(f"{word!r} was never painted; the end of what was: {self._painted[-2000:]!r}")
        return time.perf_counter() - self._begun

    def rest(self) -> None:
        """Wait until nothing more is painted."""
        while self._read(QUIET_SECONDS):
            pass

    def watch(self, seconds: float) -> int:
        """Return how many bytes are painted in the next seconds."""
        self._painted = b""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self._read(left)
        return len(self._painted)

    def _read(self, seconds: float) -> bool:
        if not select.select([self._ours], [], [], max(0.0, seconds))[0]:
            return False
        with suppress(OSError):  # the program has ended
            self._painted += os.read(self._ours, 1 << 16)
            return True
        return False
