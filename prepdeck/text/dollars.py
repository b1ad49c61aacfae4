"""Where maths ends: dollars that close, and dollars that are money."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

_CLOSER = re.compile(r"(?<![\s\\])\$(?!\d)|(?<=[^\\\s])(?:\\\\)+\$(?!\d)")
_DOLLARS = re.compile(r"(?<!\\)(?:\\\\)*\$\$")


@lru_cache(maxsize=64)
def _closers(source: str) -> tuple[int, ...]:
    """Return the places of all dollars that may close maths."""
    return tuple(match.end() - 1 for match in _CLOSER.finditer(source))


@lru_cache(maxsize=64)
def _display_closers(source: str) -> tuple[int, ...]:
    """Return the places of all double dollars."""
    return tuple(match.end() - 2 for match in _DOLLARS.finditer(source))


def find_closer(source: str, opener: int) -> int | None:
    """Return the dollar that closes the maths which the dollar at `opener` begins, or None.

    No space follows an opening dollar or stands before a closing one, no digit follows a closing one and no code lies
    between: "costs $5 and $6" and "from $HOME to `$PATH`" are no maths. Nor is a dollar in the middle of a name.
    """
    after = source[opener + 1 : opener + 2]
    if not after or after.isspace():
        return None
    closers = _closers(source)
    number = bisect_left(closers, opener + 2)
    if number == len(closers):
        return None
    closer = closers[number]
    inside_a_name = source[opener - 1 : opener].isalnum() and source[closer + 1 : closer + 2].isalnum()
    if inside_a_name or "`" in source[opener:closer]:
        return None
    return closer


def find_display_closer(source: str, start: int) -> int | None:
    """Return the next double dollar from `start` on that has something before it, or None."""
    closers = _display_closers(source)
    number = bisect_left(closers, start)
    if number == len(closers) or not source[start : closers[number]].strip():
        return None
    return closers[number]
