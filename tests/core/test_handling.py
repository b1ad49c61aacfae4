from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.scheduling.handling import (
    UNTOUCHED,
    Buried,
    Flagged,
    Handling,
    Noted,
    Suspended,
    Treatment,
    handling_after,
    treat,
)
from prepdeck.scheduling.memory import UNSEEN, Learned, Memory, leech_is_announced
from prepdeck.scheduling.review import Answered, Entry, Rescheduled, Reset, ReviewKind, Revised, replay, step
from prepdeck.scheduling.sm2 import answer, answer_early_in_plan, is_early_pass, reschedule
from tests.builders import TODAY, make_learned
from tests.full import examples

LATER = TODAY + timedelta(days=4)
EARLY = make_learned(due=LATER, lapses=2)
treatments = (
    st.builds(Suspended, st.booleans())
    | st.builds(Buried, st.dates(TODAY, LATER))
    | st.builds(Flagged, st.booleans())
    | st.builds(Noted, st.sampled_from(["", "ask Ana", "two\nlines"]))
)
qualities = st.integers(0, 5)


def entries_on(day: date) -> st.SearchStrategy[Entry]:
    return (
        st.builds(Answered, st.just(day), qualities, st.sampled_from(ReviewKind))
        | st.builds(Rescheduled, st.just(day), st.dates(TODAY, TODAY + timedelta(days=900)))
        | st.builds(Reset, st.just(day))
        | st.builds(Revised, st.just(day))
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Draw a history as a merge of two logs may leave it: any entry behind any other, study days in order."""
    day, entries = TODAY, []
    for gap in draw(st.lists(st.integers(0, 9), max_size=30)):
        day += timedelta(days=gap)
        entries.append(draw(entries_on(day)))
    return entries


# Early passes under a plan


@pytest.mark.parametrize(("quality", "drilling"), [(3, True), (4, False), (5, False)])
def test_a_pass_before_its_due_day_under_a_plan_keeps_interval_and_easiness(quality: int, drilling: bool) -> None:
    after = answer_early_in_plan(EARLY, quality, TODAY)
    assert after == Learned(2, 250, 6, TODAY + timedelta(days=6), TODAY, drilling=drilling, lapses=2)


def test_an_interval_of_nothing_still_brings_a_card_back_tomorrow_at_the_earliest() -> None:
    assert answer_early_in_plan(make_learned(due=LATER, interval=0), 4, TODAY).due == TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("memory", "quality"),
    [
        pytest.param(UNSEEN, 4, id="first look"),
        pytest.param(make_learned(due=TODAY), 4, id="due today"),
        pytest.param(make_learned(due=TODAY - timedelta(days=1)), 5, id="late"),
        pytest.param(make_learned(last=TODAY, due=LATER, drilling=True), 4, id="second answer of the day"),
        pytest.param(EARLY, 2, id="failed"),
    ],
)
def test_any_other_answer_under_a_plan_is_an_ordinary_one(memory: Memory, quality: int) -> None:
    assert not is_early_pass(memory, quality, TODAY)
    assert answer_early_in_plan(memory, quality, TODAY) == answer(memory, quality, TODAY)


@settings(max_examples=examples(120))
@given(histories())
def test_replay_takes_an_early_plan_entry_wherever_a_merge_put_it(history: list[Entry]) -> None:
    memory = replay(history)
    if isinstance(memory, Learned):
        assert memory.due > memory.last
        assert 1 <= memory.interval <= 36_500
        assert memory.easiness >= 130


@settings(max_examples=examples(80))
@given(histories(), st.integers(3, 5))
def test_an_early_pass_under_a_plan_changes_only_when_a_card_comes_back(history: list[Entry], quality: int) -> None:
    memory = replay(history)
    if isinstance(memory, Learned) and (memory.due - memory.last).days > 1:
        day = memory.last + timedelta(days=1)
        after = step(memory, Answered(day, quality, ReviewKind.EARLY_PLAN))
        assert isinstance(after, Learned)
        kept = (after.repetition, after.easiness, after.interval, after.lapses)
        assert kept == (memory.repetition, memory.easiness, memory.interval, memory.lapses)
        assert (after.due - day).days == memory.interval


# Reset and other due days


@given(histories())
def test_after_a_reset_the_next_answer_is_a_first_look_again(history: list[Entry]) -> None:
    day = history[-1].study_day if history else TODAY
    assert replay([*history, Reset(day)]) == UNSEEN
    assert replay([*history, Reset(day), Answered(day, 4)]) == answer(UNSEEN, 4, day)


def test_lapses_are_counted_from_nothing_after_a_reset() -> None:
    history: list[Entry] = [Answered(TODAY, 4), Answered(LATER, 1), Reset(LATER), Answered(LATER, 1)]
    after = replay(history)
    assert isinstance(after, Learned)
    assert after.lapses == 0


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (LATER, LATER),
        (TODAY - timedelta(days=3), TODAY - timedelta(days=3)),
        (EARLY.last, EARLY.last + timedelta(days=1)),
        (date(1970, 1, 1), EARLY.last + timedelta(days=1)),
        (date.max, date.max),
    ],
)
def test_another_due_day_changes_nothing_else_and_lies_behind_the_last_answer(day: date, due: date) -> None:
    assert reschedule(EARLY, day) == Learned(2, 250, 6, due, EARLY.last, drilling=False, lapses=2)


def test_a_card_never_answered_has_no_due_day_to_change() -> None:
    assert replay([Rescheduled(TODAY, LATER)]) == UNSEEN


def test_a_card_postponed_and_answered_then_grows_from_the_interval_it_had() -> None:
    memory = replay([Answered(TODAY, 4), Answered(TODAY + timedelta(days=1), 4), Rescheduled(LATER, date(2027, 1, 1))])
    assert isinstance(memory, Learned)
    assert (memory.due, memory.interval) == (date(2027, 1, 1), 6)
    assert answer(memory, 4, memory.due).interval == 15


# Handling


@given(st.lists(treatments))
def test_the_last_word_on_each_matter_counts(done: list[Treatment]) -> None:
    def last_of(kind: type) -> Treatment | None:
        return next((each for each in reversed(done) if isinstance(each, kind)), None)

    found = handling_after(done)
    suspended, buried, flagged, noted = (last_of(kind) for kind in (Suspended, Buried, Flagged, Noted))
    assert found.suspended == (isinstance(suspended, Suspended) and suspended.is_on)
    assert found.buried_on == (buried.study_day if isinstance(buried, Buried) else None)
    assert found.flagged == (isinstance(flagged, Flagged) and flagged.is_on)
    assert found.note == (noted.text if isinstance(noted, Noted) else "")


def test_a_card_nobody_touched_is_asked() -> None:
    assert handling_after([]) == UNTOUCHED
    assert not UNTOUCHED.is_held_back(TODAY)


def test_a_buried_card_is_back_on_the_next_study_day() -> None:
    handling = treat(UNTOUCHED, Buried(TODAY))
    assert [handling.is_held_back(TODAY + timedelta(days=days)) for days in (-1, 0, 1)] == [False, True, False]


def test_a_suspended_card_stays_away_and_no_flag_or_note_brings_it_back() -> None:
    handling = handling_after([Suspended(is_on=True), Flagged(is_on=True), Noted("why?")])
    assert handling == Handling(suspended=True, flagged=True, note="why?")
    assert handling.is_held_back(date.max)


# Leeches


@pytest.mark.parametrize(
    ("limit", "told"),
    [(8, [8, 12, 16, 20]), (2, list(range(2, 21))), (5, [5, 8, 11, 14, 17, 20]), (99, [])],
)
def test_a_leech_is_announced_at_the_limit_and_every_half_of_it(limit: int, told: list[int]) -> None:
    found = [
        lapses
        for lapses in range(1, 21)
        if leech_is_announced(make_learned(lapses=lapses - 1), make_learned(lapses=lapses), limit)
    ]
    assert found == told


def test_an_answer_that_is_no_lapse_announces_nothing() -> None:
    assert not leech_is_announced(make_learned(lapses=8), make_learned(lapses=8), 8)
    assert not leech_is_announced(make_learned(lapses=8), UNSEEN, 8)
    assert not leech_is_announced(UNSEEN, make_learned(lapses=0), 8)
