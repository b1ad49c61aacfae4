"""No order of events spoils a mock: no negative time, none over the budget, no second end, no lost note."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.errors import UsageError
from prepdeck.interview.answer import PARTS
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
from prepdeck.interview.mock import End, Mock, begin_mock
from prepdeck.interview.questions import Sort
from prepdeck.interview.running import advanced, happen, replay
from prepdeck.interview.terms import TIME_FACTORS, Mode
from prepdeck.interview.timekeeping import Gap, GapKind
from tests.core.marked_mocks import MINUTE, SECOND, make_mock, make_question
from tests.full import examples


def weighted(*shares: tuple[int, st.SearchStrategy[Any]]) -> st.SearchStrategy[Any]:
    """Return a strategy that draws from each of some strategies as often as its share says."""
    return st.sampled_from([each for share, each in shares for _ in range(share)]).flatmap(lambda each: each)


QUESTIONS = (
    make_question(Sort.STAR),
    make_question(Sort.CODE, 1, starter="pass"),
    make_question(Sort.DESIGN, 2, has_twist=True, clarifications=2),
    make_question(Sort.RAPID, 3),
    make_question(Sort.RAPID, 4),
)
SHEETS = ("q0", "q1", "q1:code", "p4")
QUESTION = st.integers(-1, len(QUESTIONS))
MOMENT = weighted((8, st.integers(0, 20 * MINUTE)), (1, st.integers(0, 9)), (1, st.integers(-MINUTE, 90 * MINUTE)))
LEVEL = st.one_of(st.none(), st.integers(0, 5))
GAP = st.builds(Gap, st.sampled_from(GapKind), st.integers(-90 * MINUTE, 90 * MINUTE))
RATER = st.sampled_from(Rater)
CRITERION = st.sampled_from(("a", "b"))

_WRITTEN = st.builds(Written, MOMENT, st.sampled_from(SHEETS), st.text(max_size=3))
_MOVED = st.builds(Moved, MOMENT, st.integers(-1, 7))
_DEEDS = (
    st.builds(Paused, MOMENT),
    st.builds(Resumed, MOMENT),
    st.builds(Gapped, MOMENT, GAP),
    st.builds(Recovered, MOMENT, MOMENT, st.sampled_from(Mode)),
    st.builds(Chose, MOMENT, QUESTION, st.lists(st.integers(0, 3), max_size=3).map(tuple)),
    st.builds(Said, MOMENT, QUESTION, st.booleans()),
    st.builds(Picked, MOMENT, QUESTION, st.none()),
    st.builds(PartBegan, MOMENT, QUESTION, st.sampled_from((*PARTS, "moral", None))),
    st.builds(Hinted, MOMENT, QUESTION),
    st.builds(Clarified, MOMENT, QUESTION, st.integers(-1, 2)),
    st.builds(Twisted, MOMENT, QUESTION),
    st.builds(Probed, MOMENT, QUESTION),
    st.builds(Ran, MOMENT, QUESTION, st.integers(0, 2), st.just(2)),
    st.builds(TimeRanOut, MOMENT),
)
_MARKS = (
    st.builds(Judged, MOMENT, QUESTION, st.integers(0, 2), st.just(2)),
    st.builds(Predicted, MOMENT, st.just("lean-yes")),
    st.builds(QuestionMarked, MOMENT, QUESTION, LEVEL, RATER),
    st.builds(Marked, MOMENT, CRITERION, LEVEL, RATER),
    st.builds(Evidenced, MOMENT, CRITERION, st.text(max_size=3), RATER),
    st.builds(Saved, MOMENT, st.sampled_from(("", "step"))),
)
_ENDS = (st.builds(Finished, MOMENT), st.builds(Abandoned, MOMENT))

_TOLD = st.builds(PartBegan, MOMENT, st.just(0), st.sampled_from(PARTS))

events = weighted(
    (16, _WRITTEN), (12, _MOVED), (4, _TOLD), *((2, deed) for deed in _DEEDS), *((1, end) for end in _ENDS)
)
marks = weighted((4, _WRITTEN), (1, _MOVED), *((2, mark) for mark in _MARKS), *((2, end) for end in _ENDS))
histories = st.tuples(st.lists(events, min_size=8, max_size=30), st.lists(marks, min_size=2, max_size=12)).map(
    lambda both: both[0] + both[1]
)
begun = st.builds(
    lambda mode, factor: make_mock(*QUESTIONS, mode=mode, factor=factor, minutes=3),
    st.sampled_from(Mode),
    st.sampled_from(TIME_FACTORS),
)


@dataclass
class Sitting:
    """A mock and what it took of the events that it was told."""

    mock: Mock
    """As it stands."""
    taken: list[Event] = field(default_factory=list)
    """The events that were not refused."""
    sheets: dict[str, str] = field(default_factory=dict)
    """The newest text of each sheet."""

    def tell(self, event: Event) -> None:
        """Let an event happen; one that cannot happen is refused."""
        try:
            self.mock = happen(self.mock, event)
        except UsageError:
            return
        self.taken.append(event)
        if isinstance(event, Written):
            self.sheets[event.sheet] = event.text

    def again(self, taken: Iterable[Event]) -> Mock:
        """Return the mock that follows from some events."""
        return replay(self.mock.blueprint, self.mock.terms, self.mock.questions, taken)


def sat(mock: Mock, history: Iterable[Event]) -> Sitting:
    sitting = Sitting(mock)
    for event in history:
        sitting.tell(event)
    return sitting


def newest(taken: list[Event]) -> list[Event]:
    """Return the events without the texts that a later one of the same sheet replaced."""
    last = {event.sheet: number for number, event in enumerate(taken) if isinstance(event, Written)}
    return [
        event for number, event in enumerate(taken) if not isinstance(event, Written) or last[event.sheet] == number
    ]


def written_last(taken: list[Event]) -> list[Event]:
    return sorted(taken, key=lambda event: isinstance(event, Written))


@given(begun, histories)
@settings(deadline=None, max_examples=examples(150))
def test_no_time_is_negative_lost_or_over_the_budget_of_a_strict_clock(mock: Mock, history: list[Event]) -> None:
    sitting = Sitting(mock)
    for event in history:
        before = sitting.mock
        sitting.tell(event)
        now = sitting.mock
        assert all(spent >= was for spent, was in zip(now.stop_ms, before.stop_ms, strict=True))
        assert now.upto_ms >= before.upto_ms
        assert now.upto_ms == now.clock_ms + now.paused_ms + now.left_out_ms
        assert min(now.stop_ms) >= 0
        assert now.paused_ms >= before.paused_ms
        assert now.left_out_ms >= before.left_out_ms
        assert now.clock_ms + now.left_ms - now.overtime_ms == now.budget_ms
        assert not now.is_strict or (now.clock_ms <= now.budget_ms and now.paused_ms == now.left_out_ms == 0)
        assert sum(now.phase_ms(phase) for phase in range(len(now.blueprint.phases))) == now.clock_ms
        for number, answer in enumerate(now.answers):
            assert answer.told_total_ms <= now.question_ms(number)


@given(begun, histories)
@settings(deadline=None, max_examples=examples(150))
def test_a_mock_ends_once(mock: Mock, history: list[Event]) -> None:
    sitting = Sitting(mock)
    for event in history:
        before = sitting.mock
        sitting.tell(event)
        now = sitting.mock
        assert now.is_over == (now.end is not None) == (now.ended_ms is not None)
        assert not now.is_over or now.telling is None
        if before.is_over:
            assert now.end in {before.end, End.ABANDONED}  # what nobody wants to mark may still be given up
            kept = ("state", "ended_ms", "stop_ms", "upto_ms", "mode", "position", "gaps", "recoveries")
            assert all(getattr(now, name) == getattr(before, name) for name in kept)
    for kind in (Finished, Abandoned):
        assert sum(isinstance(event, kind) for event in sitting.taken) <= 1
    if sitting.mock.end is End.TIME_UP:
        assert sitting.mock.clock_ms == sitting.mock.budget_ms


@given(begun, histories)
@settings(deadline=None, max_examples=examples(150))
def test_no_note_is_lost(mock: Mock, history: list[Event]) -> None:
    sitting = sat(mock, history)
    assert sitting.mock.sheets == sitting.sheets


@given(begun, histories, st.text(max_size=5))
@settings(deadline=None, max_examples=examples(100))
def test_what_was_typed_before_the_end_is_always_taken(mock: Mock, history: list[Event], text: str) -> None:
    now = sat(mock, history).mock
    typed = now.upto_ms if now.ended_ms is None else now.ended_ms
    assert happen(now, Written(typed, "q0", text)).sheets == {**now.sheets, "q0": text}


@given(begun, histories)
@settings(deadline=None, max_examples=examples(150))
def test_replaying_what_happened_gives_the_same_mock(mock: Mock, history: list[Event]) -> None:
    sitting = sat(mock, history)
    assert sitting.again(sitting.taken) == sitting.mock


@given(begun, histories)
@settings(deadline=None, max_examples=examples(150))
def test_the_newest_text_of_each_sheet_is_enough_to_replay(mock: Mock, history: list[Event]) -> None:
    sitting = sat(mock, history)
    assert sitting.again(newest(sitting.taken)) == sitting.mock


@given(begun, histories, MOMENT, MOMENT)
@settings(deadline=None, max_examples=examples(150))
def test_two_steps_of_the_clock_are_one(mock: Mock, history: list[Event], first: int, second: int) -> None:
    now = sat(mock, history).mock
    assert advanced(advanced(now, min(first, second)), max(first, second)) == advanced(now, max(first, second))


# What a program tells: moments in order, gaps no longer than the time they took, notes typed a little earlier


@dataclass(frozen=True)
class Step:
    """What a program does after a while; a tick when no event."""

    passed_ms: int
    """How long after the last step."""
    event: Event | None
    """What happens, at a moment still to be told; a note says how much earlier it was typed."""

    def at(self, now: int) -> Event | None:
        """Return what happens, told its moment."""
        match self.event:
            case None:
                return None
            case Written(at_ms=earlier):
                return replace(self.event, at_ms=max(0, now - earlier))
            case Recovered():
                return replace(self.event, at_ms=now, seen_ms=now - self.passed_ms)
            case Gapped(gap=Gap(kind=kind)) if kind is not GapKind.CLOCK_CHANGE:
                return Gapped(now, Gap(kind, self.passed_ms))
            case _:
                return replace(self.event, at_ms=now)


_TYPED = st.builds(Written, st.integers(0, 5 * SECOND), st.sampled_from(SHEETS), st.text(max_size=3))
_PASSED = weighted((1, st.integers(0, 5 * SECOND)), (1, st.integers(0, 6 * MINUTE)))
_STEP = weighted(
    (12, st.none()),
    (20, _TYPED),
    (10, _MOVED),
    (4, _TOLD),
    *((2, deed) for deed in _DEEDS),
    *((1, late) for late in (*_ENDS, *_MARKS)),
)


def run(mock: Mock, steps: Iterable[Step]) -> tuple[Sitting, int]:
    """Return how a program sat a mock, and the moment it stopped."""
    sitting, now = Sitting(mock), 0
    for step in steps:
        now += step.passed_ms
        event = step.at(now)
        if event is None:
            sitting.mock = advanced(sitting.mock, now)
        else:
            sitting.tell(event)
    return sitting, now


programs = st.lists(st.builds(Step, _PASSED, _STEP), min_size=12, max_size=40)


@given(begun, programs)
@settings(deadline=None, max_examples=examples(200))
def test_ticks_of_the_clock_need_not_be_kept(mock: Mock, steps: list[Step]) -> None:
    sitting, now = run(mock, steps)
    assert advanced(sitting.again(sitting.taken), now) == advanced(sitting.mock, now)


@given(begun, programs)
@settings(deadline=None, max_examples=examples(200))
def test_notes_put_behind_everything_else_give_the_same_mock(mock: Mock, steps: list[Step]) -> None:
    sitting, now = run(mock, steps)
    kept = written_last(newest(sitting.taken))
    assert advanced(sitting.again(kept), now) == advanced(sitting.mock, now)


@given(begun, programs)
@settings(deadline=None, max_examples=examples(100))
def test_all_time_of_a_program_is_accounted_for(mock: Mock, steps: list[Step]) -> None:
    sitting, now = run(mock, steps)
    end = advanced(sitting.mock, now)
    assert end.clock_ms + end.paused_ms + end.left_out_ms == (now if end.ended_ms is None else end.ended_ms)


def test_a_mock_of_the_same_terms_begins_the_same() -> None:
    mock = make_mock(*QUESTIONS)
    assert begin_mock(mock.blueprint, mock.terms, mock.questions) == mock
