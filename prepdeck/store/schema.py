"""What the file itself says of the schema; light, so that a glance at the database needs no SQLAlchemy."""

from __future__ import annotations

from typing import Final

HEAD_REVISION: Final = "0003"
"""The newest migration; a test keeps it equal to the folder `migrations`."""
APPLICATION_ID: Final = 0x70726564
"""`pred` in ASCII, in the file's header: tells our database from any other SQLite file."""

TRIGGERS: Final = (
    "reviews_are_never_changed",
    "reviews_are_never_deleted",
    "reviews_are_counted",
    "actions_are_never_changed",
    "actions_are_never_deleted",
    "actions_are_counted",
)
"""Every trigger that guards the two logs."""
CARD_TRIGGERS: Final = ("memories_make_cards_seen", "memories_make_cards_unseen")
"""Triggers that tell which cards were answered, since revision 0002."""
CACHES: Final = {"memories": "0001", "handlings": "0003"}
"""Tables that follow from the two logs, with the revision that brought each."""
SEARCH_TABLE: Final = "words"
"""The full-text index; SQLite keeps it in tables whose names begin with it and an underscore."""

MEMORY_FIELDS: Final = ("repetition", "easiness", "interval", "due", "last", "drilling", "lapses")
"""Columns of a learned memory; all NULL for an unseen one."""
