"""What all mocks tell together, and two attempts side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from prepdeck.interview.debrief import Debrief
from prepdeck.interview.history import (
    Calibration,
    Overrun,
    PastMock,
    Trend,
    calibrate,
    overruns,
    story_seconds,
    trend_of,
)
from prepdeck.interview.mock import End
from prepdeck.scheduling.memory import Learned
from prepdeck.study.mock_debriefs import debrief, past_mocks
from prepdeck.study.mock_documents import documents_in_use
from prepdeck.study.mock_recovery import StoppedMock, stopped_mocks

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk


@dataclass(frozen=True, slots=True)
class TopicLine:
    """One topic as reviews and as mocks know it."""

    topic: str
    """Slug of the topic."""
    lapses: int
    """How often its learned cards were forgotten."""
    learned: int
    """How many of its cards are learned."""
    level: int
    """The lowest mark of the newest mock that touched it."""
    day: date
    """The study day of that mock."""


@dataclass(frozen=True, slots=True)
class MockHistory:
    """What all mocks tell together."""

    mocks: tuple[PastMock, ...]
    """Every mock that was marked or given up, oldest first."""
    waiting: tuple[StoppedMock, ...]
    """Mocks that were cut off or wait to be marked, the newest first."""
    trends: tuple[Trend, ...]
    """One for each format that was sat, in the order of the formats."""
    calibration: Calibration
    """Predicted against marked verdicts."""
    overruns: tuple[Overrun, ...]
    """Phases that mostly take longer than they have."""
    parts: Mapping[str, int]
    """Mean seconds of each part of told stories; empty without one."""
    topics: tuple[TopicLine, ...]
    """Topics that mocks touched, the weakest first."""
    completion: Fraction | None
    """The share of mocks that were brought to their end; None without any."""
    bar: int
    """The mark an employer wants to see."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two attempts side by side."""

    first: Debrief
    """The earlier one."""
    second: Debrief
    """The later one."""

    @property
    def criteria(self) -> tuple[tuple[str, int | None, int | None], ...]:
        """Title of each criterion with both marks, in the order of the first rubric."""
        earlier = {row.criterion.id: row.level for row in self.first.criteria}
        later = {row.criterion.id: row.level for row in self.second.criteria}
        titles = {row.criterion.id: row.criterion.title for row in (*self.first.criteria, *self.second.criteria)}
        return tuple((title, earlier.get(slug), later.get(slug)) for slug, title in titles.items())

    @property
    def phases(self) -> tuple[tuple[str, int | None, int | None], ...]:
        """Title of each phase with the milliseconds of both, in the order of the first format."""
        earlier = {row.id: row.actual_ms for row in self.first.phases}
        later = {row.id: row.actual_ms for row in self.second.phases}
        titles = {row.id: row.title for row in (*self.first.phases, *self.second.phases)}
        return tuple((title, earlier.get(slug), later.get(slug)) for slug, title in titles.items())


def history(desk: Desk) -> MockHistory:
    """Return what all mocks tell together."""
    documents = documents_in_use(desk)
    past = past_mocks(desk)
    bar = documents.verdicts.bar if documents.verdicts is not None else 3
    sat = dict.fromkeys((*documents.formats, *(each.format for each in past)))
    trends = tuple(trend_of(slug, past, bar) for slug in sat if any(each.format == slug for each in past))
    with desk.store.reading() as log:
        heads = log.mocks.heads()
    sat_through = sum(head.is_over and head.end != End.ABANDONED.value for head in heads)
    return MockHistory(
        mocks=past,
        waiting=stopped_mocks(desk),
        trends=trends,
        calibration=calibrate(past, documents.verdicts) if documents.verdicts is not None else Calibration(),
        overruns=overruns(past),
        parts=story_seconds(past),
        topics=topic_map(desk, past),
        completion=Fraction(sat_through, len(heads)) if heads else None,
        bar=bar,
    )


def newest_levels(past: tuple[PastMock, ...]) -> Mapping[str, tuple[int, date]]:
    """Return for each topic the lowest mark of the newest mock that touched it, and that mock's day."""
    return {topic: (level, each.day) for each in past for topic, level in each.topics.items()}


def topic_map(desk: Desk, past: tuple[PastMock, ...]) -> tuple[TopicLine, ...]:
    """Return the topics that mocks touched with what reviews know of them, the weakest first."""
    levels = newest_levels(past)
    if not levels:
        return ()
    with desk.store.reading() as log:
        memories = log.all_memories()
    lapses, learned = dict.fromkeys(levels, 0), dict.fromkeys(levels, 0)
    for outline in desk.library.outlines():
        memory = memories.get(outline.card)
        if outline.topic is not None and outline.topic in levels and isinstance(memory, Learned):
            lapses[outline.topic] += memory.lapses
            learned[outline.topic] += 1
    lines = [TopicLine(topic, lapses[topic], learned[topic], level, day) for topic, (level, day) in levels.items()]
    return tuple(sorted(lines, key=lambda line: (line.level, -line.lapses, line.topic)))


def compare(desk: Desk, first: str, second: str) -> Comparison:
    """Return two mocks side by side, the earlier one first.

    Raises:
        NotFound: When one of them does not exist or is not over.
    """
    both = sorted((debrief(desk, first), debrief(desk, second)), key=lambda each: each.began)
    return Comparison(*both)
