"""Two append-only logs, the memory that follows from them, and the cards ever met.

Never edited after release. There is no downgrade: an older program gets the backup that was made before the upgrade.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

STATEMENTS = (
    "PRAGMA application_id = 1886545252",
    """
    CREATE TABLE reviews (
        id TEXT NOT NULL PRIMARY KEY CONSTRAINT reviews_id CHECK (length(id) = 36),
        deck TEXT NOT NULL,
        card TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        offset_minutes INTEGER NOT NULL,
        study_day TEXT NOT NULL CONSTRAINT reviews_study_day CHECK (length(study_day) = 10),
        quality INTEGER NOT NULL CONSTRAINT reviews_quality CHECK (quality BETWEEN 0 AND 5),
        elapsed_ms INTEGER,
        kind TEXT NOT NULL,
        wording INTEGER NOT NULL,
        before_repetition INTEGER,
        before_easiness INTEGER,
        before_interval INTEGER,
        before_due TEXT,
        before_last TEXT,
        before_drilling INTEGER,
        before_lapses INTEGER,
        after_repetition INTEGER,
        after_easiness INTEGER,
        after_interval INTEGER,
        after_due TEXT,
        after_last TEXT,
        after_drilling INTEGER,
        after_lapses INTEGER,
        checksum TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX reviews_by_card ON reviews (deck, card, study_day, id)",
    "CREATE INDEX reviews_by_day ON reviews (study_day, id)",
    """
    CREATE TABLE actions (
        id TEXT NOT NULL PRIMARY KEY CONSTRAINT actions_id CHECK (length(id) = 36),
        at_ms INTEGER NOT NULL,
        offset_minutes INTEGER NOT NULL,
        study_day TEXT NOT NULL CONSTRAINT actions_study_day CHECK (length(study_day) = 10),
        kind TEXT NOT NULL,
        deck TEXT,
        card TEXT,
        target TEXT,
        step TEXT NOT NULL,
        details TEXT NOT NULL,
        checksum TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX actions_by_card ON actions (deck, card, study_day, id)",
    "CREATE INDEX actions_by_target ON actions (target)",
    "CREATE INDEX actions_by_kind ON actions (kind, id)",
    """
    CREATE TABLE memories (
        deck TEXT NOT NULL,
        card TEXT NOT NULL,
        repetition INTEGER,
        easiness INTEGER,
        interval INTEGER,
        due TEXT,
        last TEXT,
        drilling INTEGER,
        lapses INTEGER,
        PRIMARY KEY (deck, card)
    ) STRICT
    """,
    """
    CREATE TABLE cards (
        deck TEXT NOT NULL,
        card TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        revision INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        retired INTEGER NOT NULL,
        PRIMARY KEY (deck, card)
    ) STRICT
    """,
    "CREATE TABLE tally (name TEXT NOT NULL PRIMARY KEY, entries INTEGER NOT NULL) STRICT",
    "INSERT INTO tally VALUES ('reviews', 0), ('actions', 0)",
    "CREATE TABLE facts (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT",
    *(
        statement
        for log in ("reviews", "actions")
        for statement in (
            f"""
            CREATE TRIGGER {log}_are_never_changed BEFORE UPDATE ON {log}
            BEGIN SELECT RAISE(ABORT, '{log} are append-only'); END
            """,
            f"""
            CREATE TRIGGER {log}_are_never_deleted BEFORE DELETE ON {log}
            BEGIN SELECT RAISE(ABORT, '{log} are append-only'); END
            """,
            f"""
            CREATE TRIGGER {log}_are_counted AFTER INSERT ON {log}
            BEGIN UPDATE tally SET entries = entries + 1 WHERE name = '{log}'; END
            """,
        )
    ),
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
