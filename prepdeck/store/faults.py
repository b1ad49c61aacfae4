"""SQLite's errors in words a learner can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from prepdeck.errors import (
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreMoved,
    StoreReadOnly,
)


@contextmanager
def in_words(path: Path) -> Iterator[None]:
    """Turn errors of SQLite about the database at `path` into a StoreError."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise fault_of(error.orig, path) from error
        raise
    except sqlite3.Error as error:
        raise fault_of(error, path) from error


def fault_of(error: sqlite3.Error, path: Path) -> StoreError:
    """Return what an error of SQLite means for the learner."""
    name = getattr(error, "sqlite_errorname", None) or ""
    text = str(error)
    if name == "SQLITE_READONLY_DBMOVED":
        return StoreMoved(
            f"the database {path} was moved, replaced or deleted while prepdeck had it open; nothing was stored",
            "put the file back and start prepdeck again",
        )
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreLocked(
            f"another program holds the database {path}; nothing was stored",
            "close the other program, then try again",
        )
    if name.startswith("SQLITE_FULL"):
        return StoreFull(f"the disk of {path} is full; nothing was stored", "make room, then try again")
    if name.startswith("SQLITE_READONLY"):
        return StoreReadOnly(
            f"the database {path} or its folder cannot be written; nothing was stored",
            "check the permissions of the file and its folder",
        )
    if name.startswith("SQLITE_CANTOPEN"):
        return StoreReadOnly(
            f"the database {path} cannot be opened or its folder cannot be written",
            "check that the folder exists and that you may write in it",
        )
    if name == "SQLITE_CORRUPT_VTAB":
        return StoreDamaged(
            f"the search index in {path} is damaged; reviews and cards are not, and nothing was stored",
            "run: prepdeck rebuild",
        )
    if "no such module: fts5" in text:
        return StoreError(
            "this Python's SQLite has no full-text search (FTS5), which prepdeck needs; nothing was stored",
            "install a Python whose sqlite3 module was built with it",
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "malformed" in text:
        return damaged(path, text)
    if name.startswith("SQLITE_IOERR"):
        return StoreFull(
            f"the disk of {path} refused to read or write ({text}); nothing was stored",
            "check the disk and the room left on it, then try again",
        )
    return StoreError(f"the database {path} cannot be used: {text}", "run: prepdeck doctor")


def damaged(path: Path, why: str) -> StoreDamaged:
    """Return the error for a database that is not whole; names the newest backup where there is one."""
    newest = newest_backup(path)
    next_step = f"run: prepdeck restore {newest}" if newest else "run: prepdeck doctor"
    return StoreDamaged(f"the database {path} is damaged ({why}); it was left as it is", next_step)


def newest_backup(path: Path) -> Path | None:
    """Return the newest backup beside a database, or None."""
    try:
        copies = sorted((path.parent / "backups").glob("*.db"), key=lambda copy: copy.stat().st_mtime)
    except OSError:
        return None
    return copies[-1] if copies else None
