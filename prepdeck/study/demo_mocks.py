"""The mocks of the demo: made up, so that the pages of mocks have something to show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from prepdeck.host.clock import FrozenClock
from prepdeck.interview.events import (
    Abandoned,
    Event,
    Evidenced,
    Finished,
    Marked,
    Moved,
    Predicted,
    QuestionMarked,
    Said,
    Saved,
    Written,
)
from prepdeck.interview.mock import Mock, sheet_at
from prepdeck.interview.running import happen
from prepdeck.interview.terms import Mode, Terms
from prepdeck.study.mock_begin import NotEnoughCards, begin_mock
from prepdeck.study.mock_debriefs import debrief, write_debrief

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

_BEGAN: Final = time(20, 30)
_UNHURRIED: Final = 0.96


@dataclass(frozen=True, slots=True, kw_only=True)
class _Script:
    """How one made-up mock went."""

    days_ago: int
    format: str
    predicted: str
    marks: Mapping[str, int]
    evidence: Mapping[str, str] = field(default_factory=dict)
    pace: tuple[float, ...] = (1.0,)
    """Share of its time each phase took, over and over."""
    is_practice: bool = False
    is_given_up: bool = False


_SCRIPTS: Final = (
    _Script(
        days_ago=44,
        format="fundamentals-30",
        predicted="lean-yes",
        marks={"accuracy": 2, "mechanism": 2, "judgement": 2, "brevity": 3},
        evidence={"accuracy": "mixed up precision and recall", "mechanism": "named Adam, not what it does"},
        pace=(1.3, 1.1, 0.8),
        is_practice=True,
    ),
    _Script(days_ago=37, format="fundamentals-45", predicted="lean-no", marks={}, is_given_up=True),
    _Script(
        days_ago=23,
        format="deep-dive-45",
        predicted="strong-yes",
        marks={"context": 3, "decisions": 3, "evidence": 2, "ownership": 4, "limits": 2},
        evidence={"evidence": "one number, no baseline", "ownership": "said what others built on it"},
        pace=(1.2, 0.8, 1.1, 0.9),
    ),
    _Script(
        days_ago=16,
        format="fundamentals-30",
        predicted="lean-yes",
        marks={"accuracy": 3, "mechanism": 2, "judgement": 3, "brevity": 3},
        evidence={"mechanism": "bias correction only with a hint"},
        pace=(1.1, 0.95, 1.05),
    ),
    _Script(
        days_ago=3,
        format="fundamentals-30",
        predicted="lean-yes",
        marks={"accuracy": 3, "mechanism": 3, "judgement": 3, "brevity": 4},
        evidence={"judgement": "compared L1 and L2 by what they cost", "brevity": "headline first throughout"},
        pace=(0.9, 0.9, 1.05),
    ),
)


def sit_demo_mocks(desk: Desk) -> None:
    """Write down the mocks of the demo, oldest first; a format the decks hold too little for is left out."""
    today, clock = desk.today(), desk.clock
    try:
        for script in _SCRIPTS:
            began = datetime.combine(today - timedelta(days=script.days_ago), _BEGAN).astimezone()
            desk.clock = FrozenClock(began)
            try:
                _sit(desk, script, began)
            except NotEnoughCards:
                continue
    finally:
        desk.clock = clock


def _sit(desk: Desk, script: _Script, began: datetime) -> None:
    mode = Mode.PRACTICE if script.is_practice else Mode.STRICT
    sat = begin_mock(desk, script.format, Terms(mode=mode, seed=script.days_ago))
    mock, events = sat.mock, []
    for event in _events(mock, script):
        mock = happen(mock, event)
        events.append(event)
    ended = began + timedelta(milliseconds=mock.upto_ms)
    with desk.store.writing() as log:
        log.mocks.append(sat.id, events, at=ended, read=sat.read, seen_ms=mock.upto_ms)
    if not script.is_given_up:
        write_debrief(desk, debrief(desk, sat.id))


def _events(mock: Mock, script: _Script) -> Iterator[Event]:
    """Yield what happened, from the first stop to the saved marks."""
    at = 0
    for number, stop in enumerate(mock.stops):
        at += round(stop.budget_ms * script.pace[stop.phase % len(script.pace)] * _UNHURRIED)
        if script.is_given_up and number == 4:  # noqa: PLR2004 - early enough to be short
            yield Abandoned(at)
            return
        if stop.question is not None and mock.questions[stop.question].kind == "basic":
            yield Said(at, stop.question)
        yield Written(at, sheet_at(stop), _note(mock, number))
        if number + 1 < len(mock.stops):
            yield Moved(at, number + 1)
    yield Finished(at)
    if script.predicted:
        yield Predicted(at, script.predicted)
    for number in range(len(mock.questions)):
        if len(mock.questions) > 1:
            yield QuestionMarked(at, number, 2 + (number * 7 + script.days_ago) % 3)
    for criterion, level in script.marks.items():
        yield Marked(at, criterion, level)
        if criterion in script.evidence:
            yield Evidenced(at, criterion, script.evidence[criterion])
    yield Saved(at)


def _note(mock: Mock, number: int) -> str:
    stop = mock.stops[number]
    if stop.question is None:
        return f"{mock.blueprint.phases[stop.phase].title.lower()}: what I would say again\n"
    asked = mock.questions[stop.question]
    if asked.kind == "numeric":
        return "rough estimate\n42\n"
    return f"- {asked.topic.replace('-', ' ') or 'my project'}: headline, then one example\n- limits named\n"
