"""Looking at a database without trusting it: is it ours, is it whole, does the log still say what it said?"""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from prepdeck.errors import StoreDamaged, StoreError, StoreNewer, StoreReadOnly
from prepdeck.store.database import connect
from prepdeck.store.faults import damaged, fault_of
from prepdeck.store.mapping import ACTION_COLUMNS, MOCK_COLUMNS, REVIEW_COLUMNS, checksum_of
from prepdeck.store.schema import (
    APPLICATION_ID,
    CACHES,
    CARD_TRIGGERS,
    HEAD_REVISION,
    MOCK_TABLES,
    MOCK_TRIGGERS,
    SEARCH_TABLE,
    TRIGGERS,
)

MAGIC: Final = b"SQLite format 3\x00"
"""How every SQLite file begins."""
HEADER_BYTES: Final = 100
"""Size of SQLite's file header."""
MOCKS_SINCE: Final = "0004"
"""The revision that brought mocks."""


@dataclass(frozen=True, slots=True)
class Header:
    """What the first bytes of a database say."""

    page_bytes: int
    """Size of a page."""
    pages: int
    """How many pages the file should hold; 0 when it does not say."""
    application_id: int
    """Whose database it is."""


def read_header(path: Path) -> Header:
    """Return the header of a database file, read as bytes so that nothing is changed.

    Raises:
        StoreDamaged: When it is no SQLite database, or too short to be one.
        StoreReadOnly: When it cannot be read.
    """
    try:
        if not path.is_file():
            raise damaged(path, "it is not a file")
        with path.open("rb") as file:
            head = file.read(HEADER_BYTES)
    except OSError as error:
        raise StoreReadOnly(f"the database {path} cannot be read: {error.strerror}", "check its permissions") from error
    if len(head) < HEADER_BYTES:
        raise damaged(path, f"it holds {len(head)} bytes")
    if not head.startswith(MAGIC):
        raise damaged(path, "it is not a SQLite database")
    page_bytes = struct.unpack(">H", head[16:18])[0]
    return Header(
        page_bytes=65_536 if page_bytes == 1 else page_bytes,
        pages=struct.unpack(">I", head[28:32])[0],
        application_id=struct.unpack(">I", head[68:72])[0],
    )


def check_file(path: Path) -> None:
    """Make sure that a file is a prepdeck database as long as it says.

    Raises:
        StoreDamaged: When it is empty, short, or of another program.
    """
    header = read_header(path)
    if header.application_id != APPLICATION_ID:
        raise StoreDamaged(
            f"{path} is a SQLite database of another program; it was left as it is", "name another file with --db"
        )
    if has_journal(path):
        return  # SQLite mends the file first; its length says nothing yet
    size = path.stat().st_size
    if size < header.pages * header.page_bytes:
        raise damaged(path, f"it holds {size} of {header.pages * header.page_bytes} bytes")


def has_journal(path: Path) -> bool:
    """Tell whether a rollback journal lies beside the database: the last program to write was cut off."""
    try:
        return path.with_name(path.name + "-journal").stat().st_size > 0
    except OSError:
        return False


def check_revision(path: Path, revision: str | None) -> bool:
    """Tell whether a database stands at the newest revision; False when it must be upgraded.

    Raises:
        StoreNewer: When a newer prepdeck wrote it.
        StoreDamaged: When it says no revision.
    """
    if revision is None or not revision.isdigit():
        raise damaged(path, "it does not say its version")
    if revision > HEAD_REVISION:
        raise StoreNewer(
            f"a newer prepdeck wrote the database {path} (its version {revision}, this program knows {HEAD_REVISION}); "
            "it was left as it is",
            "upgrade prepdeck, or restore a backup of before",
        )
    return revision == HEAD_REVISION


def faults_in(path: Path, *, patience_ms: int = 5000) -> tuple[str, ...]:
    """Return everything wrong with a current database, one sentence each; empty when it is whole.

    SQLite's own check passes a third of the single-bit changes that alter the history, so every row of both logs and
    of the mocks is compared with its checksum, and the rows are counted as well.
    """
    faults: list[str] = []
    try:
        check_file(path)
        with closing(connect(path, mode="ro", patience_ms=patience_ms)) as raw:
            raw.execute("BEGIN")
            faults += _integrity(raw)
            faults += _triggers(raw)
            for log, columns in (("reviews", REVIEW_COLUMNS), ("actions", ACTION_COLUMNS)):
                faults += _checksums(raw, log, columns, "id")
            faults += _mock_faults(raw)
    except StoreError as error:
        faults.append(error.message)
    except sqlite3.Error as error:
        faults.append(fault_of(error, path).message)
    except (UnicodeDecodeError, ValueError, OverflowError) as error:
        faults.append(f"a text in {path} cannot be read: {error}")
    return tuple(dict.fromkeys(faults))


def _integrity(raw: sqlite3.Connection) -> list[str]:
    found = [str(row[0]) for row in raw.execute("PRAGMA integrity_check(20)")]
    dangling = raw.execute("PRAGMA foreign_key_check").fetchall()
    return [f"SQLite: {line}" for line in found if line != "ok"] + [
        f"a reference of {row[0]} dangles" for row in dangling
    ]


def _triggers(raw: sqlite3.Connection) -> list[str]:
    present = {row[0]: row[1] for row in raw.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")}
    tables = _tables(raw)
    # A copy that is made before an upgrade is of an older revision, and as whole as that one was.
    is_older = "deck_files" not in tables
    wanted = TRIGGERS if is_older else (*TRIGGERS, *CARD_TRIGGERS)
    faults = [f"the guard {name} is missing" for name in wanted if name not in present]
    faults += _lost_caches(raw, tables)
    return faults if is_older or SEARCH_TABLE in tables else [*faults, "the search index is missing"]


def _tables(raw: sqlite3.Connection) -> set[str]:
    return {row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def _revision(raw: sqlite3.Connection) -> str:
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return "" if row is None else str(row[0])


def _lost_caches(raw: sqlite3.Connection, tables: set[str]) -> list[str]:
    revision = _revision(raw)
    lost = [table for table, since in CACHES.items() if since <= revision and table not in tables]
    return [f"the table {table} is missing" for table in lost]


def _mock_faults(raw: sqlite3.Connection) -> list[str]:
    """Return what is wrong with the mocks; nothing in a copy of the time before there were any."""
    if _revision(raw) < MOCKS_SINCE:
        return []
    present = {row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
    faults = [f"the guard {name} is missing" for name in MOCK_TRIGGERS if name not in present]
    tables = _tables(raw)
    for table, key in MOCK_TABLES.items():
        if table in tables:
            faults += _checksums(raw, table, MOCK_COLUMNS[table], key)
        else:
            faults.append(f"the table {table} is missing")
    return faults


def _checksums(raw: sqlite3.Connection, log: str, columns: tuple[str, ...], key: str) -> list[str]:
    faults = []
    rows = raw.execute(f"SELECT {', '.join(columns)}, checksum FROM {log} ORDER BY {key}")
    places = [columns.index(name) for name in key.split(", ")]
    count = 0
    for row in rows:
        count += 1
        if checksum_of(dict(zip(columns, row, strict=False)), columns) != row[-1]:
            name = " ".join(str(row[place]) for place in places)
            faults.append(f"entry {name} of {log} is not as it was written")
    counted = raw.execute("SELECT entries FROM tally WHERE name = ?", (log,)).fetchone()
    if counted is None or counted[0] != count:
        faults.append(f"{log} holds {count} entries, {counted[0] if counted else 'none'} were counted")
    return faults


def count_entries(path: Path) -> tuple[int, int]:
    """Return how many reviews and actions a database holds; changes nothing."""
    with closing(connect(path, mode="ro")) as raw:
        row = raw.execute("SELECT (SELECT count(*) FROM reviews), (SELECT count(*) FROM actions)").fetchone()
    return int(row[0]), int(row[1])


def count_mocks(path: Path) -> int:
    """Return how many mocks a current database holds, loops left out; changes nothing."""
    with closing(connect(path, mode="ro")) as raw:
        return int(raw.execute("SELECT count(*) FROM mocks WHERE is_loop = 0").fetchone()[0])


def sqlite_version() -> str:
    """Return the version of SQLite this Python carries."""
    return sqlite3.sqlite_version
