"""The list of decks, first the row that stands for every one of them; where titles are too long, their short names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from prepdeck.text.cells import cell_width, pad, shorten
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted
from prepdeck.tui import glyphs as signs
from prepdeck.tui.rows import Ground, Piece, Row, Tone, muted, right_aligned, row
from prepdeck.tui.widgets.drawing import Drawing

WIDE = 60
"""Cells from which every column is shown."""
_LONGEST_NAME = 44


@dataclass(frozen=True, slots=True)
class DeckLine:
    """One row of the list."""

    slug: str | None
    """Which deck; None for all of them, and for a file that could not be read."""
    title: str
    """What people read."""
    due: int = 0
    """Learned cards due."""
    new: int = 0
    """New cards left for today."""
    cards: int = 0
    """All cards."""
    mature: int = 0
    """Cards whose interval is long."""
    kept: float | None = None
    """Share remembered, or None."""
    fault: str = ""
    """What is wrong with the file."""
    is_unreadable: bool = False
    """Whether the file was left out whole."""
    path: str = ""
    """The file, where that is known."""
    is_daily: bool = True
    """Whether the daily queue asks its cards."""


class DeckList(Drawing, can_focus=True):
    """Decks with what is due, new and mature; one row is marked."""

    def __init__(self) -> None:
        super().__init__(id="decks", classes="box")
        self.border_title = "Decks"
        self._lines: tuple[DeckLine, ...] = ()
        self._first = 0
        self.marked = 0
        """Which row is marked."""

    @property
    def line(self) -> DeckLine | None:
        """The marked row."""
        return self._lines[self.marked] if self._lines else None

    def show(self, lines: Sequence[DeckLine]) -> None:
        """Show these rows; the deck that was marked stays marked."""
        slug = self.line.slug if self.line else None
        self._lines = tuple(lines)
        slugs = [line.slug for line in lines]
        self.marked = slugs.index(slug) if slug in slugs else 0
        decks = sum(line.slug is not None for line in lines)
        cards = lines[0].cards if lines else 0
        count = counted(decks, "deck")
        self.border_subtitle = f"{count}, {cards} cards"
        self.redraw()

    def mark(self, number: int) -> None:
        """Mark a row; numbers outside stop at the ends."""
        self.marked = max(0, min(len(self._lines) - 1, number))
        self.redraw()

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(1, self.size.height - 1)

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the heading and the rows around the marked one."""
        page = max(1, height - 1)
        self._first = max(min(self._first, self.marked), self.marked - page + 1, 0)
        self._first = min(self._first, max(0, len(self._lines) - page))
        overflows = len(self._lines) > page
        lines, columns = self._lines, _columns_of(width, _longest(self._lines), overflows=overflows)
        if _longest(lines) > columns.name:
            lines = tuple(replace(line, title=line.slug) if line.slug else line for line in lines)
            columns = _columns_of(width, _longest(lines), overflows=overflows)
        rows = [columns.heading()]
        for number, line in list(enumerate(lines))[self._first : self._first + page]:
            rows.append(self._draw_line(line, columns, number))
        if len(self._lines) > page:
            rows = self._with_arrows(rows, width, page)
        return rows

    def _with_arrows(self, rows: list[Row], width: int, page: int) -> list[Row]:
        """Return the rows with a sign at the edge where the list goes on."""
        marks = {1: self.glyphs.up if self._first else "", page: self.glyphs.down}
        if self._first + page >= len(self._lines):
            marks[page] = ""
        for number, mark in marks.items():
            if mark and number < len(rows):
                line = rows[number]
                gap = width - line.width - 1
                rows[number] = Row((*line.pieces, Piece(" " * gap), muted(mark)), line.ground, target=line.target)
        return rows

    def _draw_line(self, line: DeckLine, columns: _Columns, number: int) -> Row:
        is_marked = number == self.marked
        if line.is_unreadable:
            pieces = columns.fault(line)
        else:
            pieces = columns.cells(line, self._bar(line, columns), self.glyphs)
        ground = Ground.CURSOR if is_marked else Ground.NONE
        edge = Piece(self.glyphs.cursor if is_marked and (self.palette is None) else " ", Tone.ACCENT)
        return row(edge, *pieces, ground=ground, target=f"row:{number}")

    def _bar(self, line: DeckLine, columns: _Columns) -> tuple[Piece, Piece]:
        filled, empty = signs.bar(line.mature / line.cards if line.cards else 0.0, columns.bar, self.glyphs)
        return Piece(filled, Tone.SUCCESS if line.slug is None else Tone.PRIMARY), Piece(empty, Tone.RULE)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Widths of the columns."""

    name: int
    bar: int
    figures: bool
    """Whether Cards and Kept are shown."""
    margin: int
    """Cells left free at the right edge."""

    def heading(self) -> Row:
        name = pad("Deck", self.name + (2 if self.bar else 0))
        bar = pad("Mature", self.bar) if self.bar else ""
        figures = "   Due   New" + ("  Cards   Kept" if self.figures else "")
        return row(muted(f" {name}{bar}{figures}"))

    def cells(self, line: DeckLine, bar: Sequence[Piece], glyphs: signs.Glyphs) -> list[Piece]:
        is_all = line.slug is None
        name, fault = clean_line(line.title), f" {line.fault}" if line.fault else ""
        name = shorten(name, self.name - len(fault), ellipsis=glyphs.ellipsis)
        rest = self.name + (2 if self.bar else 0) - cell_width(name) - len(fault)
        pieces = [Piece(name, strong=is_all), Piece(fault, Tone.ERROR), Piece(" " * max(0, rest)), *bar]
        due = Piece(str(line.due), Tone.ACCENT, strong=True)
        if not line.due:
            due = Piece(glyphs.tick, Tone.SUCCESS) if not line.new else muted("0")
        new = Piece(str(line.new), Tone.PRIMARY if line.new else Tone.MUTED, strong=is_all)
        if not (line.is_daily or line.due or line.new):
            due = new = muted("-")
        pieces += [right_aligned(due, 6), right_aligned(new, 6)]
        if self.figures:
            kept = muted("-") if line.kept is None else Piece(f"{round(line.kept * 100)}%", strong=is_all)
            pieces += [right_aligned(muted(str(line.cards)), 7), right_aligned(kept, 7)]
        return pieces

    def fault(self, line: DeckLine) -> list[Piece]:
        room = self.name + self.bar + 2 + 12 + (14 if self.figures else 0)
        name = shorten(clean_line(line.title), self.name)
        why = shorten(clean_line(line.fault), max(0, room - cell_width(name) - 2))
        return [muted(name), Piece("  " + why, Tone.ERROR)]


def _longest(lines: Sequence[DeckLine]) -> int:
    """Return what the longest name takes, with what is wrong in its deck."""
    readable = (line for line in lines if not line.is_unreadable)
    return max((cell_width(line.title) + (len(line.fault) + 1 if line.fault else 0) for line in readable), default=0)


def _columns_of(width: int, longest: int, *, overflows: bool) -> _Columns:
    """Return the widths for a box so wide: names get what they need, the bar the rest."""
    margin = 2 if overflows else 1
    figures = width >= WIDE
    left = width - 1 - margin - 12 - (14 if figures else 0)
    if not figures:
        return _Columns(max(1, left), 0, figures=False, margin=margin)
    name = max(12, min(longest + 1, _LONGEST_NAME, left - 14))
    return _Columns(name, max(0, left - name - 2), figures=True, margin=margin)
