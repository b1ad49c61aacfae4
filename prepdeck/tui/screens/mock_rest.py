"""The page between two rounds of a loop: how long the rest lasts, and what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.widget import Widget

from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.mock_told import rest_rows
from prepdeck.tui.rows import Tone, foreign, muted, row, strong
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.typesetting import Typesetter
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.mock_clock import ClockFacts, MockClock
from prepdeck.tui.widgets.mock_prompt import PromptBox
from prepdeck.tui.words import show_seconds

if TYPE_CHECKING:
    from prepdeck.study.mock_loops import RestFacts


class RestScreen(FramedScreen):
    """Counts a rest down; Enter ends it early, and a strict one ends by itself.

    Args:
        facts: The loop and its rest, as it began to be shown.
    """

    PLACE = Place.REST
    CSS_PATH = "mock_rest.tcss"

    def __init__(self, facts: RestFacts) -> None:
        super().__init__()
        self._facts = facts
        self._began = 0.0

    def compose_body(self) -> Iterator[Widget]:
        """Yield the boxes."""
        with Container(id="desk"):
            yield MockClock()
            yield PromptBox("rest", "rest.go_on")

    def on_mount(self) -> None:
        """Show the rest, and count it down."""
        self._began = self.prepdeck.seconds()
        self.set_interval(1.0, self._tick)
        facts = self._facts
        self.query_one(PromptBox).show(
            "Rest",
            "Enter goes on",
            lambda width: rest_rows(
                facts.left_ms, facts.following, facts.done, Typesetter(width, self.prepdeck.glyphs)
            ),
        )
        left = row(strong("Mock", Tone.PRIMARY), "  ", foreign(facts.title))
        self.query_one(TitleBar).show(left, (row(muted(f"round {facts.number} of {facts.rounds}")),))
        self._show()

    @property
    def _left_seconds(self) -> int:
        return max(0, round(self._facts.left_ms / 1000 - (self.prepdeck.seconds() - self._began)))

    def _tick(self) -> None:
        if not self.is_current:
            return
        self._show()
        if self._facts.is_strict and not self._left_seconds:
            self._go_on()

    def _show(self) -> None:
        time = show_seconds(self._left_seconds)
        self.query_one(MockClock).show(ClockFacts(time, "Rest left", total=f"before {self._facts.following}"))

    def _go_on(self) -> None:
        self.prepdeck.pages.next_round(self._facts.loop)

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        return {
            "rest.go_on": self._go_on,
            "app.back": self.prepdeck.pages.go_home,
            "app.leave": self.prepdeck.pages.go_home,
        }

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        return "Home" if key.id == "app.leave" else key.word

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        super().renew()
        self.query_one(PromptBox).redraw(layout=True)
        self.query_one(MockClock).redraw()
