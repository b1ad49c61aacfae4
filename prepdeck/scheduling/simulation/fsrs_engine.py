"""FSRS-6 with its default parameters and a retention of 0.9, as it ships."""

from __future__ import annotations

from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.recall import Strength, first_strength, next_strength
from prepdeck.scheduling.simulation.setting import Setting
from prepdeck.scheduling.simulation.steps import LEARNING, RELEARNING, next_step


class _Entry:
    """What FSRS keeps of a card."""

    __slots__ = ("due", "last", "relearning", "steps", "strength")

    def __init__(self, strength: Strength, today: int) -> None:
        self.strength = strength
        self.last = today
        self.due = today
        self.steps = LEARNING
        self.relearning = False


class FsrsEngine:
    """FSRS-6, in the order of due days.

    Args:
        setting: Cards, and what was answered before.
    """

    __slots__ = ("_entries",)

    def __init__(self, setting: Setting) -> None:
        self._entries: dict[int, _Entry] = {}
        for card in range(setting.cards):
            for past in setting.past_of(card):
                self.answered(card, past.grade, past.day)
        for entry in self._entries.values():
            _settle(entry)

    def due(self, today: int) -> list[int]:
        """Return the cards due, by due day."""
        waiting = [(entry.due, card) for card, entry in self._entries.items() if entry.due <= today]
        return [card for _, card in sorted(waiting)]

    def answered(self, card: int, grade: Grade, today: int) -> bool:
        """Schedule as FSRS does; return whether a step of the day is left."""
        entry = self._entries.get(card)
        if entry is None:
            entry = self._entries[card] = _Entry(first_strength(grade), today)
        else:
            if today > entry.last:
                _settle(entry)
            entry.strength = next_strength(entry.strength, grade, today - entry.last)
        entry.last = today
        entry.due = today
        if grade is Grade.AGAIN:
            if not entry.steps:
                entry.relearning = True
            entry.steps = RELEARNING if entry.relearning else LEARNING
        elif entry.steps:
            entry.steps = next_step(entry.steps, grade) or 0
        if not entry.steps:
            entry.due = today + _interval(entry)
        return entry.steps > 0


def _interval(entry: _Entry) -> int:
    """Return the days until recall has fallen to 0.9, which is what stability means."""
    return max(1, round(entry.strength.stability))


def _settle(entry: _Entry) -> None:
    """Let a card leave the steps that an earlier day left unfinished, as where another scheduler asked it but once."""
    if entry.steps:
        entry.steps = 0
        entry.due = entry.last + _interval(entry)
