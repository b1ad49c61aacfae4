"""What may be typed on plain lines instead of an answer or a grade."""

from __future__ import annotations

from enum import Enum
from typing import Final

from prepdeck.scheduling.grade import Grade

GRADE_PROMPT: Final = "1 again 2 hard 3 good 4 easy, u undo, q stop"
"""Asked under every answer."""
TICK_PROMPT: Final = "Which did you say? Their numbers, such as 1 3 4, or t 3 for one, suggest the grade."
"""Said above it where a good answer has points."""
GRADES: Final = {
    **{str(number): grade for number, grade in enumerate(Grade, 1)},
    **{grade.value: grade for grade in Grade},
}
"""Grades by the digit or the word that names them."""


class Wish(Enum):
    """What a learner wants instead of an answer."""

    STOP = "stop"
    UNDO = "undo"
    BURY = "bury"
    SUSPEND = "suspend"
    FLAG = "flag"


WISHES: Final = {
    **dict.fromkeys(("q", "quit", "stop"), Wish.STOP),
    **dict.fromkeys(("u", "undo"), Wish.UNDO),
    **dict.fromkeys(("z", "-", "bury"), Wish.BURY),
    **dict.fromkeys(("!", "@", "suspend"), Wish.SUSPEND),
    **dict.fromkeys(("f", "flag"), Wish.FLAG),
}
"""Wishes by the word that says them."""
MORE_WORDS: Final = "At any card also: z bury, ! suspend, f flag; after its answer n and words for a note."
"""Said once as a round begins."""
NOTE_HELP: Final = "n and some words keep them as your note on this card; n - takes the note off."
"""Said where words are missing."""
