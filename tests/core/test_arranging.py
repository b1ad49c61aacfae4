from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.arranging import (
    DUE_BEFORE_NEW,
    LOOK_AHEAD,
    TWINS_APART,
    arrange,
    mixed,
    most_overdue_first,
    queue_of,
)
from prepdeck.scheduling.load import Candidate, Load
from prepdeck.scheduling.memory import UNSEEN, Learned, Memory
from tests.builders import TODAY, make_learned
from tests.full import examples


def candidate(name: str, topic: str | None = None, title: str = "", memory: Memory | None = None) -> Candidate:
    return Candidate(CardId.parse(name), memory or make_learned(), "basic", topic, title=title)


def late(name: str, days: int, interval: int = 6) -> Candidate:
    return candidate(name, memory=make_learned(due=TODAY - timedelta(days=days), interval=interval))


def names(candidates: tuple[Candidate, ...]) -> list[str]:
    return [str(each.card) for each in candidates]


def topics(candidates: tuple[Candidate, ...]) -> str:
    return "".join(each.topic or "-" for each in candidates)


def test_due_cards_come_by_how_late_they_are_for_their_interval() -> None:
    waiting = [late("a/firm", 10, interval=60), late("a/young", 2, interval=1), late("a/now", 0), late("a/mid", 4)]
    assert names(most_overdue_first(waiting, TODAY)) == ["a/young", "a/mid", "a/firm", "a/now"]


def test_cards_that_are_not_due_yet_come_last() -> None:
    waiting = [late("a/soon", -1), late("a/now", 0), late("a/later", -5)]
    assert names(most_overdue_first(waiting, TODAY)) == ["a/now", "a/soon", "a/later"]


def test_equally_late_cards_are_shuffled_the_same_way_all_day() -> None:
    waiting = [late(f"a/c{number}", 1) for number in range(30)]
    order = names(most_overdue_first(waiting, TODAY))
    assert order == names(most_overdue_first(waiting[::-1], TODAY))
    assert order != names(tuple(waiting))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("aabb", "abab"),
        ("abab", "abab"),
        ("aaabc", "abaca"),
        ("aaaaaaaaab", "aabaaaaaaa"),  # the other topic comes into sight at the third place
        ("", ""),
        ("----", "----"),
    ],
)
def test_topics_alternate_as_far_as_one_looks_ahead(before: str, after: str) -> None:
    waiting = tuple(candidate(f"d/c{number}", None if topic == "-" else topic) for number, topic in enumerate(before))
    assert topics(arrange(waiting)) == after


def test_cards_without_a_topic_alternate_by_deck() -> None:
    waiting = [candidate(name) for name in ("a/1", "a/2", "b/1", "b/2")]
    assert names(arrange(waiting)) == ["a/1", "b/1", "a/2", "b/2"]


def test_near_twins_stand_apart() -> None:
    pair = ["What does L1 regularisation do to weights?", "What does L2 regularisation do to weights?"]
    others = [
        "Define recall.",
        "When is AUC misleading?",
        "Why shuffle?",
        "State Bayes' rule.",
        "Compare PCA and t-SNE.",
    ]
    waiting = [candidate(f"d{number}/c", title=title) for number, title in enumerate([*pair, *others])]
    assert names(arrange(waiting)) == [f"d{number}/c" for number in (0, 2, 3, 4, 5, 1, 6)]


def test_questions_of_one_form_are_no_twins() -> None:
    waiting = [candidate("a/1", title="What is the bias of it?"), candidate("b/1", title="What is the margin of it?")]
    assert names(arrange(waiting)) == ["a/1", "b/1"]


def test_where_nothing_else_is_left_twins_follow_each_other() -> None:
    waiting = [candidate(f"d{number}/c", title="Define recall.") for number in range(9)]
    assert names(arrange(waiting)) == names(tuple(waiting))


def test_what_was_asked_before_counts_too() -> None:
    before = [candidate("a/0", "x", title="Define recall.")]
    waiting = [candidate("a/1", "x"), candidate("b/1", "x", title="Define recall!"), candidate("c/1", "y")]
    assert names(arrange(waiting, after=before)) == ["c/1", "a/1", "b/1"]


def test_new_cards_of_a_deck_keep_the_order_of_their_author() -> None:
    waiting = [candidate(f"a/{number}", topic, memory=UNSEEN) for number, topic in enumerate("xxyy")]
    assert topics(arrange(waiting)) == "xxyy"


def test_new_cards_are_spread_among_due_ones() -> None:
    due = [candidate(f"d{number}/c") for number in range(12)]
    new = [candidate(f"n{number}/c", memory=UNSEEN) for number in range(3)]
    order = "".join(name[0] for name in names(mixed(due, new)))
    assert order == "ddnddddnddddndd"


def test_a_round_of_one_due_card_asks_it_first() -> None:
    new = tuple(candidate(f"n{number}/c", memory=UNSEEN) for number in range(3))
    assert names(queue_of(Load(TODAY, (candidate("d/c"),), new, ()))) == ["d/c", "n0/c", "n1/c", "n2/c"]


TITLES = st.sampled_from(
    ["", "Define recall.", "Define recall", "What is AUC?", "Why AUC, not recall?", "State Bayes."]
)
CARDS = st.lists(
    st.tuples(st.sampled_from("ab"), st.sampled_from(["x", "y", None]), TITLES, st.integers(-9, 4) | st.none()),
    max_size=40,
)


def built(rows: list[tuple[str, str | None, str, int | None]]) -> list[Candidate]:
    return [
        candidate(
            f"{deck}/{number}",
            topic,
            title,
            UNSEEN if days is None else make_learned(due=TODAY + timedelta(days=days), interval=number % 5 + 1),
        )
        for number, (deck, topic, title, days) in enumerate(rows)
    ]


def same_topic(one: Candidate, other: Candidate) -> bool:
    return (one.card.deck, one.topic) == (other.card.deck, other.topic)


def choices(waiting: list[Candidate]) -> list[Candidate]:
    """Return the cards in sight that may come next: of the new ones of a deck only the first."""
    seen: set[str] = set()
    free = []
    for each in waiting[:LOOK_AHEAD]:
        if isinstance(each.memory, Learned) or each.card.deck not in seen:
            free.append(each)
        if not isinstance(each.memory, Learned):
            seen.add(each.card.deck)
    return free


@settings(max_examples=examples(200), deadline=None)
@given(CARDS)
def test_arranging_loses_no_card_and_moves_none_far(rows: list[tuple[str, str | None, str, int | None]]) -> None:
    waiting = built(rows)
    arranged = arrange(waiting)
    assert sorted(arranged, key=str) == sorted(waiting, key=str)
    assert arranged == arrange(waiting)
    for place, each in enumerate(arranged):
        assert waiting.index(each) - place < LOOK_AHEAD
        assert place - waiting.index(each) <= 3 * LOOK_AHEAD


@settings(max_examples=examples(200), deadline=None)
@given(CARDS)
def test_two_cards_of_a_topic_follow_each_other_only_without_another_choice(
    rows: list[tuple[str, str | None, str, int | None]],
) -> None:
    left = built(rows)
    previous: Candidate | None = None
    for each in arrange(left):
        if previous is not None and same_topic(previous, each):
            assert all(same_topic(previous, other) for other in choices(left))
        left.remove(each)
        previous = each


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(st.sampled_from("abcdef"), min_size=9, max_size=40), st.integers(0, 3))
def test_equal_titles_stand_apart_wherever_enough_others_are_in_sight(fillers: list[str], place: int) -> None:
    others = [candidate(f"f{number}/{deck}") for number, deck in enumerate(fillers)]
    pair = [candidate(f"t{number}/c", title="Define recall.") for number in range(2)]
    arranged = arrange([*others[:place], *pair, *others[place:]])
    places = [arranged.index(each) for each in pair]
    assert abs(places[0] - places[1]) >= TWINS_APART


@settings(max_examples=examples(200), deadline=None)
@given(CARDS)
def test_a_round_holds_due_and_new_cards_with_due_ones_first(
    rows: list[tuple[str, str | None, str, int | None]],
) -> None:
    cards = built(rows)
    due = tuple(each for each in cards if isinstance(each.memory, Learned))
    new = tuple(each for each in cards if not isinstance(each.memory, Learned))
    queue = queue_of(Load(TODAY, due, new, ()))
    assert sorted(queue, key=str) == sorted(cards, key=str)
    opening = queue[: min(DUE_BEFORE_NEW, len(due))]
    assert all(isinstance(each.memory, Learned) for each in opening)
    for deck in "ab":
        assert [each for each in queue if each in new and each.card.deck == deck] == [
            each for each in new if each.card.deck == deck
        ]
