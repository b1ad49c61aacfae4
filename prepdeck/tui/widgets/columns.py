"""Columns over days, of one or two parts that stand on each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from prepdeck.tui.rows import Piece, Row, Tone, muted, row
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.widgets.retention import axis, sentence

_LEAST_HEIGHT = 3
_SMALL = 10
_WIDTHS = ((2, 1), (1, 1), (1, 0))
_SPANS = (1, 7)


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
class _Shape:
    span: int
    """Days one column sums up."""
    column: int
    gap: int


class ColumnBox(Drawing, can_focus=True):
    """Columns over the days of the window; where days are too many, a column stands for a week or more.

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
        shape = self._shape(width)
        lower, upper = self._sums(facts.lower, shape.span), self._sums(facts.upper, shape.span)
        upper = upper or [0.0] * len(lower)
        most = max((below + above for below, above in zip(lower, upper, strict=True)), default=0.0)
        down, label = height - 1, self._label()
        rows = []
        for level in range(down, 0, -1):
            name = {down: _figure(most, most), 1: "0"}.get(
                level, _figure(most / 2, most) if level == (down + 1) // 2 else ""
            )
            pieces: list[Piece] = [muted(name.rjust(label - 1) + " ")]
            for below, above in zip(lower, upper, strict=True):
                heights = (round(below * down * 8 / most), round((below + above) * down * 8 / most)) if most else (0, 0)
                pieces += [self._cell(heights, level, shape.column), Piece(" " * shape.gap)]
            rows.append(Row(tuple(pieces)))
        across = len(lower) * (shape.column + shape.gap) - shape.gap
        return [*rows, axis(len(facts.lower), label, across)]

    def _label(self) -> int:
        sums = [sum(self._facts.lower), sum(self._facts.upper)]
        return max(3, min(6, len(f"{max(sums):.0f}"))) + 1

    def _shape(self, width: int) -> _Shape:
        """Return the widest columns that fit; what one sums up grows with the days."""
        room, days = max(1, width - self._label()), len(self._facts.lower)
        for span in _SPANS:
            for column, gap in _WIDTHS:
                if ceil(days / span) * (column + gap) - gap <= room:
                    return _Shape(span, column, gap)
        return _Shape(max(1, ceil(days / room)), 1, 0)

    @staticmethod
    def _sums(values: Sequence[float], span: int) -> list[float]:
        ends = range(len(values), 0, -span)
        return [sum(values[max(0, end - span) : end]) for end in reversed(ends)]

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
        span = self._shape(self.size.width).span if self.size.width else 1
        per = {1: "day", 7: "week"}.get(span, f"{span} days")
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
