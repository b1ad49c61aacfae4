"""Connections: opened one way, with every pragma read back, and BEGIN IMMEDIATE for every write."""

from __future__ import annotations

import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from prepdeck.errors import StoreError
from prepdeck.store.faults import in_words

PATIENCE_MS: Final = 5_000
"""How long to wait for another program's lock."""
_PAUSE_SECONDS: Final = (0.0005, 0.003)
"""Shortest and longest pause between two tries for the write lock."""
OLDEST_SQLITE: Final = (3, 37, 0)
"""STRICT tables need it."""

_PRAGMAS: Final = (
    # DELETE, not WAL: a commit to a moved file fails instead of vanishing, and the file alone is the whole history.
    ("journal_mode", "delete", "delete"),
    # EXTRA also syncs the folder after the journal is gone: a grade survives power loss once it is acknowledged.
    ("synchronous", "EXTRA", 3),
    ("foreign_keys", "ON", 1),
    # REPLACE would otherwise delete log rows without firing the triggers that guard them.
    ("recursive_triggers", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("busy_timeout", str(PATIENCE_MS), PATIENCE_MS),
)
_MAC_PRAGMAS: Final = (("fullfsync", "ON", 1), ("checkpoint_fullfsync", "ON", 1))


def connect(path: Path, *, mode: str = "rw", patience_ms: int = PATIENCE_MS) -> sqlite3.Connection:
    """Open a database that exists, with every pragma set and read back.

    Args:
        path: The file; it is never created here.
        mode: `rw`, or `ro` for a look that must change nothing.
        patience_ms: How long to wait for a lock.
    """
    address = f"{path.absolute().as_uri()}?mode={mode}"
    raw = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False, timeout=patience_ms / 1000)
    try:
        set_pragmas(raw, patience_ms=patience_ms, writable=mode == "rw")
    except BaseException:
        raw.close()
        raise
    return raw


def set_pragmas(raw: sqlite3.Connection, *, patience_ms: int = PATIENCE_MS, writable: bool = True) -> None:
    """Set the pragmas every connection needs and read them back.

    Raises:
        StoreError: When one of them did not take.
    """
    for name, value, expected in _PRAGMAS + (_MAC_PRAGMAS if sys.platform == "darwin" else ()):
        if name == "journal_mode" and not writable:
            continue
        wanted: Any = patience_ms if name == "busy_timeout" else expected
        raw.execute(f"PRAGMA {name} = {patience_ms if name == 'busy_timeout' else value}").fetchall()
        found = raw.execute(f"PRAGMA {name}").fetchone()[0]
        if found != wanted:
            raise StoreError(f"SQLite keeps {name} at {found!r} instead of {wanted!r}", "run: prepdeck doctor")


def open_engine(path: Path, *, patience_ms: int = PATIENCE_MS) -> Engine:
    """Return the engine of a database that exists."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreError(
            f"this Python carries SQLite {sqlite3.sqlite_version}; prepdeck needs 3.37 or newer",
            "install a newer Python",
        )
    engine = create_engine(
        "sqlite://", creator=lambda: connect(path, patience_ms=patience_ms), poolclass=QueuePool, pool_size=2
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # pysqlite's own BEGIN is deferred: two writers that both read first would lose each other's grades.
    if connection.get_execution_options().get("prepdeck_writes", False):
        _begin_write(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_write(connection: Connection) -> None:
    """Take the write lock, asking often while another program holds it.

    SQLite's own waiting falls back to one try in 100 ms and so misses the short gaps between the grades of a busy
    neighbour: with two programs grading at full speed an answer waited up to a second, so up to a tenth.
    """
    raw = cast("sqlite3.Connection", connection.connection.dbapi_connection)
    patience_ms = raw.execute("PRAGMA busy_timeout").fetchone()[0]
    asked_ms = connection.get_execution_options().get("prepdeck_patience_ms")
    deadline = time.monotonic() + (patience_ms if asked_ms is None else asked_ms) / 1000
    raw.execute("PRAGMA busy_timeout = 0")
    try:
        while not _takes_lock(raw, is_last_try=time.monotonic() >= deadline):
            time.sleep(random.uniform(*_PAUSE_SECONDS))  # noqa: S311 - two that wait must not keep step
    finally:
        raw.execute(f"PRAGMA busy_timeout = {patience_ms}")


def _takes_lock(raw: sqlite3.Connection, *, is_last_try: bool) -> bool:
    try:
        raw.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if is_last_try or not error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise
        return False
    return True


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """Hold one snapshot for a short look; errors come in words."""
    with in_words(path), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, path: Path, *, patience_ms: int | None = None) -> Iterator[Connection]:
    """Hold the write lock for one user action: committed when the block ends, rolled back when it raises."""
    options = {"prepdeck_writes": True, "prepdeck_patience_ms": patience_ms}
    with in_words(path), engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection
