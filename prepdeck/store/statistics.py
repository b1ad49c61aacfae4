"""Sums over the log and the cards for the statistics; each query reads what it needs once."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from prepdeck.cards.ids import CardId
from prepdeck.progress.tallies import Tally
from prepdeck.scheduling.review import SPACED_KINDS
from prepdeck.store.glance import STANDS

_SPACED: Final = f"r.before_due IS NOT NULL AND r.kind IN ({', '.join(repr(kind.value) for kind in SPACED_KINDS)})"
_TALLIES: Final = (
    "SELECT r.study_day, r.deck, c.topic, count(*), sum(r.before_due IS NULL AND r.after_due IS NOT NULL), "
    f"sum({_SPACED} AND r.quality >= 3), sum({_SPACED}), coalesce(sum(r.elapsed_ms), 0) "
    "FROM reviews AS r {} LEFT JOIN cards AS c ON c.deck = r.deck AND c.card = r.card "
    "WHERE r.study_day >= ? "
    "AND r.id NOT IN (SELECT target FROM actions WHERE kind = 'undo' AND target IS NOT NULL) "
    "GROUP BY r.study_day, r.deck, c.topic ORDER BY r.study_day, r.deck, c.topic"
)
TALLIES: Final = _TALLIES.format("INDEXED BY reviews_by_day")
"""What was done by study day, deck and topic in the last days."""
ALL_TALLIES: Final = _TALLIES.format("NOT INDEXED")
"""The same over the whole log: one pass through the table takes half as long as the way through an index."""
LEARNED: Final = (
    "SELECT m.deck, c.topic, m.interval, count(*) FROM memories AS m "
    "CROSS JOIN cards AS c ON c.deck = m.deck AND c.card = m.card "
    "WHERE c.retired = 0 GROUP BY m.deck, c.topic, m.interval"
)
"""Learned cards by deck, topic and interval."""
DAYS: Final = f"SELECT study_day, count(*) FROM reviews WHERE {STANDS} GROUP BY study_day"
"""Answers of every study day."""
DAYS_OF_DECK: Final = f"SELECT study_day, count(*) FROM reviews WHERE deck = ? AND {STANDS} GROUP BY study_day"
"""Answers of every study day on the cards of one deck."""
CARDS: Final = "SELECT deck, topic, count(*), sum(seen) FROM cards WHERE retired = 0 GROUP BY deck, topic"
"""All cards by deck and topic, and how many were answered."""
LAPSED: Final = (
    "SELECT m.deck, m.card, c.title, m.lapses, m.interval, m.due, coalesce(h.suspended, 0) FROM memories AS m "
    "CROSS JOIN cards AS c ON c.deck = m.deck AND c.card = m.card "
    "LEFT JOIN handlings AS h ON h.deck = m.deck AND h.card = m.card "
    "WHERE m.lapses > 0 AND c.retired = 0 ORDER BY m.lapses DESC, m.easiness, m.deck, m.card"
)
"""Cards that were ever forgotten, the most often forgotten first."""


@dataclass(frozen=True, slots=True)
class Holding:
    """The cards of one topic of one deck."""

    deck: str
    """Slug of the deck."""
    topic: str | None
    """Slug of the topic; None for cards without one."""
    cards: int
    """All of them."""
    seen: int
    """Answered at least once."""


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A card that was forgotten."""

    card: CardId
    """Its name."""
    title: str
    """Its front."""
    lapses: int
    """How often."""
    interval: int
    """Days between its last two asks."""
    due: date
    """When it comes back."""
    suspended: bool
    """Whether it is not asked any more."""


def tallies_since(raw: sqlite3.Connection, since: date) -> tuple[Tally, ...]:
    """Return what was done on each study day from one on, within an open transaction; undone answers are left out."""
    days: dict[str, date] = {}
    tallies = []
    for text, *rest in raw.execute(ALL_TALLIES if since == date.min else TALLIES, (since.isoformat(),)):
        day = days.get(text)
        if day is None:
            day = days[text] = date.fromisoformat(text)
        tallies.append(Tally(day, *rest))
    return tuple(tallies)


def reviews_by_day(raw: sqlite3.Connection, decks: Collection[str]) -> dict[date, int]:
    """Return how many answers each study day holds, of some decks or, without any, of all; within a transaction."""
    counts: dict[date, int] = {}
    asked = [raw.execute(DAYS_OF_DECK, (deck,)) for deck in decks] if decks else [raw.execute(DAYS)]
    for rows in asked:
        for text, count in rows:
            day = date.fromisoformat(text)
            counts[day] = counts.get(day, 0) + count
    return counts


def learned_intervals(raw: sqlite3.Connection) -> list[tuple[str, str | None, int, int]]:
    """Return deck, topic, interval in days and number of learned cards, within an open transaction."""
    return raw.execute(LEARNED).fetchall()


def holdings(raw: sqlite3.Connection) -> list[Holding]:
    """Return the cards of every topic, within an open transaction."""
    return [Holding(*row) for row in raw.execute(CARDS)]


def lapsed_cards(raw: sqlite3.Connection, decks: Collection[str], most: int, leech_lapses: int) -> list[Lapsed]:
    """Return the cards of some decks that were forgotten most often, and every leech, within an open transaction."""
    found: list[Lapsed] = []
    for deck, card, title, lapses, interval, due, suspended in _of_decks(raw, decks):
        if len(found) >= most and lapses < leech_lapses:
            break
        found.append(
            Lapsed(CardId(deck, card), title, lapses, interval, date.fromisoformat(due), suspended=bool(suspended))
        )
    return found


def _of_decks(raw: sqlite3.Connection, decks: Collection[str]) -> Iterator[tuple[str, str, str, int, int, str, int]]:
    return (row for row in raw.execute(LAPSED) if row[0] in decks)
