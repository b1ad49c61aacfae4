"""A round with its times: how long this card and this round took, in the title bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.timer import Timer

from prepdeck.tui.review_state import Asking
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.review_words import RoundTitle, draw_title
from prepdeck.tui.stopwatch import Stopwatch
from prepdeck.tui.widgets.answer import ProgressLine
from prepdeck.tui.widgets.frame import TitleBar

if TYPE_CHECKING:
    from prepdeck.study.reviewing import CardView, Sitting


class TimedScreen(FramedScreen):
    """Counts the time of a card and of its round; a child shows the card."""

    def __init__(self, sitting: Sitting, view: CardView, *, shows_times: bool) -> None:
        super().__init__()
        self.sitting = sitting
        """The round, as stored."""
        self.asking: Asking | None = Asking.of(view)
        """The card asked now; None while it could not be loaded."""
        self.round_watch = Stopwatch()
        """Time spent in this round."""
        self._card_watch = Stopwatch()
        self._shows_times = shows_times
        self._ticks: Timer | None = None

    def begin_round_time(self) -> None:
        """Let the time of the round run."""
        self.round_watch = self.round_watch.running(self.prepdeck.seconds())
        self._ticks = self.set_interval(1.0, self._tick)

    def begin_card_time(self) -> None:
        """Let the time of a card run from zero."""
        self._card_watch = Stopwatch().running(self.prepdeck.seconds())

    def on_screen_suspend(self) -> None:
        """Stop the times while another page covers this one."""
        now = self.prepdeck.seconds()
        self._card_watch, self.round_watch = self._card_watch.paused(now), self.round_watch.paused(now)
        if self._ticks is not None:
            self._ticks.pause()

    def on_screen_resume(self) -> None:
        """Let the times run again."""
        now = self.prepdeck.seconds()
        self._card_watch, self.round_watch = self._card_watch.running(now), self.round_watch.running(now)
        if self._ticks is not None:
            self._ticks.resume()

    def now(self) -> Asking:
        """Return the card asked now; `can` lets no action of a card through without one."""
        assert self.asking is not None  # noqa: S101 - a promise to the type checker
        return self.asking

    def _tick(self) -> None:
        """Show the times a second later."""
        self._show_title()

    def _show_title(self) -> None:
        if self.asking is None:
            return
        now = self.prepdeck.seconds()
        title = RoundTitle(
            view=self.asking.view,
            sitting=self.sitting,
            card_seconds=self._card_watch.read(now) if self._shows_times else None,
            round_seconds=self.round_watch.read(now),
        )
        self.query_one(TitleBar).show(*draw_title(title))
        self.query_one(ProgressLine).show(title.share)

    def seconds_on_card(self) -> float:
        """Return how long this card has been asked."""
        return self._card_watch.read(self.prepdeck.seconds())

    def _toggle_times(self) -> None:
        self._shows_times = self.prepdeck.shows_times = not self._shows_times
        self._show_title()
