"""The frame of every page: title bar, status line, key bar, and the line for a window too small."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prepdeck.tui.rows import Piece, Row, Tone, beside, centred, fit, foreign, muted, row, spread, strong, wrap
from prepdeck.tui.widgets.drawing import Drawing

SMALLEST = (40, 12)
"""Columns and rows below which nothing but a sentence is shown."""
_LEFT_WANTED = 24
"""Cells the left side of the title bar may claim before the right side takes its short form."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One key in the key bar."""

    keys: str
    """As people read them."""
    word: str
    """What it does."""
    target: str
    """What a click on it starts."""
    rank: int
    """Hints with the highest rank leave first; 0 never leaves."""


class TitleBar(Drawing):
    """Where one is on the left; times and counts on the right, in the longest form that fits."""

    def __init__(self) -> None:
        super().__init__(id="title-bar")
        self._left = row(strong("prepdeck", Tone.PRIMARY))
        self._rights: tuple[Row, ...] = (Row(),)

    def show(self, left: Row, rights: Sequence[Row]) -> None:
        """Show a title; `rights` come longest first."""
        shown = (left, tuple(rights) or (Row(),))
        if shown != (self._left, self._rights):
            self._left, self._rights = shown
            self.redraw_changes()

    def draw(self, width: int, height: int) -> Sequence[Row]:  # noqa: ARG002 - always one row
        """Return the one row."""
        wanted = min(self._left.width, _LEFT_WANTED)
        fitting = (right for right in self._rights if right.width + 1 + wanted <= width)
        return (spread(self._left, next(fitting, self._rights[-1]), width, self.glyphs.ellipsis),)


class StatusLine(Drawing):
    """A sentence about what just happened; takes no room while there is none."""

    def __init__(self) -> None:
        super().__init__(id="status")
        self.words = ""
        """What it says."""
        self._is_error = False
        self.add_class("-silent")

    def say(self, words: str, *, is_error: bool = False) -> None:
        """Say a sentence until another one comes; nothing clears the line."""
        if (words, is_error) == (self.words, self._is_error):
            return
        self.words, self._is_error = words, is_error
        self.set_class(not words, "-silent")
        self.redraw(layout=True)

    def draw(self, width: int, height: int) -> Sequence[Row]:  # noqa: ARG002 - as many rows as the sentence takes
        """Return the sentence, marked when it is an error."""
        mark, tone = muted(f"{self.glyphs.dot} "), Tone.MUTED
        if self._is_error:
            mark, tone = Piece(f"{self.glyphs.cross} ", Tone.ERROR, strong=True), Tone.TEXT
        lines = wrap(self.words, max(1, width - 2))[:4]
        return [row(mark if number == 0 else "  ", Piece(line, tone)) for number, line in enumerate(lines)]


class KeyBar(Drawing):
    """The next keys; hints that matter less leave when the line is too narrow, the way out and the help never."""

    def __init__(self) -> None:
        super().__init__(id="key-bar")
        self._hints: tuple[Hint, ...] = ()

    def show(self, hints: Sequence[Hint]) -> None:
        """Show these hints."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:  # noqa: ARG002 - always one row
        """Return the one row."""
        hints = list(self._hints)
        while _width_of(hints) > width and any(hint.rank for hint in hints):
            hints.remove(max(hints, key=lambda hint: hint.rank))
        gap = Row((Piece("  "),))
        parts: list[Row] = []
        for hint in hints:
            parts += [gap] if parts else []
            parts.append(_draw_hint(hint))
        return (fit(beside(parts), width, self.glyphs.ellipsis),)


def _draw_hint(hint: Hint) -> Row:
    return row(
        Piece(hint.keys, Tone.ACCENT, strong=True, target=hint.target),
        Piece(f" {hint.word}", target=hint.target),
    )


def _width_of(hints: Sequence[Hint]) -> int:
    return sum(_draw_hint(hint).width for hint in hints) + 2 * max(0, len(hints) - 1)


class TooSmall(Drawing):
    """The one line a window gets that is too small for everything else."""

    def __init__(self) -> None:
        super().__init__(id="too-small")

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the line in the middle."""
        columns, lines = SMALLEST
        words = f"prepdeck needs {columns} x {lines} cells"
        lines_above = max(0, (height - 1) // 2)
        return [*([Row()] * lines_above), *(centred(row(line), width) for line in wrap(words, max(1, width)))]


class Notice(Drawing):
    """A page of sentences: opening, nothing due, a fault."""

    def __init__(self, title: str, *, tone: str = "") -> None:
        super().__init__(id="notice", classes=f"box {tone}".strip())
        self.border_title = title
        self._setter: Callable[[int], Sequence[Row | str]] = lambda width: ()  # noqa: ARG005 - nothing to say yet

    def show(self, setter: Callable[[int], Sequence[Row | str]]) -> None:
        """Show what `setter` returns for a width: rows of our own, and texts that are wrapped."""
        self._setter = setter
        self.redraw(layout=True)

    def draw(self, width: int, height: int) -> Sequence[Row]:  # noqa: ARG002 - as many rows as there are
        """Return all of it."""
        rows: list[Row] = []
        for paragraph in self._setter(width):
            if isinstance(paragraph, Row):
                rows.append(fit(paragraph, width, self.glyphs.ellipsis))
            else:
                rows += [row(foreign(line)) for line in wrap(paragraph, max(1, width))]
        return self._tightened(rows)

    def _tightened(self, rows: list[Row]) -> list[Row]:
        """Return the rows without blank ones, from the bottom up, as far as the window is too low for them."""
        room = self.screen.size.height - 2 - self.gutter.height
        for number in range(len(rows) - 1, -1, -1):
            if len(rows) > room and not rows[number].text:
                del rows[number]
        return rows
