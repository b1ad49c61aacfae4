"""What today asks in lines, for the plan and for home; it loads nothing of the road."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepdeck.tui.widgets.today_lines import TodayLine

if TYPE_CHECKING:
    from prepdeck.road.today import Line, TodayPlan


def day_lines(day: TodayPlan) -> list[TodayLine]:
    """Return the lines of today's plan."""
    return [
        TodayLine(
            name=line.kind.value,
            title=line.title,
            short=_short_of(line),
            minutes=line.minutes,
            is_done=line.is_done,
            is_next=line is day.next_line,
            fits=line.fits,
        )
        for line in day.lines
    ]


def _short_of(line: Line) -> str:
    """Return a line in a word or two: what stands before the colon, with its minutes."""
    words = line.title.partition(":")[0]
    return words if line.is_done or not line.minutes else f"{words} {line.minutes}'"


def day_words(day: TodayPlan) -> str:
    """Return what does not fit into the day, or how much of it is left."""
    from prepdeck.study.today_plan import left_out_words

    if day.left_out:
        return left_out_words(day)
    left = [line.minutes for line in day.lines if not line.is_done]
    return f"All of it fits: about {sum(left)} of {day.minutes} min." if left else "All of today is done."
