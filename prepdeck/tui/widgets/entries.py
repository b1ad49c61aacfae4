"""A list whose entries take several lines: what there is always room for, and more below the marked one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.rows import Ground, Piece, Row, Tone, fit, foreign, muted, row, wrap
from prepdeck.tui.widgets.matrix import MarkedList

Setter = Callable[[int, Glyphs], Sequence[Row]]
"""Returns the lines of something for a width."""


def _nothing(width: int, glyphs: Glyphs) -> Sequence[Row]:  # noqa: ARG001 - a setter
    return ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a list."""

    name: str
    """What it is called, by which its mark is kept."""
    set: Setter
    """Its first lines."""
    more: Setter = _nothing
    """What is said below them where there is room: of the marked entry, or of all."""
    heading: str = ""
    """What stands above it, where something new begins."""


class EntryList(MarkedList):
    """Entries one below the other, one of them marked; an empty list says why it is empty.

    Args:
        id: Its name.
        title: What it lists.
        opens_all: Whether every entry says more where all of it has room.
    """

    def __init__(self, id: str, title: str, *, opens_all: bool = False) -> None:  # noqa: A002 - Textual's word
        super().__init__(id, title)
        self._entries: tuple[Entry, ...] = ()
        self._why_empty = ""
        self._opens_all = opens_all
        self._inside = 0

    @property
    def count(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    @property
    def name_marked(self) -> str:
        """The name of the marked entry; empty without one."""
        return self._entries[self.marked].name if self._entries else ""

    @property
    def page(self) -> int:
        """How many entries are seen at once, about."""
        lines = len(self._all(max(1, self.size.width), opens_all=False))
        return max(1, self.size.height * max(1, self.count) // max(1, lines))

    def mark(self, number: int) -> None:
        """Mark an entry, from its first line on; numbers outside stop at the ends."""
        self._inside = 0
        super().mark(number)

    def step(self, by: int) -> None:
        """Mark the next entry or the one before; one that is longer than the room is read through first."""
        if not self._entries:
            return
        entry, width = self._entries[self.marked], max(1, self.size.width - 1)
        mine = len(entry.set(width, self.glyphs)) + len(entry.more(width, self.glyphs))
        inside = self._inside + by
        if 0 <= inside <= mine - self.size.height:
            self._inside = inside
            self.redraw()
        else:
            self.mark(self.marked + by)

    def show(self, entries: Sequence[Entry], footing: str = "", why_empty: str = "") -> None:
        """Show these; the marked one stays marked wherever it stands now."""
        before = self.name_marked
        self._entries, self._why_empty = tuple(entries), why_empty
        self.border_subtitle = Content(footing)
        names = [entry.name for entry in self._entries]
        self.mark(names.index(before) if before in names else self.marked)
        self.refresh(layout=True)

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the lines around the marked entry; a height of nothing asks how many there are."""
        if not self._entries:
            return [row(muted(line)) for line in wrap(self._why_empty, max(1, width))]
        lines = self._all(width, opens_all=self._opens_all)
        if self._opens_all and height and len(lines) > height:
            lines = self._all(width, opens_all=False)
        rows = [line for _, line in lines]
        if not height or len(rows) <= height:
            return rows
        numbers = [number for number, (each, _) in enumerate(lines) if each == self.marked]
        top, bottom = numbers[0], numbers[-1]
        if self.marked == 0 and bottom < height:
            top = 0
        last_line = 1 if bottom == len(rows) - 1 else 2  # the line that says how much more there is
        self._first = min(max(self._first, bottom - height + last_line), top)
        if len(numbers) > height:
            self._first = top + min(self._inside, len(numbers) - height)
        self._first = max(0, min(self._first, len(rows) - height))
        shown = rows[self._first : self._first + height]
        left = len(rows) - self._first - height
        if left and bottom < self._first + height - 1:
            shown[-1] = row(muted(f" {self.glyphs.down} {left + 1} more lines"), target="move.page_down")
        return shown

    def _all(self, width: int, *, opens_all: bool) -> list[tuple[int, Row]]:
        """Return every line with the number of its entry; headings have none."""
        found: list[tuple[int, Row]] = []
        for number, entry in enumerate(self._entries):
            if entry.heading:
                found.append((-1, fit(row(foreign(entry.heading, bold=True)), width, self.glyphs.ellipsis)))
            is_marked = number == self.marked
            inner = max(1, width - 1)
            more = entry.more(inner, self.glyphs) if opens_all or is_marked else ()
            found += [
                (number, self._edged(each, number, width, is_head=True)) for each in entry.set(inner, self.glyphs)
            ]
            found += [(number, self._edged(each, number, width, is_head=False)) for each in more]
        return found

    def _edged(self, line: Row, number: int, width: int, *, is_head: bool) -> Row:
        is_marked = number == self.marked
        edge = Piece(self.glyphs.cursor if is_marked and self._shows_edge else " ", Tone.ACCENT)
        pieces = line.pieces
        if is_marked and is_head and not self.has_focus:
            pieces = tuple(replace(piece, strong=True) for piece in pieces)
        cut = fit(Row((edge, *pieces)), width, self.glyphs.ellipsis)
        ground = Ground.CURSOR if is_marked and is_head and self.has_focus else Ground.NONE
        return Row(cut.pieces, ground, target=f"{self.id}:{number}")

    def on_mouse_scroll_down(self) -> None:
        """Mark the next entry."""
        self.step(1)

    def on_mouse_scroll_up(self) -> None:
        """Mark the entry before."""
        self.step(-1)


def indented(words: str, width: int, tone: Tone = Tone.MUTED, *, before: str = "  ") -> list[Row]:
    """Return words on as many lines as they take, moved in."""
    lines = wrap(words, max(1, width - len(before)))
    return [row(before if number == 0 else " " * len(before), foreign(line, tone)) for number, line in enumerate(lines)]
