"""Every card ever met in a deck, within one open transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from prepdeck.cards.ids import CardId
from prepdeck.store.tables import cards, facts


@dataclass(frozen=True, slots=True)
class KnownCard:
    """What was last seen of a card in its deck."""

    card: CardId
    """Its name."""
    kind: str
    """Its kind as decks write it."""
    title: str
    """Its front as one line."""
    revision: int
    """The number its author gave its meaning."""
    fingerprint: str
    """Hash of its content."""
    retired: bool = False
    """Whether no deck holds it any more."""


class Catalogue:
    """The cards ever met, and small facts about the database.

    Args:
        connection: An open transaction; writing needs one that began IMMEDIATE.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> dict[CardId, KnownCard]:
        """Return every card by name."""
        rows = self._connection.execute(select(cards)).mappings()
        known = (_from_row(dict(row)) for row in rows)
        return {each.card: each for each in known}

    def find(self, card: CardId) -> KnownCard | None:
        """Return one card, or None when it was never met."""
        query = select(cards).where(cards.c.deck == card.deck, cards.c.card == card.card)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else _from_row(dict(row))

    def keep(self, known: Iterable[KnownCard]) -> None:
        """Keep what was seen of cards, new or changed."""
        rows = [
            {
                "deck": each.card.deck,
                "card": each.card.card,
                "kind": each.kind,
                "title": each.title,
                "revision": each.revision,
                "fingerprint": each.fingerprint,
                "retired": int(each.retired),
            }
            for each in known
        ]
        if rows:
            statement = insert(cards)
            changed = {name: statement.excluded[name] for name in rows[0] if name not in {"deck", "card"}}
            upsert = statement.on_conflict_do_update(index_elements=[cards.c.deck, cards.c.card], set_=changed)
            self._connection.execute(upsert, rows)

    def fact(self, name: str) -> str | None:
        """Return a small fact, or None."""
        value: str | None = self._connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar()
        return value

    def keep_fact(self, name: str, value: str) -> None:
        """Keep a small fact."""
        statement = insert(facts).values(name=name, value=value)
        upsert = statement.on_conflict_do_update(index_elements=[facts.c.name], set_={"value": value})
        self._connection.execute(upsert)


def _from_row(row: dict[str, object]) -> KnownCard:
    return KnownCard(
        card=CardId(str(row["deck"]), str(row["card"])),
        kind=str(row["kind"]),
        title=str(row["title"]),
        revision=int(str(row["revision"])),
        fingerprint=str(row["fingerprint"]),
        retired=bool(row["retired"]),
    )
