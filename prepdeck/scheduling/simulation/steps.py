"""Learning steps as Anki and FSRS share them: a new card comes back after a minute and after ten, a failed one once."""

from __future__ import annotations

from typing import Final

from prepdeck.scheduling.grade import Grade

LEARNING: Final = 2
"""Steps of a new card: 1 minute, 10 minutes."""
RELEARNING: Final = 1
"""Steps of a failed card: 10 minutes."""


def next_step(step: int, grade: Grade) -> int | None:
    """Return the step after an answer, counted down to 1, or None when the card leaves its steps.

    Again goes back to the first step of the card's own kind, which the caller knows; hard stays, easy leaves.

    Args:
        step: Steps still to pass, at least 1.
        grade: What was pressed; not again.
    """
    if grade is Grade.HARD:
        return step
    if grade is Grade.EASY or step == 1:
        return None
    return step - 1
