"""What learners did to cards apart from answering them: a cache beside the memories.

It follows from the log of actions, which this leaves alone. Never edited after release. There is no downgrade: an older
program gets the backup that was made before the upgrade.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = (
    """
    CREATE TABLE handlings (
        deck TEXT NOT NULL,
        card TEXT NOT NULL,
        suspended INTEGER NOT NULL,
        buried_on TEXT,
        flagged INTEGER NOT NULL,
        note TEXT NOT NULL,
        PRIMARY KEY (deck, card)
    ) STRICT
    """,
    "CREATE INDEX actions_by_day ON actions (study_day, id)",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
