"""The fields a story is written in, and the competencies it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual import events
from textual.content import Content
from textual.widgets import TextArea

from prepdeck.text.cleaning import clean
from prepdeck.text.slugs import slug_words
from prepdeck.tui.rows import Piece, Row, Tone, muted, row
from prepdeck.tui.widgets.draft import DraftField
from prepdeck.tui.widgets.drawing import Pressed
from prepdeck.tui.widgets.matrix import MarkedList

LINES: Final = frozenset({"title", "metric"})
"""Fields of one line."""


class StoryField(DraftField):
    """One field of a story; Tab and Esc belong to the page, and in a field of one line Enter does too.

    Args:
        name: The field.
    """

    def __init__(self, name: str) -> None:
        TextArea.__init__(self, id=f"field-{name}", classes="story-field", show_line_numbers=False, max_checkpoints=500)
        self.field = name
        """Which field it is."""
        self.cursor_blink = False
        self.highlight_cursor_line = False
        self._language = ""

    def fill(self, text: str) -> None:
        """Begin with a text."""
        self.border_title = Content(self.field.capitalize())
        self.soft_wrap = True
        self.dress()
        self.load_text(clean(text))

    def enter(self) -> None:
        """Go on writing at the end."""
        self.focus(scroll_visible=False)
        self.move_cursor(self.document.end)
        self.scroll_visible(animate=False)

    def tell(self, words: str) -> None:
        """Say at the lower edge how long it is."""
        self.border_subtitle = Content(words)

    async def _on_key(self, event: events.Key) -> None:
        """Hand the keys that belong to the page to the page."""
        wanted = {"tab": "story.next", "shift+tab": "story.previous"}.get(event.key)
        if event.key == "enter" and self.field in LINES:
            wanted = "story.next"
        if wanted is None:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.post_message(Pressed(wanted))


class Competencies(MarkedList):
    """What a story shows, to be ticked."""

    def __init__(self) -> None:
        super().__init__("ticks", "Shows")
        self._slugs: tuple[str, ...] = ()
        self._holes: tuple[str, ...] = ()
        self.ticked: tuple[str, ...] = ()
        """What is ticked."""

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._slugs)

    def show(self, slugs: Sequence[str], ticked: Sequence[str], holes: Sequence[str]) -> None:
        """Show these, some of them ticked."""
        self._slugs = tuple(dict.fromkeys((*slugs, *ticked)))
        self._holes, self.ticked = tuple(holes), tuple(ticked)
        self._tell()

    def turn(self) -> bool:
        """Tick the marked one, or take its tick away; the last tick stays, and False tells so."""
        slug = self._slugs[self.marked]
        if slug in self.ticked:
            if len(self.ticked) == 1:
                return False
            self.ticked = tuple(each for each in self.ticked if each != slug)
        else:
            self.ticked = (*self.ticked, slug)
        self._tell()
        return True

    def _tell(self) -> None:
        self.border_subtitle = f"{len(self.ticked)} ticked, 4 at most is best"
        self.redraw()

    def line(self, number: int, width: int) -> Row:  # noqa: ARG002 - the list cuts it
        """Return one competency."""
        slug = self._slugs[number]
        is_ticked = slug in self.ticked
        box = Piece("[x] " if is_ticked else "[ ] ", Tone.SUCCESS if is_ticked else Tone.MUTED)
        hole = muted("  no story yet") if slug in self._holes and not is_ticked else Piece("")
        return row(box, Piece(slug_words(slug), strong=is_ticked), hole)
