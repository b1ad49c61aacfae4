"""What today asks on the road: reviews, new cards, one mock or drill, one item, fitted to the minutes of the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

ROAD_MINUTES: Final = 25
"""Minutes of a useful piece of work on something to make."""
ACTION_MINUTES: Final = 10
"""Minutes of a next action of an application or a contact."""


class LineKind(Enum):
    """What a line of the plan asks for; its value names it where it is ticked."""

    REVIEW = "review"
    """Cards that are due."""
    NEW = "new"
    """New cards."""
    MOCK = "mock"
    """A mock or a drill."""
    ROAD = "road"
    """Something to make, or a next action."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the plan."""

    kind: LineKind
    """What it asks for."""
    title: str
    """In words for people."""
    minutes: int
    """About how long it takes."""
    is_done: bool = False
    """Whether it was done today."""
    target: str = ""
    """What it starts: the format of a mock, the slug of an item, the list and id of an entry; empty for cards."""
    fits: bool = True
    """Whether the minutes of the day have room for it."""


@dataclass(frozen=True, slots=True)
class TodayPlan:
    """What today asks."""

    lines: tuple[Line, ...]
    """In the order they are worth doing."""
    minutes: int
    """Minutes of the day: those for cards, and what the hours of a week leave for the road."""
    card_minutes: int
    """Minutes of them that are meant for cards."""

    @property
    def spent(self) -> int:
        """Minutes of the lines that fit and are still to be done."""
        return sum(line.minutes for line in self.lines if line.fits and not line.is_done)

    @property
    def left_out(self) -> tuple[Line, ...]:
        """Lines that do not fit and were not done."""
        return tuple(line for line in self.lines if not line.fits and not line.is_done)

    @property
    def next_line(self) -> Line | None:
        """The first line that fits and is not done, else the first one that is not done."""
        open_lines = [line for line in self.lines if not line.is_done]
        return next((line for line in open_lines if line.fits), open_lines[0] if open_lines else None)


def fit_lines(lines: Iterable[Line], minutes: int, card_minutes: int) -> TodayPlan:
    """Return the plan of a day: each line gets its minutes in turn, and one that finds no room is kept as such.

    A later, shorter line may still fit. What is done takes no room any more.
    """
    left = minutes
    fitted = []
    for line in lines:
        if line.is_done:
            fitted.append(line)
            continue
        fits = line.minutes <= left
        left -= line.minutes if fits else 0
        fitted.append(replace(line, fits=fits))
    return TodayPlan(tuple(fitted), minutes, card_minutes)


def minutes_of_day(card_minutes: float, hours_a_week: float, share: float) -> int:
    """Return the minutes of a day: a seventh of the week's hours, and never less than what is meant for cards.

    Args:
        card_minutes: Minutes meant for cards today.
        hours_a_week: Hours a week for the road, cards among them.
        share: How much of a usual day it is: 1, on an easy day less, in a break 0.
    """
    return round(max(card_minutes, hours_a_week * 60 / 7 * share))
