"""Interview dates: what covers a deck, which date decides, and what follows from the changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.scheduling.dates import (
    Added,
    Change,
    Changed,
    Finished,
    InterviewDate,
    Outcome,
    Reach,
    Removed,
    archived_decks,
    date_for,
    fold,
    fresh_key,
    past_undecided,
    remembered,
)
from tests.builders import TODAY
from tests.full import examples

TRACKS = ("ml-fundamentals", "algorithms", "star")
DECKS = {"bayes": "ml-fundamentals", "trees": "ml-fundamentals", "heaps": "algorithms", "stories": "star"}

names = st.lists(st.sampled_from(sorted(DECKS)), max_size=2, unique=True).map(tuple)
reaches = st.builds(Reach, st.lists(st.sampled_from(TRACKS), max_size=2, unique=True).map(tuple), names, names)
days = st.integers(-20, 40).map(lambda count: TODAY + timedelta(days=count))


@st.composite
def interviews(draw: st.DrawFn) -> InterviewDate:
    reach = draw(reaches)
    return InterviewDate(
        draw(days),
        TODAY,
        draw(st.sampled_from(["", "Acme", "Beta"])),
        reach.tracks,
        reach.decks,
        reach.without,
        draw(st.none() | st.sampled_from(Outcome)),
        key=str(draw(st.integers(0, 10**9))),
    )


lists = st.lists(interviews(), max_size=6, unique_by=lambda each: each.key)


def on(days_ahead: int, **fields: object) -> InterviewDate:
    day = TODAY + timedelta(days=days_ahead)
    return InterviewDate(day, TODAY, **{"key": f"{day}#1", **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("reach", "covered"),
    [
        (Reach(), {"bayes", "trees", "heaps", "stories"}),
        (Reach(tracks=("ml-fundamentals",)), {"bayes", "trees"}),
        (Reach(decks=("heaps",)), {"heaps"}),
        (Reach(tracks=("ml-fundamentals",), decks=("heaps",)), {"bayes", "trees", "heaps"}),
        (Reach(without=("heaps",)), {"bayes", "trees", "stories"}),
        (Reach(tracks=("ml-fundamentals",), without=("bayes",)), {"trees"}),
        (Reach(decks=("heaps",), without=("heaps",)), set()),
    ],
)
def test_a_scope_is_tracks_and_decks_less_what_is_out(reach: Reach, covered: set[str]) -> None:
    interview = on(3, tracks=reach.tracks, decks=reach.decks, without=reach.without)
    assert {deck for deck, track in DECKS.items() if interview.covers(deck, track)} == covered


@given(reaches, st.sampled_from(sorted(DECKS)))
@settings(max_examples=examples(100))
def test_naming_a_deck_takes_it_in_and_leaving_it_out_wins(reach: Reach, deck: str) -> None:
    track = DECKS[deck]
    assert replace(reach, decks=(*reach.decks, deck), without=()).covers(deck, track)
    assert not replace(reach, without=(*reach.without, deck)).covers(deck, track)
    wider = replace(reach, without=())
    assert wider.covers(deck, track) or not reach.covers(deck, track)


@pytest.mark.parametrize(("ahead", "is_ahead"), [(-1, False), (0, False), (1, True)])
def test_a_date_is_ahead_while_a_study_day_lies_before_it(ahead: int, is_ahead: bool) -> None:
    assert on(ahead).is_ahead(TODAY) == is_ahead
    assert on(ahead).days_left(TODAY) == ahead
    assert not on(ahead, outcome=Outcome.RELEASED).is_ahead(TODAY)
    assert not on(ahead, removed=True).is_ahead(TODAY)


@given(lists, st.sampled_from(sorted(DECKS)), st.randoms(use_true_random=False))
@settings(max_examples=examples(100))
def test_the_nearest_date_ahead_that_covers_a_deck_decides_in_whatever_order_they_come(
    dates: list[InterviewDate], deck: str, dice: object
) -> None:
    chosen = date_for(dates, deck, DECKS[deck], TODAY)
    fitting = [each for each in dates if each.is_ahead(TODAY) and each.covers(deck, DECKS[deck])]
    assert (chosen is None) == (not fitting)
    if chosen is not None:
        assert chosen in fitting
        assert chosen.date == min(each.date for each in fitting)
    mixed = list(dates)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert date_for(mixed, deck, DECKS[deck], TODAY) == chosen
    assert archived_decks(mixed, DECKS, TODAY) == archived_decks(dates, DECKS, TODAY)
    assert past_undecided(mixed, TODAY) == past_undecided(dates, TODAY)


@given(lists)
@settings(max_examples=examples(100))
def test_no_deck_is_archived_that_a_date_ahead_covers_or_that_no_archived_one_covered(
    dates: list[InterviewDate],
) -> None:
    for deck in archived_decks(dates, DECKS, TODAY):
        assert date_for(dates, deck, DECKS[deck], TODAY) is None
        assert any(each.outcome is Outcome.ARCHIVED and each.covers(deck, DECKS[deck]) for each in dates)


def test_an_archived_interview_puts_the_decks_of_its_scope_away() -> None:
    over = on(-2, tracks=("ml-fundamentals",), without=("trees",), outcome=Outcome.ARCHIVED)
    assert archived_decks([over], DECKS, TODAY) == {"bayes"}


def test_a_date_ahead_takes_an_archived_deck_back() -> None:
    over = on(-2, outcome=Outcome.ARCHIVED)
    ahead = on(5, decks=("heaps",))
    assert archived_decks([over, ahead], DECKS, TODAY) == set(DECKS) - {"heaps"}


@pytest.mark.parametrize("outcome", [None, Outcome.RELEASED])
def test_a_deck_taken_back_stays_when_that_later_interview_is_over(outcome: Outcome | None) -> None:
    over = on(-9, outcome=Outcome.ARCHIVED)
    later = on(-2, decks=("heaps",), outcome=outcome)
    assert archived_decks([over, later], DECKS, TODAY) == set(DECKS) - {"heaps"}


def test_of_two_interviews_of_one_day_a_released_one_keeps_the_deck() -> None:
    one = on(-2, company="Acme", outcome=Outcome.ARCHIVED, key="a")
    two = on(-2, company="Beta", outcome=Outcome.RELEASED, key="b", decks=("heaps",))
    assert archived_decks([one, two], DECKS, TODAY) == set(DECKS) - {"heaps"}


def test_only_a_date_that_has_come_and_has_no_outcome_is_undecided() -> None:
    today, past = on(0), on(-3)
    rest = [on(1), on(-4, outcome=Outcome.RELEASED), on(-5, removed=True)]
    assert past_undecided([today, *rest, past], TODAY) == (past, today)


@given(lists)
@settings(max_examples=examples(100))
def test_adding_and_removing_comes_to_nothing(dates: list[InterviewDate]) -> None:
    added: list[Change] = [Added(each) for each in dates]
    removed: list[Change] = [Removed(each.key) for each in dates]
    assert fold([*added, *removed]) == ()
    assert fold([*removed, *added]) == ()
    for one, other in zip(added, removed, strict=True):
        rest = [each for each in added if each is not one]
        assert fold([*added, other]) == fold(rest)


@given(lists, st.randoms(use_true_random=False))
@settings(max_examples=examples(100))
def test_the_order_in_which_interviews_are_added_says_nothing(dates: list[InterviewDate], dice: object) -> None:
    mixed = list(dates)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    folded = fold(map(Added, dates))
    assert fold(map(Added, mixed)) == folded
    assert set(folded) == set(dates)
    assert [each.date for each in folded] == sorted(each.date for each in dates)


def test_changes_apply_in_their_order() -> None:
    interview = on(5)
    later = interview.date + timedelta(days=7)
    changes: list[Change] = [
        Added(interview),
        Changed(interview.key, interview.date, Reach(tracks=("star",))),
        Changed(interview.key, later),
        Finished(interview.key, Outcome.ARCHIVED),
        Finished(interview.key, Outcome.RELEASED),
    ]
    assert fold(changes) == (replace(interview, date=later, tracks=("star",), outcome=Outcome.RELEASED),)


def test_a_change_of_an_interview_that_nobody_added_says_nothing() -> None:
    assert fold([Changed("x", TODAY), Finished("y", Outcome.RELEASED), Removed("z")]) == ()


def test_a_change_that_lies_before_the_addition_still_counts() -> None:
    interview = on(5)
    assert fold([Finished(interview.key, Outcome.ARCHIVED), Added(interview)])[0].outcome is Outcome.ARCHIVED


def test_one_interview_added_on_two_machines_is_one_whose_plan_began_at_the_earlier_day() -> None:
    first = on(9)
    second = replace(first, added=TODAY + timedelta(days=2), tracks=("star",))
    assert fold([Added(first), Added(second)]) == (replace(second, added=TODAY),)


def test_a_removed_interview_is_remembered_but_no_longer_there() -> None:
    interview = on(5)
    changes = [Added(interview), Removed(interview.key)]
    assert remembered(changes) == {interview.key: replace(interview, removed=True)}


@given(st.lists(st.tuples(days, st.sampled_from(["", "Acme", "Beta"])), max_size=12))
@settings(max_examples=examples(100))
def test_no_key_is_given_twice(added: Sequence[tuple[date, str]]) -> None:
    changes: list[Change] = []
    for day, company in added:
        changes.append(Added(InterviewDate(day, TODAY, company, key=fresh_key(changes, day, company))))
    assert len({change.key for change in changes}) == len(changes)


def test_a_key_is_the_day_a_number_and_the_company() -> None:
    taken = [Added(on(5)), Removed(f"{TODAY}#1 Acme")]
    assert fresh_key(taken, on(5).date, "") == f"{on(5).date}#2"
    assert fresh_key(taken, TODAY, "Acme") == f"{TODAY}#2 Acme"
    assert fresh_key(taken, TODAY, "") == f"{TODAY}#1"
