"""One line to be written, in a box over a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from prepdeck.text.cells import shorten
from prepdeck.text.cleaning import clean, clean_line
from prepdeck.tui.keys import Place
from prepdeck.tui.screens.framed import stroke_of
from prepdeck.tui.widgets.frame import TooSmall

if TYPE_CHECKING:
    from prepdeck.tui.app import PrepdeckApp

_TITLE_CELLS = 40
"""Cells of the title."""


class LineField(Input):
    """Takes one line without anything that a terminal obeys."""

    def __init__(self, text: str, longest: int) -> None:
        super().__init__(text, id="line", max_length=longest, select_on_focus=False)
        self.cursor_blink = False

    def insert_text_at_cursor(self, text: str) -> None:
        """Take what is typed or pasted on one line."""
        super().insert_text_at_cursor(clean(text).replace("\n", " ").replace("\t", " "))


class LineDialog(ModalScreen[str | None], inherit_bindings=False):
    """Asks for one line; Enter and Esc both keep it, for nothing typed may be lost.

    Args:
        title: What is asked.
        text: What was written before.
        longest: Characters it may have.
    """

    AUTO_FOCUS = ""
    CSS_PATH = "line_dialog.tcss"

    def __init__(self, title: str, text: str, longest: int) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self._longest = longest

    @property
    def prepdeck(self) -> PrepdeckApp:
        """The app, with what it holds."""
        return cast("PrepdeckApp", self.app)

    def compose(self) -> ComposeResult:
        """Put the field into the middle."""
        with Container(id="stage"):
            yield LineField(self._text, self._longest)
        yield TooSmall()

    def on_mount(self) -> None:
        """Begin with what was written before."""
        field = self.query_one(LineField)
        field.border_title = Content(
            shorten(clean_line(self._title), _TITLE_CELLS, ellipsis=self.prepdeck.glyphs.ellipsis)
        )
        field.border_subtitle = Content("Enter keeps it")
        field.focus()
        field.cursor_position = len(self._text)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Give the field the focus back that a window too small has taken."""
        if self.is_mounted:
            self.call_after_refresh(self.query_one(LineField).focus)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Keep the line."""
        message.stop()
        self.close()

    def on_click(self, event: events.Click) -> None:
        """Keep the line and close when the page behind is clicked."""
        if not self.query_one(LineField).region.contains(event.screen_x, event.screen_y):
            self.close()

    def on_key(self, event: events.Key) -> None:
        """Close, or quit; every other key belongs to the field."""
        deeds = {**self.prepdeck.deeds(), "app.back": self.close}
        for action in self.prepdeck.keys.starting(Place.DIALOG, stroke_of(event)):
            if action.id in {"app.quit", "app.copy", "app.back"}:
                event.stop()
                event.prevent_default()
                deeds[action.id]()
                return

    def close(self) -> None:
        """Keep the line and close."""
        if self.is_current:
            self.dismiss(self.query_one(LineField).value.strip())

    def renew(self) -> None:
        """Take on the colours in use, after the theme changed."""
        self.refresh()
