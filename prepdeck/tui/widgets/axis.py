"""The line under a chart over days: how many days ago, and today."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from prepdeck.tui.rows import Row, muted, row

STEPS: Final = (1, 7, 14, 28, 91, 182, 364, 728, 1456, 2912)
"""Days between two ticks; the first that leaves room for the words is taken."""
TODAY: Final = "today"
"""What stands under the last day."""
_GAP: Final = 2


def tick_step(days: int, across: int) -> int | None:
    """Return how many days lie between two ticks of an axis of so many cells; None where only today fits."""
    if days < 2 or across < 2:  # noqa: PLR2004 - one day is today, one cell is its place
        return None
    cells_a_day = (across - 1) / (days - 1)
    longest = len(f"-{days - 1}d")
    for step in STEPS:
        if step < days and step * cells_a_day >= longest + _GAP:
            return step
    return None


def axis(days: int, label: int, across: int, place: Callable[[int], int]) -> tuple[Row, tuple[int, ...]]:
    """Return the words under a chart, and the cells its ticks stand in.

    Args:
        days: Days on it, today last.
        label: Cells left of it.
        across: Cells it takes.
        place: Says in which of them a day stands, by how many days it is back.
    """
    if across < len(TODAY):
        return row(), ()
    end = max(0, across - len(TODAY))
    step = tick_step(days, across)
    words, ticks = " " * across, [place(0)]
    taken = 0
    backs = [] if step is None else list(range((days - 1) // step * step, 0, -step))
    for back in backs:
        name = f"-{back}d" if back == backs[0] else f"-{back}"
        at = place(back)
        start = max(0, at - len(name) // 2)
        ticks.append(at)
        if start < taken or start + len(name) + 1 > end:
            continue
        words = words[:start] + name + words[start + len(name) :]
        taken = start + len(name) + 1
    return row(muted(" " * label + words[:end] + TODAY)), tuple(sorted(ticks))
