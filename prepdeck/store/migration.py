"""The database's history: making a new one, upgrading an old one, refusing a newer one."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection, event, text
from sqlalchemy.engine import Engine, create_engine
from sqlalchemy.pool import NullPool

from prepdeck.errors import StoreDamaged, StoreFull, StoreReadOnly
from prepdeck.host.bundled import bundled_folder
from prepdeck.host.folders import PRIVATE_FILE
from prepdeck.store.database import connect
from prepdeck.store.faults import in_words
from prepdeck.store.schema import CARD_TRIGGERS, MOCK_TABLES, MOCK_TRIGGERS, TRIGGERS

COUNTED_LOGS = ("reviews", "actions", *MOCK_TABLES)
"""Tables whose rows no migration may lose."""


def create_database(path: Path, *, migrations: Path | None = None) -> None:
    """Make an empty database under its final name, whole or not at all.

    It is built beside under another name, so that a program killed half-way leaves no file that could be taken for an
    empty history. When another program made it meanwhile, that one stays.
    """
    temporary = path.with_name(f"{path.name}.new-{os.getpid()}")
    for old in path.parent.glob(f"{path.name}.new-*"):
        if _is_left_over(old):
            old.unlink(missing_ok=True)
    try:
        temporary.unlink(missing_ok=True)
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE_FILE))
        _migrate(temporary, migrations)
        sync_file(temporary)
        _put_in_place(temporary, path)
        sync_folder(path.parent)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise StoreFull(f"the disk of {path} is full; no database was made", "make room, then try again") from error
        raise StoreReadOnly(
            f"the database {path} cannot be made: {error.strerror}",
            "check the folder's permissions and the disk's room",
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
        temporary.with_name(temporary.name + "-journal").unlink(missing_ok=True)


def _put_in_place(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)  # fails where a file stands, which rename would replace
    except FileExistsError:
        return
    except OSError:  # a file system without hard links
        if not path.exists():
            temporary.rename(path)


def _is_left_over(temporary: Path) -> bool:
    """Tell whether the program that made a file has ended; SQLite's journal beside it bears its maker's number too."""
    maker = temporary.name.removesuffix("-journal").rsplit("-", 1)[1]
    try:
        os.kill(int(maker), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return True
    except OSError:
        return False
    return False


def upgrade_database(path: Path, *, migrations: Path | None = None) -> None:
    """Bring a database to the newest revision in one transaction.

    Raises:
        StoreDamaged: When a migration lost rows, a trigger or a reference; nothing is changed then.
    """
    _migrate(path, migrations)


def revision_of(path: Path) -> str | None:
    """Return the revision a database file stands at, or None when it has none; changes nothing."""
    with in_words(path), closing(connect(path, mode="ro")) as raw:
        try:
            row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return None
            raise
    return None if row is None else str(row[0])


def _migrate(path: Path, migrations: Path | None) -> None:
    # Alembic costs 80 ms: it is imported only when the schema is not current.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations or bundled_folder("migrations")).replace("%", "%%"))
    engine = _migration_engine(path)
    try:
        with in_words(path), engine.begin() as connection:
            before = _count_logs(connection)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
            _check_nothing_lost(connection, before, path)
    finally:
        engine.dispose()


def _migration_engine(path: Path) -> Engine:
    def creator() -> sqlite3.Connection:
        raw = connect(path)
        # A rebuilt parent table would cascade into its children. Inside a transaction this pragma does nothing.
        raw.execute("PRAGMA foreign_keys = OFF")
        return raw

    engine = create_engine("sqlite://", creator=creator, poolclass=NullPool)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _count_logs(connection: Connection) -> dict[str, int]:
    present = {row[0] for row in connection.execute(text("SELECT name FROM sqlite_schema WHERE type = 'table'"))}
    return {
        log: connection.execute(text(f"SELECT count(*) FROM {log}")).scalar_one()
        for log in COUNTED_LOGS
        if log in present
    }


def _check_nothing_lost(connection: Connection, before: dict[str, int], path: Path) -> None:
    after = _count_logs(connection)
    lost = [log for log, count in before.items() if after.get(log) != count]
    triggers = {row[0] for row in connection.execute(text("SELECT name FROM sqlite_schema WHERE type = 'trigger'"))}
    missing = [name for name in (*TRIGGERS, *CARD_TRIGGERS, *MOCK_TRIGGERS) if name not in triggers]
    dangling = connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    if lost or missing or dangling:
        what = ", ".join([*lost, *missing, *(str(row[0]) for row in dangling)])
        raise StoreDamaged(f"the upgrade of {path} would lose something ({what}); nothing was changed", "report this")


def sync_file(path: Path) -> None:
    """Make sure that a file's content is on the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make sure that a folder's names are on the disk, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
