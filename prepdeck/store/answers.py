"""The answers of the log in their order, as the memory model reads them; with the standard library alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final, NamedTuple, TypeAlias

from prepdeck.cards.ids import CardId
from prepdeck.store.glance import STANDS

Place: TypeAlias = tuple[str, str]
"""Where an entry stands in replay order: (study day, id)."""
START: Final[Place] = ("", "")
"""Before every entry."""

_ANSWERS: Final = (
    f"SELECT deck, card, study_day, id, quality, elapsed_ms, kind = 'cram' OR NOT {STANDS} "
    "FROM reviews WHERE (study_day, id) > (?, ?) ORDER BY study_day, id"
)
_RESETS: Final = (
    "SELECT deck, card, study_day, id FROM actions AS a WHERE kind = 'reset' AND (study_day, id) > (?, ?) "
    "AND NOT EXISTS (SELECT 1 FROM actions AS u WHERE u.kind = 'undo' AND u.target = a.id) ORDER BY study_day, id"
)
_COUNTED: Final = (
    "SELECT count(*) FROM actions WHERE kind IN ('undo', 'rename') "
    "UNION ALL SELECT count(*) FROM actions WHERE kind = 'reset'"
)
_INTRODUCED: Final = (
    f"SELECT deck, card FROM reviews WHERE study_day = ? AND before_due IS NULL AND after_due IS NOT NULL AND {STANDS}"
)
_TOTAL: Final = "SELECT entries FROM tally WHERE name = 'reviews'"
_KINDS: Final = "SELECT deck, card, kind, seconds FROM cards"
_KIND: Final = "SELECT kind, seconds FROM cards WHERE deck = ? AND card = ?"
FEW: Final = 200
"""Up to so many cards are looked up one by one."""


class LoggedAnswer(NamedTuple):
    """One review, as far as the memory model reads it; or a reset, which has no quality."""

    card: CardId
    """By its name of then."""
    day: date
    """The study day."""
    place: Place
    """Where it stands."""
    quality: int | None
    """0-5; None for a reset."""
    seconds: float | None
    """How long it took."""
    counts: bool
    """Whether it says anything of the memory: taken-back answers and practice do not."""


class LogState(NamedTuple):
    """What tells whether the log only grew since it was last read."""

    reviews: int
    """Reviews in all."""
    upheavals: int
    """Entries that change what earlier ones mean: undo and rename."""
    resets: int
    """Cards begun anew."""
    names: str = ""
    """Which older names are carried on by which newer ones: a name that lives again in a deck has its history back."""


def log_state(raw: sqlite3.Connection, names: Mapping[CardId, CardId]) -> LogState:
    """Return how far the log is, within an open transaction.

    Args:
        raw: The connection.
        names: The name that carries on each older one.
    """
    total = raw.execute(_TOTAL).fetchone()
    (upheavals,), (resets,) = raw.execute(_COUNTED).fetchall()
    carried = " ".join(sorted(f"{old}>{new}" for old, new in names.items()))
    return LogState(0 if total is None else total[0], upheavals, resets, carried)


def answers_after(raw: sqlite3.Connection, place: Place) -> Iterator[LoggedAnswer]:
    """Yield the answers and resets behind a place, in replay order."""
    days: dict[str, date] = {}
    rows = [(*row[:4], row[4], row[5], not row[6]) for row in raw.execute(_ANSWERS, place)]
    resets = [(*row, None, None, True) for row in raw.execute(_RESETS, place)]
    if resets:
        rows = sorted([*rows, *resets], key=lambda row: (row[2], row[3]))
    for deck, card, day, id_, quality, elapsed_ms, counts in rows:
        if day not in days:
            days[day] = date.fromisoformat(day)
        seconds = None if elapsed_ms is None else elapsed_ms / 1000
        yield LoggedAnswer(CardId(deck, card), days[day], (day, id_), quality, seconds, counts)


def introduced_cards(raw: sqlite3.Connection, day: date) -> set[CardId]:
    """Return the cards seen for the first time on a study day, by their names of then."""
    return {CardId(deck, card) for deck, card in raw.execute(_INTRODUCED, (day.isoformat(),))}


class Length(NamedTuple):
    """What says how long a card takes."""

    kind: str
    """Its kind."""
    target: int | None
    """The author's target time in seconds."""


def card_lengths(raw: sqlite3.Connection, wanted: Collection[CardId]) -> dict[CardId, Length]:
    """Return kind and target time of some cards; one that no deck ever held is left out."""
    if len(wanted) > FEW:
        return {CardId(deck, card): Length(kind, target) for deck, card, kind, target in raw.execute(_KINDS)}
    found = ((card, raw.execute(_KIND, (card.deck, card.card)).fetchone()) for card in wanted)
    return {card: Length(*row) for card, row in found if row is not None}


__all__ = [
    "START",
    "Length",
    "LogState",
    "LoggedAnswer",
    "Place",
    "answers_after",
    "card_lengths",
    "introduced_cards",
    "log_state",
]
