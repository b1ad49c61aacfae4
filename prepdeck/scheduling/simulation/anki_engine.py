"""Anki's descendant of SM-2 as it ships: four buttons, learning steps, credit for lateness; without its random fuzz."""

from __future__ import annotations

from typing import Final

from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.simulation.setting import Setting
from prepdeck.scheduling.simulation.steps import LEARNING, RELEARNING, next_step

_EASE: Final = 2.5
_LEAST_EASE: Final = 1.3
_EASE_STEP: Final = {Grade.AGAIN: -0.2, Grade.HARD: -0.15, Grade.GOOD: 0.0, Grade.EASY: 0.15}
_HARD_FACTOR: Final = 1.2
_EASY_BONUS: Final = 1.3
_GRADUATING: Final = 1
_EASY_GRADUATING: Final = 4
_AFTER_LAPSE: Final = 1


class _Entry:
    """What Anki keeps of a card."""

    __slots__ = ("due", "ease", "interval", "lapsed", "last", "steps")

    def __init__(self) -> None:
        self.ease = _EASE
        self.interval = 0
        self.due = 0
        self.last = 0
        self.steps = LEARNING
        """Steps still to pass; 0 for a review card."""
        self.lapsed = False


class AnkiEngine:
    """Anki's SM-2, in the order of due days.

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
        """Schedule as Anki does; return whether a step of the day is left."""
        entry = self._entries.get(card)
        if entry is None:
            entry = self._entries[card] = _Entry()
        elif today > entry.last:
            _settle(entry)
        entry.last = today
        if entry.steps:
            _take_step(entry, grade, today)
        elif grade is Grade.AGAIN:
            entry.ease = max(_LEAST_EASE, entry.ease + _EASE_STEP[grade])
            entry.interval = _AFTER_LAPSE
            entry.lapsed = True
            entry.steps = RELEARNING
            entry.due = today
        else:
            late = max(0, today - entry.due)
            entry.interval = _passed(entry.interval, late, entry.ease, grade)
            entry.ease = max(_LEAST_EASE, entry.ease + _EASE_STEP[grade])
            entry.due = today + entry.interval
        return entry.steps > 0


def _settle(entry: _Entry) -> None:
    """Let a card leave the steps that an earlier day left unfinished, as where another scheduler asked it but once."""
    if entry.steps:
        entry.steps = 0
        entry.interval = max(entry.interval, _GRADUATING)
        entry.due = entry.last + entry.interval


def _take_step(entry: _Entry, grade: Grade, today: int) -> None:
    entry.due = today
    if grade is Grade.AGAIN:
        entry.steps = RELEARNING if entry.lapsed else LEARNING
        return
    entry.steps = next_step(entry.steps, grade) or 0
    if entry.steps:
        return
    if entry.lapsed:
        entry.interval += grade is Grade.EASY
    else:
        entry.interval = _EASY_GRADUATING if grade is Grade.EASY else _GRADUATING
    entry.due = today + entry.interval


def _passed(interval: int, late: int, ease: float, grade: Grade) -> int:
    """Return the days after a pass: each better button at least a day longer than the one below."""
    hard = max(interval + 1, round(interval * _HARD_FACTOR))
    if grade is Grade.HARD:
        return hard
    good = max(hard + 1, round((interval + late / 2) * ease))
    if grade is Grade.GOOD:
        return good
    return max(good + 1, round((interval + late) * ease * _EASY_BONUS))
