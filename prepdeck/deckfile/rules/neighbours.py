"""Rules between decks, and between the cards of one."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from prepdeck.cards.card import Card
from prepdeck.cards.ids import CardId
from prepdeck.cards.roadmap import Roadmap
from prepdeck.deckfile.fault import Fault, quoted
from prepdeck.deckfile.nodes import Listing, Node, Scalar, Table
from prepdeck.deckfile.reading import Reading
from prepdeck.deckfile.rules.subject import Remark
from prepdeck.deckfile.rules.twins import find_twins, prompt_of
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted

RemarkBetween: TypeAlias = "tuple[int, Remark]"
"""What a rule says, with the place of the file in the sequence of files."""

_BEGINNING = Scalar("", 0, 1, "")


def judge_names(readings: Sequence[Reading]) -> Iterator[RemarkBetween]:
    """Yield what is to be said of the names of decks and files."""
    decks: dict[str, str] = {}
    files: dict[str, str] = {}
    for place, reading in enumerate(readings):
        folded = unicodedata.normalize("NFC", reading.path).casefold()
        like = files.setdefault(folded, reading.path)
        if like != reading.path:
            fault = Fault(
                "W250",
                f"the file's name differs from {clean_line(like)} by case alone",
                "one file to Windows and macOS",
                help="give one of the two another name",
            )
            yield place, (_BEGINNING, fault)
        deck = reading.deck
        if deck is None:
            continue
        if deck.id in decks:
            message = f"deck {deck.id} stands in {clean_line(decks[deck.id])} too"
            fault = Fault("W190", message, "this file is used", help="give one of the two another name")
            yield place, (_BEGINNING if reading.root is None else reading.root.entries["deck"], fault)
        decks[deck.id] = reading.path


def judge_renames(readings: Sequence[Reading]) -> Iterator[RemarkBetween]:
    """Yield what is to be said of earlier names: each may be carried on once, by a card of another name."""
    present = {card.id for reading in readings if reading.deck is not None for card in reading.deck.cards}
    claims: dict[CardId, CardId] = {}
    for place, reading in enumerate(readings):
        for card in reading.deck.cards if reading.deck is not None else ():
            if not card.was:
                continue
            written = reading.tables[card.id].entries["was"]
            nodes = {item.text: item for item in reversed(_items(written)) if isinstance(item, Scalar)}
            for old in card.was:
                fault = _rename_fault(card, old, present, claims)
                claims.setdefault(old, card.id)
                if fault is not None:
                    own = nodes.get(old.card) if old.deck == card.id.deck else None
                    yield place, (own or nodes.get(str(old)) or written, fault)


def judge_twins(readings: Sequence[Reading]) -> Iterator[RemarkBetween]:
    """Yield fronts that read like an earlier one."""
    homes = [
        (place, card)
        for place, reading in enumerate(readings)
        if reading.deck is not None
        for card in reading.deck.cards
    ]
    for twin in find_twins([prompt_of(card) for _place, card in homes]):
        (place, card), (other_place, other) = homes[twin.later], homes[twin.earlier]
        home = readings[other_place]
        where = f"line {home.places[other.id]}"
        if other_place != place:
            where = f"{clean_line(home.path)}:{home.places[other.id]}"
        share = "" if twin.overlap == 1 else f"; {twin.overlap:.0%} of their words are the same"
        fault = Fault(
            "W251",
            f"reads like {other.id} in {where}{share}",
            "asked already",
            help="delete one of the two, or ask for what sets them apart",
        )
        yield place, (_prompt_node(readings[place], card), fault)


def judge_targets(readings: Sequence[Reading]) -> Iterator[RemarkBetween]:
    """Yield decks and topics that hold fewer cards than a roadmap among the files wants for a release."""
    roads = [reading.document for reading in readings if isinstance(reading.document, Roadmap)]
    for place, reading in enumerate(readings):
        deck, root = reading.deck, reading.root
        target = roads[-1].target_of(deck.id) if roads and deck is not None else None
        if deck is None or root is None or target is None:
            continue
        floor = roads[-1].release_floor
        if len(deck.cards) < floor * target.cards:
            yield (
                place,
                (root.key("cards"), _below(f"{counted(len(deck.cards), 'card')} of {target.cards}", "the deck")),
            )
            continue
        held = Counter(card.topic for card in deck.cards)
        declared = root.entries.get("topics")
        for topic in target.topics:
            if held[topic.topic] < int(floor * topic.cards) and isinstance(declared, Table):
                node = declared.key(topic.topic) if topic.topic in declared.entries else root.key("cards")
                count = f"{counted(held[topic.topic], 'card')} of {topic.cards}"
                yield place, (node, _below(count, f"topic {topic.topic}"))


def _rename_fault(card: Card, old: CardId, present: set[CardId], claims: dict[CardId, CardId]) -> Fault | None:
    name = quoted(str(old))
    if old == card.id:
        message = f"the card was always called {name}"
        return Fault("W246", message, "its own name", help="delete the line, or write the earlier name")
    if old in claims:
        message = f"{claims[old]} carries on the history of {name} already"
        return Fault("W248", message, "carried on twice", help="keep `was` at the card that asks the same")
    if old in present:
        message = f"there is still a card {name}, which keeps its own history"
        return Fault("W247", message, "still there", help="delete `was` here, or the other card")
    return None


def _items(node: Node) -> list[Node]:
    """Return the entries of a list; one value is a list of one."""
    return node.items if isinstance(node, Listing) else [node]


def _prompt_node(reading: Reading, card: Card) -> Node:
    entries = reading.tables[card.id].entries
    return next((entries[name] for name in ("front", "text", "title") if name in entries), reading.tables[card.id])


def _below(count: str, what: str) -> Fault:
    message = f"about the whole deck: {what} holds {count} that the roadmap wants"
    return Fault("W257", message, count, help="write the missing cards, or lower the target in the roadmap")
