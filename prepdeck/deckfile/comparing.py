"""Two versions of decks compared card by card: what an edit means for those who learn them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from prepdeck.cards.card import Card
from prepdeck.cards.deck import Deck
from prepdeck.cards.ids import CardId
from prepdeck.deckfile.fields import Value, fields_of
from prepdeck.deckfile.order import card_order, in_order
from prepdeck.deckfile.writing import write_flow

ALIKE = 0.72
"""Share of two fronts that must agree before they are taken for the same card with another id."""

MOST_COMPARED = 200
"""Removed or added cards beyond which nobody asks which of them are alike; every pair would be looked at."""

COMMON_WORDS = 3
"""One word of so many must be common to two fronts that are alike."""

_TOLD_ELSEWHERE = frozenset({"id", "was", "kind", "topic", "revision"})
_WORD = re.compile(r"\w+")


class Sort(Enum):
    """What happened to a card; one edit may be several of them."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    """It says under `was` what it was called."""
    MOVED = "moved"
    """It stands in another deck, or under another topic."""
    KIND = "kind changed"
    REVISED = "meaning changed"
    """Its `revision` was raised: it falls due."""
    REWORDED = "reworded"
    """Some of its fields read otherwise; its history and its day stay."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that reads otherwise."""

    name: str
    """The field."""
    before: str | None
    """What it held, on one line; None when it was not there."""
    after: str | None
    """What it holds, on one line; None when it is gone."""


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one card."""

    sorts: tuple[Sort, ...]
    """What it is; at least one."""
    old: Card | None
    """The card as it was; None when it is new."""
    new: Card | None
    """The card as it is; None when it is gone."""
    fields: tuple[FieldChange, ...] = ()
    """What reads otherwise."""
    like: CardId | None = None
    """For a removed card: the added one that reads like it, as if its id had been changed without `was`."""

    @property
    def card(self) -> CardId:
        """The card's name now, or its last one."""
        card = self.new or self.old
        if card is None:
            message = "a change without a card"
            raise ValueError(message)
        return card.id


def compare(old: Sequence[Deck], new: Sequence[Deck]) -> tuple[Change, ...]:
    """Return what happened to the cards of `old` on their way to `new`: those in `new` by place, then removed ones."""
    before = {card.id: card for deck in old for card in deck.cards}
    after = {card.id: card for deck in new for card in deck.cards}
    tags = {deck.id: deck.tags for deck in (*old, *new)}
    changes: list[Change] = []
    carried: set[CardId] = set()
    for card in after.values():
        source = before.get(card.id) or _renamed_from(card, before, after)
        if source is None:
            changes.append(Change((Sort.ADDED,), None, card))
            continue
        carried.add(source.id)
        change = _change_of(source, card, tags)
        if change is not None:
            changes.append(change)
    removed = [Change((Sort.REMOVED,), card, None) for id_, card in before.items() if id_ not in carried]
    added = [change.new for change in changes if change.sorts == (Sort.ADDED,) and change.new is not None]
    return (*changes, *_with_likenesses(removed, added))


def _renamed_from(card: Card, before: Mapping[CardId, Card], after: Mapping[CardId, Card]) -> Card | None:
    """Return the old card whose history a card carries on; one that is still there keeps it."""
    return next((before[old] for old in card.was if old in before and old not in after), None)


def _change_of(old: Card, new: Card, tags: Mapping[str, Sequence[str]]) -> Change | None:
    before, after = (fields_of(card, tags.get(card.id.deck, ())) for card in (old, new))
    names = in_order(dict.fromkeys((*after, *before)), card_order(new.kind))
    fields = _field_changes(before, after, [name for name in names if old.id == new.id or name not in {"id", "was"}])
    told = {
        Sort.RENAMED: old.id.card != new.id.card,
        Sort.MOVED: old.id.deck != new.id.deck or old.topic != new.topic,
        Sort.KIND: old.kind != new.kind,
        Sort.REVISED: new.revision > old.revision,
        Sort.REWORDED: any(one.name not in _TOLD_ELSEWHERE for one in fields),
    }
    sorts = tuple(sort for sort, holds in told.items() if holds)
    return Change(sorts, old, new, fields) if sorts else None


def _field_changes(old: Mapping[str, Value], new: Mapping[str, Value], names: Sequence[str]) -> tuple[FieldChange, ...]:
    lines = [(name, _line(old.get(name)), _line(new.get(name))) for name in names]
    return tuple(FieldChange(name, before, after) for name, before, after in lines if before != after)


def _line(value: Value | None) -> str | None:
    if value is None:
        return None
    return " ".join(str(value).split()) if isinstance(value, str) else write_flow(value)


def _with_likenesses(removed: Sequence[Change], added: Sequence[Card]) -> list[Change]:
    """Return removed cards with the added card that reads like each, every added one given once."""
    if len(removed) > MOST_COMPARED or len(added) > MOST_COMPARED:
        return list(removed)
    free = {card.id: card for card in added}
    found = []
    for change in removed:
        likeness = _most_alike(change.old, free.values()) if change.old is not None else None
        if likeness is not None:
            del free[likeness]
        found.append(replace(change, like=likeness))
    return found


def _most_alike(old: Card, cards: Iterable[Card]) -> CardId | None:
    words = set(_WORD.findall(old.title.lower()))
    best, found = ALIKE, None
    for card in cards:
        others = set(_WORD.findall(card.title.lower()))
        # Fronts with few common words are not read letter by letter.
        if len(words & others) * COMMON_WORDS < len(words | others) and old.title != card.title:
            continue
        likeness = difflib.SequenceMatcher(None, old.title.lower(), card.title.lower(), autojunk=False).ratio()
        if card.id.card == old.id.card and card.id.deck != old.id.deck:
            likeness += 0.2
        if likeness > best:
            best, found = likeness, card.id
    return found
