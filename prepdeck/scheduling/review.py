"""One graded answer, and the memory that follows from all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Final, TypeAlias, assert_never

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
    EARLY_PLAN = "early-plan"
    """Passed before its due day under a plan for a date: comes back after the interval it has."""
    DRILL = "drill"
    """A second answer on one study day: changes nothing but whether the card comes back."""
    CRAM = "cram"
    """Practice: changes nothing."""


SPACED_KINDS: Final = (ReviewKind.SCHEDULED, ReviewKind.EARLY, ReviewKind.EARLY_PLAN)
"""Kinds whose answers say whether a card was kept since an earlier day."""


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
    kind: ReviewKind = ReviewKind.SCHEDULED
    """What it was taken for; only `CRAM` and `EARLY_PLAN` make another memory than SM-2 does by itself."""


@dataclass(frozen=True, slots=True)
class Revised:
    """An entry of a card's history: its meaning changed."""

    study_day: date
    """The day the change was taken in."""


@dataclass(frozen=True, slots=True)
class Reset:
    """An entry of a card's history: the learner begins it anew."""

    study_day: date
    """The day it was reset."""


@dataclass(frozen=True, slots=True)
class Rescheduled:
    """An entry of a card's history: another due day was set, by the learner or for a good reason."""

    study_day: date
    """The day it was set on."""
    due: date
    """The day the card is asked again."""


Entry: TypeAlias = Answered | Revised | Reset | Rescheduled
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
        case Answered(kind=ReviewKind.CRAM):
            return memory
        case Answered(study_day=day, quality=quality, kind=ReviewKind.EARLY_PLAN):
            return sm2.answer_early_in_plan(memory, quality, day)
        case Answered(study_day=day, quality=quality):
            return sm2.answer(memory, quality, day)
        case Revised(study_day=day):
            return sm2.revise(memory, day)
        case Reset():
            return UNSEEN
        case Rescheduled(due=due):
            return sm2.reschedule(memory, due)
        case _:
            assert_never(entry)


def replay(entries: Iterable[Entry]) -> Memory:
    """Return the memory that follows from a whole history, oldest entry first."""
    memory: Memory = UNSEEN
    for entry in entries:
        memory = step(memory, entry)
    return memory
