"""The database of one learner, opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from copy import copy
from pathlib import Path
from threading import RLock

from sqlalchemy import Engine

from prepdeck.host.folders import make_private_folder
from prepdeck.scheduling.scheduler import SM2, Scheduler
from prepdeck.store import inspection
from prepdeck.store.copies import copy_before_upgrade
from prepdeck.store.database import PATIENCE_MS, open_engine, reading, writing
from prepdeck.store.faults import damaged, newest_backup
from prepdeck.store.logbook import Logbook
from prepdeck.store.migration import create_database, revision_of, upgrade_database


class Store:
    """The database of one learner: short looks and one transaction per user action.

    Args:
        path: The file.
        engine: Its connections.
        notes: What happened while it was opened, in sentences.
    """

    def __init__(self, path: Path, engine: Engine, notes: tuple[str, ...] = ()) -> None:
        self.path = path
        """The file."""
        self.notes = notes
        """What happened while it was opened."""
        self.scheduler: Scheduler = SM2
        """What decides when a card comes back; the kept memories follow it."""
        self._engine = engine
        self._turn = RLock()
        self._is_lent = False

    def lend(self) -> Store:
        """Return the same database for long looks from another thread: a write of this program waits for each to end.

        A commit waits for every reader, and keeps new ones out meanwhile. A look that opens a second one within the
        first would then wait for the commit, and the commit for it.
        """
        lent = copy(self)
        lent._is_lent = True  # noqa: SLF001 - its own copy
        return lent

    @contextmanager
    def reading(self) -> Iterator[Logbook]:
        """Hold one snapshot for a short look."""
        turn = self._turn if self._is_lent else nullcontext()
        with turn, reading(self._engine, self.path) as connection:
            yield Logbook(connection, self.scheduler)

    @contextmanager
    def writing(self, *, patience_ms: int | None = None) -> Iterator[Logbook]:
        """Hold the write lock for one user action; committed when the block ends, rolled back when it raises.

        Args:
            patience_ms: How long to wait for another program's lock; None for as long as this store waits.
        """
        with self._turn, writing(self._engine, self.path, patience_ms=patience_ms) as connection:
            yield Logbook(connection, self.scheduler)

    def close(self) -> None:
        """Close every connection; nothing waits to be saved."""
        self._engine.dispose()


def open_store(
    path: Path, backups: Path, *, stamp: str, patience_ms: int = PATIENCE_MS, migrations: Path | None = None
) -> Store:
    """Open the database, making or upgrading it as needed.

    Args:
        path: The file; made when it does not exist.
        backups: Where the copy before an upgrade goes.
        stamp: The moment as text for names of copies.
        patience_ms: How long to wait for another program's lock.
        migrations: Another folder of migrations, for tests.

    Raises:
        StoreError: When it cannot be used; it is left as it is.
    """
    notes: list[str] = []
    if not path.exists():
        copy = newest_backup(path)
        if copy is not None:
            notes.append(
                f"{path} was missing, a new one was made; the newest backup is {copy} (prepdeck restore {copy})"
            )
        make_private_folder(path.parent)
        create_database(path, migrations=migrations)
    inspection.check_file(path)
    was_cut_off = inspection.has_journal(path)
    engine = open_engine(path, patience_ms=patience_ms)
    try:
        if was_cut_off:
            _recover(path, engine)
        if not inspection.check_revision(path, revision_of(path)) or migrations is not None:
            copy = copy_before_upgrade(path, backups, stamp)
            upgrade_database(path, migrations=migrations)
            notes.append(f"the database was upgraded; a copy of before is {copy}")
    except BaseException:
        engine.dispose()
        raise
    return Store(path, engine, tuple(notes))


def _recover(path: Path, engine: Engine) -> None:
    """Let SQLite roll a cut-off transaction back, then look at everything once."""
    with reading(engine, path) as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema")
    if inspection.has_journal(path):
        return  # another program is writing right now: nothing was cut off
    faults = inspection.faults_in(path)
    if faults:
        raise damaged(path, faults[0])
