"""SQL cards: the tables of the fixture in memory, one query, its rows."""

from __future__ import annotations

import json
import sqlite3
from typing import Any, Final

MOST_ROWS: Final = 100_000
"""Rows that are read; a query that joins everything with everything has more."""
REFUSED: Final = frozenset({
    sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_PRAGMA, sqlite3.SQLITE_TRANSACTION,
    sqlite3.SQLITE_SAVEPOINT,
})  # fmt: skip
"""What a query may not do; attaching would open a file, and so would VACUUM INTO, which attaches."""


class QueryRefused(Exception):
    """The query wants what a card's query may not do."""


def open_tables(fixture: str) -> sqlite3.Connection:
    """Return the tables of a fixture, in memory.

    Raises:
        sqlite3.Error: When SQLite cannot run it.
    """

    def allow(action: int, *_: str | None) -> int:
        return sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_ATTACH else sqlite3.SQLITE_OK

    tables = sqlite3.connect(":memory:", isolation_level=None)
    tables.set_authorizer(allow)
    tables.executescript(fixture)
    return tables


def change_tables(tables: sqlite3.Connection, case: dict[str, Any]) -> None:
    """Run the scripts of a case.

    Raises:
        sqlite3.Error: When SQLite cannot run them.
    """
    scripts = json.loads(case["given"])
    for script in scripts if isinstance(scripts, list) else [scripts]:
        if script:
            tables.executescript(script)


def rows_of(tables: sqlite3.Connection, query: str) -> list[list[Any]]:
    """Return the rows of one query.

    Raises:
        sqlite3.Error: When SQLite cannot run it.
        QueryRefused: When it is none, more than one, or does what is refused.
    """
    refused: list[str] = []

    def allow(action: int, *names: str | None) -> int:
        if action in REFUSED or (action == sqlite3.SQLITE_FUNCTION and "load_extension" in names):
            refused.append("opening files, settings and transactions are not part of a query")
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    tables.set_authorizer(allow)
    try:
        cursor = tables.execute(query)
        rows = [list(row) for row in cursor.fetchmany(MOST_ROWS)]
    except sqlite3.DatabaseError as error:
        if refused:
            raise QueryRefused(refused[0]) from error
        raise
    except (sqlite3.Warning, ValueError) as error:  # 3.11 warns of a second statement
        raise QueryRefused(str(error)) from error
    if cursor.description is None:
        raise QueryRefused("this statement gives no rows")
    return rows
