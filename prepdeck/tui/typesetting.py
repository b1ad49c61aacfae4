"""Texts of a card set in rows: Markdown, lists with signs before them, code, points to tick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from prepdeck.text.cells import expand_tabs
from prepdeck.text.cleaning import clean
from prepdeck.text.spans import Line
from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.rows import Ground, Piece, Row, Tone, foreign, line_row, row

if TYPE_CHECKING:
    from prepdeck.tui.review_state import Asking


@lru_cache(maxsize=512)
def _lay_out(source: str, width: int, *, raw_math: bool, ascii_only: bool) -> tuple[Line, ...]:
    from prepdeck.text.markdown import lay_out

    return lay_out(source, width, raw_math=raw_math, ascii_only=ascii_only)


@lru_cache(maxsize=64)
def _lay_out_code(code: str, language: str) -> tuple[Line, ...]:
    from prepdeck.text.highlighting import highlight

    lines = highlight(expand_tabs(clean(code)).rstrip(), language)
    return tuple(Line(tuple(spans), preformatted=True) for spans in lines)


class Typesetter:
    """Sets texts for one width.

    Args:
        width: Cells a line may take.
        glyphs: Signs in use.
        raw_math: Whether maths is shown as its author wrote it.
    """

    def __init__(self, width: int, glyphs: Glyphs, *, raw_math: bool = False, ticks: bool = True) -> None:
        self._ticks = ticks
        self.width = max(1, width)
        """Cells a line may take."""
        self.glyphs = glyphs
        """Signs in use."""
        self.raw_math = raw_math
        """Whether maths is shown as its author wrote it."""

    def text(self, source: str) -> list[Row]:
        """Return Markdown."""
        return [line_row(line) for line in self._lines(source, self.width)]

    def _lines(self, source: str, width: int) -> tuple[Line, ...]:
        return _lay_out(source, max(1, width), raw_math=self.raw_math, ascii_only=self.glyphs.ascii_only)

    def indented(
        self, source: str, prefix: Sequence[Piece], tone: Tone = Tone.TEXT, *, bold: bool = False
    ) -> list[Row]:
        """Return Markdown with pieces before its first line and as much space before the others."""
        indent = row(*prefix).width
        rows = []
        for number, line in enumerate(self._lines(source, self.width - indent)):
            laid = line_row(line)
            pieces = tuple(
                replace(piece, tone=tone if piece.tone is Tone.TEXT else piece.tone, strong=piece.strong or bold)
                for piece in laid.pieces
            )
            before = tuple(prefix) if number == 0 else (Piece(" " * indent),)
            rows.append(replace(laid, pieces=(*before, *pieces)))
        return rows or [row(*prefix)]

    def items(self, sources: Iterable[str], sign: Piece | None = None, tone: Tone = Tone.TEXT) -> list[Row]:
        """Return a list, each text behind a sign."""
        mark = sign or Piece(self.glyphs.bullet, Tone.PRIMARY)
        before = (Piece("  "), mark, Piece(" "))
        return [line for source in sources for line in self.indented(source, before, tone)]

    def headed(self, title: str, rows: Sequence[Row], aside: str = "") -> list[Row]:
        """Return rows under a heading and a blank line, or nothing when there are none."""
        return [Row(), self.heading(title, aside), *rows] if rows else []

    def heading(self, title: str, *asides: str, tone: Tone = Tone.TEXT) -> Row:
        """Return a heading with as many quiet words behind it as fit on its line."""
        held = row(foreign(title, tone, bold=True))
        for aside in filter(None, asides):
            wider = row(*held.pieces, foreign(f"   {aside}", Tone.MUTED))
            if wider.width <= self.width:
                held = wider
        return held

    def ticking(self, *words: str) -> tuple[str, ...]:
        """Return words on how points are ticked; none on a page whose keys do something else."""
        return words if self._ticks else ()

    def code(self, source: str, language: str, *, target: str | None = None) -> list[Row]:
        """Return code in colours; it is never wrapped."""
        lines = _lay_out_code(source, language)
        return [
            replace(laid, pieces=(Piece(" "), *laid.pieces), target=target)
            for laid in (line_row(line) for line in lines)
        ]

    def points(self, points: Sequence[str], asking: Asking, first: int = 0) -> Iterator[Row]:
        """Yield points with a box to tick before each; `first` is the number of the first one."""
        for number, point in enumerate(points, first):
            is_ticked, is_marked = number in asking.ticked, self._ticks and number == asking.point
            box = Piece("[x] " if is_ticked else "[ ] ", Tone.SUCCESS if is_ticked else Tone.MUTED)
            edge = Piece(f"{self.glyphs.marker} " if is_marked else "  ", Tone.ACCENT)
            for line in self.indented(point, (edge, box)):
                yield replace(line, target=f"point:{number}", ground=Ground.CURSOR if is_marked else line.ground)


def without_blank_ends(rows: list[Row]) -> list[Row]:
    """Return rows without the blank ones at the end."""
    while rows and not rows[-1].pieces:
        rows = rows[:-1]
    return rows


def without_blank_start(rows: list[Row]) -> list[Row]:
    """Return rows without the blank ones at the beginning."""
    while rows and not rows[0].pieces:
        rows = rows[1:]
    return rows
