"""A read-only look at the database through the standard library, for counts that must come quickly."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from prepdeck.cards.ids import CardId
from prepdeck.progress.retention import Kept
from prepdeck.scheduling.memory import Learned, Memory
from prepdeck.store.schema import APPLICATION_ID, HEAD_REVISION, MEMORY_FIELDS

PATIENCE_SECONDS = 0.2
"""How long to wait for a writer; opening the store properly waits longer."""

_MEMORIES = f"SELECT deck, card, {', '.join(MEMORY_FIELDS)} FROM memories"
_STANDS = "NOT EXISTS (SELECT 1 FROM actions WHERE actions.kind = 'undo' AND actions.target = reviews.id)"
_INTRODUCED = (
    f"SELECT count(*) FROM reviews WHERE study_day = ? AND before_due IS NULL AND after_due IS NOT NULL AND {_STANDS}"
)
_KEPT = (
    "SELECT deck, sum(quality >= 3), count(*) FROM reviews WHERE study_day >= ? AND before_due IS NOT NULL "
    f"AND kind IN ('scheduled', 'early') AND {_STANDS} GROUP BY deck"
)


@dataclass(frozen=True, slots=True)
class Glance:
    """What the counts of a day need."""

    decks_digest: str | None
    """The decks last taken in."""
    memories: dict[CardId, Memory]
    """What is known of every learned card."""
    introduced: int
    """Cards seen for the first time today."""
    kept: dict[str, Kept]
    """True retention by deck."""


def glance_at(path: Path, today: date, kept_days: int) -> Glance | None:
    """Return what the counts of a day need, or None when the database must be opened properly first.

    That is so when it does not exist, is of another version, is being mended or cannot be read: opening it says why.
    """
    if not path.is_file() or path.with_name(path.name + "-journal").exists():
        return None
    try:
        address = f"{path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, isolation_level=None, timeout=PATIENCE_SECONDS)) as raw:
            raw.execute("PRAGMA trusted_schema = OFF")
            raw.execute("BEGIN")
            if raw.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
                return None
            if raw.execute("SELECT version_num FROM alembic_version").fetchone() != (HEAD_REVISION,):
                return None
            digest = raw.execute("SELECT value FROM facts WHERE name = 'decks'").fetchone()
            since = (today - timedelta(days=kept_days)).isoformat()
            return Glance(
                decks_digest=digest[0] if digest else None,
                memories={CardId(row[0], row[1]): _memory(row[2:]) for row in raw.execute(_MEMORIES)},
                introduced=raw.execute(_INTRODUCED, (today.isoformat(),)).fetchone()[0],
                kept={deck: Kept(passed, answered) for deck, passed, answered in raw.execute(_KEPT, (since,))},
            )
    except (sqlite3.Error, ValueError, TypeError):
        return None


def _memory(row: tuple[int, int, int, str, str, int, int]) -> Memory:
    repetition, easiness, interval, due, last, drilling, lapses = row
    return Learned(
        repetition, easiness, interval, date.fromisoformat(due), date.fromisoformat(last), bool(drilling), lapses
    )
