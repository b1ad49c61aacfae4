"""Names of cards and decks."""

from __future__ import annotations

import re
from dataclasses import dataclass

SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
"""A slug: 1-64 of `a-z 0-9 - _`, beginning with a letter or digit."""


def is_slug(text: str) -> bool:
    """Tell whether `text` may name a deck, a card or a topic."""
    return SLUG.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, order=True)
class CardId:
    """The name of a card for ever: `deck/card`, both slugs as written in the file."""

    deck: str
    """Slug of the deck."""
    card: str
    """Slug of the card, unique in its deck."""

    def __str__(self) -> str:
        return f"{self.deck}/{self.card}"

    @classmethod
    def parse(cls, text: str) -> CardId:
        """Return the id written as `deck/card`.

        Raises:
            ValueError: When `text` is not two slugs with one slash between them.
        """
        deck, slash, card = text.partition("/")
        if not slash or not is_slug(deck) or not is_slug(card):
            message = f"not a card id: {text!r}"
            raise ValueError(message)
        return cls(deck, card)
