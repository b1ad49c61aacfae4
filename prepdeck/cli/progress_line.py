"""One line on stderr that says how far long work has come, where somebody looks at it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prepdeck.cli.streams import is_dumb

ERASE = "\r\x1b[K"
"""Goes back to the start of the line and empties it."""
CELLS = 20
"""Length of the bar."""


@contextmanager
def progress_line(
    done_word: str, *, things: str = "cards", quiet: bool = False
) -> Iterator[Callable[[int, int], None] | None]:
    """Give what is told how much is done, and of how much; None when stderr is no terminal or nobody wants to know.

    The line is gone when the work ends, however it ends.

    Args:
        done_word: What was done with the things counted, such as `proved`.
        things: What is counted.
        quiet: Whether nothing is to be said.
    """
    if quiet or is_dumb() or not sys.stderr.isatty():
        yield None
        return
    shown = False

    def tell(done: int, total: int) -> None:
        nonlocal shown
        if total:
            full = CELLS * done // total
            _write(f"{ERASE}[{'#' * full}{'.' * (CELLS - full)}] {done} of {total} {things} {done_word}")
            shown = True

    try:
        yield tell
    finally:
        if shown:
            _write(ERASE)


def _write(text: str) -> None:
    try:
        sys.stderr.write(text)
        sys.stderr.flush()
    except (OSError, ValueError):
        return
