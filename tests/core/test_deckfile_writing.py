from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from prepdeck.cards.card import Basic, Cloze, Gap
from prepdeck.cards.deck import Deck, Topic
from prepdeck.deckfile.fields import decimal_text
from prepdeck.deckfile.formatting import format_deck
from prepdeck.deckfile.kinds import KINDS
from prepdeck.deckfile.order import HEAD, HEADER, OWN, TAIL, card_order
from prepdeck.deckfile.reading import read_deck
from prepdeck.deckfile.scaffolds import SCAFFOLDS, first_deck
from prepdeck.deckfile.writing import write_card, write_deck, write_entry
from tests.builders import make_card, make_numeric
from tests.full import examples
from tests.strategies import decks

LARGE = [HealthCheck.too_slow, HealthCheck.data_too_large]
UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]
"""Shrinking a whole deck takes minutes."""


@settings(deadline=None, max_examples=examples(40, 3000), suppress_health_check=LARGE, phases=UNSHRUNK)
@given(decks())
def test_a_deck_of_any_kinds_reads_back_equal(deck: Deck) -> None:
    text = write_deck(deck)
    reading = read_deck("deck.yaml", text.encode())
    assert reading.problems == (), text
    assert reading.deck == deck, text


@settings(deadline=None, max_examples=examples(30, 2000), suppress_health_check=LARGE, phases=UNSHRUNK)
@given(decks(most_cards=2))
def test_what_is_written_is_in_canonical_form(deck: Deck) -> None:
    text = write_deck(deck)
    assert format_deck("deck.yaml", text.encode()).text == text


def test_a_card_is_written_as_an_author_would() -> None:
    card = make_card(
        "deck/why-scale",
        body=Basic(
            "Why are dot products divided by the square root of the dimension?",
            "Their variance grows with the dimension.\nWithout the division softmax saturates.",
            points=("variance grows", "softmax saturates"),
        ),
        topic="attention",
        level=2,
        tags=("all", "own"),
    )
    assert write_card(card, tags=("all",)) == (
        "- id: why-scale\n"
        "  kind: basic\n"
        "  topic: attention\n"
        "  level: 2\n"
        "  tags: [own]\n"
        "  front: Why are dot products divided by the square root of the dimension?\n"
        "  back: |\n"
        "    Their variance grows with the dimension.\n"
        "    Without the division softmax saturates.\n"
        "  points: [variance grows, softmax saturates]\n"
    )


def test_a_number_keeps_the_writing_of_its_author() -> None:
    assert "  answer: 1_000\n" in write_card(make_card(body=make_numeric("1_000")))


def test_a_hidden_double_colon_gets_an_empty_hint() -> None:
    card = make_card(body=Cloze(("the class ", Gap(1, "std::vector"))))
    assert "{{c1::std::vector::}}" in write_card(card)


def test_a_deck_without_cards_says_so() -> None:
    deck = Deck(id="d", title="D", cards=(), topics=(Topic("a", "A: b"),))
    assert write_deck(deck) == 'deck: d\ntitle: D\ntopics:\n  a: "A: b"\ncards: []\n'


@pytest.mark.parametrize(
    ("number", "written"),
    [("1/2", "0.5"), ("3", "3"), ("1/1000", "0.001"), ("-7/4", "-1.75"), ("1e40", "1e40"), ("0", "0")],
)
def test_a_fraction_is_written_as_digits(number: str, written: str) -> None:
    assert decimal_text(Fraction(number)) == written


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_order_of_fields_knows_every_field_of_every_kind(kind: str) -> None:
    assert set(OWN[kind]) == set(KINDS[kind].readers) - {*HEAD, *TAIL}
    assert len(set(card_order(kind))) == len(card_order(kind))
    assert {"id", "kind", "front", "refs"} - set(card_order(kind)) <= {"front"}
    assert HEADER[0] == "deck"
    assert HEADER[-1] == "cards"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_scaffold_of_every_kind_reads_without_a_problem(kind: str) -> None:
    fields = {"id": "new", "kind": kind, **SCAFFOLDS[kind]}
    text = f"deck: d\ncards:\n{write_entry(fields, kind)}"
    reading = read_deck("d.yaml", text.encode())
    assert reading.problems == (), text
    assert format_deck("d.yaml", text.encode()).text == text
    assert "TODO" in text


@pytest.mark.parametrize("title", ["Attention", "no", "a: b", 'say "x"', "$\\theta$", "12"])
def test_a_first_deck_holds_two_cards_and_no_problem(title: str) -> None:
    reading = read_deck("d.yaml", first_deck("d", title, "other", "./deck.schema.json").encode(), strict=True)
    assert reading.problems == ()
    assert reading.deck is not None
    assert (reading.deck.title, len(reading.deck.cards)) == (title, 2)
