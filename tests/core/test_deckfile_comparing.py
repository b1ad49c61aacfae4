from __future__ import annotations

from dataclasses import replace

from prepdeck.cards.card import Basic, Card
from prepdeck.cards.deck import Deck
from prepdeck.cards.ids import CardId
from prepdeck.deckfile.comparing import FieldChange, Sort, compare
from tests.builders import make_card, make_choice, make_cloze


def make_deck(*cards: Card, slug: str = "small", tags: tuple[str, ...] = ()) -> Deck:
    return Deck(id=slug, title=slug, cards=cards, tags=tags)


ONE = make_card("small/one", topic="first")
TWO = make_card("small/two", body=make_cloze())


def sorts(old: list[Deck], new: list[Deck]) -> dict[str, tuple[Sort, ...]]:
    return {str(change.card): change.sorts for change in compare(old, new)}


def test_equal_decks_hold_no_change() -> None:
    assert compare([make_deck(ONE, TWO)], [make_deck(TWO, ONE)]) == ()


def test_a_new_card_is_added_and_a_missing_one_removed() -> None:
    assert sorts([make_deck(ONE)], [make_deck(TWO)]) == {"small/two": (Sort.ADDED,), "small/one": (Sort.REMOVED,)}


def test_a_reworded_field_is_named_with_both_texts() -> None:
    new = replace(ONE, body=Basic("What is 1?", "The first number."), why="It comes first.")
    (change,) = compare([make_deck(ONE)], [make_deck(new)])
    assert change.sorts == (Sort.REWORDED,)
    assert change.fields == (
        FieldChange("front", "What is one?", "What is 1?"),
        FieldChange("why", None, "It comes first."),
    )


def test_another_topic_is_a_move_within_the_deck() -> None:
    (change,) = compare([make_deck(ONE)], [make_deck(replace(ONE, topic="second"))])
    assert change.sorts == (Sort.MOVED,)
    assert change.fields == (FieldChange("topic", "first", "second"),)


def test_a_name_under_was_is_a_rename() -> None:
    new = replace(ONE, id=CardId("small", "uno"), was=(ONE.id,))
    (change,) = compare([make_deck(ONE)], [make_deck(new)])
    assert (change.sorts, change.old, change.new) == ((Sort.RENAMED,), ONE, new)
    assert change.fields == ()


def test_a_card_in_another_deck_that_names_the_old_one_has_moved() -> None:
    new = replace(ONE, id=CardId("other", "one"), was=(ONE.id,))
    assert sorts([make_deck(ONE, TWO)], [make_deck(TWO), make_deck(new, slug="other")]) == {"other/one": (Sort.MOVED,)}


def test_an_old_name_that_still_lives_carries_nothing() -> None:
    new = replace(ONE, id=CardId("small", "uno"), was=(ONE.id,))
    assert sorts([make_deck(ONE)], [make_deck(ONE, new)]) == {"small/uno": (Sort.ADDED,)}


def test_a_raised_revision_changes_the_meaning_and_a_lowered_one_does_not() -> None:
    assert sorts([make_deck(ONE)], [make_deck(replace(ONE, revision=2))]) == {"small/one": (Sort.REVISED,)}
    assert sorts([make_deck(replace(ONE, revision=2))], [make_deck(ONE)]) == {}


def test_another_kind_is_told_beside_the_fields_that_came_and_went() -> None:
    (change,) = compare([make_deck(ONE)], [make_deck(replace(ONE, body=make_choice()))])
    assert change.sorts == (Sort.KIND, Sort.REWORDED)
    assert {one.name for one in change.fields} == {"kind", "front", "options", "back"}


def test_tags_of_the_deck_are_no_tags_of_its_cards() -> None:
    tagged = replace(ONE, tags=("all",))
    assert sorts([make_deck(ONE)], [make_deck(tagged, tags=("all",))]) == {}


def test_a_removed_card_that_reads_like_an_added_one_is_told_so() -> None:
    new = make_card("small/number-one", body=Basic("What is one, again?", "The first number."), topic="first")
    removed = next(one for one in compare([make_deck(ONE)], [make_deck(new)]) if one.sorts == (Sort.REMOVED,))
    assert removed.like == new.id


def test_an_added_card_is_like_one_removed_card_only_and_unlike_ones_are_not_named() -> None:
    twin = replace(ONE, id=CardId("small", "twin"))
    new = replace(ONE, id=CardId("small", "uno"))
    changes = compare([make_deck(ONE, twin, TWO)], [make_deck(new)])
    assert [one.like for one in changes if one.sorts == (Sort.REMOVED,)] == [new.id, None, None]


def test_a_deck_with_another_name_is_all_its_cards_gone_and_come() -> None:
    old = [make_card(f"small/c{number}", body=Basic(f"Question {number} of it?", "a")) for number in range(3)]
    new = [replace(card, id=CardId("large", card.id.card)) for card in old]
    changes = compare([make_deck(*old)], [make_deck(*new, slug="large")])
    likes = {str(one.card): str(one.like) for one in changes if one.sorts == (Sort.REMOVED,)}
    assert likes == {f"small/c{number}": f"large/c{number}" for number in range(3)}
