"""The heat map: reviews on each day of the last weeks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from textual import events

from prepdeck.text.counts import counted
from prepdeck.tui.rows import Piece, Row, Tone, centred, muted, row, strong, wrap
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.words import show_day, show_month

_TONES = (Tone.RULE, Tone.HEAT_1, Tone.HEAT_2, Tone.HEAT_3, Tone.HEAT_4)
_DAY_NAMES = ("Mon", "", "Wed", "", "Fri", "", "Sun")
FEWEST_DAYS = 7
"""Days with a review below which the map would say nothing."""
_LABEL = 4
_SIDE = 9
"""Cells the figures beside the heat map take."""


@dataclass(frozen=True, slots=True)
class HeatFacts:
    """What the heat map says."""

    columns: tuple[tuple[int | None, ...], ...] = ()
    """Weeks of seven days, Monday first, oldest first; None after today."""
    today: date | None = None
    """The study day it is."""
    streak: int = 0
    """Days in a row."""
    best: int = 0
    """The longest run."""
    active: int = 0
    """Days with a review in all."""


def level_of(count: int, most: int) -> int:
    """Return the level 0-4 of a day's reviews, where `most` is what a full day looks like."""
    return min(4, ceil(4 * count / most)) if count > 0 and most > 0 else 0


class HeatMap(Drawing, can_focus=True):
    """Reviews per day as seven rows of weeks; a day can be marked."""

    def __init__(self) -> None:
        super().__init__(id="heat", classes="box")
        self.border_title = "Last 26 weeks"
        self._facts = HeatFacts()
        self._marked: date | None = None

    def show(self, facts: HeatFacts) -> None:
        """Show these facts."""
        self._facts = facts
        self._write_subtitle()
        self.redraw()

    def mark(self, day: str) -> None:
        """Mark a day, written as ISO writes it."""
        self._marked = date.fromisoformat(day)
        self.move(0, 0)

    def move(self, weeks: int, days: int) -> None:
        """Mark the day so far from the marked one, staying inside the map."""
        today = self._facts.today
        if today is None or self._facts.active < FEWEST_DAYS:
            return
        first = today - timedelta(days=today.weekday(), weeks=len(self._facts.columns) - 1)
        moved = (self._marked or today) + timedelta(weeks=weeks, days=days)
        self._marked = max(first, min(today, moved))
        self._write_subtitle()
        self.redraw()

    def on_focus(self, event: events.Focus) -> None:  # noqa: ARG002 - Textual's signature
        """Mark today."""
        self.move(0, 0)

    def on_blur(self, event: events.Blur) -> None:  # noqa: ARG002 - Textual's signature
        """Mark nothing."""
        self._marked = None
        self._write_subtitle()
        self.redraw()

    def notify_style_update(self) -> None:
        """Write the legend anew: its colours may have changed."""
        super().notify_style_update()
        if self.is_mounted:
            self._write_subtitle()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return seven rows of days, under the names of the months where there is room."""
        facts = self._facts
        if facts.active < FEWEST_DAYS:
            return self._draw_too_few(width, height)
        beside = width >= _LABEL + 2 * len(facts.columns) + _SIDE
        room = (width - _LABEL - (_SIDE if beside else 0)) // 2
        columns = facts.columns[-room:] if room > 0 else ()
        rows = [self._draw_day(day, columns) for day in range(7)]
        if beside:
            rows = [_with_figure(line, figure) for line, figure in zip(rows, self._figures(), strict=True)]
        if height > len(rows):
            rows.insert(0, row(muted(self._month_names(columns))))
        return rows

    def _draw_too_few(self, width: int, height: int) -> Sequence[Row]:
        """Return a sentence instead of a map that would be empty."""
        words = f"Your days appear here after {FEWEST_DAYS} days with reviews; you have {self._facts.active}."
        lines = wrap(words, max(1, width - 4))
        return [*([Row()] * max(0, (height - len(lines)) // 2)), *(centred(row(muted(line)), width) for line in lines)]

    def _draw_day(self, day: int, columns: Sequence[tuple[int | None, ...]]) -> Row:
        most = _full_day(self._facts.columns)
        pieces: list[Piece] = [muted(_DAY_NAMES[day].ljust(_LABEL))]
        signs = self.glyphs.heat_plain if self.palette is None else self.glyphs.heat
        for number, week in enumerate(columns):
            count = week[day]
            if count is None:
                pieces.append(Piece("  "))
                continue
            level = level_of(count, most)
            is_marked = self._day_of(number - len(columns), day) == self._marked
            tone = Tone.BUTTON if is_marked else _TONES[level]
            target = f"day:{self._day_of(number - len(columns), day)}"
            pieces += [Piece(signs[level], tone, target=target), Piece(" ")]
        return Row(tuple(pieces))

    def _day_of(self, weeks: int, day: int) -> date | None:
        today = self._facts.today
        if today is None:
            return None
        return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks + 1, days=day)

    def _figures(self) -> Sequence[Row]:
        facts = self._facts
        figures = ((facts.streak, "streak"), (facts.best, "best"), (facts.active, "active"))
        rows = []
        for number, (count, word) in enumerate(figures):
            rows += [row(strong(str(count), Tone.TEXT if number else Tone.ACCENT)), row(muted(word))]
        return [*rows, Row()]

    def _month_names(self, columns: Sequence[tuple[int | None, ...]]) -> str:
        """Return the names of the months over the weeks they begin in, none over another."""
        names = " " * (_LABEL + 2 * len(columns) + 2)
        month = None
        for number in range(len(columns)):
            monday = self._day_of(number - len(columns), 0)
            if monday is None or monday.month == month:
                continue
            begins = month is not None or monday.day <= 7  # noqa: PLR2004 - the first week of a month
            month = monday.month
            at = _LABEL + 2 * number
            if begins and names[at - 1 : at + 4].isspace():
                names = names[:at] + show_month(monday) + names[at + 3 :]
        return names.rstrip()

    def _write_subtitle(self) -> None:
        facts = self._facts
        if self._marked is not None and facts.today is not None:
            weeks = (facts.today - timedelta(days=facts.today.weekday()) - self._marked).days
            column = facts.columns[-1 - ceil(weeks / 7)] if facts.columns else ()
            count = column[self._marked.weekday()] if column else 0
            self.border_subtitle = f"{show_day(self._marked)}: {counted(count or 0, 'review')}"
            return
        if facts.active < FEWEST_DAYS:
            self.border_subtitle = ""
            return
        signs = self.glyphs.heat_plain if self.palette is None else self.glyphs.heat
        levels = row(*(Piece(sign, tone) for sign, tone in zip(signs, _TONES, strict=True)))
        self.border_subtitle = self.label(row(muted("less "), *_spaced(levels), muted(" more")))


def _spaced(line: Row) -> list[Piece | str]:
    parts: list[Piece | str] = []
    for piece in line.pieces:
        parts += [" ", piece] if parts else [piece]
    return parts


def _with_figure(line: Row, figure: Row) -> Row:
    return row(*line.pieces, "   ", *figure.pieces)


def _full_day(columns: Sequence[Sequence[int | None]]) -> int:
    """Return what a full day looks like: nine of ten active days held no more, so that one long day dims no other."""
    counts = sorted(count for week in columns for count in week if count)
    return counts[(9 * (len(counts) - 1)) // 10] if counts else 0
