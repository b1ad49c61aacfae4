"""Bars below each other: intervals, hard cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prepdeck.text.cells import cell_width, pad, shorten
from prepdeck.text.cleaning import clean_line
from prepdeck.tui.rows import Piece, Row, Tone, muted, row, strong
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.widgets.retention import sentence

_LEAST_BAR = 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar."""

    name: str
    """What it belongs to."""
    share: float
    """How long it is, 0-1."""
    figure: str
    """The number beside it."""
    tone: Tone
    """Its colour."""
    note: str = ""
    """A word behind the number."""


class BarBox(Drawing, can_focus=True):
    """Bars with their names and numbers.

    Args:
        id: Name of the box.
        title: What stands above it.
    """

    def __init__(self, id: str, title: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, classes="box")
        self.border_title = title
        self._bars: tuple[Bar, ...] = ()
        self._instead = ""

    def show(self, bars: Sequence[Bar], *, instead: str = "", below: str = "") -> None:
        """Show bars, or a sentence in their place.

        Args:
            bars: From top to bottom.
            instead: The sentence, while there is nothing to draw.
            below: What stands at the lower edge.
        """
        self._bars, self._instead, self.border_subtitle = tuple(bars), instead, below
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the bars that fit; the last line says how many do not."""
        if self._instead or not self._bars:
            return sentence(self._instead, width, height)
        bars = self._bars
        hidden = len(bars) - height if height else 0
        if hidden > 0:
            bars = bars[: height - 1]
        figures = max(len(bar.figure) for bar in bars)
        notes = max(cell_width(bar.note) for bar in bars)
        notes += 1 if notes else 0
        names = min(max(cell_width(clean_line(bar.name)) for bar in bars), max(8, width * 9 // 20))
        room = width - names - figures - notes - 2
        if room < _LEAST_BAR:
            room += notes
            notes = 0
        rows = [self._draw_bar(bar, names, max(0, room), figures, notes) for bar in bars]
        if hidden > 0:
            rows.append(row(muted(f"{self.glyphs.down} {hidden + 1} more")))
        return rows

    def _draw_bar(self, bar: Bar, names: int, room: int, figures: int, notes: int) -> Row:
        name = pad(shorten(clean_line(bar.name), names, ellipsis=self.glyphs.ellipsis), names)
        filled = round(max(0.0, min(1.0, bar.share)) * room)
        filled = max(1, filled) if bar.share > 0 and room else filled
        pieces: list[Piece | str] = [f"{name} "]
        pieces += [Piece(self.glyphs.filled * filled, bar.tone)] if filled else []
        pieces += [Piece(self.glyphs.empty * (room - filled), Tone.RULE)] if filled < room else []
        pieces += [" ", strong(bar.figure.rjust(figures))]
        if notes:
            pieces.append(muted(" " + bar.note))
        return row(*pieces)
