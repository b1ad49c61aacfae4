"""The cards of a library as the store keeps them: each is read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from prepdeck.cards.card import Card
from prepdeck.cards.ids import CardId
from prepdeck.store.shelf import StoredEntry
from prepdeck.store.store import Store
from prepdeck.study.library import Outline
from prepdeck.study.survey import Sighting

if TYPE_CHECKING:
    from prepdeck.deckfile.excerpt import Excerpt


class StoredCards:
    """Cards that are rows until somebody looks at them.

    Args:
        store: Where the rows are.
        files: The file of each deck, in the order of the decks.
    """

    def __init__(self, store: Store, files: Mapping[str, Sighting]) -> None:
        self._store = store
        self._files = files
        self._read: dict[CardId, tuple[str, Card]] = {}

    def get(self, card: CardId) -> Card | None:
        """Return a card, or None when no deck holds it."""
        with self._store.reading() as log:
            entry = log.shelf.entry(card)
        if entry is None or entry.retired:
            return None
        return next(iter(self._cards_of([entry])), None)

    def of_deck(self, deck: str) -> tuple[Card, ...]:
        """Return the cards of a deck in its order."""
        with self._store.reading() as log:
            entries = log.shelf.entries(deck)
        return tuple(self._cards_of(entries))

    def of_kind(self, kind: str) -> tuple[Card, ...]:
        """Return the cards of one kind, decks and cards in order."""
        with self._store.reading() as log:
            entries = log.shelf.of_kind(kind, list(self._files))
        return tuple(self._cards_of(entries))

    def outlines(self, decks: Sequence[str]) -> Iterable[Outline]:
        """Return the outlines of the cards of some decks, one deck after the other."""
        with self._store.reading() as log:
            return [Outline(*row) for row in log.shelf.outlines(decks)]

    def named(self, words: str, *, exact: bool) -> Sequence[CardId]:
        """Return the cards whose name or bare id is `words`, or begins with it, decks and cards in order."""
        with self._store.reading() as log:
            return log.shelf.named(words, list(self._files), exact=exact)

    def line_of(self, card: CardId) -> int | None:
        """Return the line a card begins at, or None when no deck holds it."""
        with self._store.reading() as log:
            entry = log.shelf.entry(card)
        return None if entry is None or entry.retired else entry.line

    def _cards_of(self, entries: Sequence[StoredEntry]) -> Iterable[Card]:
        """Return the cards of some entries; each is read once, until its content changes."""
        unread = [entry for entry in entries if self._known(entry) is None]
        for deck in dict.fromkeys(entry.card.deck for entry in unread):
            self._read_entries(deck, [entry for entry in unread if entry.card.deck == deck])
        found = (self._known(entry) for entry in entries)
        return [card for card in found if card is not None]

    def _known(self, entry: StoredEntry) -> Card | None:
        fingerprint, card = self._read.get(entry.card, ("", None))
        return card if card is not None and fingerprint == entry.fingerprint and card.tags == entry.tags else None

    def _read_entries(self, deck: str, entries: Sequence[StoredEntry]) -> None:
        cards = read_entries(entries)
        if len(cards) < len(entries):
            cards = self._read_file(deck) | cards
        for entry in entries:
            if entry.card in cards:
                self._read[entry.card] = (entry.fingerprint, cards[entry.card])

    def _read_file(self, deck: str) -> dict[CardId, Card]:
        """Return the cards of a whole deck, for when an entry by itself does not read as what it was."""
        from prepdeck.deckfile.reading import read_deck
        from prepdeck.host.files import FileUnreadable

        try:
            reading = read_deck(deck, self._files[deck].read())
        except (FileUnreadable, KeyError):
            return {}
        return {card.id: card for card in reading.deck.cards} if reading.deck is not None else {}


def read_entries(entries: Sequence[StoredEntry]) -> dict[CardId, Card]:
    """Return the cards of some entries of one deck; one that no longer reads as what it was is left out."""
    from prepdeck.deckfile.excerpt import Excerpt, read_excerpts

    excerpts: list[Excerpt] = [
        Excerpt(entry.card, entry.source, entry.tags, entry.fingerprint)
        for entry in entries
        if entry.source is not None
    ]
    return read_excerpts(excerpts)
