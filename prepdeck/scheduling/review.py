"""One graded answer, and the memory that follows from all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import TypeAlias, assert_never

from prepdeck.cards.ids import CardId
from prepdeck.scheduling import sm2
from prepdeck.scheduling.grade import Grade, grade_of
from prepdeck.scheduling.memory import UNSEEN, Learned, Memory, Unseen


class ReviewKind(Enum):
    """What a review does to the schedule."""

    SCHEDULED = "scheduled"
    """New or due: schedules."""
    EARLY = "early"
    """Before its due day: schedules from today."""
    DRILL = "drill"
    """A second answer on one study day: changes nothing but whether the card comes back."""
    CRAM = "cram"
    """Practice: changes nothing."""


@dataclass(frozen=True, slots=True)
class Review:
    """One graded answer."""

    id: str
    """UUIDv7, larger than every id before it in its store."""
    card: CardId
    """The card as it was called when it was answered."""
    at: datetime
    """The moment, with the local offset of then."""
    study_day: date
    """The day it counts on."""
    quality: int
    """SM-2's number, 0-5."""
    elapsed_seconds: float | None
    """How long the answer took, or None when nobody measured."""
    kind: ReviewKind
    """What it did to the schedule."""
    wording: int
    """Which wording of the front was shown: 0 the front itself, n its n-th variant."""
    before: Memory
    """What was known before."""
    after: Memory
    """What was known after; a cram on an unseen card leaves it unseen."""
    voided: bool = False
    """Whether a later undo took it back."""

    @property
    def grade(self) -> Grade:
        """The button the quality is logged as."""
        return grade_of(self.quality)


@dataclass(frozen=True, slots=True)
class Answered:
    """An entry of a card's history: it was answered."""

    study_day: date
    """The day it counts on."""
    quality: int
    """0-5."""
    cram: bool = False
    """Whether it was practice that leaves the schedule alone."""


@dataclass(frozen=True, slots=True)
class Revised:
    """An entry of a card's history: its meaning changed."""

    study_day: date
    """The day the change was taken in."""


Entry: TypeAlias = Answered | Revised
"""One entry of a card's history, undone ones left out."""


def kind_of(memory: Memory, today: date) -> ReviewKind:
    """Return what an answer on `today` would do to the schedule."""
    match memory:
        case Unseen():
            return ReviewKind.SCHEDULED
        case Learned(last=last) if last == today:
            return ReviewKind.DRILL
        case Learned(due=due) if today < due:
            return ReviewKind.EARLY
        case Learned():
            return ReviewKind.SCHEDULED


def step(memory: Memory, entry: Entry) -> Memory:
    """Return the memory after one more entry of the history."""
    match entry:
        case Answered(cram=True):
            return memory
        case Answered(study_day=day, quality=quality):
            return sm2.answer(memory, quality, day)
        case Revised(study_day=day):
            return sm2.revise(memory, day)
        case _:
            assert_never(entry)


def replay(entries: Iterable[Entry]) -> Memory:
    """Return the memory that follows from a whole history, oldest entry first."""
    memory: Memory = UNSEEN
    for entry in entries:
        memory = step(memory, entry)
    return memory
