"""Today's plan line by line: what is done, what is next, and what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from prepdeck.text.cells import cell_width
from prepdeck.text.cleaning import clean_line
from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.rows import Ground, Piece, Row, Tone, foreign, muted, row, spread, wrap
from prepdeck.tui.widgets.matrix import MarkedList

NO_ROOM = "no room"
"""Said of a line that the day has no room for; its minutes, where they do not fit, stand in the sentence below."""
_LEAD = 3
"""Cells of edge, sign and the space behind them."""


@dataclass(frozen=True, slots=True)
class TodayLine:
    """One line of the day."""

    name: str
    """What it asks for, by which it stays marked."""
    title: str
    """In words for people."""
    short: str
    """The same in a word or two."""
    minutes: int
    """About how long it takes; 0 when it is not said."""
    is_done: bool = False
    """Whether it was done."""
    is_next: bool = False
    """Whether it is the one to do now."""
    fits: bool = True
    """Whether the day has room for it."""

    @property
    def is_left_out(self) -> bool:
        """Whether it waits without room in the day."""
        return not self.fits and not self.is_done


class TodayLines(MarkedList):
    """The lines of the day, one of them marked, and a sentence about the minutes below them."""

    def __init__(self) -> None:
        super().__init__("lines", "Today")
        self._lines: tuple[TodayLine, ...] = ()
        self._words = ""

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    @property
    def line_marked(self) -> TodayLine | None:
        """The marked line; None without one."""
        return self._lines[self.marked] if self._lines else None

    def show(self, lines: Sequence[TodayLine], words: str, title: str, footing: str) -> None:
        """Show these lines; the marked one stays marked, at first it is the next one.

        Args:
            lines: In the order they are worth doing.
            words: What is said of the minutes.
            title: Which day it is.
            footing: The keys that help, for the lower edge.
        """
        kept = self.line_marked
        self._lines, self._words = tuple(lines), words
        self.border_title, self.border_subtitle = Content(title), Content(footing)
        first = next((at for at, line in enumerate(lines) if line.is_next), 0)
        stays = next((at for at, line in enumerate(lines) if kept is not None and line.name == kept.name), first)
        self.mark(stays)
        self.redraw(layout=True)

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the lines on as many rows as they need, or on one each where it is low; height 0 asks for all."""
        words = [row(muted(f" {line}")) for line in wrap(self._words, max(1, width - 1))] if self._words else []
        blocks = [self._block(number, width) for number in range(self.count)]
        tall = [each for block in blocks for each in block]
        for rows in ([*tall, Row(), *words], [*tall, *words]):
            if not height or len(rows) <= height:
                return rows
        short = [self._row(number, width) for number in range(self.count)]
        return [*self._around(short, max(1, height - len(words))), *words][:height]

    def _around(self, rows: list[Row], room: int) -> list[Row]:
        """Return the rows around the marked one."""
        self._first = min(max(self._first, self.marked - room + 1, 0), self.marked, max(0, len(rows) - room))
        return rows[self._first : self._first + room]

    def _block(self, number: int, width: int) -> list[Row]:
        """Return one line with its whole title, its minutes on the first row."""
        line = self._lines[number]
        right = self._right(line, width)
        room = max(1, width - _LEAD - right.width - 1)
        texts = wrap(line.title, room)
        tone, bold = look_of(line)
        head = self._set(number, row(*self._lead(number), foreign(texts[0], tone, bold=bold)), right, width)
        more = [row(" " * _LEAD, foreign(text, tone, bold=bold)) for text in texts[1:]]
        return [head, *(Row(each.pieces, head.ground, target=head.target) for each in more)]

    def _row(self, number: int, width: int) -> Row:
        """Return one line on one row, its title cut."""
        line = self._lines[number]
        tone, bold = look_of(line)
        left = row(*self._lead(number), foreign(line.title, tone, bold=bold))
        return self._set(number, left, self._right(line, width), width)

    def _set(self, number: int, left: Row, right: Row, width: int) -> Row:
        spaced = spread(left, right, width, self.glyphs.ellipsis)
        is_marked = number == self.marked and self.has_focus
        return Row(spaced.pieces, Ground.CURSOR if is_marked else Ground.NONE, target=f"{self.id}:{number}")

    def _lead(self, number: int) -> tuple[Piece, ...]:
        edge = self.glyphs.cursor if number == self.marked and self._shows_edge else " "
        return (Piece(edge, Tone.ACCENT), *sign_of(self._lines[number], self.glyphs))

    def _right(self, line: TodayLine, width: int) -> Row:
        if not line.minutes or line.is_done:
            return Row()
        words = minutes_words(line)
        is_seen = cell_width(clean_line(line.title)) + len(words) + _LEAD + 1 <= width
        return row(muted(words if is_seen or line.fits else NO_ROOM))


def minutes_words(line: TodayLine) -> str:
    """Return how long a line takes, and that the day has no room for it."""
    return f"{NO_ROOM}  {line.minutes} min" if line.is_left_out else f"{line.minutes} min"


def look_of(line: TodayLine) -> tuple[Tone, bool]:
    """Return the tone of a line, and whether it is bold: what is done or finds no room is quiet."""
    return (Tone.MUTED if line.is_done or line.is_left_out else Tone.TEXT), line.is_next


def sign_of(line: TodayLine, glyphs: Glyphs) -> tuple[Piece, Piece]:
    """Return the sign of a line and the space behind it."""
    if line.is_done:
        return Piece(glyphs.tick, Tone.SUCCESS), Piece(" ")
    return (Piece(glyphs.marker, Tone.ACCENT, strong=True) if line.is_next else muted(glyphs.dot)), Piece(" ")
