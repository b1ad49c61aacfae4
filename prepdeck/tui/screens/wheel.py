"""The wheel of the mouse, on pages where it goes from row to row as the keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepdeck.tui.screens.framed import FramedScreen

if TYPE_CHECKING:
    from textual import events


class WheeledScreen(FramedScreen):
    """A page on which the wheel does what the keys for down and up do."""

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go down."""
        event.stop()
        self.perform("move.down")

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go up."""
        event.stop()
        self.perform("move.up")
