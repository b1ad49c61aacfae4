"""Rows of a long list of cards, read a page at a time by their numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prepdeck.cards.ids import CardId


@dataclass(frozen=True, slots=True)
class ListedCard:
    """What a list tells of a card."""

    number: int
    """Its row in the store."""
    card: CardId
    """Its name."""
    kind: str
    """Its kind."""
    title: str
    """Its front as one line of Markdown source."""
    is_retired: bool
    """Whether no deck holds it any more."""
    due: date | None
    """The study day it is asked on again; None for a new card."""
    easiness: int | None
    """In hundredths; None for a new card."""
    interval: int | None
    """Days; None for a new card."""
    lapses: int
    """How often it was forgotten."""
    is_suspended: bool
    """Whether it is not asked."""
    buried_on: date | None
    """The study day it was left out on, if any."""
    is_flagged: bool
    """Whether the learner marked it."""


def listed_cards(raw: sqlite3.Connection, numbers: Sequence[int]) -> list[ListedCard]:
    """Return some cards in the order of their numbers as given, within an open transaction; lost ones are left out."""
    query = (
        "SELECT c.number, c.deck, c.card, c.kind, c.title, c.retired, m.due, m.easiness, m.interval, m.lapses, "
        "h.suspended, h.buried_on, h.flagged FROM cards AS c "
        "LEFT JOIN memories AS m ON m.deck = c.deck AND m.card = c.card "
        "LEFT JOIN handlings AS h ON h.deck = c.deck AND h.card = c.card "
        f"WHERE c.number IN ({', '.join('?' * len(numbers))})"
    )
    found = {row[0]: row for row in raw.execute(query, tuple(numbers))}
    return [_listed(*found[number]) for number in numbers if number in found]


def _listed(  # noqa: PLR0913, PLR0917 - the columns of the query
    number: int,
    deck: str,
    card: str,
    kind: str,
    title: str,
    retired: int,
    due: str | None,
    easiness: int | None,
    interval: int | None,
    lapses: int | None,
    suspended: int | None,
    buried_on: str | None,
    flagged: int | None,
) -> ListedCard:
    return ListedCard(
        number=number,
        card=CardId(deck, card),
        kind=kind,
        title=title,
        is_retired=bool(retired),
        due=date.fromisoformat(due) if due else None,
        easiness=easiness,
        interval=interval,
        lapses=lapses or 0,
        is_suspended=bool(suspended),
        buried_on=date.fromisoformat(buried_on) if buried_on else None,
        is_flagged=bool(flagged),
    )
