"""The box that asks for the day of the interview."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events

from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, strong, wrap
from prepdeck.tui.screens.dialogs import Dialog
from prepdeck.tui.screens.framed import stroke_of

LONGEST = 80
"""Characters of a field."""
_LABEL = 9


class DateDialog(Dialog):
    """Two fields, the day and the company; Enter in the last one keeps them.

    Args:
        keep: Takes what was typed.
        day: What stands in the first field at first.
        company: What stands in the second.
        fault: Why what was typed before was not taken.
    """

    TITLE_WORDS = "Interview date"
    FOOTING = "Tab other field   Enter keeps   Esc closes"

    def __init__(self, keep: Callable[[str, str], None], day: str = "", company: str = "", fault: str = "") -> None:
        super().__init__()
        self._keep = keep
        self._fields = [day, company]
        self._at = 0
        self._fault = fault

    def takes(self, event: events.Key) -> bool:
        """Type into the field, move between the two, or keep them."""
        key = stroke_of(event)
        if key in {"tab", "shift+tab", "up", "down"}:
            self._at = 1 - self._at
        elif key == "backspace":
            self._fields[self._at] = self._fields[self._at][:-1]
        elif key == "enter":
            self._enter()
        elif event.is_printable and event.character:
            self._type(event.character)
        else:
            return False
        self.sheet.redraw(layout=True)
        return True

    def _enter(self) -> None:
        if self._at == 0:
            self._at = 1
            return
        self._close(None)
        self._keep(*self._fields)

    def _type(self, words: str) -> None:
        self._fields[self._at] = (self._fields[self._at] + "".join(filter(str.isprintable, words)))[:LONGEST]

    def on_paste(self, event: events.Paste) -> None:
        """Type pasted words."""
        event.stop()
        self._type(event.text)
        self.sheet.redraw(layout=True)

    def press(self, target: str) -> None:
        """Go to the field that was clicked."""
        self._at = int(target.removeprefix("field:"))
        self.sheet.redraw(layout=True)

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return the two fields, what they take, and why the last try was refused."""
        rows = [self._field(0, "Day", width), self._field(1, "Company", width), Row()]
        rows += [row(muted(line)) for line in wrap("A day like 2026-12-10, or +21 for 21 days from now.", width)]
        rows += [row(muted(line)) for line in wrap("Another company adds a second interview.", width)]
        return [*rows, *self.fault_rows(self._fault, width)]

    def _field(self, number: int, name: str, width: int) -> Row:
        is_here = number == self._at
        typed = self._fields[number][-max(1, width - _LABEL - 4) :]
        cursor = [Piece(" ", Tone.BUTTON)] if is_here else []
        label = strong(name.ljust(_LABEL), Tone.ACCENT) if is_here else muted(name.ljust(_LABEL))
        sign = self.prepdeck.glyphs.marker if is_here else " "
        return row(Piece(f"{sign} ", Tone.ACCENT), label, foreign(typed), *cursor, target=f"field:{number}")
