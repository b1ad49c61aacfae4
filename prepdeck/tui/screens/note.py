"""The learner's own note on a card."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import TextArea

from prepdeck.study.handling import LONGEST_NOTE
from prepdeck.text.cells import shorten
from prepdeck.text.counts import counted
from prepdeck.text.markdown import inline_line
from prepdeck.tui.keys import Place
from prepdeck.tui.screens.framed import stroke_of
from prepdeck.tui.widgets.draft import DraftField
from prepdeck.tui.widgets.drawing import Pressed
from prepdeck.tui.widgets.frame import TooSmall

if TYPE_CHECKING:
    from prepdeck.tui.app import PrepdeckApp

_TITLE_CELLS = 24
"""Cells of the card's front in the title, which a narrow window shows whole."""


class NoteDialog(ModalScreen[None], inherit_bindings=False):
    """A field to write in; closing it keeps what it holds, and undo takes that back.

    Args:
        title: Front of the card.
        note: What was written before.
        keep: Has the note stored; called once, and only when it is another one.
        unkept: What was written last time and could not be stored.
    """

    AUTO_FOCUS = ""
    CSS_PATH = "note.tcss"

    def __init__(self, title: str, note: str, keep: Callable[[str], None], *, unkept: str | None = None) -> None:
        super().__init__()
        self._title = title
        self._note = note
        self._keep = keep
        self._begun = note if unkept is None else unkept

    @property
    def prepdeck(self) -> PrepdeckApp:
        """The app, with what it holds."""
        return cast("PrepdeckApp", self.app)

    def compose(self) -> ComposeResult:
        """Put the field into the middle."""
        with Container(id="stage"):
            yield DraftField()
        yield TooSmall()

    def on_mount(self) -> None:
        """Begin with what was written before."""
        field = self.field
        about = shorten(inline_line(self._title), _TITLE_CELLS, ellipsis=self.prepdeck.glyphs.ellipsis)
        field.open(self._begun, language="", title=f"Note: {about}", footing="Esc keeps it")
        field.display = True
        field.focus()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Give the field the focus back that a window too small has taken."""
        if self.is_mounted:
            self.call_after_refresh(self._refocus)

    def _refocus(self) -> None:
        if self.is_current and self.focused is None and self.field.focusable:
            self.field.focus()

    @property
    def field(self) -> DraftField:
        """What is written in."""
        return self.query_one(DraftField)

    @property
    def unkept(self) -> str | None:
        """What is written and not kept yet; None when nothing is, or it would be too long to keep."""
        text = self.field.text.strip()
        return None if text == self._note or len(text) > LONGEST_NOTE else text

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Say how much is too much."""
        message.stop()
        over = len(self.field.text.strip()) - LONGEST_NOTE
        words = f"{counted(over, 'character')} too long" if over > 0 else "Esc keeps it"
        self.field.border_subtitle = Content(words)

    def on_pressed(self, message: Pressed) -> None:
        """Keep the note and close: the field says Esc this way."""
        message.stop()
        self.close()

    def on_click(self, event: events.Click) -> None:
        """Keep the note and close when the page behind is clicked."""
        if not self.field.region.contains(event.screen_x, event.screen_y):
            self.close()

    def on_key(self, event: events.Key) -> None:
        """Quit, or close when the window is too small for the field; every other key belongs to the field."""
        event.stop()
        event.prevent_default()
        deeds = {**self.prepdeck.deeds(), "app.back": self.close}
        for action in self.prepdeck.keys.starting(Place.DIALOG, stroke_of(event)):
            if action.id in {"app.quit", "app.copy", "app.back"}:
                deeds[action.id]()
                return

    def close(self) -> None:
        """Keep the note and close; one that is too long stays to be shortened."""
        if not self.is_current or len(self.field.text.strip()) > LONGEST_NOTE:
            return
        text = self.unkept
        self.dismiss()
        if text is not None:
            self._keep(text)

    def renew(self) -> None:
        """Take on the colours in use, after the theme changed."""
        self.field.dress()
