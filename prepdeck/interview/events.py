"""What happens in a mock; the list of it is the mock.

Every event is told when it happened: `at_ms`, true milliseconds since the mock began, pauses and gaps included. What a
candidate writes is an event too: the newest text of a sheet counts, whatever was written on it before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from prepdeck.cards.ids import CardId
from prepdeck.interview.marks import Rater
from prepdeck.interview.terms import Mode
from prepdeck.interview.timekeeping import Gap


@dataclass(frozen=True, slots=True)
class Moved:
    """The candidate went to another stop."""

    at_ms: int
    """When."""
    stop: int
    """Which, from 0."""


@dataclass(frozen=True, slots=True)
class Paused:
    """The clock was stopped; never in a strict mock."""

    at_ms: int
    """When."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """The clock goes on after a pause."""

    at_ms: int
    """When."""


@dataclass(frozen=True, slots=True)
class Gapped:
    """A gap was noticed while the program ran; a strict clock counts it, a practice clock leaves sleep out."""

    at_ms: int
    """When it was over."""
    gap: Gap
    """What it was."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """A mock that was cut off goes on."""

    at_ms: int
    """When."""
    seen_ms: int
    """The last sign of life before it was cut off."""
    mode: Mode
    """Strict: the gap counts. Practice: it is left out, and the mock is no longer strict."""


@dataclass(frozen=True, slots=True)
class Written:
    """What stands on a sheet now."""

    at_ms: int
    """When it was typed, which may be earlier than the event before it: saving comes later than typing."""
    sheet: str
    """Which sheet; see `prepdeck.interview.mock.sheet_of`."""
    text: str
    """All of it."""


@dataclass(frozen=True, slots=True)
class Chose:
    """The candidate picked options of a choice card."""

    at_ms: int
    """When."""
    question: int
    """Which question."""
    options: tuple[int, ...]
    """Which options, by their place on the card, smallest first; none takes the choice back."""


@dataclass(frozen=True, slots=True)
class Said:
    """The candidate answered aloud, or takes that back; what was said is not kept."""

    at_ms: int
    """When."""
    question: int
    """Which question."""
    is_on: bool = True
    """Whether it counts as answered."""


@dataclass(frozen=True, slots=True)
class Picked:
    """The candidate picked one of their own stories for a prompt."""

    at_ms: int
    """When."""
    question: int
    """Which question."""
    story: CardId | None
    """Which story; None for one that is not written down."""


@dataclass(frozen=True, slots=True)
class PartBegan:
    """The candidate began a part of a story told aloud, or stopped telling."""

    at_ms: int
    """When."""
    question: int
    """Which question."""
    part: str | None
    """`situation`, `task`, `action`, `result`, `reflection`; None when the telling is over."""


@dataclass(frozen=True, slots=True)
class Hinted:
    """One more hint was shown."""

    at_ms: int
    """When."""
    question: int
    """Which question."""


@dataclass(frozen=True, slots=True)
class Clarified:
    """The candidate asked for a clarification."""

    at_ms: int
    """When."""
    question: int
    """Which question."""
    number: int
    """Which of the card's clarifications, from 0."""


@dataclass(frozen=True, slots=True)
class Twisted:
    """The requirement changed."""

    at_ms: int
    """When."""
    question: int
    """Which question."""


@dataclass(frozen=True, slots=True)
class Probed:
    """The interviewer asked one more question into the answer."""

    at_ms: int
    """When."""
    question: int
    """Which question."""


@dataclass(frozen=True, slots=True)
class Ran:
    """The code was run against the visible tests."""

    at_ms: int
    """When."""
    question: int
    """Which question."""
    passed: int
    """How many tests passed."""
    of: int
    """How many there are."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The candidate is done."""

    at_ms: int
    """When."""


@dataclass(frozen=True, slots=True)
class TimeRanOut:
    """A strict clock reached 0:00; it ends the mock by itself, and this makes the end plain in the list of events."""

    at_ms: int
    """When it was noticed, which may be later."""


@dataclass(frozen=True, slots=True)
class Abandoned:
    """The candidate gave the mock up: it gets no verdict."""

    at_ms: int
    """When."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The draft as it stood at the end was run; only the hidden tests count, which nobody could try before."""

    at_ms: int
    """When."""
    question: int
    """Which question."""
    passed: int
    """How many hidden tests passed."""
    of: int
    """How many there are; 0 when nothing could be run."""
    words: str = ""
    """What failed first, or why nothing was run, for people."""


@dataclass(frozen=True, slots=True)
class Predicted:
    """Before anything is revealed the candidate says what the verdict will be."""

    at_ms: int
    """When."""
    verdict: str
    """Slug of a step of the verdict scale."""


@dataclass(frozen=True, slots=True)
class QuestionMarked:
    """Somebody marked the answer to one question."""

    at_ms: int
    """When."""
    question: int
    """Which question."""
    level: int | None
    """1-4; None takes the mark back."""
    rater: Rater = Rater.SELF
    """Who."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Somebody marked one criterion of the rubric."""

    at_ms: int
    """When."""
    criterion: str
    """Slug of the criterion."""
    level: int | None
    """1-4; None takes the mark back."""
    rater: Rater = Rater.SELF
    """Who."""


@dataclass(frozen=True, slots=True)
class Evidenced:
    """Somebody wrote the line of evidence for a criterion."""

    at_ms: int
    """When."""
    criterion: str
    """Slug of the criterion."""
    text: str
    """One line; empty takes it away."""
    rater: Rater = Rater.SELF
    """Who."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The marks were saved, and the debrief was shown."""

    at_ms: int
    """When."""
    pull: str = ""
    """The step of the action log that pulled cards to today; empty when none was pulled."""


Event: TypeAlias = (
    Moved
    | Paused
    | Resumed
    | Gapped
    | Recovered
    | Written
    | Chose
    | Said
    | Picked
    | PartBegan
    | Hinted
    | Clarified
    | Twisted
    | Probed
    | Ran
    | Finished
    | TimeRanOut
    | Abandoned
    | Judged
    | Predicted
    | QuestionMarked
    | Marked
    | Evidenced
    | Saved
)
"""Anything that happens in a mock."""
