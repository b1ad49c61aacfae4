"""How far each deck is learned: counts over all its cards, which take as long as there are cards."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from prepdeck.progress.days import MATURE_INTERVAL
from prepdeck.progress.retention import Kept
from prepdeck.scheduling.review import SPACED_KINDS
from prepdeck.scheduling.sm2 import later
from prepdeck.store.glance import STANDS

_UNSEEN: Final = "SELECT deck, count(*) FROM cards WHERE retired = 0 AND seen = 0 GROUP BY deck"
_MATURE: Final = (
    "SELECT m.deck, count(*) FROM memories AS m CROSS JOIN cards AS c ON c.deck = m.deck AND c.card = m.card "
    f"WHERE m.interval >= {MATURE_INTERVAL} AND c.retired = 0 GROUP BY m.deck"
)
_DUE_DAYS: Final = (
    "SELECT CASE WHEN h.buried_on = :today THEN max(m.due, :tomorrow) ELSE m.due END AS day, m.deck, count(*) "
    "FROM memories AS m CROSS JOIN cards AS c ON c.deck = m.deck AND c.card = m.card "
    "LEFT JOIN handlings AS h ON h.deck = m.deck AND h.card = m.card "
    "WHERE m.due <= :until AND c.retired = 0 AND coalesce(h.suspended, 0) = 0 GROUP BY day, m.deck"
)
_KEPT: Final = (
    "SELECT deck, sum(quality >= 3), count(*) FROM reviews WHERE study_day >= ? AND before_due IS NOT NULL "
    f"AND kind IN ({', '.join(repr(kind.value) for kind in SPACED_KINDS)}) AND {STANDS} GROUP BY deck"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the decks are learned."""

    unseen: Mapping[str, int]
    """Cards never answered, by deck."""
    mature: Mapping[str, int]
    """Cards with a long interval, by deck."""
    kept: Mapping[str, Kept]
    """True retention by deck."""


def standing_of(raw: sqlite3.Connection, since: date) -> Standing:
    """Return how far the decks are learned, within an open transaction; retention looks back to a day."""
    return Standing(
        unseen=dict(raw.execute(_UNSEEN).fetchall()),
        mature=dict(raw.execute(_MATURE).fetchall()),
        kept={deck: Kept(passed, answered) for deck, passed, answered in raw.execute(_KEPT, (since.isoformat(),))},
    )


def due_days(raw: sqlite3.Connection, today: date, until: date, decks: Sequence[str]) -> dict[date, int]:
    """Return how many learned cards of some decks fall due on each day up to one.

    Suspended cards are left out, and cards buried today come tomorrow at the earliest.
    """
    wanted = frozenset(decks)
    bound = {"today": today.isoformat(), "tomorrow": later(today, 1).isoformat(), "until": until.isoformat()}
    counts: dict[date, int] = {}
    for due, deck, count in raw.execute(_DUE_DAYS, bound):
        if deck in wanted:
            day = date.fromisoformat(due)
            counts[day] = counts.get(day, 0) + count
    return counts
