"""What people press and how long they take: the published averages of the FSRS project's simulator.

Buttons, their changes within a day and the seconds come from the defaults of `fsrs-optimizer` and `fsrs-rs`, medians of
many thousand Anki collections. Seconds are doubled here: an interview card is read longer than a word of a language.
The statistics of relearning steps are left out: with those of learning steps for every repeat the minutes of all rivals
come out as published, with the others up to a twentieth too short.
"""

from __future__ import annotations

from itertools import accumulate
from typing import Final

from prepdeck.scheduling.grade import Grade

GRADES: Final = tuple(Grade)
"""The buttons in the order of every row of numbers here."""
SLOWNESS: Final = 2.0
"""How much longer than the published seconds an answer takes."""

FIRST: Final = (0.24, 0.094, 0.495, 0.171)
"""Shares of the buttons at a first look."""
PASSED: Final = (0.224, 0.631, 0.145)
"""Shares of hard, good and easy where a card was recalled."""

REPEATED: Final = {
    Grade.AGAIN: (0.3687, 0.0628, 0.5108, 0.0577),
    Grade.HARD: (0.0441, 0.4553, 0.4457, 0.0549),
    Grade.GOOD: (0.0518, 0.0470, 0.8462, 0.0550),
}
"""Shares of the next button on the same day, by the button before; those of learning steps, for every repeat."""

FIRST_SECONDS: Final = (19.58, 18.79, 13.78, 10.71)
"""Published seconds by button at a first look and at every repeat within a day."""
LATER_SECONDS: Final = (19.38, 17.59, 12.38, 8.94)
"""Published seconds by button of a later look."""


def added_up(shares: tuple[float, ...]) -> tuple[float, ...]:
    """Return the shares added up, as dice are read against them."""
    return tuple(accumulate(shares))
