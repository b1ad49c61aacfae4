"""Columns over days, of one or two parts that stand on each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from prepdeck.tui.rows import Piece, Row, Tone, muted, row
from prepdeck.tui.widgets.axis import axis
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.widgets.retention import sentence

_LEAST_HEIGHT = 3
_SMALL = 10
_WEEK = 7
_WIDEST = 6
_SPARE = 8


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """What the columns say."""

    lower: tuple[float, ...] = ()
    """The lower part at each day, today last."""
    upper: tuple[float, ...] = ()
    """The upper part; empty for none."""
    instead: str = ""
    """A sentence shown while there is too little to draw."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """Where columns stand."""

    span: int
    """Days one column sums up."""
    count: int
    """Columns, the last one for today."""
    width: int
    """Cells of a column."""
    room: int
    """Cells for all of them."""

    def start(self, number: int) -> int:
        """Return the first cell of a column; the first and the last one reach the edges."""
        return 0 if self.count == 1 else round(number * (self.room - self.width) / (self.count - 1))

    def place(self, back: int) -> int:
        """Return the middle of the column of a day by how many days it is back."""
        return self.start(max(0, self.count - 1 - back // self.span)) + self.width // 2


def spacing_of(days: int, room: int) -> Spacing:
    """Return columns with gaps between them over the whole room.

    A column is a day as long as at least half the days fit, and then the oldest are left out; else it is a week, or
    as many weeks as it takes to show all days. Gaps are alike unless that would leave an eighth of the room blank.
    """
    most = max(1, (room + 1) // 2)
    span, count = 1, min(days, most)
    if days > 2 * most:
        span = _WEEK
        while ceil(days / span) > most:
            span *= 2
        count = ceil(days / span)
    count = max(1, count)
    pitch = max(2, (room + 1) // count)
    width = min(_WIDEST, pitch - 1)
    even = count * pitch - 1
    is_even = count == 1 or (width == pitch - 1 and room - even <= room // _SPARE)
    return Spacing(span, count, width, even if is_even else room)


class ColumnBox(Drawing, can_focus=True):
    """Columns over the days of the window; where days are too many, a column stands for weeks.

    Args:
        id: Name of the box.
        title: What the columns count, without `per day`.
        parts: Names of the lower and the upper part, for the legend.
    """

    def __init__(self, id: str, title: str, parts: tuple[str, ...] = ()) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, classes="box")
        self._title, self._parts = title, parts
        self._facts = ColumnFacts()

    def show(self, facts: ColumnFacts) -> None:
        """Show these facts."""
        self._facts = facts
        self._write_edges()
        self.redraw()

    def on_resize(self) -> None:
        """Say what one column stands for."""
        self._write_edges()

    def notify_style_update(self) -> None:
        """Write the legend anew: its colours may have changed."""
        super().notify_style_update()
        if self.is_mounted:
            self._write_edges()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the columns over their axis."""
        facts = self._facts
        if facts.instead or height < _LEAST_HEIGHT:
            return sentence(facts.instead, width, height)
        spacing = spacing_of(len(facts.lower), width - self._label())
        lower = self._sums(facts.lower, spacing)
        upper = self._sums(facts.upper, spacing) or [0.0] * len(lower)
        most = max((below + above for below, above in zip(lower, upper, strict=True)), default=0.0)
        down, label = height - 1, self._label()
        rows = []
        for level in range(down, 0, -1):
            name = {down: _figure(most, most), 1: "0"}.get(
                level, _figure(most / 2, most) if level == (down + 1) // 2 else ""
            )
            pieces: list[Piece] = [muted(name.rjust(label - 1) + " ")]
            end = 0
            for number, (below, above) in enumerate(zip(lower, upper, strict=True)):
                heights = (round(below * down * 8 / most), round((below + above) * down * 8 / most)) if most else (0, 0)
                start = spacing.start(number)
                pieces += [Piece(" " * (start - end)), self._cell(heights, level, spacing.width)]
                end = start + spacing.width
            rows.append(Row(tuple(pieces)))
        days = min(len(facts.lower), spacing.count * spacing.span)
        return [*rows, axis(days, label, spacing.room, spacing.place)[0]]

    def _label(self) -> int:
        sums = [sum(self._facts.lower), sum(self._facts.upper)]
        return max(3, min(6, len(f"{max(sums):.0f}"))) + 1

    @staticmethod
    def _sums(values: Sequence[float], spacing: Spacing) -> list[float]:
        ends = list(range(len(values), 0, -spacing.span))[: spacing.count]
        return [sum(values[max(0, end - spacing.span) : end]) for end in reversed(ends)]

    def _cell(self, heights: tuple[int, int], level: int, width: int) -> Piece:
        """Return the cells of a column at one level; heights of the lower part and of both count eighths of a cell."""
        lower, both = heights
        inside = min(8, both - (level - 1) * 8)
        if inside <= 0:
            return Piece(" " * width)
        is_upper = both > lower and (level - 0.5) * 8 > lower
        sign = self.glyphs.eighths[inside - 1]
        if is_upper and (self.palette is None or self.glyphs.ascii_only):
            sign = "+" if self.glyphs.ascii_only else "▒"
        return Piece(sign * width, Tone.ACCENT if is_upper else Tone.PRIMARY)

    def _write_edges(self) -> None:
        room = self.size.width - self._label()
        span = spacing_of(len(self._facts.lower), room).span if self.size.width else 1
        per = {1: "day", _WEEK: "week"}.get(span, f"{span // _WEEK} weeks")
        self.border_title = f"{self._title} per {per}"
        if self._facts.instead or not self._parts:
            self.border_subtitle = ""
            return
        block = "#" if self.glyphs.ascii_only else "■"
        other = "+" if self.glyphs.ascii_only else "▒" if self.palette is None else "■"
        legend: list[Piece | str] = []
        for name, sign, tone in zip(self._parts, (block, other), (Tone.PRIMARY, Tone.ACCENT), strict=False):
            legend += [Piece(f"{sign} ", tone), muted(f"{name} ")]
        last = legend.pop()
        legend.append(muted(last.text.rstrip()) if isinstance(last, Piece) else last)
        self.border_subtitle = self.label(row(*legend))


def _figure(value: float, most: float) -> str:
    """Return a number on the scale; small scales have decimals where they need them."""
    return f"{value:.1f}" if most < _SMALL and not float(value).is_integer() else f"{value:.0f}"
