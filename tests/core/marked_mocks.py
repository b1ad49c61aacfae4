"""Mocks that were sat and marked, made in one line, and any such mock for Hypothesis."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, composite

from prepdeck.cards.blueprint import Blueprint, Draw, Phase, StarPart, StarTiming, StarWarnings
from prepdeck.cards.ids import CardId
from prepdeck.cards.rubric import Criterion, Evidence, HintCap, LowMarkCap, Rubric, VerdictScale, VerdictStep
from prepdeck.interview.answer import PARTS
from prepdeck.interview.events import (
    Abandoned,
    Event,
    Finished,
    Gapped,
    Hinted,
    Judged,
    Marked,
    Moved,
    PartBegan,
    Paused,
    Predicted,
    QuestionMarked,
    Ran,
    Resumed,
    Saved,
    Written,
)
from prepdeck.interview.marks import Rater
from prepdeck.interview.mock import Mock, begin_mock, sheet_of
from prepdeck.interview.questions import Question, Sort
from prepdeck.interview.running import happen
from prepdeck.interview.terms import TIME_FACTORS, Mode, Terms
from prepdeck.interview.timekeeping import Gap, GapKind

SECOND = 1000
MINUTE = 60 * SECOND
ANCHORS = ("none", "some", "most", "all")

SCALE = VerdictScale(
    bar=3,
    steps=(
        VerdictStep("strong-yes", "Strong yes", Fraction(7, 2)),
        VerdictStep("lean-yes", "Lean yes", Fraction(11, 4)),
        VerdictStep("lean-no", "Lean no", Fraction(2)),
        VerdictStep("strong-no", "Strong no", Fraction(0)),
    ),
    hints=HintCap("solving", (3, 2, 1)),
    low_mark=LowMarkCap(1, "lean-no"),
    unanswered_share=Fraction(1, 4),
)
STAR = StarTiming(
    default_seconds=150,
    lengths=(120, 150, 180),
    parts=tuple(StarPart(part, Fraction(1, 5)) for part in PARTS),
    warnings=StarWarnings(Fraction(2, 5), Fraction(2, 5), 210, 8),
)


def make_criterion(name: str, weight: int = 1, evidence: Evidence | None = None, *topics: str) -> Criterion:
    return Criterion(
        name,
        name.capitalize(),
        weight,
        (f"{name} none", f"{name} some", f"{name} most", f"{name} all"),
        topics=topics,
        evidence=evidence,
    )


RUBRIC = Rubric("plain", "Plain", tuple(make_criterion(name) for name in ("first", "second", "third", "fourth")))
SEEN = Rubric(
    "seen",
    "Seen by a machine",
    (
        make_criterion("solving", 3),
        make_criterion("correctness", 3, Evidence.HIDDEN_TESTS),
        make_criterion("testing", 2, Evidence.OWN_CHECKS, "checks"),
        make_criterion("brevity", 1, Evidence.ANSWER_SECONDS),
        make_criterion("delivery", 1, Evidence.STORY_CLOCK, "stories"),
    ),
)


def make_question(sort: Sort = Sort.BASIC, number: int = 0, **fields: object) -> Question:
    kind = {Sort.STAR: "star", Sort.DESIGN: "design", Sort.NUMERIC: "numeric"}.get(sort, "basic")
    given = {
        "card": CardId("small", f"card-{number}"),
        "kind": "code" if sort.is_code else kind,
        "hints": 3,
        "probes": 2,
    }
    return Question(sort=sort, **{**given, **fields})  # type: ignore[arg-type]


def make_mock(
    *questions: Question, mode: Mode = Mode.PRACTICE, factor: Fraction = Fraction(1), minutes: int = 10
) -> Mock:
    """Return a mock with one phase for each sort of question, ten minutes each, and a wrap-up of two."""
    sorts = sorted({question.sort for question in questions}, key=list(Sort).index)
    phases = [Phase(sort.value, sort.value.capitalize(), minutes, asks=sort.value) for sort in sorts]
    counts: dict[str, Any] = {sort.value: sum(question.sort is sort for question in questions) for sort in sorts}
    blueprint = Blueprint(
        id="try",
        title="A try",
        minutes=minutes * len(phases) + 2,
        rubric="plain",
        phases=(*phases, Phase("wrap-up", "Wrap-up", 2)),
        draw=Draw(**counts),
    )
    return begin_mock(blueprint, Terms(mode=mode, time_factor=factor), questions)


def after(mock: Mock, *events: Event) -> Mock:
    for event in events:
        mock = happen(mock, event)
    return mock


def answered(mock: Mock, *numbers: int) -> Mock:
    """Return a mock with something written on the sheets of these questions; of all without a number."""
    for number in numbers or range(len(mock.questions)):
        is_code = mock.questions[number].sort.is_code
        mock = happen(mock, Written(mock.upto_ms, sheet_of(number, is_code=is_code), f"answer {number}"))
    return mock


def marked(mock: Mock, levels: Mapping[str, int], rater: Rater = Rater.SELF) -> Mock:
    """Return a mock, finished if it was not, with these marks."""
    if not mock.is_over:
        mock = happen(mock, Finished(mock.upto_ms))
    return after(mock, *(Marked(mock.upto_ms, name, level, rater) for name, level in levels.items()))


def levels_for(rubric: Rubric, levels: tuple[int, ...]) -> dict[str, int]:
    return {criterion.id: level for criterion, level in zip(rubric.criteria, levels, strict=True)}


@composite
def sat_mocks(draw: DrawFn) -> Mock:
    """Draw a mock that is over, with any answers, evidence and marks."""
    sorts = draw(st.lists(st.sampled_from((Sort.RAPID, Sort.CODE, Sort.STAR, Sort.BASIC)), max_size=6))
    questions = [
        make_question(sort, number, topic=draw(st.sampled_from(("", "trees", "graphs"))), was_seen=draw(st.booleans()))
        for number, sort in enumerate(sorts)
    ]
    mode = draw(st.sampled_from(Mode))
    mock = make_mock(*questions, mode=mode, factor=draw(st.sampled_from(TIME_FACTORS)), minutes=draw(st.integers(1, 9)))
    for stop in range(len(mock.stops)):
        mock = _at_stop(draw, mock, stop)
    if not mock.is_over:
        end = Abandoned if draw(st.integers(0, 5)) == 0 else Finished
        mock = happen(mock, end(mock.upto_ms + draw(st.integers(0, MINUTE))))
    return _judged(draw, mock)


def _at_stop(draw: DrawFn, mock: Mock, stop: int) -> Mock:
    """Return the mock after whatever was done at one stop; a strict one may run out of time on the way."""
    at = mock.upto_ms + draw(st.integers(0, 3 * MINUTE))
    events: list[Event] = [Moved(at, stop)]
    number = mock.stops[stop].question
    events.append(Written(at, "p0" if number is None else f"q{number}", draw(st.sampled_from(("", "words", " ")))))
    if number is not None:
        sort = mock.questions[number].sort
        if sort.is_code:
            events.append(Written(at, sheet_of(number, is_code=True), draw(st.sampled_from(("", "x = 1")))))
            events += [Ran(at, number, passed, 2) for passed in draw(st.lists(st.integers(0, 2), max_size=2))]
        if sort is Sort.STAR and draw(st.booleans()):
            for part in PARTS:
                events.append(PartBegan(at, number, part))
                at += draw(st.integers(0, 90 * SECOND))
            events.append(PartBegan(at, number, None))
        events += [Hinted(at, number)] * draw(st.integers(0, 3))
    if not mock.is_strict and draw(st.booleans()):
        events += [Paused(at), Resumed(at + 5 * SECOND), Gapped(at + 9 * SECOND, Gap(GapKind.SLEEP, 4 * SECOND))]
    for event in events:
        if happen_fits(mock, event):
            mock = happen(mock, event)
    return mock


def happen_fits(mock: Mock, event: Event) -> bool:
    """Tell whether a strict clock leaves time for an event."""
    return not mock.is_over and (not mock.is_strict or mock.left_ms > event.at_ms - mock.upto_ms)


def _judged(draw: DrawFn, mock: Mock) -> Mock:
    at = mock.upto_ms
    events: list[Event] = []
    for number, question in enumerate(mock.questions):
        if question.sort.is_code and draw(st.booleans()):
            of = draw(st.integers(0, 12))
            events.append(Judged(at, number, draw(st.integers(0, of)), of, "it failed"))
        if mock.end and mock.end.value != "abandoned":
            events += [
                QuestionMarked(at, number, level, rater)
                for rater, level in draw(st.dictionaries(st.sampled_from(Rater), st.integers(1, 4))).items()
            ]
    if mock.end and mock.end.value != "abandoned":
        if draw(st.booleans()):
            events.append(Predicted(at, draw(st.sampled_from([step.id for step in SCALE.steps]))))
        names = [criterion.id for criterion in SEEN.criteria]
        for rater in Rater:
            is_full = draw(st.booleans())
            marks = {name: draw(st.integers(1, 4)) for name in names if is_full or draw(st.booleans())}
            events += [Marked(at, name, level, rater) for name, level in marks.items()]
        if draw(st.booleans()):
            events.append(Saved(at))
    return after(mock, *events)
