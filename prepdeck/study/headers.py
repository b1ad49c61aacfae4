"""The fields of a deck itself as the store keeps them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from prepdeck.cards.card import Card
from prepdeck.cards.deck import Deck, Topic, Track


def header_of(deck: Deck) -> str:
    """Return the fields of a deck, without its cards, as JSON."""
    fields = {
        "title": deck.title,
        "track": deck.track.value,
        "description": deck.description,
        "phases": deck.phases,
        "skills": deck.skills,
        "optional": deck.optional,
        "tags": deck.tags,
        "topics": [[topic.id, topic.title] for topic in deck.topics],
        "author": deck.author,
        "license": deck.license,
        "version": deck.version,
    }
    return json.dumps(fields, ensure_ascii=False)


def deck_of(slug: str, fields: Mapping[str, Any], cards: Sequence[Card]) -> Deck:
    """Return the deck that some fields were taken from, with its cards."""
    return Deck(
        id=slug,
        title=fields["title"],
        cards=cards,
        track=Track(fields["track"]),
        description=fields["description"],
        phases=tuple(fields["phases"]),
        skills=tuple(fields["skills"]),
        optional=fields["optional"],
        tags=tuple(fields["tags"]),
        topics=tuple(Topic(slug, title) for slug, title in fields["topics"]),
        author=fields["author"],
        license=fields["license"],
        version=fields["version"],
    )
