"""All decks that could be read, and the card a learner means."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from hashlib import blake2b
from pathlib import Path

from prepdeck.cards.card import Card
from prepdeck.cards.deck import Deck
from prepdeck.cards.ids import CardId
from prepdeck.errors import Ambiguous, NotFound
from prepdeck.study.discovery import FoundFile
from prepdeck.text.counts import counted

MOST_CANDIDATES = 12
"""How many names an ambiguous word lists."""


class Source(Enum):
    """Where a deck comes from; a later one wins over an earlier one of the same name."""

    BUNDLED = "bundled"
    OWN = "own"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class LoadedDeck:
    """A deck with its file."""

    deck: Deck
    """Its good cards."""
    path: Path
    """Its file."""
    source: Source
    """Where it comes from."""
    errors: int
    """Faults that leave something out."""
    warnings: int
    """Things worth a look."""
    places: Mapping[CardId, int] = field(default_factory=dict)
    """The line each card begins at."""


class Library:
    """Every deck in order, and every card by name.

    Args:
        decks: Decks with different names, in order.
        unreadable: Files left out whole, with the reason.
        notes: Sentences worth saying once, such as two decks of one name.
    """

    def __init__(
        self, decks: Iterable[LoadedDeck], unreadable: Iterable[tuple[str, str]] = (), notes: Iterable[str] = ()
    ) -> None:
        self.decks = tuple(decks)
        """Every deck, in order."""
        self.unreadable = tuple(unreadable)
        """Files left out whole, each with the reason."""
        self.notes = tuple(notes)
        """Sentences worth saying once."""
        self._cards = {card.id: card for loaded in self.decks for card in loaded.deck.cards}
        self._decks = {loaded.deck.id: loaded for loaded in self.decks}

    def __len__(self) -> int:
        return len(self._cards)

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every card, decks in order and cards in the order of their files."""
        return tuple(self._cards.values())

    def get(self, card: CardId) -> Card | None:
        """Return a card, or None when no deck holds it."""
        return self._cards.get(card)

    def deck(self, slug: str) -> LoadedDeck:
        """Return a deck.

        Raises:
            NotFound: When there is none of that name.
        """
        found = self._decks.get(slug)
        if found is None:
            near = difflib.get_close_matches(slug, self._decks, n=1)
            known = ", ".join(self._decks) or "none; prepdeck paths shows where decks belong"
            raise NotFound(f"no deck {slug}", f"did you mean {near[0]}?" if near else f"decks: {known}")
        return found

    def find(self, words: str) -> Card:
        """Return the card meant by `deck/card`, a bare card id, or a beginning of either that fits only one.

        Raises:
            NotFound: When no card fits.
            Ambiguous: When several do.
        """
        wanted = words.strip()
        for exact in (True, False):
            fitting = [card for id_, card in self._cards.items() if _fits(id_, wanted, exact=exact)]
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                listed = ", ".join(str(card.id) for card in fitting[:MOST_CANDIDATES])
                more = f" and {len(fitting) - MOST_CANDIDATES} more" if len(fitting) > MOST_CANDIDATES else ""
                raise Ambiguous(f"{wanted} fits {len(fitting)} cards", f"write one of: {listed}{more}")
        names = [str(id_) for id_ in self._cards] + [id_.card for id_ in self._cards]
        near = difflib.get_close_matches(wanted, names, n=1)
        raise NotFound(f"no card {wanted}", f"did you mean {near[0]}?" if near else "prepdeck due lists the decks")

    def line_of(self, card: CardId) -> tuple[Path, int]:
        """Return the file and line a card begins at, for an editor.

        Raises:
            NotFound: When no deck holds the card.
        """
        loaded = self.deck(card.deck)
        if card not in loaded.places:
            raise NotFound(f"no card {card}")
        return loaded.path, loaded.places[card]

    @property
    def digest(self) -> str:
        """A hash that changes when any card of any deck does."""
        state = blake2b(digest_size=16)
        for card in self._cards.values():
            older = ",".join(map(str, card.was))
            state.update(f"{card.id}\x1f{card.revision}\x1f{card.fingerprint}\x1f{older}\n".encode())
        return state.hexdigest()


def _fits(card: CardId, words: str, *, exact: bool) -> bool:
    if exact:
        return words in {str(card), card.card}
    return bool(words) and (str(card).startswith(words) or card.card.startswith(words))


def library_of(files: Iterable[FoundFile]) -> Library:
    """Return the library of some files: of two decks with one name the later one wins, and a note says so."""
    loaded: dict[str, LoadedDeck] = {}
    unreadable: list[tuple[str, str]] = []
    notes: list[str] = []
    for file in files:
        deck = file.reading.deck
        if deck is None:
            reason = file.reading.problems[0].message if file.reading.problems else "it holds no deck"
            unreadable.append((str(file.path), reason))
            notes.append(f"{file.path} is left out: {reason}; prepdeck lint shows more")
            continue
        if deck.id in loaded:
            earlier = loaded.pop(deck.id)
            notes.append(f"deck {deck.id} stands in {earlier.path} and {file.path}; the second is used")
        if file.errors:
            faults = counted(file.errors, "error")
            notes.append(f"{file.path} has {faults}; its good cards are used, prepdeck lint shows more")
        source = Source(file.source)
        loaded[deck.id] = LoadedDeck(deck, file.path, source, file.errors, file.warnings, file.reading.places)
    return Library(loaded.values(), unreadable, notes)
