"""What happens when the terminal vanishes: it is noticed, and what is still drawn goes nowhere."""

from __future__ import annotations

import contextlib
import os
import select
from typing import Any, TextIO

from textual.driver import Driver

LOOK_SECONDS = 2.0
"""How often the interface looks; meanwhile a reader of a vanished terminal spins."""


def is_gone(descriptor: int) -> bool:
    """Tell whether the other end of a terminal or pipe was closed for good.

    What was typed and not read yet does not matter; nothing is read here. Systems that cannot tell say no.

    Args:
        descriptor: The file descriptor that is read from.
    """
    if not hasattr(select, "poll"):
        return False
    watcher = select.poll()
    with contextlib.suppress(OSError, ValueError):
        watcher.register(descriptor, 0)  # a hang-up is told without being asked for
        return any(event & (select.POLLHUP | select.POLLNVAL) for _, event in watcher.poll(0))
    return False


class Outlet:
    """A terminal's stream that takes text also when nobody reads it any more.

    Textual writes in a thread of its own, which dies of the first error; once its queue of 30 pieces is full the
    program then waits for it for ever, and neither SIGHUP nor a key is heard.

    Args:
        stream: What the terminal shows.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        """Write text, or drop it."""
        try:
            self._stream.write(text)
        except OSError:
            self._lead_nowhere()

    def flush(self) -> None:
        """Send on what was written."""
        try:
            self._stream.flush()
        except OSError:
            self._lead_nowhere()

    def fileno(self) -> int:
        """Return the stream's file descriptor."""
        return self._stream.fileno()

    def _lead_nowhere(self) -> None:
        """Let all later text, and what the stream still holds back, go where everything is taken."""
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)


def outliving(driver: type[Driver]) -> type[Driver]:
    """Return a driver like Textual's for this system that outlives its terminal; others are left as they are."""

    class OutlivingDriver(driver):  # type: ignore[valid-type, misc]
        """Writes through an outlet."""

        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            stream = self.__dict__.get("_file")
            if stream is not None:
                self.__dict__["_file"] = Outlet(stream)

    return OutlivingDriver
