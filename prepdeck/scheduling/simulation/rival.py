"""How a rival spends its day: which cards are due is the engine's business, when new ones come is this module's."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from enum import Enum
from typing import Final, Protocol, TypeAlias

from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.simulation.setting import Setting

NEW_A_DAY: Final = 20
"""New cards a day, as every one of the systems ships."""
PACED_SHARE: Final = 0.6
"""Share of the days over which an even pace spreads the new cards."""


class Routine(Enum):
    """When new cards come."""

    USUAL = "usual"
    """As shipped: due reviews first, then up to 20 new cards."""
    EVEN = "even"
    """New cards first, spread over the first 60 % of the days, then what is due."""


class Engine(Protocol):
    """The scheduling rules of a rival, without any thought of an interview."""

    def due(self, today: int) -> list[int]:
        """Return the seen cards that are due, in the order the system asks them."""

    def answered(self, card: int, grade: Grade, today: int) -> bool:
        """Schedule the card after an answer; return whether it is asked again at once."""


MakeEngine: TypeAlias = Callable[[Setting], Engine]
"""Returns an engine that knows what was answered before the first day."""


class Rival:
    """An engine with a pace: a whole scheduler.

    Args:
        setting: Cards, days and minutes.
        engine: The rules.
        routine: When new cards come.
    """

    __slots__ = ("_engine", "_new", "_queue", "_routine", "_setting")

    def __init__(self, setting: Setting, engine: Engine, routine: Routine) -> None:
        self._setting = setting
        self._engine = engine
        self._routine = routine
        self._new = {card: None for card in setting.order if not setting.past_of(card)}
        self._queue: deque[int] = deque()

    def open_day(self, today: int) -> None:
        """Line up the day's cards."""
        due = self._engine.due(today)
        new = list(self._new)[: self._quota(today)]
        self._queue = deque(due + new if self._routine is Routine.USUAL else new + due)

    def _quota(self, today: int) -> int:
        if self._routine is Routine.USUAL:
            return NEW_A_DAY
        days = self._setting.days
        paced = max(1.0, days - today - (1.0 - PACED_SHARE) * days)
        return -int(-len(self._new) // paced)

    def next_card(self, today: int, seconds_left: float) -> int | None:
        """Return the next card of the queue."""
        del today, seconds_left
        return self._queue.popleft() if self._queue else None

    def answered(self, card: int, grade: Grade, seconds: float, today: int) -> bool:
        """Hand the answer to the engine."""
        del seconds
        self._new.pop(card, None)
        return self._engine.answered(card, grade, today)
