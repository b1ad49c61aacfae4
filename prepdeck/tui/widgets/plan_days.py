"""The days up to the interview, and what the plan comes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prepdeck.tui import glyphs as signs
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, right_aligned, row, strong, wrap
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.words import show_day

_DAY = 11
_FIGURES = 20
"""Cells of minutes, reviews, new cards and recall."""
_LONGEST_BAR = 40
MOST_MESSAGE = 5
"""Lines the message takes at most."""


@dataclass(frozen=True, slots=True)
class PlanDay:
    """One study day of the plan."""

    day: date
    """The day."""
    reviews: int
    """Cards seen before."""
    new: int
    """First looks."""
    minutes: int
    """About how long they take."""
    recall: float
    """Recall on the day of the interview if one stopped after this day."""


class PlanDays(Drawing, can_focus=True):
    """A table of days with a bar for the minutes; scrolls."""

    def __init__(self) -> None:
        super().__init__(id="days", classes="box")
        self.border_title = "Days"
        self._days: tuple[PlanDay, ...] = ()
        self._words = ""
        self._top = 0

    def show(self, days: Sequence[PlanDay], words: str = "") -> None:
        """Show these days, or a sentence where there are none."""
        self._days, self._words = tuple(days), words
        self.border_subtitle = f"{len(days)} study days" if len(days) > 1 else ""
        self.redraw()

    @property
    def page(self) -> int:
        """How many days are seen at once."""
        return max(1, self.size.height - 1)

    def move(self, days: int) -> None:
        """Scroll by so many days, stopping at the ends."""
        self._top = max(0, min(len(self._days) - self.page, self._top + days))
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the heading and the days that are seen."""
        if not self._days:
            return [row(foreign(line, Tone.MUTED)) for line in wrap(self._words, max(1, width))]
        page = max(1, height - 1)
        self._top = max(0, min(self._top, len(self._days) - page))
        bar = min(_LONGEST_BAR, width - _DAY - _FIGURES)
        most = max(day.minutes for day in self._days)
        shown = self._days[self._top : self._top + page]
        rows = [self._heading(bar), *(self._draw_day(day, bar, most) for day in shown)]
        left = len(self._days) - self._top - page
        if left > 0:
            rows[-1] = row(muted(f"{self.glyphs.down} {left + 1} more days"))
        return rows

    def _heading(self, bar: int) -> Row:
        return row(muted("Day".ljust(_DAY) + " " * max(0, bar) + " Min  Rev New Recall"))

    def _draw_day(self, day: PlanDay, bar: int, most: int) -> Row:
        is_first = day is self._days[0]
        filled, empty = signs.bar(day.minutes / most if most else 0.0, bar, self.glyphs)
        quiet = Tone.TEXT if day.minutes else Tone.MUTED
        figures = (
            right_aligned(Piece(str(day.minutes), Tone.ACCENT if is_first else quiet, strong=is_first), 4),
            right_aligned(Piece(str(day.reviews), quiet), 5),
            right_aligned(Piece(str(day.new), Tone.PRIMARY if day.new else Tone.MUTED), 4),
            right_aligned(Piece(f"{day.recall:.0%}"), 7),
        )
        name = Piece(show_day(day.day).ljust(_DAY), strong=is_first)
        bars = (Piece(filled, Tone.ACCENT if is_first else Tone.PRIMARY), Piece(empty, Tone.RULE)) if bar > 1 else ()
        return row(name, *bars, *figures)


@dataclass(frozen=True, slots=True)
class Way:
    """What some minutes a day lead to."""

    minutes: float
    """Minutes a day."""
    recall: float
    """Recall to expect on the day, 0-1."""
    is_shown: bool = False
    """Whether the days shown are those of these minutes."""


@dataclass(frozen=True, slots=True)
class PlanHeadFacts:
    """What the plan comes to."""

    message: str = ""
    """One or two sentences."""
    ways: tuple[Way, ...] = ()
    """Fewer minutes, these, and more."""
    alone: float | None = None
    """Recall if nothing more is studied."""
    date_key: str = ""
    """The key that sets a date, where none is set."""


class PlanHead(Drawing):
    """The message of the plan, and what other minutes would lead to."""

    def __init__(self) -> None:
        super().__init__(id="head", classes="box")
        self.border_title = "Plan"
        self._facts = PlanHeadFacts()

    def show(self, facts: PlanHeadFacts) -> None:
        """Show these facts."""
        self._facts = facts
        self.redraw(layout=True)

    def draw(self, width: int, height: int) -> Sequence[Row]:  # noqa: ARG002 - as many rows as there are
        """Return the message and one row of ways."""
        facts = self._facts
        rows = [row(foreign(line)) for line in wrap(facts.message, max(1, width))[:MOST_MESSAGE]]
        if facts.date_key:
            key = Piece(facts.date_key, Tone.ACCENT, strong=True, target="plan.date")
            return [*rows, row(key, Piece(" sets a date", target="plan.date"))]
        return [*rows, *self._ways(width)]

    def _ways(self, width: int) -> list[Row]:
        facts = self._facts
        parts = [_way_row(way) for way in facts.ways]
        if facts.alone is not None:
            parts.append(row(muted(f"stop now {facts.alone:.0%}")))
        rows: list[Row] = []
        for part in parts:
            if rows and rows[-1].width + 3 + part.width <= width:
                rows[-1] = row(*rows[-1].pieces, "   ", *part.pieces)
            else:
                rows.append(part)
        return rows


def _way_row(way: Way) -> Row:
    words, percent = f"{way.minutes:g} min ", f"{way.recall:.0%}"
    return row(strong(words), strong(percent, Tone.ACCENT)) if way.is_shown else row(muted(words), percent)
