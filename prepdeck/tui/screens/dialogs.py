"""Boxes over a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen

from prepdeck.tui.keys import Place
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, wrap
from prepdeck.tui.screens.framed import stroke_of
from prepdeck.tui.widgets.drawing import Drawing, Pressed
from prepdeck.tui.widgets.frame import TooSmall

if TYPE_CHECKING:
    from prepdeck.tui.app import PrepdeckApp


class Sheet(Drawing):
    """A list of rows that scrolls when it is longer than its box."""

    def __init__(self, setter: Callable[[int], Sequence[Row]]) -> None:
        super().__init__(id="sheet", classes="box")
        self._setter = setter
        self._all: Sequence[Row] = ()
        self._top = 0

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(1, self.size.height)

    def scroll_rows(self, rows: int) -> None:
        """Scroll by so many rows, stopping at the ends."""
        self._top = max(0, min(len(self._all) - self.page, self._top + rows))
        self.redraw()

    def keep_in_sight(self, number: int) -> None:
        """Scroll so that a row is seen."""
        self._top = max(min(self._top, number), number - self.page + 2, 0)
        self.redraw(layout=True)

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the rows that are seen; a height of nothing asks how many there are."""
        self._all = self._setter(width)
        if not height:
            return self._all
        self._top = max(0, min(self._top, len(self._all) - height))
        shown = list(self._all[self._top : self._top + height])
        if self._top + height < len(self._all) and shown:
            shown[-1] = row(muted(f"{self.glyphs.down} {len(self._all) - self._top - height + 1} more lines"))
        return shown


class Dialog(ModalScreen[str | None], inherit_bindings=False):
    """A box over a page; closing it may name an action to do."""

    AUTO_FOCUS = ""
    CSS_PATH = "dialogs.tcss"
    PLACE = Place.DIALOG
    TITLE_WORDS: ClassVar[str] = ""
    FOOTING: ClassVar[str] = ""

    @property
    def prepdeck(self) -> PrepdeckApp:
        """The app, with what it holds."""
        return cast("PrepdeckApp", self.app)

    def compose(self) -> ComposeResult:
        """Put the sheet into the middle."""
        with Container(id="stage"):
            yield Sheet(self.set_rows)
        yield TooSmall()

    def on_mount(self) -> None:
        """Name the sheet."""
        self.sheet.border_title = Content(self.title_words())
        self.sheet.border_subtitle = Content(self.FOOTING)

    @property
    def sheet(self) -> Sheet:
        """What is drawn."""
        return self.query_one(Sheet)

    def title_words(self) -> str:
        """Return the title of the box."""
        return self.TITLE_WORDS

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return all rows for a width."""
        raise NotImplementedError

    def fault_rows(self, fault: str, width: int) -> list[Row]:
        """Return below the fields why what was typed was not taken; nothing where it was."""
        if not fault:
            return []
        sign = Piece(f"{self.prepdeck.glyphs.cross} ", Tone.ERROR, strong=True)
        lines = wrap(fault, max(1, width - 2))
        return [Row(), *(row("  " if number else sign, foreign(line)) for number, line in enumerate(lines))]

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of a dialog does."""
        sheet = self.sheet
        return {
            "move.down": lambda: sheet.scroll_rows(1),
            "move.up": lambda: sheet.scroll_rows(-1),
            "move.page_down": lambda: sheet.scroll_rows(sheet.page - 1),
            "move.page_up": lambda: sheet.scroll_rows(1 - sheet.page),
            "move.top": lambda: sheet.scroll_rows(-(1 << 30)),
            "move.bottom": lambda: sheet.scroll_rows(1 << 30),
            "app.back": lambda: self._close(None),
            "app.leave": lambda: self._close(None),
        }

    def on_key(self, event: events.Key) -> None:
        """Do what the key table says; a child sees the key before."""
        if not self.takes(event):
            deeds = self.deeds()
            for action in self.prepdeck.keys.starting(self.PLACE, stroke_of(event)):
                deed = deeds.get(action.id) or self.prepdeck.deeds().get(action.id)
                if deed is not None:
                    deed()
                    break
        event.stop()
        event.prevent_default()

    def takes(self, event: events.Key) -> bool:  # noqa: ARG002 - a child asks
        """Do what a key means here alone, and tell whether it meant anything."""
        return False

    def on_pressed(self, message: Pressed) -> None:
        """Do what was clicked."""
        message.stop()
        self.press(message.target)

    def press(self, target: str) -> None:
        """Close with the action that was clicked; a child knows names that are no actions."""
        self._close(target)

    def on_click(self, event: events.Click) -> None:
        """Close when the page behind is clicked."""
        if not self.sheet.region.contains(event.screen_x, event.screen_y):
            self._close(None)

    def _close(self, action: str | None) -> None:
        if self.is_current:
            self.dismiss(action)

    def renew(self) -> None:
        """Draw everything anew, after the theme changed."""
        self.sheet.redraw(layout=True)


class Typing(Dialog):
    """A dialog that takes letters, to look for something."""

    def __init__(self) -> None:
        super().__init__()
        self.typed = ""
        """What was typed."""

    def takes(self, event: events.Key) -> bool:
        """Take a letter, or take one back."""
        key = stroke_of(event)
        if key == "backspace" and self.typed:
            self.type(self.typed[:-1])
        elif key == "escape" and self.typed:
            self.type("")
        elif event.is_printable and event.character and self.wants(event.character):
            self.type(self.typed + event.character)
        else:
            return False
        return True

    def wants(self, character: str) -> bool:  # noqa: ARG002 - a child asks
        """Tell whether a character is to be typed."""
        return True

    def type(self, words: str) -> None:
        """Look for these words."""
        self.typed = words
        self.sheet.redraw(layout=True)

    def on_paste(self, event: events.Paste) -> None:
        """Look for pasted words."""
        event.stop()
        self.type(self.typed + "".join(filter(str.isprintable, event.text))[:60])
