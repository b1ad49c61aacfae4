"""The forecast: what the plan comes to, what other minutes lead to, and the days up to the interview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from prepdeck.tui import glyphs as signs
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, right_aligned, row, strong, wrap
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.words import show_day

_DAY = 11
_FIGURES = 20
"""Cells of minutes, reviews, new cards and recall."""
_LONGEST_BAR = 40
_LEAST_DAYS = 3
"""Rows that the days keep: a heading and two of them."""


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
class Outlook:
    """What the plan comes to."""

    message: str = ""
    """One or two sentences."""
    ways: tuple[Way, ...] = ()
    """Fewer minutes, these, and more."""
    alone: float | None = None
    """Recall if nothing more is studied."""
    date_key: str = ""
    """The key that sets a date, where none is set."""
    days: tuple[PlanDay, ...] = ()
    """The days up to the interview."""
    no_days: str = ""
    """Said in place of the days where there are none."""


class PlanForecast(Drawing, can_focus=True):
    """The message of the plan, the ways of other minutes, and a table of days that scrolls."""

    def __init__(self) -> None:
        super().__init__(id="outlook", classes="box")
        self.border_title = "Forecast"
        self._facts = Outlook()
        self._top = 0
        self._page = 1

    def show(self, facts: Outlook, footing: str) -> None:
        """Show these facts; the footing names the keys that help."""
        self._facts = facts
        count = len(facts.days)
        days = f"{count} study days" if count > 1 else ""
        self.border_subtitle = Content("   ".join(words for words in (days, footing) if words))
        self.redraw()

    @property
    def page(self) -> int:
        """How many days are seen at once."""
        return self._page

    def move(self, days: int) -> None:
        """Scroll by so many days, stopping at the ends."""
        self._top = max(0, min(len(self._facts.days) - self.page, self._top + days))
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the message and the ways, and below them the days that are seen."""
        days = self._facts.days
        head = self._head(width, max(1, height - _LEAST_DAYS) if days else height)
        room = height - len(head)
        if not days:
            why = [row(foreign(line, Tone.MUTED)) for line in wrap(self._facts.no_days, max(1, width))]
            return [*head, Row(), *why] if self._facts.no_days else head
        if room > _LEAST_DAYS + 1:
            head, room = [*head, Row()], room - 1
        self._page = max(1, room - 1)
        self._top = max(0, min(self._top, len(days) - self._page))
        bar = min(_LONGEST_BAR, width - _DAY - _FIGURES)
        most = max(day.minutes for day in days)
        shown = days[self._top : self._top + self._page]
        rows = [self._heading(bar), *(self._draw_day(day, bar, most) for day in shown)]
        left = len(days) - self._top - self._page
        if left > 0:
            rows[-1] = row(muted(f"{self.glyphs.down} {left + 1} more days"))
        return [*head, *rows]

    def _head(self, width: int, room: int) -> list[Row]:
        """Return the message and the ways; where it is low the message is cut."""
        facts = self._facts
        ways = self._ways(width)
        if facts.date_key:
            key = Piece(facts.date_key, Tone.ACCENT, strong=True, target="plan.date")
            ways = [row(key, Piece(" sets a date", target="plan.date"))]
        lines = wrap(facts.message, max(1, width))
        most = max(1, room - len(ways))
        if len(lines) > most:
            lines = [*lines[: most - 1], f"{lines[most - 1][: max(0, width - 1)]}{self.glyphs.ellipsis}"]
        return [*(row(foreign(line)) for line in lines), *ways]

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

    def _heading(self, bar: int) -> Row:
        return row(muted("Day".ljust(_DAY) + " " * max(0, bar) + " Min  Rev New Recall"))

    def _draw_day(self, day: PlanDay, bar: int, most: int) -> Row:
        is_first = day is self._facts.days[0]
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


def _way_row(way: Way) -> Row:
    words, percent = f"{way.minutes:g} min ", f"{way.recall:.0%}"
    return row(strong(words), strong(percent, Tone.ACCENT)) if way.is_shown else row(muted(words), percent)
