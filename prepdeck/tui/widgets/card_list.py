"""The list of cards that were found: of however many there are, only the lines that are seen are held and drawn."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import events
from textual.message import Message

from prepdeck.text.cells import pad
from prepdeck.tui.rows import Ground, Piece, Row, Tone, fit, foreign, muted, padded, right_aligned, row, strong
from prepdeck.tui.widgets.drawing import Drawing

if TYPE_CHECKING:
    from prepdeck.cards.ids import CardId
    from prepdeck.study.browsing import CardLine

PAGE: Final = 64
"""Lines that are fetched at once."""
MOST_PAGES: Final = 24
"""Pages that are held; of more, those far from what is seen are let go."""
_FIGURES: Final = 46
"""Cells from which easiness and interval are shown."""
_KINDS: Final = 62
"""Cells from which kinds are shown."""
_TONES: Final = {
    "retired": Tone.MUTED,
    "suspended": Tone.MUTED,
    "buried": Tone.MUTED,
    "leech": Tone.ERROR,
    "due": Tone.ACCENT,
    "new": Tone.PRIMARY,
}


class CardList(Drawing, can_focus=True):
    """One marked line of many; asks for pages of lines before they are seen."""

    @dataclass
    class Wanted(Message):
        """A page is wanted."""

        page: int
        """Its number, from 0."""

    def __init__(self) -> None:
        super().__init__(id="cards", classes="box")
        self.border_title = "Cards"
        self._count = 0
        self._is_whole = True
        self._pages: dict[int, tuple[CardLine, ...]] = {}
        self._asked: set[int] = set()
        self._first = 0
        self._selected: Collection[CardId] = ()
        self._words: Callable[[int], Sequence[Row]] = lambda width: ()  # noqa: ARG005 - nothing to say yet
        self.marked = 0
        """Which line is marked."""

    @property
    def line(self) -> CardLine | None:
        """The marked line; None when it is not there yet, or nothing was found."""
        return self._line(self.marked)

    @property
    def count(self) -> int:
        """How many lines there are."""
        return self._count

    @property
    def page(self) -> int:
        """How many lines are seen at once."""
        return max(1, self.size.height - 1)

    def show(self, count: int, lines: Sequence[CardLine], *, is_whole: bool, marked: int) -> None:
        """Show another list.

        Args:
            count: How many lines there are.
            lines: The first ones.
            is_whole: Whether there are no more than `count`.
            marked: Which one to mark; a number behind the last one marks that.
        """
        self._count, self._is_whole = count, is_whole
        self._pages = {
            start // PAGE: tuple(lines[start : start + PAGE])
            for start in range(0, len(lines), PAGE)
            if start + PAGE <= len(lines) or len(lines) == count
        }
        self._asked = set(self._pages)
        self.mark(marked)

    def grow(self, count: int) -> None:
        """Take on that there are so many lines, and no more."""
        self._asked &= {page for page, lines in self._pages.items() if len(lines) == PAGE}
        self._count, self._is_whole = count, True
        self.mark(self.marked)

    def say(self, words: Callable[[int], Sequence[Row]]) -> None:
        """Say something for a width where nothing was found."""
        self._words = words
        self.redraw()

    def feed(self, page: int, lines: Sequence[CardLine]) -> None:
        """Take a page that was wanted."""
        self._pages[page] = tuple(lines)
        here = self._first // PAGE
        for far in sorted(self._pages, key=lambda each: abs(each - here))[MOST_PAGES:]:
            del self._pages[far]
            self._asked.discard(far)
        self.redraw()

    def select(self, cards: Collection[CardId]) -> None:
        """Show which cards are selected."""
        self._selected = cards
        self.redraw()

    def mark(self, number: int) -> None:
        """Mark a line; numbers outside stop at the ends."""
        self.marked = max(0, min(self._count - 1, number))
        self._settle()
        self.redraw()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Keep the marked line in sight."""
        self._settle()

    def _settle(self) -> None:
        """Choose the lines that are seen, ask for them and their neighbours, and say which they are."""
        page = self.page
        self._first = max(min(self._first, self.marked), self.marked - page + 1, 0)
        self._first = min(self._first, max(0, self._count - page))
        last = min(self._first + page, self._count)
        around = range(max(0, self._first - page) // PAGE, (min(self._count, last + page) + PAGE - 1) // PAGE)
        for wanted in around:
            if wanted not in self._asked:
                self._asked.add(wanted)
                self.post_message(self.Wanted(wanted))
        more = "" if self._is_whole else " or more"
        self.border_subtitle = f"{self._first + 1:,}-{last:,} of {self._count:,}{more}" if self._count else ""

    def _line(self, number: int) -> CardLine | None:
        lines = self._pages.get(number // PAGE, ())
        return lines[number % PAGE] if number < self._count and number % PAGE < len(lines) else None

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the heading and the lines that are seen."""
        if not self._count:
            return self._words(width)
        columns = _Columns(width)
        seen = range(self._first, min(self._first + max(1, height - 1), self._count))
        return [columns.heading(), *(self._draw_line(number, columns) for number in seen)]

    def _draw_line(self, number: int, columns: _Columns) -> Row:
        is_marked = number == self.marked
        line = self._line(number)
        ground = Ground.CURSOR if is_marked else Ground.NONE
        edge = Piece(self.glyphs.cursor if is_marked and self.palette is None else " ", Tone.ACCENT)
        if line is None:
            return row(edge, muted(f" {self.glyphs.ellipsis}"), ground=ground, target=f"card:{number}")
        tick = Piece(self.glyphs.tick if line.card in self._selected else " ", Tone.ACCENT, strong=True)
        mark = Piece(f"{tick.text} ", tick.tone, strong=True, target=f"tick:{number}")
        flag = [Piece(f"{self.glyphs.bullet} ", Tone.ACCENT)] if line.is_flagged else []
        title = [foreign(each.text, bold=each.is_match or is_marked) for each in line.title]
        name = padded(fit(row(*flag, *title), columns.name, self.glyphs.ellipsis), columns.name)
        return row(edge, mark, *name.pieces, *columns.figures(line), ground=ground, target=f"card:{number}")

    def nothing(self, query: str, nearest: str | None, clears: str, width: int) -> Sequence[Row]:
        """Return what is said where nothing was found."""
        rows = [row("Nothing found for ", fit(row(foreign(query, bold=True)), max(1, width - 18)).pieces[0])]
        if nearest:
            rows += [Row(), row(muted("the nearest is "), strong(nearest, Tone.PRIMARY), target="nearest")]
        return [*rows, Row(), row(strong(clears, Tone.ACCENT), muted(" clears the search"), target="clear")]


class _Columns:
    """The columns for a box so wide."""

    def __init__(self, width: int) -> None:
        self._has_figures = width >= _FIGURES
        self._has_kinds = width >= _KINDS
        self.name = max(1, width - 3 - 10 - (13 if self._has_figures else 0) - (9 if self._has_kinds else 0))
        """Cells of the front."""

    def heading(self) -> Row:
        kinds = "  Kind   " if self._has_kinds else ""
        figures = " Ease   Every" if self._has_figures else ""
        return row(muted(f"   {pad('Front', self.name)}{kinds}{figures}      Next"))

    def figures(self, line: CardLine) -> list[Piece]:
        """Return kind, easiness, interval and what comes next."""
        pieces = [muted("  " + pad(line.kind, 7))] if self._has_kinds else []
        if self._has_figures:
            easiness = "" if line.easiness is None else f"{line.easiness / 100:.2f}"
            interval = "" if line.interval is None else f"{line.interval} d"
            pieces += [muted(f"{easiness:>5}{interval:>8}")]
        standing = line.standing.value
        words = f"{line.days} d" if standing == "waiting" else standing
        return [*pieces, right_aligned(Piece(words, _TONES.get(standing, Tone.TEXT)), 10)]
