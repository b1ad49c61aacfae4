"""What a scheduler has to answer to be tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias

from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.simulation.setting import Setting


class Strategy(Protocol):
    """A scheduler at work with one learner; it sees grades and seconds, never the truth behind them."""

    def open_day(self, today: int) -> None:
        """Take note that a study day begins; days without study are not announced."""

    def next_card(self, today: int, seconds_left: float) -> int | None:
        """Return the card to ask, or None when nothing more is worth asking today.

        The day may end instead, so that the card goes unanswered.
        """

    def answered(self, card: int, grade: Grade, seconds: float, today: int) -> bool:
        """Take note of an answer; return whether the card is asked again at once, as a drill or a learning step.

        Nobody repeats a card that was easy.
        """


MakeStrategy: TypeAlias = Callable[[Setting], Strategy]
"""Returns a scheduler for a fresh learner."""
