"""Mock interviews: how each began, the append-only list of what happened in it, and what was written on its sheets.

The format, the rubric and the questions stand in a mock as they were when it began. Never edited after release. There
is no downgrade: an older program gets the backup that was made before the upgrade.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE mocks (
        id TEXT NOT NULL PRIMARY KEY CONSTRAINT mocks_id CHECK (length(id) = 36),
        began_ms INTEGER NOT NULL,
        offset_minutes INTEGER NOT NULL,
        study_day TEXT NOT NULL CONSTRAINT mocks_study_day CHECK (length(study_day) = 10),
        format TEXT NOT NULL,
        title TEXT NOT NULL,
        is_loop INTEGER NOT NULL,
        loop TEXT REFERENCES mocks (id),
        leg INTEGER,
        cards TEXT NOT NULL,
        terms TEXT NOT NULL,
        blueprint TEXT NOT NULL,
        rubric TEXT,
        questions TEXT NOT NULL,
        checksum TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX mocks_by_loop ON mocks (loop, id) WHERE loop IS NOT NULL",
    """
    CREATE TABLE mock_events (
        mock TEXT NOT NULL REFERENCES mocks (id),
        number INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        written_ms INTEGER NOT NULL,
        kind TEXT NOT NULL,
        details TEXT NOT NULL,
        checksum TEXT NOT NULL,
        PRIMARY KEY (mock, number)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX mock_events_by_kind ON mock_events (kind, mock, number)",
    """
    CREATE TABLE mock_sheets (
        mock TEXT NOT NULL REFERENCES mocks (id),
        sheet TEXT NOT NULL,
        stop INTEGER NOT NULL,
        number INTEGER NOT NULL,
        at_ms INTEGER NOT NULL,
        checksum TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (mock, sheet, stop)
    ) STRICT
    """,
    "CREATE UNIQUE INDEX mock_sheets_in_order ON mock_sheets (mock, number)",
    """
    CREATE TABLE mock_beats (
        mock TEXT NOT NULL PRIMARY KEY REFERENCES mocks (id),
        wall_ms INTEGER NOT NULL,
        offset_minutes INTEGER NOT NULL,
        monotonic_ms INTEGER NOT NULL,
        boot_ms INTEGER NOT NULL,
        boot TEXT NOT NULL,
        seen_ms INTEGER NOT NULL
    ) STRICT
    """,
    "INSERT INTO tally VALUES ('mocks', 0), ('mock_events', 0), ('mock_sheets', 0)",
    *(
        f"""
        CREATE TRIGGER {log}_are_never_changed BEFORE UPDATE ON {log}
        BEGIN SELECT RAISE(ABORT, '{log} are append-only'); END
        """
        for log in ("mocks", "mock_events")
    ),
    *(
        statement
        for log in ("mocks", "mock_events", "mock_sheets")
        for statement in (
            f"""
            CREATE TRIGGER {log}_are_never_deleted BEFORE DELETE ON {log}
            BEGIN SELECT RAISE(ABORT, '{log} are never deleted'); END
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
