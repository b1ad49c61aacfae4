"""Rows of a list in columns, the names of all lists, and everything about the marked row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from textual.content import Content

from prepdeck.text.cells import cell_width, pad, shorten
from prepdeck.text.cleaning import clean_line
from prepdeck.tui.rows import Piece, Row, Tone, fit, foreign, muted, row, strong, wrap
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.widgets.matrix import MarkedList
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from prepdeck.study.tables import Table, TableRow

COLUMNS: Final = {
    "deliverables": ("title", "status", "phase", "on", "link"),
    "portfolio": ("title", "status", "sort", "on", "next", "link"),
    "applications": ("company", "on", "status", "role", "next", "link"),
    "contacts": ("name", "on", "next", "company", "status", "link"),
    "interviews": ("company", "day", "round", "result", "status"),
}
"""Fields of a table, the most important first; those that find no room are left out."""
_GAP: Final = 2
_LEAST_TITLE: Final = 16
_WIDEST: Final = {"status": 11, "phase": 5, "on": 15, "day": 10, "sort": 14, "role": 18, "round": 14}
"""Cells of columns that need no more."""
_USUAL: Final = 24
"""Cells of any other column but the first."""


class ListNames(Drawing):
    """The names of all lists on one line, with how many rows of each are open."""

    def __init__(self) -> None:
        super().__init__(id="names")
        self._names: Sequence[tuple[str, int]] = ()
        self._at = 0

    def show(self, names: Sequence[tuple[str, int]], at: int) -> None:
        """Show these, one of them as the one in use."""
        self._names, self._at = tuple(names), at
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:  # noqa: ARG002 - one line
        """Return the line; where it is narrow only the one in use has its full name."""
        for short in (99, 9, 5, 1):
            line = self._line(short)
            if line.width <= width:
                return [line]
        return [fit(self._line(1), width, self.glyphs.ellipsis)]

    def _line(self, longest: int) -> Row:
        pieces: list[Piece] = []
        for number, (name, count) in enumerate(self._names):
            is_here = number == self._at
            words = name if is_here else name[:longest]
            text = f"{self.glyphs.marker if is_here else ' '}{words} {count}"
            style = Piece(text, Tone.ACCENT, strong=True) if is_here else muted(text)
            pieces += [Piece(style.text, style.tone, strong=style.strong, target=f"list:{number}"), Piece(" ")]
        return Row(tuple(pieces))


class RowTable(MarkedList):
    """The rows of one list in columns."""

    HEADINGS = 1

    def __init__(self) -> None:
        super().__init__("rows", "")
        self._table: Table | None = None
        self._shown: tuple[TableRow, ...] = ()
        self._why_empty = ""

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._shown)

    @property
    def row(self) -> TableRow | None:
        """The marked row."""
        return self._shown[self.marked] if self._shown else None

    def show(self, table: Table, shown: Sequence[TableRow], footing: str, why_empty: str) -> None:
        """Show some rows of a list; the marked one stays marked while it is among them."""
        before = (
            self.row.id if self.row is not None and self._table is not None and self._table.kind is table.kind else ""
        )
        self._table, self._shown, self._why_empty = table, tuple(shown), why_empty
        self.border_title = table.title
        self.border_subtitle = Content(footing)
        self.mark(self.marked)
        if before:
            self.mark_named(before)

    def mark_named(self, name: str) -> None:
        """Mark the row of that name; without one the mark stays."""
        names = [each.id for each in self._shown]
        if name in names:
            self.mark(names.index(name))

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the heading and the rows, or why there are none."""
        if not self._shown:
            return [row(muted(line)) for line in wrap(self._why_empty, max(1, width))]
        return super().draw(width, height)

    def headings(self, width: int) -> Sequence[Row]:
        """Return the names of the columns."""
        table = self._table
        if table is None:
            return ()
        titles = {each.name: each.title for each in table.columns}
        words = [pad(shorten(titles[name], cells), cells) for name, cells in self._columns(width - 1)]
        return (row(muted(" " * (self._number_width + 3) + (" " * _GAP).join(words))),)

    @property
    def _number_width(self) -> int:
        return max((len(str(each.number)) for each in self._shown), default=1)

    def _columns(self, width: int) -> list[tuple[str, int]]:
        """Return the columns that have room, each with its cells; the first one takes what is left."""
        table = self._table
        if table is None:
            return []
        first, *others = COLUMNS[table.kind.value]
        left = width - self._number_width - 2 - _LEAST_TITLE
        chosen = []
        for name in others:
            longest = max((cell_width(self._words(each, name)) for each in self._shown), default=0)
            cells = min(max(longest, len(name)), _WIDEST.get(name, _USUAL))
            if longest and cells + _GAP <= left:
                chosen.append((name, cells))
                left -= cells + _GAP
        return [(first, _LEAST_TITLE + left), *chosen]

    def _words(self, each: TableRow, name: str) -> str:
        words = clean_line(each.values.get(name, ""))
        if name == "on" and each.next_on is not None and self._table is not None:
            return _when(each, self._table.today)
        return words

    def line(self, number: int, width: int) -> Row:
        """Return one row."""
        each = self._shown[number]
        sign = " " if each.is_open else self.glyphs.tick
        pieces: list[Piece | str] = [
            muted(str(each.number).rjust(self._number_width)),
            Piece(f"{sign}", Tone.SUCCESS),
            " ",
        ]
        is_due = self._table is not None and each in self._table.due
        for place, (name, cells) in enumerate(self._columns(width)):
            words = pad(shorten(self._words(each, name), cells, ellipsis=self.glyphs.ellipsis), cells)
            tone = Tone.ACCENT if name == "on" and is_due else Tone.TEXT
            if not each.is_open or (place and name not in {"status", "on"}):
                tone = Tone.MUTED
            pieces += [" " * _GAP if place else "", Piece(words, tone)]
        return row(*pieces)


def _when(each: TableRow, today: date) -> str:
    """Return the day of a next action, with a sign where it is due."""
    day = each.next_on
    if day is None:
        return ""
    return f"! {show_day(day)}" if each.is_open and day <= today else show_day(day)


class RowFacts(Drawing):
    """Everything about the marked row."""

    def __init__(self) -> None:
        super().__init__(id="facts", classes="box")
        self._table: Table | None = None
        self._row: TableRow | None = None

    def show(self, table: Table, marked: TableRow | None) -> None:
        """Show a row of a list."""
        self._table, self._row = table, marked
        self.display = marked is not None
        words = "" if marked is None else f"phase {marked.phase} {marked.sort}" if marked.is_of_road else marked.status
        self.border_title = Content(f"Row {marked.number}" if marked is not None else "")
        self.border_subtitle = Content(words)
        self.redraw(layout=True)

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return its fields, one below the other."""
        if self._table is None or self._row is None:
            return []
        label = min(11, max(6, width // 4))
        rows = []
        for field in self._table.columns:
            words = self._row.values.get(field.name, "")
            if field.name == "on" and words:
                words = _when(self._row, self._table.today)
            parts = [part.strip() for part in words.split("|")] if field.name == "questions" else [words]
            lines = [line for part in parts if part for line in wrap(part, max(1, width - label))]
            for number, line in enumerate(lines):
                name = strong(pad(field.title, label)) if not number else " " * label
                rows.append(row(name, foreign(line)))
        if height and len(rows) > height:
            rows = [*rows[: height - 1], row(muted(f"{self.glyphs.down} {len(rows) - height + 1} more lines"))]
        return rows
