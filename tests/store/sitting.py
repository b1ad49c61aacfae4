"""A small mock and its events, drawn or written out, for the proofs of the store."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, get_args, get_type_hints

from hypothesis import strategies as st

from prepdeck.cards.blueprint import Blueprint, Draw, Phase
from prepdeck.cards.ids import CardId
from prepdeck.cards.rubric import Criterion, Evidence, Rubric
from prepdeck.errors import UsageError
from prepdeck.interview.events import (
    Abandoned,
    Chose,
    Clarified,
    Event,
    Evidenced,
    Finished,
    Gapped,
    Hinted,
    Judged,
    Marked,
    Moved,
    PartBegan,
    Paused,
    Picked,
    Predicted,
    Probed,
    QuestionMarked,
    Ran,
    Recovered,
    Resumed,
    Said,
    Saved,
    TimeRanOut,
    Twisted,
    Written,
)
from prepdeck.interview.marks import Rater
from prepdeck.interview.mock import Mock, begin_mock
from prepdeck.interview.questions import Question, Sort
from prepdeck.interview.running import happen
from prepdeck.interview.terms import Mode, Terms
from prepdeck.interview.timekeeping import Gap, GapKind, Reading
from prepdeck.store.mock_mapping import KINDS, LOOP_KINDS
from prepdeck.store.store import Store
from tests.builders import TODAY
from tests.store.test_logbook import MORNING

CARDS = tuple(CardId("small", name) for name in ("one", "two", "three", "four", "five"))
BLUEPRINT = Blueprint(
    id="little-round",
    title="A little round",
    minutes=10,
    rubric="little",
    phases=(
        Phase("warm-up", "Warm-up", 4, repeat=2, asks="rapid"),
        Phase("story", "Story", 3, asks="star"),
        Phase("code", "Code", 2),
        Phase("wrap-up", "Wrap-up", 1),
    ),
    draw=Draw(rapid=2, star=1, code=1, levels=(1, 2)),
)
RUBRIC = Rubric(
    "little",
    "Little rubric",
    (
        Criterion("depth", "Depth", 2, ("none", "some", "much", "all"), topics=("first",)),
        Criterion("tests", "Tests", 1, ("a", "b", "c", "d"), "held by tests", evidence=Evidence.HIDDEN_TESTS),
    ),
)
QUESTIONS = (
    Question(sort=Sort.RAPID, card=CARDS[0], fingerprint="f", kind="choice", topic="first", was_seen=True),
    Question(sort=Sort.RAPID, card=CARDS[1], ladder=(CARDS[2],), hints=1),
    Question(sort=Sort.STAR, card=CARDS[3], competency="conflict", probes=2, seconds=120),
    Question(sort=Sort.CODE, card=CARDS[4], starter="def f():\n    ...\n", hints=2, clarifications=2, has_twist=True),
)
PRACTICE = Terms(mode=Mode.PRACTICE, time_factor=Fraction(5, 4), seed=7, level="senior")
STRICT = Terms(mode=Mode.STRICT, seed=3)


def reading_at(milliseconds: int) -> Reading:
    """Return what the clocks show so long after the morning."""
    return Reading(MORNING + timedelta(milliseconds=milliseconds), milliseconds, milliseconds + 5_000, "a run")


def begin(store: Store, *, terms: Terms = PRACTICE, began: datetime = MORNING, **more: Any) -> str:
    """Keep a mock that begins, and return its id."""
    fields: dict[str, Any] = {"blueprint": BLUEPRINT, "rubric": RUBRIC, "questions": QUESTIONS, "study_day": TODAY}
    with store.writing() as log:
        return log.mocks.add(**{**fields, "terms": terms, "began": began, "read": reading_at(0), **more})


def append(store: Store, mock: str, *events: Event, seen_ms: int | None = None) -> None:
    """Append events in one transaction."""
    seen = max((event.at_ms for event in events), default=0) if seen_ms is None else seen_ms
    with store.writing() as log:
        log.mocks.append(mock, events, at=MORNING + timedelta(seconds=9), read=reading_at(seen), seen_ms=seen)


def everything() -> tuple[Event, ...]:
    """Return a list of events that holds every kind but a clock that ran out and a mock that was given up."""
    return (
        Chose(1_000, 0, (1, 2)),
        Moved(2_000, 1),
        Written(2_500, "q1", "first thoughts"),
        Hinted(3_000, 1),
        Said(4_000, 1),
        Paused(5_000),
        Resumed(6_000),
        Moved(7_000, 2),
        Picked(7_500, 2, CardId("stories", "outage")),
        PartBegan(8_000, 2, "situation"),
        PartBegan(9_000, 2, None),
        Probed(9_500, 2),
        Moved(10_000, 3),
        Written(11_000, "q3:code", "def f():\n    return 1\n"),
        Clarified(11_500, 3, 1),
        Twisted(12_000, 3),
        Ran(13_000, 3, 1, 2),
        Gapped(50_000, Gap(GapKind.SLEEP, 30_000)),
        Recovered(90_000, 51_000, Mode.PRACTICE),
        Written(91_000, "q1", "second thoughts"),
        Finished(92_000),
        Judged(93_000, 3, 1, 4, "test 2 did not get 3"),
        Predicted(94_000, "lean-yes"),
        QuestionMarked(95_000, 0, 3),
        Marked(96_000, "depth", 2),
        Marked(96_500, "depth", 3, Rater.PARTNER),
        Evidenced(97_000, "depth", "named the trade-off"),
        Saved(98_000, "01900000-0000-7000-8000-000000000000"),
    )


def live(events: Sequence[Event], terms: Terms = PRACTICE) -> Mock:
    """Return the mock after some events."""
    mock = begin_mock(BLUEPRINT, terms, QUESTIONS)
    for event in events:
        mock = happen(mock, event)
    return mock


# Drawn values

_MILLISECONDS = st.integers(-(2**53), 2**53)
_SLUGS = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,20}", fullmatch=True)


def drawn(kind: Any) -> st.SearchStrategy[Any]:
    """Return what draws values of a type: dataclasses, tuples, unions, enums and plain ones."""
    if kind is int:
        return _MILLISECONDS
    if kind is CardId:
        return st.builds(CardId, _SLUGS, _SLUGS)
    if kind is Fraction:
        return st.fractions(1, 2)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind)
        return st.builds(kind, **{field.name: drawn(hints[field.name]) for field in dataclasses.fields(kind)})
    arguments = get_args(kind)
    if not arguments:
        return st.none() if kind is type(None) else st.from_type(kind)
    if arguments[-1] is Ellipsis:
        return st.lists(drawn(arguments[0]), max_size=4).map(tuple)
    each = [drawn(argument) for argument in arguments]
    return st.tuples(*each) if isinstance(kind, type(tuple[int])) else st.one_of(each)


EVENT_KINDS: tuple[type[Any], ...] = (*KINDS.values(), *LOOP_KINDS.values())


@st.composite
def happenings(draw: st.DrawFn, terms: Terms) -> list[Event]:
    """Draw a list of events as a candidate could make it happen; time goes on, and what is refused is left out."""
    mock = begin_mock(BLUEPRINT, terms, QUESTIONS)
    happened: list[Event] = []
    for _ in range(draw(st.integers(0, 25))):
        now = mock.upto_ms + draw(st.integers(0, 90_000))
        event = draw(_events(now, mock))
        try:
            mock = happen(mock, event)
        except UsageError:
            continue
        happened.append(event)
    return happened


def _events(now: int, mock: Mock) -> st.SearchStrategy[Event]:
    number = st.integers(0, 3)
    gap = st.integers(0, now - mock.upto_ms)
    level = st.none() | st.integers(1, 4)
    criterion = st.sampled_from([each.id for each in RUBRIC.criteria])
    sheet = st.sampled_from(["q0", "q1", "q3:code", "p3"])
    return st.one_of(
        st.builds(Written, st.just(now), sheet, st.text(max_size=20)),
        st.builds(Written, st.just(mock.upto_ms), sheet, st.text(max_size=20)),
        st.builds(Moved, st.just(now), st.integers(0, 4)),
        st.sampled_from([Paused(now), Resumed(now), TimeRanOut(now), Finished(now), Abandoned(now), Saved(now)]),
        st.builds(Gapped, st.just(now), st.builds(Gap, st.sampled_from(GapKind), gap)),
        st.builds(Recovered, st.just(now), st.just(mock.upto_ms), st.sampled_from(Mode)),
        st.builds(Chose, st.just(now), number, st.lists(number).map(tuple)),
        st.builds(Hinted, st.just(now), number),
        st.builds(PartBegan, st.just(now), st.just(2), st.sampled_from(["task", "action", None])),
        st.builds(Ran, st.just(now), st.just(3), number, number),
        st.builds(Predicted, st.just(now), st.just("strong-yes")),
        st.builds(QuestionMarked, st.just(now), number, level, st.sampled_from(Rater)),
        st.builds(Marked, st.just(now), criterion, level, st.sampled_from(Rater)),
        st.builds(Evidenced, st.just(now), criterion, st.text(max_size=20), st.sampled_from(Rater)),
    )
