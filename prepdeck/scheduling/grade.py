"""What the learner presses, and the SM-2 number it stands for."""

from __future__ import annotations

from enum import Enum
from typing import Final

LOWEST_QUALITY: Final = 0
"""A blackout."""
HIGHEST_QUALITY: Final = 5
"""A perfect answer."""
PASSING_QUALITY: Final = 3
"""The lowest quality that counts as remembered (Wozniak 1990, step 6)."""
DRILL_ENDS_AT: Final = 4
"""The lowest quality that ends the same-day drill (Wozniak 1990, step 7)."""


class Grade(Enum):
    """The four buttons."""

    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"

    @property
    def quality(self) -> int:
        """The SM-2 quality, 0-5, the button stands for."""
        return _QUALITY[self]


_QUALITY: Final = {Grade.AGAIN: 1, Grade.HARD: 3, Grade.GOOD: 4, Grade.EASY: 5}


def is_quality(number: int) -> bool:
    """Tell whether `number` is an SM-2 quality, a whole number 0-5."""
    return LOWEST_QUALITY <= number <= HIGHEST_QUALITY


def grade_of(quality: int) -> Grade:
    """Return the button a quality is logged as: 0, 1, 2 again; 3 hard; 4 good; 5 easy.

    Raises:
        ValueError: When `quality` is not 0-5.
    """
    if not is_quality(quality):
        message = f"quality must be 0-5, not {quality}"
        raise ValueError(message)
    if quality < PASSING_QUALITY:
        return Grade.AGAIN
    return {3: Grade.HARD, 4: Grade.GOOD, 5: Grade.EASY}[quality]
