"""The box that asks where a thing can be seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from textual import events

from prepdeck.errors import UsageError
from prepdeck.road.lists import LONGEST_LINK, read_link
from prepdeck.text.cells import cell_width
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, wrap
from prepdeck.tui.screens.dialogs import Dialog
from prepdeck.tui.screens.framed import stroke_of
from prepdeck.tui.screens.review_words import sentence_of

_LEAD: Final = 8
"""Cells before what is typed."""


class LinkDialog(Dialog):
    """One field; Enter keeps what it holds. What is no web address is refused and stays as it was typed.

    Args:
        text: The thing.
        keep: Takes the link.
        link: What stands in the field at first.
        fault: Why what was typed before was not taken.
    """

    TITLE_WORDS = "Done, with a link"
    FOOTING = "Enter keeps   Esc closes"

    def __init__(self, text: str, keep: Callable[[str], None], link: str = "", fault: str = "") -> None:
        super().__init__()
        self._text = text
        self._keep = keep
        self._typed = link
        self._fault = fault

    def takes(self, event: events.Key) -> bool:
        """Type into the field, or keep it."""
        key = stroke_of(event)
        if key == "backspace":
            self._typed = self._typed[:-1]
        elif key == "enter":
            self._enter()
            return True
        elif event.is_printable and event.character:
            self._type(event.character)
        else:
            return False
        self.sheet.redraw(layout=True)
        return True

    def _type(self, words: str) -> None:
        # One more than a link may have, so that one too long is refused rather than cut.
        self._typed = (self._typed + "".join(filter(str.isprintable, words)))[: LONGEST_LINK + 1]

    def _enter(self) -> None:
        try:
            link = read_link(self._typed)
        except UsageError as error:
            self._fault = sentence_of(error)
            self.sheet.redraw(layout=True)
            return
        self._close(None)
        self._keep(link)

    def on_paste(self, event: events.Paste) -> None:
        """Type pasted words."""
        event.stop()
        self._type(event.text)
        self.sheet.redraw(layout=True)

    def press(self, target: str) -> None:
        """Stay; there is one field."""

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return the thing, the field, what it takes, and why the last try was refused."""
        typed = self._typed
        while typed and cell_width(typed) > max(1, width - _LEAD - 1):
            typed = typed[1:]
        lead = Piece(f"{self.prepdeck.glyphs.marker} Link  ", Tone.ACCENT, strong=True)
        rows = [row(foreign(line)) for line in wrap(self._text, width)]
        rows += [Row(), row(lead, foreign(typed), Piece(" ", Tone.BUTTON)), Row()]
        rows += [row(muted(line)) for line in wrap("A web address; empty means done without one.", width)]
        return [*rows, *self.fault_rows(self._fault, width)]
