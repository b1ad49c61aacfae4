"""How far the round is, and the field a number is typed into."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Input

from prepdeck.cards.number import LONGEST
from prepdeck.text.cleaning import clean_line
from prepdeck.tui import glyphs as signs
from prepdeck.tui.rows import Piece, Row, Tone, row
from prepdeck.tui.widgets.drawing import Drawing


class ProgressLine(Drawing):
    """A bar across the screen: how much of the round is done."""

    def __init__(self) -> None:
        super().__init__(id="progress")
        self._share = 0.0

    def show(self, share: float) -> None:
        """Show how much is done, 0-1."""
        if share != self._share:
            self._share = share
            self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:  # noqa: ARG002 - always one row
        """Return the one row."""
        filled, empty = signs.bar(self._share, width, self.glyphs)
        return [row(Piece(filled, Tone.SUCCESS), Piece(empty, Tone.RULE))]


class AnswerField(Input):
    """Takes a number; the page checks it."""

    def __init__(self) -> None:
        super().__init__(id="field", placeholder="type a number", max_length=LONGEST, select_on_focus=False)
        self.cursor_blink = False
        self.display = False

    def ask(self, unit: str | None) -> None:
        """Begin an empty answer in a unit."""
        self.value = ""
        words = "your answer" if unit is None else f"your answer, {clean_line(unit)}"
        self.border_title = Content(words)
        self.border_subtitle = "Enter checks, Esc leaves"
