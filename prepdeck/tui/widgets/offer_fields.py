"""The fields an offer is typed into, each with a line beside it."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widgets import Input

from prepdeck.text.cleaning import clean
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, wrap
from prepdeck.tui.widgets.drawing import Drawing, Pressed

LONGEST = 40
"""Characters of a field."""


class OfferField(Input):
    """Takes one part of an offer as it is typed.

    Args:
        name: The part.
        example: What might stand there.
    """

    def __init__(self, name: str, example: str) -> None:
        super().__init__(
            id=f"field-{name}",
            classes="offer-field",
            max_length=LONGEST,
            placeholder=f"like {example}",
            select_on_focus=False,
        )
        self.cursor_blink = False
        self.part = name
        """Which part it is."""

    def insert_text_at_cursor(self, text: str) -> None:
        """Take what is typed or pasted without anything that a terminal obeys."""
        super().insert_text_at_cursor(clean(text).replace("\n", " ").replace("\t", " "))

    async def _on_key(self, event: events.Key) -> None:
        """Let Enter go to the next field; there is nothing to submit."""
        if event.key != "enter":
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.post_message(Pressed("offer.next"))


class FieldName(Drawing):
    """What a field is for; a click on it goes into the field."""

    def __init__(self, part: str, title: str) -> None:
        super().__init__(classes="offer-name")
        self._part, self._title = part, title

    def draw(self, width: int, height: int) -> Sequence[Row]:  # noqa: ARG002 - always one row
        """Return the one row."""
        return (row(Piece(self._title, target=f"field:{self._part}")),)


class FieldNote(Drawing):
    """What belongs into a field, what it was read as, or why it cannot be read."""

    def __init__(self, part: str) -> None:
        super().__init__(id=f"note-{part}", classes="offer-note")
        self._words = ""
        self._is_fault = False

    def show(self, words: str, *, is_fault: bool) -> None:
        """Show these words."""
        if (words, is_fault) != (self._words, self._is_fault):
            self._words, self._is_fault = words, is_fault
            self.set_class(is_fault, "-fault")
            self.redraw(layout=True)

    def draw(self, width: int, height: int) -> Sequence[Row]:  # noqa: ARG002 - as many rows as it takes
        """Return the words; a fault is marked by a sign."""
        if not self._is_fault:
            return [row(muted(line)) for line in wrap(self._words, max(1, width))]
        lines = wrap(self._words, max(1, width - 2))
        sign = Piece(f"{self.glyphs.cross} ", Tone.ERROR, strong=True)
        return [row(sign if number == 0 else "  ", foreign(line)) for number, line in enumerate(lines)]


class OfferFields(Container):
    """All fields, one below the other.

    Args:
        fields: Each with what people call it, an example, and what belongs into it.
    """

    def __init__(self, fields: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(id="fields", classes="box")
        self._fields = tuple(fields)
        self.border_title = "Offer"

    def compose(self) -> ComposeResult:
        """Yield a line for each field."""
        for part, title, example in self._fields:
            with Container(id=f"part-{part}", classes="offer-part"):
                with Horizontal(classes="offer-line"):
                    yield FieldName(part, title)
                    yield OfferField(part, example)
                yield FieldNote(part)
