"""A read-only look at the database through the standard library, for counts that must come quickly.

Only the cards that a day may ask are fetched, by indexes: ten times the cards do not take ten times as long.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeAlias

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.load import Candidate
from prepdeck.scheduling.memory import UNSEEN, Learned, Memory
from prepdeck.scheduling.pace import Pace
from prepdeck.scheduling.schedulers import SM2_KEY
from prepdeck.store.pacing import PACE_FACT, pace_from
from prepdeck.store.schema import APPLICATION_ID, HEAD_REVISION, MEMORY_FIELDS
from prepdeck.store.shelf import tags_of

Snapshot: TypeAlias = sqlite3.Connection
"""A connection with an open transaction, for what only reads."""

SCHEDULER_FACT: Final = "scheduler"
"""The fact that holds the key of the scheduler which the kept memories follow; there is none while it is SM-2."""
DOUBTS: Final = (sqlite3.Error, ValueError, TypeError, KeyError)
"""Errors of a look at rows that are not as they should be; opening the database properly says what is wrong."""
PATIENCE_SECONDS: Final = 0.2
"""How long to wait for a writer; opening the store properly waits longer."""

_CARD: Final = "c.deck, c.card, c.kind, c.topic, c.tags, c.seconds, c.weight, c.position"
_ASKED: Final = (
    "c.retired = 0 AND NOT EXISTS (SELECT 1 FROM handlings AS h WHERE h.deck = c.deck AND h.card = c.card "
    "AND (h.suspended = 1 OR h.buried_on = :today))"
)
_LEARNED: Final = (
    f"SELECT {_CARD}, {', '.join(f'm.{name}' for name in MEMORY_FIELDS)} FROM memories AS m "
    f"CROSS JOIN cards AS c ON c.deck = m.deck AND c.card = m.card WHERE {_ASKED}"
)
_POSITION_PLACE: Final = 7
DUE_PLACE: Final = _POSITION_PLACE + 1 + MEMORY_FIELDS.index("due")
"""Where a row of a learned card holds its due day, and behind it the last one."""
DUE: Final = f"{_LEARNED} AND m.due <= :until"
"""Learned cards due by a day that may be asked today."""
DRILLING: Final = f"{_LEARNED} AND m.drilling = 1 AND m.last = :today"
"""Cards whose drill of today is not over."""
NEW: Final = (
    f"SELECT {_CARD} FROM cards AS c WHERE c.deck = :deck AND c.seen = 0 AND {_ASKED} ORDER BY c.position LIMIT :most"
)
"""The first cards of a deck that were never answered and may be asked today."""
STANDS: Final = "NOT EXISTS (SELECT 1 FROM actions WHERE actions.kind = 'undo' AND actions.target = reviews.id)"
"""Whether a review was not taken back."""
_INTRODUCED: Final = (
    f"SELECT count(*) FROM reviews WHERE study_day = ? AND before_due IS NULL AND after_due IS NOT NULL AND {STANDS}"
)
INTERVIEWS: Final = (
    "SELECT study_day, details FROM actions WHERE kind = 'interview' AND NOT EXISTS "
    "(SELECT 1 FROM actions AS voids WHERE voids.kind = 'undo' AND voids.target = actions.id) ORDER BY study_day, id"
)
"""Every entry about interviews that was not taken back, in replay order."""
CHOICES: Final = INTERVIEWS.replace("kind = 'interview'", "kind = 'road-choice'", 1)
"""Every choice of a deck that was not taken back, in replay order."""
_LAST_DAY: Final = f"SELECT study_day FROM reviews WHERE {STANDS} ORDER BY study_day DESC LIMIT 1"
CHANGES: Final = ("reset", "set-due", "postpone", "spread", "mock-pull")
"""Actions that change what is known of a card, or when it is due, and that an undo can take back."""
LAST_CHANGE: Final = (
    # The plus keeps SQLite from the index by kind: behind a day that has not come there is next to nothing.
    f"SELECT study_day FROM actions AS a WHERE study_day > ? AND +kind IN ({', '.join(map(repr, CHANGES))}) "
    "AND NOT EXISTS (SELECT 1 FROM actions AS voids WHERE voids.kind = 'undo' AND voids.target = a.id) "
    "ORDER BY study_day DESC LIMIT 1"
)
"""The last study day behind some day that such an action counts on."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the counts of a day depend on."""

    today: date
    """The study day."""
    daily: tuple[str, ...]
    """Slugs of the decks that are asked every day, in order."""
    new_a_day: int
    """How many new cards a day allows."""


@dataclass(frozen=True, slots=True)
class Glance:
    """What the counts of a day need."""

    waiting: tuple[Candidate, ...]
    """Every card of the daily decks that the day may ask, decks and cards in order; of new ones as many as fit."""
    new_left: int
    """How many new cards the day still allows."""


def look(raw: sqlite3.Connection, asked: Question) -> Glance:
    """Return what the counts of a day need, within an open transaction."""
    introduced = raw.execute(_INTRODUCED, (asked.today.isoformat(),)).fetchone()[0]
    new_left = max(0, asked.new_a_day - introduced)
    return Glance(waiting_on(raw, asked.today, asked.daily, new_left=new_left), new_left)


def waiting_on(raw: sqlite3.Connection, today: date, decks: Sequence[str], *, new_left: int) -> tuple[Candidate, ...]:
    """Return the cards of some decks that a day may ask: `load_of` takes the same from them as from all cards."""
    day = today.isoformat()
    # No card is in both: one that was answered today is due tomorrow at the earliest.
    rows = [*raw.execute(DUE, {"until": day, "today": day}), *raw.execute(DRILLING, {"today": day})]
    for deck in dict.fromkeys(decks) if new_left else ():
        rows += raw.execute(NEW, {"deck": deck, "today": day, "most": new_left}).fetchall()
    return _candidates(rows, decks, pace_from(fact_of(raw, PACE_FACT)))


def learned_until(raw: sqlite3.Connection, today: date, until: date, decks: Sequence[str]) -> tuple[Candidate, ...]:
    """Return the learned cards of some decks that fall due by a day and may be asked today."""
    rows = raw.execute(DUE, {"until": until.isoformat(), "today": today.isoformat()})
    return _candidates(rows, decks, pace_from(fact_of(raw, PACE_FACT)))


def last_review_day(raw: sqlite3.Connection) -> date | None:
    """Return the last study day with a review that was not taken back, or None."""
    row = raw.execute(_LAST_DAY).fetchone()
    return None if row is None else date.fromisoformat(row[0])


def last_change_day(raw: sqlite3.Connection, after: date) -> date | None:
    """Return the last study day behind `after` with a change of the schedule that was not taken back, or None."""
    row = raw.execute(LAST_CHANGE, (after.isoformat(),)).fetchone()
    return None if row is None else date.fromisoformat(row[0])


def _candidates(found: Iterable[tuple[Any, ...]], decks: Sequence[str], pace: Pace) -> tuple[Candidate, ...]:
    order = {deck: place for place, deck in enumerate(decks)}
    rows = [row for row in found if row[0] in order]
    rows.sort(key=lambda row: (order[row[0]], row[_POSITION_PLACE]))
    days = {text: date.fromisoformat(text) for row in rows for text in row[DUE_PLACE : DUE_PLACE + 2]}
    return tuple([_candidate(row, days, pace) for row in rows])


def _candidate(row: tuple[Any, ...], days: Mapping[str, date], pace: Pace) -> Candidate:
    deck, card, kind, topic, tags, seconds, weight = row[:_POSITION_PLACE]
    known: Memory = UNSEEN
    if len(row) > DUE_PLACE:
        repetition, easiness, interval, due, last, drilling, lapses = row[_POSITION_PLACE + 1 :]
        known = Learned(repetition, easiness, interval, days[due], days[last], bool(drilling), lapses)
    return Candidate(CardId(deck, card), known, kind, topic, tags_of(tags), seconds, weight, pace=pace)


def fact_of(raw: sqlite3.Connection, name: str) -> str | None:
    """Return a small fact about the database, or None."""
    row = raw.execute("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
    return None if row is None else str(row[0])


def interview_details(raw: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return study day and details of every entry about interviews that was not taken back, in replay order."""
    return raw.execute(INTERVIEWS).fetchall()


def choice_details(raw: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return study day and details of every choice of a deck that was not taken back, in replay order."""
    return raw.execute(CHOICES).fetchall()


def kept_key(raw: sqlite3.Connection) -> str:
    """Return the key of the scheduler that the kept memories follow."""
    return fact_of(raw, SCHEDULER_FACT) or SM2_KEY


@contextmanager
def glancing(path: Path) -> Iterator[sqlite3.Connection | None]:
    """Hold one snapshot of a database, or None when it must be opened properly first.

    That is so when it does not exist, is of another version, is being mended or cannot be read: opening it says why.
    """
    if not path.is_file() or path.with_name(path.name + "-journal").exists():
        yield None
        return
    address = f"{path.absolute().as_uri()}?mode=ro"
    try:
        raw = sqlite3.connect(address, uri=True, isolation_level=None, timeout=PATIENCE_SECONDS)
    except sqlite3.Error:
        yield None
        return
    with closing(raw):
        yield raw if _is_ours(raw) else None


def _is_ours(raw: sqlite3.Connection) -> bool:
    try:
        raw.execute("PRAGMA trusted_schema = OFF")
        raw.execute("BEGIN")
        if raw.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
            return False
        return bool(raw.execute("SELECT version_num FROM alembic_version").fetchone() == (HEAD_REVISION,))
    except sqlite3.Error:
        return False
