"""Copies of the database: made through SQLite, checked, and only then given their name."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from prepdeck.errors import StoreDamaged, StoreFull, StoreReadOnly, UsageError
from prepdeck.host.folders import PRIVATE_FILE, make_private_folder
from prepdeck.store import inspection
from prepdeck.store.database import connect
from prepdeck.store.faults import fault_of, in_words
from prepdeck.store.migration import revision_of, sync_file, sync_folder


@dataclass(frozen=True, slots=True)
class Copy:
    """A checked copy of the database."""

    path: Path
    """Where it lies."""
    reviews: int
    """Reviews in it."""
    size_bytes: int
    """Its size."""


def copy_database(source: Path, target: Path, *, replace: bool = False) -> Copy:
    """Copy a database that others may be writing to, check the copy, and give it its name.

    Args:
        source: A database; only read.
        target: The name of the copy; must not exist unless `replace`.
        replace: Whether a file under that name gives way.

    Raises:
        UsageError: When the target exists.
        StoreDamaged: When the copy is not whole, which means that the source is not.
        StoreError: When it cannot be read or written; nothing lies under the target's name then.
    """
    if target.exists() and not replace:
        raise UsageError(f"{target} exists already", "name another file, or move that one away")
    make_private_folder(target.parent)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        os.close(os.open(temporary, os.O_CREAT | os.O_TRUNC | os.O_RDWR, PRIVATE_FILE))
        _copy_pages(source, temporary)
        faults = inspection.faults_in(temporary)
        if faults:
            raise StoreDamaged(f"the copy of {source} is not whole ({faults[0]})", "run: prepdeck doctor")
        reviews, _ = inspection.count_entries(temporary)
        sync_file(temporary)
        temporary.replace(target)
        sync_folder(target.parent)
        return Copy(target, reviews, target.stat().st_size)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StoreFull(f"the disk of {target} is full; no copy was made", "make room, then try again") from error
        raise StoreReadOnly(
            f"{target} cannot be written: {error.strerror}", "check the folder's permissions"
        ) from error
    finally:
        for name in (temporary, temporary.with_name(temporary.name + "-journal")):
            name.unlink(missing_ok=True)


def _copy_pages(source: Path, target: Path) -> None:
    with in_words(source):
        reader = connect(source, mode="ro")
    with closing(reader), closing(sqlite3.connect(target, isolation_level=None)) as writer:
        try:
            writer.execute("PRAGMA synchronous = OFF")  # the file is synced before it gets its name
            reader.backup(writer)
        except sqlite3.Error as error:
            name = getattr(error, "sqlite_errorname", None) or ""
            about_source = name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_BUSY", "SQLITE_LOCKED"))
            raise fault_of(error, source if about_source else target) from error


def copy_before_upgrade(path: Path, backups: Path, stamp: str) -> Path:
    """Keep a checked copy of a database that is about to be upgraded; return where."""
    target = backups / f"prepdeck-before-{revision_of(path)}-upgrade-{stamp}.db"
    return copy_database(path, target, replace=True).path


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did."""

    path: Path
    """The database."""
    reviews: int
    """Reviews in it now."""
    kept_as: Path | None
    """Where the database of before lies; None when there was none."""


def restore_database(copy: Path, path: Path, backups: Path, stamp: str) -> Restored:
    """Put a copy in the place of the database, which is kept under another name.

    Raises:
        UsageError: When the copy does not exist or is the database itself.
        StoreError: When the copy is not whole or newer, or another program holds the database; nothing is changed.
    """
    if not copy.is_file():
        raise UsageError(f"{copy} is not a file", "prepdeck paths shows where backups lie")
    if path.exists() and copy.samefile(path):
        raise UsageError(f"{copy} is the database itself", "name a backup")
    inspection.check_file(copy)
    inspection.check_revision(copy, revision_of(copy))
    incoming = path.with_name(f"{path.name}.incoming-{os.getpid()}")
    try:
        fresh = copy_database(copy, incoming, replace=True)
        is_whole = _looks_whole(path)
        # Held until the file is replaced: a grade stored in between would be in neither of the two. Nothing may open
        # the file except through SQLite meanwhile, for closing any other handle on it would drop the lock.
        with _write_lock(path if is_whole else None):
            kept_as = _set_aside(path, backups, stamp, is_whole=is_whole)
            for leftover in ("-journal", "-wal", "-shm"):
                path.with_name(path.name + leftover).unlink(missing_ok=True)
            incoming.replace(path)
            sync_folder(path.parent)
    finally:
        incoming.unlink(missing_ok=True)
    return Restored(path, fresh.reviews, kept_as)


def _looks_whole(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        inspection.check_file(path)
    except StoreDamaged:
        return False
    return True


@contextmanager
def _write_lock(path: Path | None) -> Iterator[None]:
    """Keep every other program from writing to a database; None locks nothing.

    Raises:
        StoreLocked: When another program holds it and does not let go.
    """
    raw = None
    try:
        if path is not None:
            with in_words(path):
                raw = connect(path)
                raw.execute("BEGIN IMMEDIATE")
        yield
    finally:
        if raw is not None:
            raw.close()


def _set_aside(path: Path, backups: Path, stamp: str, *, is_whole: bool) -> Path | None:
    if not path.exists():
        return None
    make_private_folder(backups)
    broken = _free_name(backups / f"prepdeck-damaged-{stamp}.db.broken")
    if not is_whole:
        return _keep_broken(path, broken)
    try:
        return copy_database(path, _free_name(backups / f"prepdeck-before-restore-{stamp}.db")).path
    except StoreDamaged:
        return _keep_broken(path, broken)


def _keep_broken(path: Path, aside: Path) -> Path:
    try:
        shutil.copy2(path, aside)
        aside.chmod(PRIVATE_FILE)
        journal = path.with_name(path.name + "-journal")
        if journal.exists():
            shutil.copy2(journal, aside.with_name(aside.name + "-journal"))
    except OSError as error:
        raise StoreFull(f"{path} cannot be kept as {aside}: {error.strerror}", "make room, then try again") from error
    return aside


def _free_name(path: Path) -> Path:
    candidate = path
    number = 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.name.removesuffix(path.suffix)}-{number}{path.suffix}")
    return candidate
