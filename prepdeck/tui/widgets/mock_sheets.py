"""The sheets of a mock: notes, and code."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widgets import TextArea

from prepdeck.text.cleaning import clean
from prepdeck.tui.widgets.draft import DraftField
from prepdeck.tui.widgets.drawing import Pressed


class SheetField(DraftField):
    """Takes what is written on one sheet after the other; Esc belongs to the page.

    Args:
        id: Name of the field.
    """

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's word
        TextArea.__init__(
            self, id=id, classes="sheet", tab_behavior="indent", show_line_numbers=False, max_checkpoints=200
        )
        self.cursor_blink = False
        self.indent_width = 4
        self.highlight_cursor_line = False
        self._language = ""
        self.sheet = ""
        """The sheet that is written on."""
        self.hands_on_tab = False
        """Whether Tab goes to the other sheet."""

    @property
    def written_in(self) -> str:
        """The language of the code on it; empty for words."""
        return self._language

    def put(self, sheet: str, text: str, language: str = "") -> None:
        """Write on another sheet; the same sheet with the same words is left as it is."""
        self._language = language
        self.soft_wrap = not language
        self.show_line_numbers = bool(language)
        self.dress()
        if self.sheet == sheet and self.text == text:
            return
        self.sheet = sheet
        with self.prevent(TextArea.Changed):
            self.load_text(clean(text))
            # Code is read from its top; a cursor at the end of a long line would open it scrolled sideways.
            self.move_cursor((0, 0) if language else self.document.end)
            self.scroll_to(0, 0 if language else None, animate=False, immediate=True)

    def name_edges(self, title: str, footing: str) -> None:
        """Say at the edges what it is, and the next keys."""
        self.border_title, self.border_subtitle = Content(title), Content(footing)

    async def _on_key(self, event: events.Key) -> None:
        """Hand Tab to the page where there is another sheet, and Enter once the sheet is locked."""
        if event.key == "enter" and self.read_only:
            event.stop()
            event.prevent_default()
            self.post_message(Pressed("mock.mark"))
        elif event.key == "tab" and self.hands_on_tab and not self._language:
            event.stop()
            event.prevent_default()
            self.post_message(Pressed("mock.sheet"))
        else:
            await super()._on_key(event)
