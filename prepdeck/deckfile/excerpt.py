"""One card cut out of its deck file, so that it can be read again without the file and by the same reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from prepdeck.cards.card import Card
from prepdeck.cards.ids import CardId
from prepdeck.deckfile.reading import Reading, read_deck

AT_ONCE = 500
"""Cards that are read as one deck, so that no limit of a deck file is met."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A card as it stands in its deck, with what its deck adds to it."""

    card: CardId
    """Its name."""
    source: str
    """Its entry as `cut` gives it."""
    tags: tuple[str, ...]
    """All its tags, the deck's own included."""
    fingerprint: str
    """Hash of its content when it was cut out."""

    @property
    def is_braced(self) -> bool:
        """Whether it stands in braces, where YAML takes tabs as well, as in a deck that a program wrote as JSON."""
        return self.source.lstrip(" ").startswith("{")

    @property
    def is_closed(self) -> bool:
        """Whether other text may follow: a text block that ends with its file lacks a line end of its own."""
        return self.source.endswith("\n")


def cut(reading: Reading, card: CardId) -> str:
    """Return the YAML of a card of `reading`; its first line stands as far to the right as it does in the file.

    The place matters: text blocks measure their indentation from it.
    """
    table = reading.tables[card]
    _line, column = reading.source.place(table.start)
    body = reading.source.text[table.start : table.end]
    lines, newline, rest = body.rpartition("\n")
    # What is left of the next entry's line is not this card's, and would add an empty line to a kept text block.
    return " " * (column - 1) + (lines + newline if newline and not rest.strip(" ") else body)


def read_excerpts(excerpts: Sequence[Excerpt]) -> dict[CardId, Card]:
    """Return the cards that some excerpts of one deck hold; one that no longer reads as what it was is left out."""
    braced = [each for each in excerpts if each.is_braced]
    blocks = [each for each in excerpts if each.is_closed and not each.is_braced]
    alone = [[each] for each in excerpts if not each.is_closed and not each.is_braced]
    found: dict[CardId, Card] = {}
    for group in (*_groups(braced), *_groups(blocks), *alone):
        found |= _read(group)
    return {each.card: found[each.card] for each in excerpts if each.card in found}


def _groups(excerpts: Sequence[Excerpt]) -> list[Sequence[Excerpt]]:
    return [excerpts[start : start + AT_ONCE] for start in range(0, len(excerpts), AT_ONCE)]


def _read(excerpts: Sequence[Excerpt]) -> dict[CardId, Card]:
    """Return the cards of some excerpts that are all in braces, or all not."""
    wanted = {each.card: each for each in excerpts}
    deck = excerpts[0].card.deck
    if excerpts[0].is_braced:
        text = f'{{"deck": "{deck}", "cards": [\n' + ",\n".join(each.source for each in excerpts) + "\n]}\n"
    else:
        text = f'deck: "{deck}"\ncards:\n' + "".join(f"-\n{each.source}" for each in excerpts)
    reading = read_deck(deck, text.encode())
    cards = reading.deck.cards if reading.deck is not None else ()
    return {
        card.id: replace(card, tags=wanted[card.id].tags)
        for card in cards
        if card.id in wanted and card.fingerprint == wanted[card.id].fingerprint
    }
