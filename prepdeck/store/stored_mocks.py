"""Mocks and loops of mocks as they stand in the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from prepdeck.cards.blueprint import Blueprint
from prepdeck.cards.rubric import Rubric
from prepdeck.interview.events import Event, Written
from prepdeck.interview.loops import LoopEvent
from prepdeck.interview.mock import Mock
from prepdeck.interview.questions import Question
from prepdeck.interview.running import replay
from prepdeck.interview.terms import Terms
from prepdeck.interview.timekeeping import Reading


@dataclass(frozen=True, slots=True)
class Version:
    """What stood on a sheet when the candidate left a stop, or stands there now."""

    number: int
    """Its place among the events of the mock."""
    stop: int
    """The stop it was written at."""
    written: Written
    """The text, and when it was typed."""


@dataclass(frozen=True, slots=True)
class MockHead:
    """A mock as a list shows it."""

    id: str
    """UUIDv7."""
    began: datetime
    """When it began."""
    study_day: date
    """The study day it counts on."""
    format: str
    """Slug of its format."""
    title: str
    """Title of the format, as it was then."""
    is_over: bool
    """Whether nothing can be answered any more, as far as it is stored."""
    end: str | None
    """How it ended, a value of `prepdeck.interview.mock.End`; None while it is not over."""
    is_saved: bool
    """Whether its marks were saved."""
    loop: str | None
    """The loop it is a round of."""
    leg: int | None
    """Which leg of the loop it is, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredMock:
    """A mock with everything that happened in it."""

    id: str
    """UUIDv7."""
    began: datetime
    """When it began."""
    study_day: date
    """The study day it counts on."""
    blueprint: Blueprint
    """Its format, as it was then."""
    rubric: Rubric | None
    """What judges it, as it was then; None for a drill."""
    terms: Terms
    """What the candidate chose."""
    questions: tuple[Question, ...]
    """What it asks."""
    loop: str | None
    """The loop it is a round of."""
    leg: int | None
    """Which leg of the loop it is, from 0."""
    events: tuple[Event, ...]
    """What happened, in its order; of what was written on a sheet only the last text of each stop."""
    versions: tuple[Version, ...]
    """The same texts with their stops, oldest first."""
    read: Reading
    """What the clocks showed at the last sign of life."""
    seen_ms: int
    """True milliseconds since it began, at the last sign of life."""

    def replayed(self) -> Mock:
        """Return the mock that follows from what happened in it."""
        return replay(self.blueprint, self.terms, self.questions, self.events)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLoop:
    """A loop of mocks with everything that happened in it."""

    id: str
    """UUIDv7."""
    began: datetime
    """When it began."""
    study_day: date
    """The study day it counts on."""
    blueprint: Blueprint
    """Its format, as it was then."""
    terms: Terms
    """What the candidate chose."""
    events: tuple[LoopEvent, ...]
    """What happened, in its order."""
    rounds: tuple[MockHead, ...]
    """Its mocks, oldest first."""
    read: Reading
    """What the clocks showed at `seen_ms`."""
    seen_ms: int
    """True milliseconds since it began, at the last thing that happened in it."""
