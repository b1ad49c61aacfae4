from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.round import HardDrill, Round, round_of


def cards(count: int) -> tuple[CardId, ...]:
    return tuple(CardId("small", f"c{number}") for number in range(count))


def asked(start: Round, *answers: int) -> list[str]:
    """Return which cards a round asks when it is answered so, the one asked last included."""
    names = []
    for quality in answers:
        assert start.current is not None
        names.append(start.current.card)
        start = start.answered(quality, 1.0)
    return [*names, start.current.card if start.current else "over"]


def test_a_round_asks_its_queue_in_order() -> None:
    assert asked(round_of(cards(3)), 4, 5, 4) == ["c0", "c1", "c2", "over"]


def test_a_failed_card_comes_back_after_three_others() -> None:
    assert asked(round_of(cards(6)), 1, 4, 4, 4, 4) == ["c0", "c1", "c2", "c3", "c0", "c4"]


def test_a_failed_card_comes_back_at_once_when_nothing_else_waits() -> None:
    assert asked(round_of(cards(1)), 1, 2, 0, 4) == ["c0", "c0", "c0", "c0", "over"]


def test_a_hard_card_comes_back_last_until_it_is_good() -> None:
    assert asked(round_of(cards(3)), 3, 4, 4, 3, 5) == ["c0", "c1", "c2", "c0", "c0", "over"]


def test_a_hard_card_is_not_drilled_when_the_minutes_are_used_up() -> None:
    assert asked(round_of(cards(2), budget_seconds=2.0), 3, 4) == ["c0", "c1", "over"]


def test_a_hard_card_is_drilled_without_minutes_when_the_learner_wants_it_always() -> None:
    assert asked(round_of(cards(2), budget_seconds=0.0, hard_drill=HardDrill.ON), 3, 4) == ["c0", "c1", "c0"]


def test_a_hard_card_is_never_drilled_when_the_learner_wants_it_never() -> None:
    assert asked(round_of(cards(2), hard_drill=HardDrill.OFF), 3, 4) == ["c0", "c1", "over"]


def test_a_failed_card_is_drilled_even_when_the_minutes_are_used_up() -> None:
    assert asked(round_of(cards(1), budget_seconds=0.0), 1) == ["c0", "c0"]


def test_a_drill_left_unfinished_comes_back_in_the_next_round() -> None:
    first, second, third = cards(3)
    assert asked(round_of((first,), failed=(second,), hard=(third,)), 4, 4, 4) == ["c0", "c1", "c2", "over"]


def test_a_card_brought_back_by_undo_is_asked_next() -> None:
    running = round_of(cards(5)).answered(1, 1).answered(4, 1).answered(4, 1)
    assert running.asking(CardId("small", "c9")).current == CardId("small", "c9")


def test_a_round_that_is_over_takes_no_answer() -> None:
    with pytest.raises(ValueError, match="over"):
        round_of(()).answered(4, 1.0)


@settings(max_examples=500, deadline=None)
@given(count=st.integers(0, 12), answers=st.lists(st.integers(0, 5), max_size=80))
def test_every_card_leaves_a_round_exactly_once_and_none_is_lost(count: int, answers: list[int]) -> None:
    running = round_of(cards(count))
    for quality in answers:
        assert running.total == count
        assert running.finished + running.left == count
        if running.current is None:
            break
        running = running.answered(quality, 0.0)
    while running.current is not None:
        running = running.answered(4, 0.0)
    assert running.finished == count
    assert running.left == 0
