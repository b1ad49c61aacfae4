"""What every page has: title bar, status line, key bar, and keys looked up in the one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.messages import Prune
from textual.screen import Screen
from textual.widget import Widget

from prepdeck.tui.keys import KeyRow, Place, show_key
from prepdeck.tui.widgets.drawing import Pressed
from prepdeck.tui.widgets.frame import Hint, KeyBar, StatusLine, TitleBar, TooSmall

if TYPE_CHECKING:
    from prepdeck.tui.app import PrepdeckApp


def stroke_of(event: events.Key) -> str:
    """Return the key of an event as the key table spells it."""
    if event.is_printable and event.character is not None and not event.character.isspace():
        return event.character
    return event.key


class FramedScreen(Screen[None], inherit_bindings=False):
    """A page with keys of its own; a child says what each action does and when it can be done."""

    AUTO_FOCUS = ""
    PLACE: ClassVar[Place]
    """Which keys it has."""

    @property
    def prepdeck(self) -> PrepdeckApp:
        """The app, with what it holds."""
        return cast("PrepdeckApp", self.app)

    def compose(self) -> ComposeResult:
        """Put the body into the frame."""
        yield TitleBar()
        yield from self.compose_body()
        yield StatusLine()
        yield KeyBar()
        yield TooSmall()

    def compose_body(self) -> Iterator[Widget]:
        """Yield what stands between title bar and key bar."""
        raise NotImplementedError

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        raise NotImplementedError

    def can(self, action: str) -> bool:  # noqa: ARG002 - a child asks
        """Tell whether an action can be done now."""
        return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        return key.word

    def perform(self, action: str) -> bool:
        """Do an action if it can be done now, and tell whether it was."""
        if not self.is_current or not self.can(action):
            return False
        deed = self.deeds().get(action) or self.prepdeck.deeds().get(action)
        if deed is None:
            return False
        deed()
        return True

    def on_key(self, event: events.Key) -> None:
        """Do what the key table says."""
        key = stroke_of(event)
        field = self.focused
        if field is not None and (field.check_consume_key(event.key, event.character) or _edits(field, key)):
            return
        for action in self.prepdeck.keys.starting(self.PLACE, key):
            if self.perform(action.id):
                event.stop()
                event.prevent_default()
                return

    def on_pressed(self, message: Pressed) -> None:
        """Do what was clicked."""
        message.stop()
        self.press(message.target)

    def press(self, target: str) -> None:
        """Do what a click on `target` starts; a child knows names that are no actions."""
        self.perform(target)

    def available(self) -> tuple[KeyRow, ...]:
        """Return the actions that can be done now."""
        return tuple(row for row in self.prepdeck.keys.rows_of(self.PLACE) if self.can(row.id))

    def refresh_keys(self) -> None:
        """Write the key bar anew."""
        self.query_one(KeyBar).show(self.hints())

    def hints(self) -> Sequence[Hint]:
        """Return the hints of the key bar, in its order."""
        return [self._hint(row) for row in self.available() if row.rank is not None]

    def _hint(self, row: KeyRow) -> Hint:
        return Hint(show_key(row.keys[0]), self.word_for(row), row.id, row.rank or 0)

    def say(self, words: str, *, is_error: bool = False) -> None:
        """Say a sentence above the key bar."""
        self.query_one(StatusLine).say(words, is_error=is_error)

    def put_away(self) -> None:
        """Keep what is unfinished on this page, because the program may end; a child that takes text does."""

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        self.refresh_keys()

    def on_mount(self) -> None:
        """Show the keys."""
        self.refresh_keys()

    async def on_prune(self, event: Prune) -> None:  # noqa: ARG002 - Textual's own handler runs after this one
        """End what this page began; Textual would take away its lines first, and then nobody could write to them."""
        self.workers.cancel_node(self)


def _edits(field: Widget, key: str) -> bool:
    """Tell whether a key belongs to a text field, as moving and deleting do; the rest is the page's."""
    if key == "ctrl+c":
        selection = getattr(field, "selection", None)
        return selection is not None and not selection.is_empty
    if key in {"enter", "tab", "escape"}:
        return False
    return any(key in binding.key.split(",") for binding in type(field).BINDINGS if not isinstance(binding, tuple))
