"""A widget that draws rows, and says what was clicked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest
from typing import TYPE_CHECKING, cast

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

from prepdeck.text.cells import cell_width
from prepdeck.text.cleaning import clean_line
from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.rows import Ground, Piece, Row
from prepdeck.tui.theme import Palette, piece_style, style_of

if TYPE_CHECKING:
    from prepdeck.tui.app import PrepdeckApp


_WIDEST_SIGN = 2
"""Cells; what joins onto the last sign that two texts share may change it."""


@dataclass
class Pressed(Message):
    """Something in a drawing was clicked."""

    target: str
    """What it starts: the id of an action, or a name of the widget's own."""


class Drawing(Widget, can_focus=False, inherit_bindings=False):
    """Draws what `draw` returns; a click on a piece or row with a target is posted as `Pressed`."""

    ALLOW_SELECT = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, classes=classes)
        self._drawn: tuple[tuple[int, int], Sequence[Row]] | None = None
        self._ground: RichStyle | None = None

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the rows for a space; rows too many or too wide are cut, missing ones are blank."""
        raise NotImplementedError

    @property
    def glyphs(self) -> Glyphs:
        """The signs in use."""
        return cast("PrepdeckApp", self.app).glyphs

    @property
    def palette(self) -> Palette | None:
        """The colours in use, or None for none."""
        return cast("PrepdeckApp", self.app).palette

    def redraw(self, *, layout: bool = False) -> None:
        """Draw anew, because what is shown has changed."""
        self._drawn = None
        self.refresh(layout=layout)

    def redraw_changes(self) -> None:
        """Draw anew and paint only where signs changed: what ticks would else send whole boxes each second."""
        size, before = (self.size.width, self.size.height), self._drawn
        self._drawn = None
        if before is None or before[0] != size:
            self.refresh()
            return
        changed = tuple(changed_places(before[1], self.rows(), size[0]))
        if changed:
            self.refresh(*changed)

    def notify_style_update(self) -> None:
        """Forget what was drawn: the theme may have changed."""
        super().notify_style_update()
        self._drawn = None

    def rows(self) -> Sequence[Row]:
        """Return what is drawn at the present size."""
        size = (self.size.width, self.size.height)
        if self._drawn is None or self._drawn[0] != size:
            self._drawn = (size, self.draw(*size))
        return self._drawn[1]

    def label(self, words: Row) -> Content:
        """Return a row for the edge of a box."""
        return Content.assemble(
            *(
                (piece.text, Style.from_rich_style(style_of(self.palette, piece_style(piece), words.ground)))
                for piece in words.pieces
            )
        )

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's signature
        """Return how many rows there are at a width."""
        return len(self.draw(width, 0))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return some lines of the screen; what they are painted on is worked out once for all of them."""
        self._ground = self.rich_style
        try:
            return super().render_lines(crop)
        finally:
            self._ground = None

    def render_line(self, y: int) -> Strip:
        """Return one line of the screen."""
        rows = self.rows()
        base = self._ground or self.rich_style
        if y >= len(rows):
            return Strip.blank(self.size.width, base)
        return paint(rows[y], self.size.width, self.palette, base)

    def on_click(self, event: events.Click) -> None:
        """Say what was clicked."""
        offset = event.get_content_offset(self)
        rows = self.rows()
        if offset is None or offset.y >= len(rows):
            return
        target = rows[offset.y].target_at(offset.x)
        if target is not None:
            event.stop()
            self.post_message(Pressed(target))


def changed_places(before: Sequence[Row], after: Sequence[Row], width: int) -> Iterator[Region]:
    """Yield where two drawings of one size differ, a stretch of each line that does."""
    for y, (old, new) in enumerate(zip_longest(before, after, fillvalue=Row())):
        if old == new:
            continue
        if old.ground is not new.ground or not (old.text + new.text).isprintable():  # the latter is spelt out
            yield Region(0, y, width, 1)
            continue
        first, last = _same_cells(old.pieces, new.pieces, 1), width
        if old.width == new.width:
            last = new.width - _same_cells(old.pieces[::-1], new.pieces[::-1], -1)
        if first < min(last, width):
            yield Region(first, y, min(last, width) - first, 1)


def _same_cells(old: Sequence[Piece], new: Sequence[Piece], step: int) -> int:
    """Return over how many cells two rows are alike at their beginning, or with a step of -1 at their end."""
    cells = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            if piece_style(one) == piece_style(other):
                alike = takewhile(
                    lambda pair: pair[0] == pair[1], zip(one.text[::step], other.text[::step], strict=False)
                )
                cells += max(0, cell_width("".join(sign for sign, _ in alike)) - _WIDEST_SIGN)
            break
        cells += cell_width(one.text)
    return cells


def paint(row: Row, width: int, palette: Palette | None, base: RichStyle, *, skip: int = 0) -> Strip:
    """Return a row as cells, cut or filled to `width`.

    Args:
        row: What to draw.
        width: Cells.
        palette: Colours, or None for none.
        base: Style of the widget below.
        skip: Cells left out at the left edge, for rows that scroll sideways.
    """
    segments = [
        Segment(_harmless(piece), base + style_of(palette, piece_style(piece), row.ground))
        for piece in row.pieces
        if piece.text
    ]
    blank = base
    if row.ground is not Ground.NONE:
        blank = base + style_of(palette, piece_style(Piece("")), row.ground)
    return Strip(segments).crop_extend(skip, skip + width, blank)


def _harmless(piece: Piece) -> str:
    """Return the text of a piece; whatever slipped in that a terminal would obey is spelt out."""
    return piece.text if piece.text.isprintable() else clean_line(piece.text)


def clip(text: str, width: int) -> str:
    """Return as much of our own text as fits, without a sign for the rest."""
    while text and cell_width(text) > width:
        text = text[:-1]
    return text
