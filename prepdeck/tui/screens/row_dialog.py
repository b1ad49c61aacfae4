"""The box that asks for the fields of one row of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from textual import events

from prepdeck.road.lists import LONGEST_LINK, LONGEST_TEXT, Field, FieldSort
from prepdeck.text.cells import cell_width
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, strong, wrap
from prepdeck.tui.screens.dialogs import Dialog
from prepdeck.tui.screens.framed import stroke_of

if TYPE_CHECKING:
    from prepdeck.study.tables import Table, TableRow

_LABEL: Final = 11
"""Cells of a label."""
_LONGEST: Final = {FieldSort.TEXT: 4 * LONGEST_TEXT, FieldSort.LINK: LONGEST_LINK + 1}
"""Characters that can be typed; what is too long is refused when it is kept, and never cut in silence."""


class RowDialog(Dialog):
    """A field for each thing that can be written of a row; Enter in the last one, or F8 in any, keeps them.

    Args:
        table: The list.
        row: The row; None for a new one.
        keep: Takes what was typed, by field.
        values: What was typed before; None for what the row holds.
        fault: Why it was not taken.
    """

    FOOTING = "Tab field   F8 keeps   Esc closes"

    def __init__(
        self,
        table: Table,
        row: TableRow | None,
        keep: Callable[[Mapping[str, str]], None],
        values: Mapping[str, str] | None = None,
        fault: str = "",
    ) -> None:
        from prepdeck.study.trackers import editable_fields

        super().__init__()
        self._table = table
        self._fields = editable_fields(table, row)
        self._keep = keep
        held = values if values is not None else (row.values if row is not None else {})
        self._typed = {each.name: held.get(each.name) or _usual(each) for each in self._fields}
        self._before = {
            each.name: (row.values.get(each.name) or _usual(each)) if row else _usual(each) for each in self._fields
        }
        self._is_new = row is None
        self._at = 0
        self._fault = fault
        self._warned = False

    def title_words(self) -> str:
        """Return the title of the box."""
        return f"{self._table.title}: {'new' if self._is_new else 'change'}"

    @property
    def field(self) -> Field:
        """The field that is typed into."""
        return self._fields[self._at]

    def takes(self, event: events.Key) -> bool:
        """Type into the field, move between fields, or keep them."""
        key = stroke_of(event)
        if self._warned and key != "escape":
            self._warned, self._fault = False, ""
        if key in {"tab", "down", "shift+tab", "up"}:
            self._move(1 if key in {"tab", "down"} else -1)
        elif key == "f8" or (key == "enter" and self._at == len(self._fields) - 1):
            self._store()
            return True
        elif key == "enter":
            self._move(1)
        elif key == "escape":
            return self._warn()
        elif self.field.sort is FieldSort.CHOICE:
            return self._choose(key)
        elif key == "backspace":
            self._set(self._typed[self.field.name][:-1])
        elif event.is_printable and event.character:
            self._type(event.character)
        else:
            return False
        self._redraw()
        return True

    def _redraw(self) -> None:
        self.sheet.keep_in_sight(self._at + 1)

    def _move(self, step: int) -> None:
        self._at = (self._at + step) % len(self._fields)

    def _store(self) -> None:
        """Hand over what differs; a new row hands over everything."""
        found = {name: words for name, words in self._typed.items() if self._is_new or words != self._before[name]}
        self._close(None)
        if found:
            self._keep(found)

    def _warn(self) -> bool:
        """Ask once before something typed is dropped."""
        if self._warned or self._typed == self._before:
            return False
        self._warned = True
        self._fault = "Esc again drops what was typed; F8 keeps it."
        self._redraw()
        return True

    def _choose(self, key: str) -> bool:
        """Go to another word of a choice."""
        step = {"right": 1, "space": 1, "left": -1}.get(key)
        choices = self.field.choices
        if step is None:
            first = [each for each in choices if key and each.startswith(key)]
            if not first:
                return False
            self._set(
                first[(first.index(self._typed[self.field.name]) + 1) % len(first)]
                if self._typed[self.field.name] in first
                else first[0]
            )
        else:
            at = choices.index(self._typed[self.field.name]) if self._typed[self.field.name] in choices else 0
            self._set(choices[(at + step) % len(choices)])
        self._redraw()
        return True

    def _set(self, words: str) -> None:
        self._typed[self.field.name] = words

    def _type(self, words: str) -> None:
        typed = self._typed[self.field.name] + "".join(filter(str.isprintable, words.replace("\n", " ")))
        self._set(typed[: _LONGEST.get(self.field.sort, LONGEST_TEXT)])

    def on_paste(self, event: events.Paste) -> None:
        """Type pasted words; a choice takes none."""
        event.stop()
        if self.field.sort is not FieldSort.CHOICE:
            self._type(event.text)
            self._redraw()

    def press(self, target: str) -> None:
        """Go to the field that was clicked."""
        self._at = int(target.removeprefix("field:"))
        self._redraw()

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return every field, what the one in use takes, and why the last try was refused."""
        rows = [self._row(number, each, width) for number, each in enumerate(self._fields)]
        hint = "left and right choose" if self.field.sort is FieldSort.CHOICE else self.field.hint
        rows += [Row(), *(row(muted(line)) for line in wrap(hint, width))]
        return [*rows, *self.fault_rows(self._fault, width)]

    def _row(self, number: int, field: Field, width: int) -> Row:
        is_here = number == self._at
        label = strong(field.title.ljust(_LABEL), Tone.ACCENT) if is_here else muted(field.title.ljust(_LABEL))
        sign = Piece(f"{self.prepdeck.glyphs.marker if is_here else ' '} ", Tone.ACCENT)
        typed, room = self._typed[field.name], max(1, width - _LABEL - 3)
        if field.sort is FieldSort.CHOICE:
            words = Piece(f"< {typed} >", Tone.BUTTON) if is_here else foreign(typed)
            return row(sign, label, words, target=f"field:{number}")
        while typed and cell_width(typed) > room:
            typed = typed[1:] if is_here else typed[:-1]
        cursor = [Piece(" ", Tone.BUTTON)] if is_here else []
        return row(sign, label, foreign(typed), *cursor, target=f"field:{number}")


def _usual(field: Field) -> str:
    """Return what a field holds at first."""
    return field.choices[0] if field.choices else ""
