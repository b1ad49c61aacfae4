"""What the file itself says of the schema; light, so that a glance at the database needs no SQLAlchemy."""

from __future__ import annotations

from typing import Final

HEAD_REVISION: Final = "0004"
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
MOCK_TRIGGERS: Final = (
    "mocks_are_never_changed",
    "mock_events_are_never_changed",
    "mocks_are_never_deleted",
    "mock_events_are_never_deleted",
    "mock_sheets_are_never_deleted",
    "mocks_are_counted",
    "mock_events_are_counted",
    "mock_sheets_are_counted",
)
"""Triggers that guard the mocks, since revision 0004."""
MOCK_TABLES: Final = {"mocks": "id", "mock_events": "mock, number", "mock_sheets": "mock, sheet, stop"}
"""What may not be lost of mocks, with the columns that name a row; since revision 0004."""
CACHES: Final = {"memories": "0001", "handlings": "0003", "mock_beats": "0004"}
"""Tables without which the logs are still whole, with the revision that brought each."""
SEARCH_TABLE: Final = "words"
"""The full-text index; SQLite keeps it in tables whose names begin with it and an underscore."""

MEMORY_FIELDS: Final = ("repetition", "easiness", "interval", "due", "last", "drilling", "lapses")
"""Columns of a learned memory; all NULL for an unseen one."""
