"""Reading a deck file, or one that lies beside decks: every problem in one run, and everything that is good."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from prepdeck.cards.card import Card
from prepdeck.cards.deck import Deck
from prepdeck.cards.ids import CardId
from prepdeck.deckfile.building import Builder
from prepdeck.deckfile.documents import Document, document_name, read_document
from prepdeck.deckfile.entry import Surroundings, read_card
from prepdeck.deckfile.fault import Fault
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.header import OTHER_FILES, read_header
from prepdeck.deckfile.nodes import Listing, Table
from prepdeck.deckfile.problem import Problem, unreadable
from prepdeck.deckfile.source import Source, decode

_NO_CARDS = Fault("W104", "the deck has no cards", "no cards", help="write one `- id: ...` entry for each card")


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave."""

    path: str
    """The file, as it was given."""
    deck: Deck | None
    """The deck with its good cards, or None when the file is no deck or has to be left out whole."""
    problems: tuple[Problem, ...]
    """Everything that is wrong, by place."""
    places: dict[CardId, int]
    """Line of each card of `deck`."""
    source: Source
    """The file's text."""
    root: Table | None = None
    """The file's fields with their places, or None when there are none to read."""
    tables: Mapping[CardId, Table] = field(default_factory=dict)
    """The fields of each card of `deck` with their places, for rules and for edits."""
    document: Document | None = None
    """What is good in a file of formats, rubrics or a roadmap; None for a deck and for a file left out whole."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The file's lines, to draw problems with."""
        return self.source.lines


def read_deck(path: str, data: bytes, *, strict: bool = False) -> Reading:
    """Return the deck, formats, rubrics or roadmap in `data` and every problem; nothing is opened, run or fetched.

    Args:
        path: How problems name the file.
        data: The file's bytes.
        strict: Also ask for title, track, topics, and a topic and level on every card.
    """
    # Half of the time of a large deck would go to the collector looking at values that are all still needed.
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        return _read(path, data, strict=strict)
    finally:
        if was_collecting:
            gc.enable()


def not_a_deck(reading: Reading) -> Problem | None:
    """Return the problem of a file of formats, rubrics or a roadmap for those who need a deck, or None for a deck."""
    name = document_name(reading.root) if reading.root is not None else None
    if reading.root is None or name is None:
        return None
    notes = Findings(reading.source)
    message = f"this file holds {OTHER_FILES[name]}, not a deck"
    notes.report(reading.root.key(name), Fault("E049", message, "not a deck", help="give the path of a deck"))
    return notes.problems()[0]


def unread(path: str, message: str, help: str | None) -> Reading:  # noqa: A002 - the word the JSON shape uses
    """Return the reading of a file that could not be opened at all."""
    return Reading(path, None, (unreadable(path, message, help),), {}, Source(path, "", ()))


def _read(path: str, data: bytes, *, strict: bool) -> Reading:
    source, faults = decode(path, data)
    notes = Findings(source)
    for index, fault in faults:
        notes.report_span(index, index + 1, fault)
    deck: Deck | None = None
    document: Document | None = None
    tables: dict[CardId, Table] = {}
    root: Table | None = None
    if not faults:
        builder = Builder(notes)
        root = builder.build()
        name = document_name(root) if root is not None else None
        if root is not None and name is not None:
            document = read_document(notes, root, name)
        elif root is not None:
            deck, tables = _read_root(notes, root, strict=strict)
        if not builder.is_whole:
            deck, document, tables = None, None, {}
    places = {card: table.line for card, table in tables.items()}
    return Reading(path, deck, notes.problems(), places, source, root, tables, document)


def _read_root(notes: Findings, root: Table, *, strict: bool) -> tuple[Deck | None, dict[CardId, Table]]:
    header = read_header(notes, root, strict=strict)
    is_complete = "cards" in header
    header.pop("cards", None)
    listing = root.entries.get("cards")
    if not isinstance(listing, Listing):
        return None, {}
    if not listing.items:
        notes.report(listing, _NO_CARDS)
    around = Surroundings(
        deck=header.get("deck", "deck"),
        topics={topic.id: topic.title for topic in header.get("topics", ())},
        tags=tuple(dict.fromkeys(header.get("tags", ()))),
        strict=strict,
    )
    cards: list[Card] = []
    tables: dict[CardId, Table] = {}
    for item in listing.items:
        card = read_card(notes, item, around)
        if card is not None and isinstance(item, Table):
            cards.append(card)
            tables[card.id] = item
    if not is_complete or "deck" not in header:
        return None, {}
    return _make_deck(header, cards), tables


def _make_deck(header: dict[str, Any], cards: list[Card]) -> Deck:
    slug = header.pop("deck")
    title = header.pop("title", None) or slug[:1].upper() + slug[1:].replace("-", " ").replace("_", " ")
    return Deck(id=slug, title=title, cards=tuple(cards), **header)
