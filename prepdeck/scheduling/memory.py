"""What the scheduler knows of a card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

EASINESS_AT_START: Final = 250
"""Hundredths; SM-2 begins every card at 2.5."""
EASINESS_FLOOR: Final = 130
"""Hundredths; easiness never falls below 1.3."""
LONGEST_INTERVAL: Final = 36_500
"""Days; SM-2 has no cap, dates have one."""


@dataclass(frozen=True, slots=True)
class Unseen:
    """A card that was never answered."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A card that was answered at least once."""

    repetition: int
    """Passes in a row since the last lapse."""
    easiness: int
    """SM-2's factor in whole hundredths, never below 130."""
    interval: int
    """Whole days from the last study day to the due day, 1-36,500, as SM-2 gave it."""
    due: date
    """The study day on which the card is asked again."""
    last: date
    """The study day of the last answer that counted."""
    drilling: bool
    """Whether the card still comes back on the day of `last`."""
    lapses: int
    """How often it was forgotten after it was learned."""


Memory: TypeAlias = Unseen | Learned
"""What the scheduler knows of a card."""

UNSEEN: Final = Unseen()
"""The memory of every card at first."""


def is_leech(memory: Memory, lapses_allowed: int) -> bool:
    """Tell whether a card lapsed too often to be worth repeating as it is."""
    return isinstance(memory, Learned) and memory.lapses >= lapses_allowed


def leech_is_announced(before: Memory, after: Memory, lapses_allowed: int) -> bool:
    """Tell whether an answer makes a card a leech, or is one of the later lapses that say so again.

    That is the lapse that reaches the limit, and every one half a limit later: of 8 the 8th, 12th, 16th.
    """
    if not isinstance(after, Learned) or not is_leech(after, lapses_allowed):
        return False
    known = before.lapses if isinstance(before, Learned) else 0
    step = max(1, -(-lapses_allowed // 2))
    return after.lapses > known and (after.lapses - lapses_allowed) % step == 0
