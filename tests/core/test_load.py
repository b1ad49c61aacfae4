from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.load import Candidate, fit_minutes, load_of
from prepdeck.scheduling.memory import UNSEEN, Memory
from tests.builders import TODAY, make_learned


def candidate(name: str, memory: Memory = UNSEEN, **fields: object) -> Candidate:
    return Candidate(CardId.parse(name), memory, "basic", **fields)  # type: ignore[arg-type]


def names(candidates: tuple[Candidate, ...]) -> list[str]:
    return [str(each.card) for each in candidates]


def test_new_cards_take_turns_between_decks_in_file_order() -> None:
    waiting = [candidate(f"{deck}/{number}") for deck in ("a", "b") for number in range(3)]
    assert names(load_of(waiting, TODAY, new_left=5).new) == ["a/0", "b/0", "a/1", "b/1", "a/2"]


def test_a_card_answered_today_waits_no_more_today() -> None:
    waiting = [candidate("a/1", make_learned(last=TODAY, due=TODAY + timedelta(days=1)))]
    assert load_of(waiting, TODAY, new_left=9, ahead_days=9).due == ()


def test_an_unfinished_drill_of_today_is_neither_due_nor_new() -> None:
    waiting = [candidate("a/1", make_learned(last=TODAY, due=TODAY + timedelta(days=1), drilling=True))]
    load = load_of(waiting, TODAY, new_left=9)
    assert (load.due, load.new, names(load.unfinished)) == ((), (), ["a/1"])


def test_a_drill_left_unfinished_yesterday_is_dropped() -> None:
    yesterday = TODAY - timedelta(days=1)
    waiting = [candidate("a/1", make_learned(last=yesterday, due=TODAY + timedelta(days=3), drilling=True))]
    assert load_of(waiting, TODAY, new_left=9).unfinished == ()


def test_looking_ahead_takes_cards_of_the_next_days() -> None:
    waiting = [candidate(f"a/{days}", make_learned(due=TODAY + timedelta(days=days))) for days in (1, 2, 3)]
    assert names(load_of(waiting, TODAY, new_left=0, ahead_days=2).due) == ["a/1", "a/2"]


def test_the_queue_is_cut_where_the_minutes_end() -> None:
    waiting = [candidate(f"a/{number}", make_learned(), target_seconds=30) for number in range(10)]
    assert len(fit_minutes(waiting, 2)) == 4
    assert len(fit_minutes(waiting, 2.3)) == 5
    assert fit_minutes(waiting, 0) == ()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(-5, 5) | st.none()), max_size=30), st.integers(0, 20))
def test_due_and_new_are_disjoint_and_new_stays_within_its_limit(
    cards: list[tuple[str, int | None]], new_left: int
) -> None:
    waiting = [
        candidate(f"{deck}/{number}", UNSEEN if days is None else make_learned(due=TODAY + timedelta(days=days)))
        for number, (deck, days) in enumerate(cards)
    ]
    load = load_of(waiting, TODAY, new_left=new_left)
    unseen = sum(days is None for _, days in cards)
    assert set(names(load.due)).isdisjoint(names(load.new))
    assert len(load.new) == min(new_left, unseen)
    assert len(load.due) == sum(days is not None and days <= 0 for _, days in cards)
