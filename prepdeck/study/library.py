"""All decks that could be read, and the card a learner means."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, overload

from prepdeck.cards.card import Card
from prepdeck.cards.deck import Deck
from prepdeck.cards.ids import CardId
from prepdeck.errors import Ambiguous, NotFound
from prepdeck.study.arrangement import Shown, arrange
from prepdeck.study.queue_wishes import QueueWish

if TYPE_CHECKING:
    from prepdeck.study.discovery import FoundFile

LONGEST_TITLE = 300
"""Characters of a card's front that lists are given."""
MOST_CANDIDATES = 12
"""How many names an ambiguous word lists."""


class Source(Enum):
    """Where a deck comes from; a later one wins over an earlier one of the same name."""

    BUNDLED = "bundled"
    OWN = "own"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class Outline:
    """What lists and plans need of a card; its content stays where it is."""

    card: CardId
    """Its name."""
    kind: str
    """Its kind."""
    topic: str | None
    """Its one subject."""
    tags: tuple[str, ...]
    """Its labels."""
    seconds: int | None
    """The author's target time."""
    title: str
    """Its front as one line."""
    weight: int = 2
    """How often interviews ask it, 1-3."""
    level: int | None = None
    """1-3, how deep it asks; None when the author did not say."""


class Cards(Protocol):
    """Where the cards of a library are: in memory, or in the store."""

    def get(self, card: CardId) -> Card | None:
        """Return a card, or None when no deck holds it."""
        ...

    def of_deck(self, deck: str) -> tuple[Card, ...]:
        """Return the cards of a deck in its order."""
        ...

    def of_kind(self, kind: str) -> tuple[Card, ...]:
        """Return the cards of one kind, decks and cards in order."""
        ...

    def outlines(self, decks: Sequence[str]) -> Iterable[Outline]:
        """Yield the outlines of the cards of some decks, one deck after the other."""
        ...

    def named(self, words: str, *, exact: bool) -> Sequence[CardId]:
        """Return the cards whose name or bare id is `words`, or begins with it, decks and cards in order."""
        ...

    def line_of(self, card: CardId) -> int | None:
        """Return the line a card begins at, or None when no deck holds it."""
        ...


class DeckCards(Sequence[Card]):
    """The cards of one deck, read when they are first looked at; their number is known before.

    Args:
        cards: Where they are.
        deck: Slug of the deck.
        count: How many there are.
    """

    def __init__(self, cards: Cards, deck: str, count: int) -> None:
        self._where = cards
        self._deck = deck
        self._count = count

    @cached_property
    def _cards(self) -> tuple[Card, ...]:
        return self._where.of_deck(self._deck)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Card: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Card, ...]: ...
    def __getitem__(self, place: int | slice) -> Card | tuple[Card, ...]:
        return self._cards[place]

    def __iter__(self) -> Iterator[Card]:
        return iter(self._cards)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._cards == tuple(other)

    def __hash__(self) -> int:
        return hash(self._cards)


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


class Library:
    """Every deck in order, and every card by name.

    Args:
        decks: Decks with different names, in order.
        cards: Where their cards are.
        unreadable: Files left out whole, with the reason.
        notes: Sentences worth saying once, such as two decks of one name.
    """

    def __init__(
        self,
        decks: Iterable[LoadedDeck],
        cards: Cards,
        unreadable: Iterable[tuple[str, str]] = (),
        notes: Iterable[str] = (),
    ) -> None:
        self.decks = tuple(decks)
        """Every deck, in order."""
        self.unreadable = tuple(unreadable)
        """Files left out whole, each with the reason."""
        self.notes = tuple(notes)
        """Sentences worth saying once."""
        self._where = cards
        self._decks = {loaded.deck.id: loaded for loaded in self.decks}

    def leaving_out(self, slugs: Collection[str]) -> Library:
        """Return the same decks, some of them optional whatever their author said: a daily queue does without them."""
        return self.queueing(QueueWish(frozenset(slugs)))

    def queueing(self, wish: QueueWish) -> Library:
        """Return the same decks, with those in the daily queue that a learner wants there."""
        changed = {
            loaded.deck.id: wish.is_optional(loaded.deck.id, optional=loaded.deck.optional) for loaded in self.decks
        }
        if all(changed[loaded.deck.id] == loaded.deck.optional for loaded in self.decks):
            return self
        decks = [replace(each, deck=replace(each.deck, optional=changed[each.deck.id])) for each in self.decks]
        return Library(decks, self._where, self.unreadable, self.notes)

    def __len__(self) -> int:
        return sum(len(loaded.deck.cards) for loaded in self.decks)

    @property
    def cards(self) -> tuple[Card, ...]:
        """Every card, decks in order and cards in the order of their files; this reads all of them."""
        return tuple(card for loaded in self.decks for card in loaded.deck.cards)

    def of_kind(self, kind: str) -> tuple[Card, ...]:
        """Return the cards of one kind, decks and cards in order; the others are not read."""
        return self._where.of_kind(kind)

    def outlines(self, decks: Iterable[str] | None = None) -> Iterable[Outline]:
        """Yield the outlines of the cards of some decks, or of all; no card is read for them."""
        return self._where.outlines(list(self._decks if decks is None else decks))

    def get(self, card: CardId) -> Card | None:
        """Return a card, or None when no deck holds it."""
        return self._where.get(card) if card.deck in self._decks else None

    def deck(self, slug: str) -> LoadedDeck:
        """Return a deck.

        Raises:
            NotFound: When there is none of that name.
        """
        found = self._decks.get(slug)
        if found is None:
            near = _nearest(slug, self._decks)
            known = ", ".join(self._decks) or "none; prepdeck paths shows where decks belong"
            raise NotFound(f"no deck {slug}", f"did you mean {near}?" if near else f"decks: {known}")
        return found

    def find(self, words: str) -> Card:
        """Return the card meant by `deck/card`, a bare card id, or a beginning of either that fits only one.

        Raises:
            NotFound: When no card fits.
            Ambiguous: When several do.
        """
        wanted = words.strip()
        for exact in (True, False):
            fitting = self._where.named(wanted, exact=exact) if wanted.isascii() and wanted else ()
            if len(fitting) == 1:
                card = self.get(fitting[0])
                if card is not None:
                    return card
            elif fitting:
                listed = ", ".join(map(str, fitting[:MOST_CANDIDATES]))
                more = f" and {len(fitting) - MOST_CANDIDATES} more" if len(fitting) > MOST_CANDIDATES else ""
                raise Ambiguous(f"{wanted} fits {len(fitting)} cards", f"write one of: {listed}{more}")
        names = [outline.card for outline in self.outlines()]
        near = _nearest(wanted, [*map(str, names), *(name.card for name in names)])
        raise NotFound(f"no card {wanted}", f"did you mean {near}?" if near else "prepdeck due lists the decks")

    def line_of(self, card: CardId) -> tuple[Path, int]:
        """Return the file and line a card begins at, for an editor.

        Raises:
            NotFound: When no deck holds the card.
        """
        path = self.deck(card.deck).path
        line = self._where.line_of(card)
        if line is None:
            raise NotFound(f"no card {card}")
        return path, line


def _nearest(word: str, known: Iterable[str]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1)), None)


class _InMemory:
    """Cards that were all read.

    Args:
        decks: Their decks, in order.
        places: The line each card begins at.
    """

    def __init__(self, decks: Iterable[Deck], places: Mapping[CardId, int]) -> None:
        self._decks = {deck.id: tuple(deck.cards) for deck in decks}
        self._cards = {card.id: card for cards in self._decks.values() for card in cards}
        self._places = places

    def get(self, card: CardId) -> Card | None:
        return self._cards.get(card)

    def of_deck(self, deck: str) -> tuple[Card, ...]:
        return self._decks.get(deck, ())

    def of_kind(self, kind: str) -> tuple[Card, ...]:
        return tuple(card for card in self._cards.values() if card.kind == kind)

    def outlines(self, decks: Sequence[str]) -> Iterable[Outline]:
        cards = (card for deck in decks for card in self.of_deck(deck))
        return (
            Outline(
                card.id,
                card.kind,
                card.topic,
                card.tags,
                card.seconds,
                card.title[:LONGEST_TITLE],
                card.weight,
                card.level,
            )
            for card in cards
        )

    def named(self, words: str, *, exact: bool) -> Sequence[CardId]:
        if exact:
            return [name for name in self._cards if words in {str(name), name.card}]
        return [name for name in self._cards if str(name).startswith(words) or name.card.startswith(words)]

    def line_of(self, card: CardId) -> int | None:
        return self._places.get(card)


def library_of(files: Iterable[FoundFile]) -> Library:
    """Return the library of some files that were all read now, as for a look that must not touch the store."""
    found = tuple(files)
    arrangement = arrange([shown_of(file) for file in found])
    loaded = []
    places: dict[CardId, int] = {}
    for place in arrangement.chosen:
        file = found[place]
        if file.reading.deck is not None:
            loaded.append(LoadedDeck(file.reading.deck, file.path, Source(file.source), file.errors, file.warnings))
            places |= file.reading.places
    cards = _InMemory((each.deck for each in loaded), places)
    return Library(loaded, cards, arrangement.unreadable, arrangement.notes)


def shown_of(file: FoundFile) -> Shown:
    """Return what a file holds that was read now."""
    deck, problems = file.reading.deck, file.reading.problems
    problem = None
    if deck is None and file.reading.document is None:
        problem = problems[0].message if problems else "it holds no deck"
    return Shown(file.path, file.source, deck.id if deck else None, file.errors, file.warnings, problem)
