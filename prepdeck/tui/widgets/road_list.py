"""The sheets of the road by name, and the rows of the one that is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, strong, wrap
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.widgets.matrix import MarkedList


@dataclass(frozen=True, slots=True)
class ListLine:
    """One row of a sheet."""

    name: str
    """What the row is called, by which its mark is kept."""
    set: Callable[[int, Glyphs], Row]
    """Returns the row for a width."""


class RoadList(MarkedList):
    """The rows of one sheet, one of them marked; an empty one says why it is empty."""

    def __init__(self) -> None:
        super().__init__("rows", "")
        self._lines: tuple[ListLine, ...] = ()
        self._why_empty = ""

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self._lines)

    @property
    def names(self) -> list[str]:
        """The names of the rows."""
        return [line.name for line in self._lines]

    @property
    def name_marked(self) -> str:
        """The name of the marked row; empty without one."""
        return self._lines[self.marked].name if self._lines else ""

    def show(self, lines: Sequence[ListLine], title: str, footing: str, why_empty: str) -> None:
        """Show these rows.

        Args:
            lines: In order.
            title: What they are.
            footing: Counts, for the lower edge.
            why_empty: What is said when there are none.
        """
        self._lines, self._why_empty = tuple(lines), why_empty
        self.border_title, self.border_subtitle = Content(title), Content(footing if lines else "")
        self.mark(self.marked)

    def mark_name(self, name: str) -> None:
        """Mark the row of that name, if there is one."""
        if name in self.names:
            self.mark(self.names.index(name))

    def headings(self, width: int) -> Sequence[Row]:
        """Return why there is nothing."""
        return () if self._lines else [row(muted(f" {line}")) for line in wrap(self._why_empty, max(1, width - 1))]

    def line(self, number: int, width: int) -> Row:
        """Return one row without its edge; while the details are read the marked one stays bold."""
        line = self._lines[number].set(width, self.glyphs)
        if number != self.marked or self.has_focus:
            return line
        return replace(line, pieces=tuple(replace(piece, strong=True) for piece in line.pieces))


class SheetNames(Drawing):
    """The names of all sheets on one line; the one that is shown stands out."""

    def __init__(self) -> None:
        super().__init__(id="sheets")
        self._names: tuple[tuple[str, str], ...] = ()
        self._shown = ""

    def show(self, names: Sequence[tuple[str, str]], shown: str) -> None:
        """Show these names, each with what a click on it starts."""
        self._names, self._shown = tuple(names), shown
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:  # noqa: ARG002 - always one row
        """Return the one row; where it is narrow the names stand closer together."""
        needed = sum(len(title) for _, title in self._names) + 2 * len(self._names)
        gap = "  " if needed + len(self._names) <= width else " "
        pieces: list[Piece] = []
        for target, title in self._names:
            is_shown = title == self._shown
            words = f"{self.glyphs.marker}{title}" if is_shown else title
            pieces += [Piece(gap)] if pieces else []
            named = strong(words, Tone.ACCENT) if is_shown else foreign(words, Tone.MUTED)
            pieces.append(Piece(named.text, named.tone, strong=is_shown, target=target))
        return (Row(tuple(pieces)),)
