"""Whether the terminal is still there: one that vanishes does not always say so with a signal."""

from __future__ import annotations

import contextlib
import select

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
