"""The field that code and outlines are written in."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.widgets import TextArea
from textual.widgets.text_area import EditResult, TextAreaTheme

from prepdeck.text.cleaning import clean
from prepdeck.text.highlighting import highlight
from prepdeck.text.spans import Span
from prepdeck.tui.rows import INK_TONES, Ground
from prepdeck.tui.theme import style_of
from prepdeck.tui.widgets.drawing import Pressed

if TYPE_CHECKING:
    from textual.widgets.text_area import Location

    from prepdeck.tui.app import PrepdeckApp

INDENT: Final = 4
"""Columns of one step to the right."""

_EDITING: Final = {
    key: binding.action
    for binding in TextArea.BINDINGS
    if isinstance(binding, Binding)
    for key in binding.key.split(",")
}


@lru_cache(maxsize=8)
def _inked(text: str, language: str) -> list[list[Span]]:
    return highlight(text, language)


class DraftField(TextArea):
    """Takes code in colours, or an outline; Tab indents, Enter keeps the indent, Esc belongs to the page.

    What is typed, pasted or loaded holds nothing that a terminal obeys.
    """

    def __init__(self) -> None:
        super().__init__(id="draft", tab_behavior="indent", show_line_numbers=False, max_checkpoints=500)
        self.indent_width = INDENT
        self.cursor_blink = False
        self.display = False
        self._language = ""

    def open(self, text: str, *, language: str, title: str, footing: str) -> None:
        """Begin with a text, unless that is what it holds already.

        Args:
            text: What was written so far.
            language: Of code; empty for words, which are wrapped.
            title: What is written.
            footing: The next keys.
        """
        self._language = language
        self.soft_wrap = not language
        self.show_line_numbers = bool(language)
        self.border_title = Content(title)
        self.border_subtitle = Content(footing)
        self.dress()
        if self.text.rstrip() != text.rstrip():
            self.load_text(clean(text).rstrip("\n"))
            self.move_cursor(self.document.end)

    def dress(self) -> None:
        """Take on the colours in use: the marked line keeps those of its code, which style sheets cannot say."""
        palette = cast("PrepdeckApp", self.app).palette
        if palette is None:
            return
        marked = Style(bgcolor=palette.cursor)
        self.register_theme(TextAreaTheme(palette.name, cursor_line_style=marked, selection_style=marked))
        self.theme = palette.name

    def get_line(self, line_index: int) -> Text:
        """Return a line, code in colours."""
        line = super().get_line(line_index)
        if not self._language:
            return line
        inked = _inked(self.text, self._language)
        palette = cast("PrepdeckApp", self.app).palette
        at = 0
        for span in inked[line_index] if line_index < len(inked) else ():
            tone = INK_TONES[span.ink]
            look = style_of(palette, (tone, span.strong, False, False), Ground.NONE)
            line.stylize(Style(color=look.color, bold=look.bold), at, at + len(span.text))
            at += len(span.text)
        return line

    async def _on_key(self, event: events.Key) -> None:
        """Hand Esc to the page, which Textual would take for a step to the next field; keep the indent of a line."""
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.post_message(Pressed("app.back"))
        elif event.key == "enter" and self._language:
            event.stop()
            event.prevent_default()
            self._replace_via_keyboard("\n" + self._indent(), *self.selection)
        elif event.key in _EDITING and not (event.key == "ctrl+c" and self.selection.is_empty):
            # Left to Textual's way up and down the tree, a key would be overtaken by letters typed right after it.
            event.stop()
            event.prevent_default()
            await self.run_action(_EDITING[event.key])
        else:
            await super()._on_key(event)

    def _indent(self) -> str:
        """Return the spaces a line after this one begins with: one step more after a colon."""
        row, column = min(self.selection)
        before = self.document.get_line(row)[:column]
        spaces = len(before) - len(before.lstrip(" "))
        opens = self._language == "python" and before.rstrip().endswith(":")
        return " " * (spaces + INDENT * opens)

    def action_delete_left(self) -> None:
        """Delete the character on the left, or of an indent a whole step."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        if self._language and self.selection.is_empty and column and not before.strip(" ") and column % INDENT == 0:
            self._delete_via_keyboard((row, column - INDENT), (row, column))
        else:
            super().action_delete_left()

    def _replace_via_keyboard(self, insert: str, start: Location, end: Location) -> EditResult | None:
        """Take what is typed or pasted without anything that a terminal obeys."""
        return super()._replace_via_keyboard(clean(insert), start, end)
