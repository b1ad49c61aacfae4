from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.blueprint import Blueprint, Phase, Rest, Sitting
from prepdeck.errors import UsageError
from prepdeck.interview.loops import (
    Loop,
    LoopAbandoned,
    LoopEvent,
    RestBegan,
    RestEnded,
    RoundBegan,
    RoundEnded,
    begin_loop,
    happen_in_loop,
    is_rest_over,
    next_leg,
    replay_loop,
    rest_left_ms,
    sum_up,
)
from prepdeck.interview.scoring import Score
from prepdeck.interview.terms import Mode, Terms
from tests.core.marked_mocks import MINUTE
from tests.full import examples

DAY = Blueprint(
    id="loop",
    title="A loop",
    minutes=110,
    rounds=(Sitting("coding-45"), Rest(10), Sitting("design-45"), Rest(10), Sitting("coding-45")),
)
STRICT = Terms()
PRACTICE = Terms(mode=Mode.PRACTICE)
RESTING: tuple[LoopEvent, ...] = (RoundBegan(0, 0, "m0"), RoundEnded(45 * MINUTE, 0), RestBegan(45 * MINUTE, 1))


def after(*events: LoopEvent, terms: Terms = STRICT) -> Loop:
    loop = begin_loop(DAY, terms)
    for event in events:
        loop = happen_in_loop(loop, event)
    return loop


def test_a_loop_begins_before_its_first_interview() -> None:
    loop = begin_loop(DAY, STRICT)
    assert (next_leg(loop), loop.round_number, loop.rounds, loop.mock) == (0, 1, 3, None)
    assert not loop.is_over


def test_a_single_interview_is_no_loop() -> None:
    with pytest.raises(ValueError, match="no loop"):
        begin_loop(Blueprint(id="one", title="One", minutes=1, phases=(Phase("a", "A", 1),)), STRICT)


def test_an_interview_that_is_on_names_its_mock_and_nothing_comes_next() -> None:
    loop = after(RoundBegan(5, 0, "m0"))
    assert (loop.mock, next_leg(loop), loop.round_number) == ("m0", None, 1)


def test_a_loop_that_was_cut_off_in_an_interview_goes_on_at_the_next_boundary() -> None:
    loop = happen_in_loop(after(RoundBegan(0, 0, "m0")), RoundEnded(300 * MINUTE, 0))
    assert (next_leg(loop), loop.mock, loop.mocks) == (1, None, {0: "m0"})


@pytest.mark.parametrize(("minutes", "left"), [(45, 10), (50, 5), (55, 0), (60, 0), (40, 10)])
def test_a_rest_counts_down_to_nothing_and_never_below(minutes: int, left: int) -> None:
    loop = after(*RESTING)
    assert loop.is_resting
    assert rest_left_ms(loop, minutes * MINUTE) == left * MINUTE


def test_a_strict_rest_ends_by_itself_at_its_deadline() -> None:
    loop = after(*RESTING)
    assert not is_rest_over(loop, 55 * MINUTE - 1)
    assert is_rest_over(loop, 55 * MINUTE)


def test_a_practice_rest_never_ends_by_itself() -> None:
    assert not is_rest_over(after(*RESTING, terms=PRACTICE), 500 * MINUTE)


def test_a_strict_rest_noticed_late_was_as_long_as_its_minutes_and_says_how_late() -> None:
    loop = after(*RESTING, RestEnded(70 * MINUTE, 1))
    assert loop.rested_ms == {1: 10 * MINUTE}
    assert loop.late_ms == {1: 15 * MINUTE}
    assert (next_leg(loop), loop.round_number) == (2, 2)


def test_a_practice_rest_lasts_as_long_as_it_takes() -> None:
    loop = after(*RESTING, RestEnded(70 * MINUTE, 1), terms=PRACTICE)
    assert loop.rested_ms == {1: 25 * MINUTE}


def test_a_rest_may_be_skipped() -> None:
    loop = after(*RESTING, RestEnded(47 * MINUTE, 1, was_skipped=True))
    assert loop.rested_ms == {1: 2 * MINUTE}
    assert loop.skipped == {1}
    assert next_leg(loop) == 2


def test_a_rest_that_was_over_was_not_skipped() -> None:
    assert after(*RESTING, RestEnded(55 * MINUTE, 1, was_skipped=True)).skipped == frozenset()


def test_outside_a_rest_nothing_of_it_is_left() -> None:
    assert rest_left_ms(after(RoundBegan(0, 0, "m0")), 0) == 0
    assert rest_left_ms(after(), 0) == 0


def test_the_loop_is_over_after_its_last_interview() -> None:
    loop = after(*whole_day())
    assert loop.is_over
    assert (next_leg(loop), loop.round_number) == (None, 3)
    with pytest.raises(UsageError, match="over"):
        happen_in_loop(loop, RestBegan(0, 1))


def test_giving_up_keeps_the_interviews_that_were_begun() -> None:
    loop = after(*RESTING, LoopAbandoned(46 * MINUTE))
    assert loop.is_over
    assert loop.was_abandoned
    assert loop.mocks == {0: "m0"}


@pytest.mark.parametrize(
    "event",
    [
        RoundBegan(0, 2, "m2"),
        RoundBegan(0, 1, "m1"),
        RestBegan(0, 1),
        RestBegan(0, 0),
        RoundEnded(0, 0),
        RestEnded(0, 1),
        RestEnded(0, 0),
    ],
)
def test_nothing_but_the_first_interview_can_begin_a_loop(event: LoopEvent) -> None:
    with pytest.raises(UsageError):
        after(event)


def test_two_legs_cannot_be_on_at_once() -> None:
    with pytest.raises(UsageError):
        after(*RESTING, RoundBegan(46 * MINUTE, 2, "m2"))


def test_a_loop_sums_up_its_interviews_and_has_no_verdict_of_its_own() -> None:
    scores = {
        "m0": Score(Fraction(4), None, is_incomplete=False),
        "m2": Score(Fraction(5, 2), None, is_incomplete=False),
        "m4": Score(None, None, is_incomplete=False),
    }
    told = sum_up(after(*whole_day()), scores)
    assert [(each.format, each.mock) for each in told.rounds] == [
        ("coding-45", "m0"),
        ("design-45", "m2"),
        ("coding-45", "m4"),
    ]
    assert (told.mean, told.lowest, told.highest) == (Fraction(13, 4), Fraction(5, 2), Fraction(4))
    assert told.at_bar == 1
    assert not told.is_complete


def test_interviews_never_begun_have_no_score() -> None:
    told = sum_up(after(*RESTING, LoopAbandoned(0)), {"m0": Score(Fraction(3), None, is_incomplete=False)})
    assert [each.score is None for each in told.rounds] == [False, True, True]
    assert (told.mean, told.at_bar, told.is_complete) == (Fraction(3), 1, False)


def test_a_loop_without_marks_has_no_mean() -> None:
    assert sum_up(begin_loop(DAY, STRICT), {}).mean is None


def test_a_loop_marked_in_full_is_complete() -> None:
    full = Score(Fraction(3), None, is_incomplete=False)
    assert sum_up(after(*whole_day()), {"m0": full, "m2": full, "m4": full}).is_complete


def whole_day() -> list[LoopEvent]:
    events: list[LoopEvent] = []
    for leg, kind in enumerate(DAY.rounds):
        at = leg * 30 * MINUTE
        if isinstance(kind, Sitting):
            events += [RoundBegan(at, leg, f"m{leg}"), RoundEnded(at + 20 * MINUTE, leg)]
        else:
            events += [RestBegan(at, leg), RestEnded(at + 5 * MINUTE, leg)]
    return events


def any_event(leg: st.SearchStrategy[int], at: st.SearchStrategy[int]) -> st.SearchStrategy[LoopEvent]:
    return st.one_of(
        st.builds(RoundBegan, at, leg, st.just("m")),
        st.builds(RoundEnded, at, leg),
        st.builds(RestBegan, at, leg),
        st.builds(RestEnded, at, leg, st.booleans()),
    )


@settings(deadline=None, max_examples=examples(200))
@given(
    st.lists(any_event(st.integers(0, 5), st.integers(0, 400 * MINUTE)), max_size=30),
    st.sampled_from((STRICT, PRACTICE)),
    st.integers(0, 500 * MINUTE),
)
def test_no_sequence_of_events_gives_a_negative_rest_or_lengthens_a_strict_one(
    events: list[LoopEvent], terms: Terms, at: int
) -> None:
    loop, taken = begin_loop(DAY, terms), []
    for event in [*whole_day()[: at % 11], *events]:
        before = loop
        try:
            loop = happen_in_loop(loop, event)
        except UsageError:
            assert loop is before
            continue
        taken.append(event)
        assert 0 <= rest_left_ms(loop, at) <= 10 * MINUTE
        assert loop.upto_ms >= before.upto_ms
    assert all(rested >= 0 for rested in loop.rested_ms.values())
    assert not loop.is_strict or all(rested <= 10 * MINUTE for rested in loop.rested_ms.values())
    assert all(late >= 0 for late in loop.late_ms.values())
    assert replay_loop(DAY, terms, taken) == loop


@settings(deadline=None, max_examples=examples(100))
@given(st.integers(0, 10))
def test_a_loop_replayed_from_any_point_goes_on_at_a_boundary_of_its_rounds(kept: int) -> None:
    events = whole_day()
    loop = replay_loop(DAY, STRICT, events[:kept])
    coming = next_leg(loop)
    if coming is not None:
        assert loop.leg_began_ms is None
        assert coming == kept // 2
    for event in events[kept:]:
        loop = happen_in_loop(loop, event)
    assert loop == replay_loop(DAY, STRICT, events)
