"""The decks last taken in, so that unchanged files are not read again, and a full-text index over their cards.

Everything here follows from deck files and from the two logs, which it leaves alone. Never edited after release. There
is no downgrade: an older program gets the backup that was made before the upgrade.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE deck_files (
        path TEXT NOT NULL PRIMARY KEY,
        stamp TEXT NOT NULL,
        checked_ns INTEGER NOT NULL,
        content TEXT NOT NULL,
        reader TEXT NOT NULL,
        deck TEXT,
        held INTEGER NOT NULL,
        header TEXT NOT NULL,
        cards INTEGER NOT NULL,
        errors INTEGER NOT NULL,
        warnings INTEGER NOT NULL,
        problem TEXT
    ) STRICT
    """,
    "CREATE UNIQUE INDEX deck_files_held ON deck_files (deck) WHERE held = 1",
    "ALTER TABLE cards RENAME TO cards_of_0001",
    """
    CREATE TABLE cards (
        number INTEGER NOT NULL PRIMARY KEY,
        deck TEXT NOT NULL,
        card TEXT NOT NULL,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        revision INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        retired INTEGER NOT NULL,
        seen INTEGER NOT NULL,
        position INTEGER NOT NULL,
        line INTEGER NOT NULL,
        topic TEXT,
        level INTEGER,
        ask TEXT,
        weight INTEGER NOT NULL,
        seconds INTEGER,
        tags TEXT NOT NULL,
        was TEXT NOT NULL,
        CONSTRAINT cards_name UNIQUE (deck, card)
    ) STRICT
    """,
    """
    INSERT INTO cards (deck, card, kind, title, revision, fingerprint, retired, seen, position, line, weight, tags, was)
    SELECT deck, card, kind, title, revision, fingerprint, retired,
        EXISTS (SELECT 1 FROM memories WHERE memories.deck = old.deck AND memories.card = old.card),
        0, 1, 2, '[]', ''
    FROM cards_of_0001 AS old ORDER BY deck, card
    """,
    "DROP TABLE cards_of_0001",
    "CREATE INDEX cards_in_order ON cards (deck, position) WHERE retired = 0",
    "CREATE INDEX cards_unseen ON cards (deck, position) WHERE retired = 0 AND seen = 0",
    "CREATE INDEX cards_renamed ON cards (deck) WHERE was != ''",
    "CREATE TABLE entries (number INTEGER NOT NULL PRIMARY KEY, source TEXT NOT NULL) STRICT",
    """
    CREATE TABLE card_tags (
        tag TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (tag, number)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX card_tags_by_card ON card_tags (number)",
    """
    CREATE VIRTUAL TABLE words USING fts5 (
        title, body, name, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    "INSERT INTO words (rowid, title, body, name) SELECT number, title, '', deck || ' ' || card FROM cards",
    "CREATE INDEX memories_by_due ON memories (due)",
    "CREATE INDEX memories_in_drill ON memories (last) WHERE drilling = 1",
    """
    CREATE TRIGGER memories_make_cards_seen AFTER INSERT ON memories
    BEGIN UPDATE cards SET seen = 1 WHERE deck = NEW.deck AND card = NEW.card; END
    """,
    """
    CREATE TRIGGER memories_make_cards_unseen AFTER DELETE ON memories
    BEGIN UPDATE cards SET seen = 0 WHERE deck = OLD.deck AND card = OLD.card; END
    """,
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
