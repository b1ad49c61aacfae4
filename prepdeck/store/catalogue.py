"""Small facts about the database, within one open transaction."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from prepdeck.store.tables import facts


class Catalogue:
    """Small facts about the database by name.

    Args:
        connection: An open transaction; writing needs one that began IMMEDIATE.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def fact(self, name: str) -> str | None:
        """Return a small fact, or None."""
        value: str | None = self._connection.execute(select(facts.c.value).where(facts.c.name == name)).scalar()
        return value

    def keep_fact(self, name: str, value: str) -> None:
        """Keep a small fact."""
        statement = insert(facts).values(name=name, value=value)
        upsert = statement.on_conflict_do_update(index_elements=[facts.c.name], set_={"value": value})
        self._connection.execute(upsert)
