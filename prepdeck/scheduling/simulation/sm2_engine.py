"""The canonical SM-2 as a rival: our own rules, with its drill until graded good."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from prepdeck.scheduling import sm2
from prepdeck.scheduling.grade import DRILL_ENDS_AT, PASSING_QUALITY, Grade
from prepdeck.scheduling.memory import UNSEEN, Learned, Memory
from prepdeck.scheduling.simulation.setting import Setting

_ORIGIN: Final = date(2000, 1, 1).toordinal()
"""Day 0; SM-2 counts in dates."""


class Sm2Engine:
    """SM-2, longest overdue first.

    Args:
        setting: Cards, and what was answered before.
        lean: Whether a card graded hard is left alone; SM-2 drills it like a failed one.
    """

    __slots__ = ("_drills_from", "_lean", "_memories")

    def __init__(self, setting: Setting, *, lean: bool = False) -> None:
        self._lean = lean
        self._memories: dict[int, Learned] = {}
        for card in range(setting.cards):
            for past in setting.past_of(card):
                self.answered(card, past.grade, past.day)

    def due(self, today: int) -> list[int]:
        """Return the cards due, longest overdue first."""
        now = _date(today)
        waiting = [(memory.due, card) for card, memory in self._memories.items() if memory.due <= now]
        return [card for _, card in sorted(waiting)]

    def answered(self, card: int, grade: Grade, today: int) -> bool:
        """Schedule by SM-2; return whether the drill goes on."""
        before: Memory = self._memories.get(card, UNSEEN)
        now = _date(today)
        after = self._memories[card] = sm2.answer(before, grade.quality, now)
        if self._lean and (not isinstance(before, Learned) or before.last != now):
            return grade.quality < PASSING_QUALITY
        return after.drilling and grade.quality < DRILL_ENDS_AT


def _date(day: int) -> date:
    return date.fromordinal(_ORIGIN) + timedelta(days=day)
