"""How many reviews each card has, from a read-only look at the database through the standard library."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from prepdeck.cards.ids import CardId
from prepdeck.store.schema import APPLICATION_ID

PATIENCE_SECONDS: Final = 2.0
"""How long to wait for a writer."""

_COUNTS: Final = (
    "SELECT deck, card, count(*) FROM reviews WHERE NOT EXISTS (SELECT 1 FROM actions "
    "WHERE actions.kind = 'undo' AND actions.target = reviews.id) GROUP BY deck, card"
)
_LIVING: Final = "SELECT deck, card FROM cards WHERE retired = 0"
_RENAMES: Final = "SELECT details, deck, card FROM actions WHERE kind = 'rename' ORDER BY id"


def review_counts(path: Path) -> dict[CardId, int] | None:
    """Return the reviews of every card under the name it bears now, undone ones left out.

    None when the database cannot be looked at: it is locked, damaged, or no database of prepdeck.
    """
    try:
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, isolation_level=None, timeout=PATIENCE_SECONDS)) as raw:
            raw.execute("PRAGMA trusted_schema = OFF")
            raw.execute("BEGIN")
            if raw.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
                return None
            living = {CardId(deck, card) for deck, card in raw.execute(_LIVING)}
            renames = {CardId.parse(old): CardId(deck, card) for old, deck, card in raw.execute(_RENAMES)}
            # A name that lives again in a deck has its own history back.
            newer = {old: new for old, new in renames.items() if old not in living}
            counts: dict[CardId, int] = {}
            for deck, card, count in raw.execute(_COUNTS):
                name = _name_now(CardId(deck, card), newer)
                counts[name] = counts.get(name, 0) + count
            return counts
    except (sqlite3.Error, ValueError, TypeError):
        return None


def _name_now(card: CardId, newer: dict[CardId, CardId]) -> CardId:
    seen = {card}
    while card in newer and newer[card] not in seen:
        card = newer[card]
        seen.add(card)
    return card
