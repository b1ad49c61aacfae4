"""How many lines of the answer a call runs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

from prepdeck.judge.inside.stage import ANSWER

MOST_LINES: Final = 4_000_000
"""Lines after which a count ends; two seconds or so."""


class TooManyLines(BaseException):
    """The count has reached `MOST_LINES`; no Exception, so that the answer hardly catches it."""


def count_lines(run: Callable[[], Any]) -> int:
    """Return how many lines of the answer's file `run` ran, or more than `MOST_LINES`.

    The count depends on the code and its input alone, unlike a time. What C code does counts as its one line.
    """
    lines = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal lines
        if event == "line":
            lines += 1
            if lines > MOST_LINES:
                raise TooManyLines
        return count

    def enter(frame: FrameType, _event: str, _argument: Any) -> Any:
        return count if frame.f_code.co_filename == ANSWER else None

    sys.settrace(enter)
    try:
        run()
    except TooManyLines:
        pass
    finally:
        sys.settrace(None)
    return lines
