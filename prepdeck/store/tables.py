"""The tables, as the newest migration leaves them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from prepdeck.store.schema import MEMORY_FIELDS

metadata: Final = MetaData()
"""All tables."""


def _memory_columns(prefix: str) -> list[Column[object]]:
    kinds = {"due": Text, "last": Text}
    return [Column(f"{prefix}{name}", kinds.get(name, Integer)()) for name in MEMORY_FIELDS]


reviews: Final = Table(
    "reviews",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),
    Column("deck", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("offset_minutes", Integer, nullable=False),
    Column("study_day", Text, nullable=False),
    Column("quality", Integer, nullable=False),
    Column("elapsed_ms", Integer),
    Column("kind", Text, nullable=False),
    Column("wording", Integer, nullable=False),
    *_memory_columns("before_"),
    *_memory_columns("after_"),
    Column("checksum", Text, nullable=False),
    CheckConstraint("length(id) = 36", name="reviews_id"),
    CheckConstraint("quality BETWEEN 0 AND 5", name="reviews_quality"),
    CheckConstraint("length(study_day) = 10", name="reviews_study_day"),
    Index("reviews_by_card", "deck", "card", "study_day", "id"),
    Index("reviews_by_day", "study_day", "id"),
    sqlite_strict=True,
)
"""The log of answers; append-only."""

actions: Final = Table(
    "actions",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("offset_minutes", Integer, nullable=False),
    Column("study_day", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("deck", Text),
    Column("card", Text),
    Column("target", Text),
    Column("step", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("checksum", Text, nullable=False),
    CheckConstraint("length(id) = 36", name="actions_id"),
    CheckConstraint("length(study_day) = 10", name="actions_study_day"),
    Index("actions_by_card", "deck", "card", "study_day", "id"),
    Index("actions_by_target", "target"),
    Index("actions_by_kind", "kind", "id"),
    Index("actions_by_day", "study_day", "id"),
    sqlite_strict=True,
)
"""The log of everything else a learner or a deck did; append-only. `undo` names the entry it takes back as target."""

memories: Final = Table(
    "memories",
    metadata,
    Column("deck", Text, primary_key=True, nullable=False),
    Column("card", Text, primary_key=True, nullable=False),
    *_memory_columns(""),
    Index("memories_by_due", "due"),
    Index("memories_in_drill", "last", sqlite_where=text("drilling = 1")),
    sqlite_strict=True,
)
"""What follows from the two logs for each learned card: a cache that `rebuild` derives again."""

handlings: Final = Table(
    "handlings",
    metadata,
    Column("deck", Text, primary_key=True, nullable=False),
    Column("card", Text, primary_key=True, nullable=False),
    Column("suspended", Integer, nullable=False),
    Column("buried_on", Text),
    Column("flagged", Integer, nullable=False),
    Column("note", Text, nullable=False),
    sqlite_strict=True,
)
"""What follows from the log of actions for each card that something was done to: a cache as the memories are."""

deck_files: Final = Table(
    "deck_files",
    metadata,
    Column("path", Text, primary_key=True, nullable=False),
    Column("stamp", Text, nullable=False),
    Column("checked_ns", Integer, nullable=False),
    Column("content", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("deck", Text),
    Column("held", Integer, nullable=False),
    Column("header", Text, nullable=False),
    Column("cards", Integer, nullable=False),
    Column("errors", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("problem", Text),
    Index("deck_files_held", "deck", unique=True, sqlite_where=text("held = 1")),
    sqlite_strict=True,
)
"""Every file last read as a deck, so that an unchanged one is not read again; a held one gave the cards of its deck."""

cards: Final = Table(
    "cards",
    metadata,
    Column("number", Integer, primary_key=True, nullable=False),
    Column("deck", Text, nullable=False),
    Column("card", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("retired", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("line", Integer, nullable=False),
    Column("topic", Text),
    Column("level", Integer),
    Column("ask", Text),
    Column("weight", Integer, nullable=False),
    Column("seconds", Integer),
    Column("tags", Text, nullable=False),
    Column("was", Text, nullable=False),
    UniqueConstraint("deck", "card", name="cards_name"),
    Index("cards_in_order", "deck", "position", sqlite_where=text("retired = 0")),
    Index("cards_unseen", "deck", "position", sqlite_where=text("retired = 0 AND seen = 0")),
    Index("cards_renamed", "deck", sqlite_where=text("was != ''")),
    sqlite_strict=True,
)
"""Every card ever met in a deck, as it last stood there; a retired one stands in no deck any more."""

entries: Final = Table(
    "entries",
    metadata,
    Column("number", Integer, primary_key=True, nullable=False),
    Column("source", Text, nullable=False),
    sqlite_strict=True,
)
"""The YAML of each card, so that one card can be read again without its file."""

card_tags: Final = Table(
    "card_tags",
    metadata,
    Column("tag", Text, primary_key=True, nullable=False),
    Column("number", Integer, primary_key=True, nullable=False),
    Index("card_tags_by_card", "number"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""The labels of each card: a search for a tag finds that tag alone."""

mocks: Final = Table(
    "mocks",
    metadata,
    Column("id", Text, primary_key=True, nullable=False),
    Column("began_ms", Integer, nullable=False),
    Column("offset_minutes", Integer, nullable=False),
    Column("study_day", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("is_loop", Integer, nullable=False),
    Column("loop", Text, ForeignKey("mocks.id")),
    Column("leg", Integer),
    Column("cards", Text, nullable=False),
    Column("terms", Text, nullable=False),
    Column("blueprint", Text, nullable=False),
    Column("rubric", Text),
    Column("questions", Text, nullable=False),
    Column("checksum", Text, nullable=False),
    CheckConstraint("length(id) = 36", name="mocks_id"),
    CheckConstraint("length(study_day) = 10", name="mocks_study_day"),
    Index("mocks_by_loop", "loop", "id", sqlite_where=text("loop IS NOT NULL")),
    sqlite_strict=True,
)
"""How each mock and each loop of mocks began; append-only. What it is made of stands in it as it was then."""

mock_events: Final = Table(
    "mock_events",
    metadata,
    Column("mock", Text, ForeignKey("mocks.id"), primary_key=True, nullable=False),
    Column("number", Integer, primary_key=True, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("written_ms", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("checksum", Text, nullable=False),
    Index("mock_events_by_kind", "kind", "mock", "number"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""What happened in each mock, writing apart; append-only. `at_ms` is true time since it began."""

mock_sheets: Final = Table(
    "mock_sheets",
    metadata,
    Column("mock", Text, ForeignKey("mocks.id"), primary_key=True, nullable=False),
    Column("sheet", Text, primary_key=True, nullable=False),
    Column("stop", Integer, primary_key=True, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at_ms", Integer, nullable=False),
    Column("checksum", Text, nullable=False),
    Column("text", Text, nullable=False),
    Index("mock_sheets_in_order", "mock", "number", unique=True),
    sqlite_strict=True,
)
"""What stood on each sheet of a mock when the candidate left a stop; never deleted. `number` runs with the events."""

mock_beats: Final = Table(
    "mock_beats",
    metadata,
    Column("mock", Text, ForeignKey("mocks.id"), primary_key=True, nullable=False),
    Column("wall_ms", Integer, nullable=False),
    Column("offset_minutes", Integer, nullable=False),
    Column("monotonic_ms", Integer, nullable=False),
    Column("boot_ms", Integer, nullable=False),
    Column("boot", Text, nullable=False),
    Column("seen_ms", Integer, nullable=False),
    sqlite_strict=True,
)
"""The last sign of life of each mock: what the clocks showed, and the true time since it began."""

tally: Final = Table(
    "tally",
    metadata,
    Column("name", Text, primary_key=True, nullable=False),
    Column("entries", Integer, nullable=False),
    sqlite_strict=True,
)
"""How many rows each log holds, counted by triggers: a lost row shows."""

facts: Final = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
    sqlite_strict=True,
)
"""Small facts about this database."""
