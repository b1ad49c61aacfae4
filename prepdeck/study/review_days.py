"""What an answer on a study day does to a card's schedule."""

from __future__ import annotations

from datetime import date

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.memory import Learned, Memory
from prepdeck.scheduling.review import ReviewKind, kind_of
from prepdeck.store.logbook import Logbook
from prepdeck.study.aims import is_planned
from prepdeck.study.desk import Desk


def kind_at(desk: Desk, log: Logbook, card: CardId, memory: Memory, day: date) -> ReviewKind:
    """Return what a pass on a study day would do to the schedule; under a plan an early one is of its own kind."""
    kind = kind_of(memory, day)
    return ReviewKind.EARLY_PLAN if kind is ReviewKind.EARLY and is_planned(desk, log, card, day) else kind


def last_day(memory: Memory) -> date | None:
    """Return the study day of the last review that counted, or None for a card without one."""
    return memory.last if isinstance(memory, Learned) else None


def day_reached(log: Logbook, card: CardId, memory: Memory, today: date) -> date | None:
    """Return the study day of the last entry that made a card's memory what it is, as far as a clock needs to know."""
    change = log.newest_change(card, today)
    days = [day for day in (last_day(memory), change.study_day if change is not None else None) if day is not None]
    return max(days, default=None)
