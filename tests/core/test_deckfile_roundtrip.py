from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.deck import Deck
from prepdeck.deckfile.reading import read_deck
from tests.deck_writer import Writer
from tests.full import examples
from tests.strategies import BODIES, decks


@pytest.mark.parametrize("kind", BODIES)
@settings(deadline=None, max_examples=examples(12, 2000))
@given(data=st.data())
def test_a_good_deck_reads_back_as_it_was_written(kind: str, data: st.DataObject) -> None:
    deck = data.draw(decks(kinds=(kind,), most_cards=2))
    written = Writer(data.draw).deck(deck)
    reading = read_deck("deck.yaml", written.encode())
    assert reading.problems == (), written
    assert reading.deck == deck
    assert list(reading.places) == [card.id for card in deck.cards]


@settings(deadline=None, max_examples=examples(15, 1000))
@given(decks(), st.data())
def test_the_fingerprint_does_not_depend_on_how_a_text_is_quoted(deck: Deck, data: st.DataObject) -> None:
    writer = Writer(data.draw, spells_one_way=True)
    once, again = (read_deck("d", writer.deck(deck).encode()).deck for _ in range(2))
    assert once is not None
    assert again is not None
    assert [card.fingerprint for card in once.cards] == [card.fingerprint for card in again.cards]


def test_the_fingerprint_depends_on_what_quotes_mean_in_a_test() -> None:
    card = "- {id: a, kind: code, front: q, entry: f, starter: s, reference: r, mutants: [m], tests: {visible: "
    fingerprints = set()
    for out in ("1", '"1"', "'1'", "1.0"):
        text = f"deck: d\ncards:\n{card}[{{in: [], out: {out}}}], hidden: [{{in: [], out: 2}}]}}}}\n"
        deck = read_deck("d", text.encode()).deck
        assert deck is not None
        fingerprints |= {one.fingerprint for one in deck.cards}
    assert len(fingerprints) == 3
