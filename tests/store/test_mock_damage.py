"""Mocks that were damaged, copied, restored or left alone: nothing of them is lost without a word."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from prepdeck.store import inspection, schema
from prepdeck.store.copies import copy_database, restore_database
from prepdeck.store.mapping import MOCK_COLUMNS
from prepdeck.store.migration import upgrade_database
from prepdeck.store.store import open_store
from tests.full import times
from tests.store.sitting import append, begin, everything
from tests.store.test_logbook import opened
from tests.store.test_migration import GOLDEN, migrations_with

QUERIES = {
    table: f"SELECT {', '.join(columns)} FROM {table} ORDER BY {schema.MOCK_TABLES[table]}"
    for table, columns in MOCK_COLUMNS.items()
}


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of the mocks of a database."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as raw:
        return {table: list(raw.execute(query)) for table, query in QUERIES.items()}


@pytest.fixture(scope="module")
def sat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = opened(tmp_path_factory.mktemp("sat"))
    for _ in range(3):
        append(store, begin(store), *everything())
    store.close()
    return store.path


@pytest.fixture
def database(sat: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sat, tmp_path / "prepdeck.db"))


@pytest.mark.promise(9)
def test_no_flipped_bit_that_changes_a_mock_goes_unnoticed(database: Path) -> None:
    whole, truth = database.read_bytes(), rows_of(database)
    # Aimed at the pages of the mocks: most of a young database is the schema.
    page_bytes = inspection.read_header(database).page_bytes
    with closing(sqlite3.connect(database)) as raw:
        roots = [row[0] for row in raw.execute("SELECT rootpage FROM sqlite_schema WHERE tbl_name LIKE 'mock%'")]
    places = [place for root in roots if root for place in range((root - 1) * page_bytes, root * page_bytes)]
    dice = random.Random(20261122)
    harmful = unnoticed = 0
    while harmful < times(40, 200):
        flipped = bytearray(whole)
        place = dice.choice(places) if dice.random() < 0.8 else dice.randrange(len(whole))
        flipped[place] ^= 1 << dice.randrange(8)
        database.write_bytes(flipped)
        try:
            is_same = rows_of(database) == truth
        except (sqlite3.Error, UnicodeDecodeError):
            is_same = False
        if not is_same:
            harmful += 1
            unnoticed += not inspection.faults_in(database)
    assert unnoticed == 0


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        ("UPDATE mock_sheets SET text = 'other' WHERE stop = 1", "of mock_sheets is not as it was written"),
        ("UPDATE mock_sheets SET checksum = 'other'", "of mock_sheets is not as it was written"),
        (
            "DROP TRIGGER mock_events_are_never_changed; UPDATE mock_events SET details = '{}'",
            "1 of mock_events is not",
        ),
        (
            "DROP TRIGGER mocks_are_never_changed; UPDATE mocks SET questions = '[]'",
            "of mocks is not as it was written",
        ),
        ("DROP TRIGGER mock_sheets_are_never_deleted", "the guard mock_sheets_are_never_deleted is missing"),
        ("DROP TRIGGER mock_events_are_counted", "the guard mock_events_are_counted is missing"),
        (
            "DROP TRIGGER mock_events_are_never_deleted; DELETE FROM mock_events WHERE number = 27",
            "mock_events holds 72 entries, 75 were counted",
        ),
        (
            "DROP TRIGGER mock_sheets_are_never_deleted; DELETE FROM mock_sheets WHERE stop = 1",
            "mock_sheets holds 6 entries, 9 were counted",
        ),
        (
            "DROP TRIGGER mocks_are_never_deleted; DELETE FROM mocks WHERE id = (SELECT min(id) FROM mocks)",
            "a reference of mock_events dangles",
        ),
        ("DROP TABLE mock_beats", "the table mock_beats is missing"),
        ("DROP TABLE mock_sheets", "the table mock_sheets is missing"),
    ],
)
def test_what_was_changed_or_lost_behind_our_back_is_said(database: Path, harm: str, fault: str) -> None:
    with closing(sqlite3.connect(database)) as raw:
        raw.executescript(harm)
    assert any(fault in found for found in inspection.faults_in(database)), inspection.faults_in(database)


def test_every_guard_of_the_mocks_is_known_to_the_doctor(database: Path) -> None:
    with closing(sqlite3.connect(database)) as raw:
        query = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND tbl_name LIKE 'mock%'"
        assert {row[0] for row in raw.execute(query)} == set(schema.MOCK_TRIGGERS)
        counted = dict(raw.execute("SELECT name, entries FROM tally").fetchall())
    assert {counted[table] for table in ("mocks",)} == {3}
    assert set(counted) == {"reviews", "actions", *schema.MOCK_TABLES}


def test_a_sheet_that_is_written_over_counts_once(tmp_path: Path) -> None:
    store = opened(tmp_path)
    mock = begin(store)
    for _ in range(3):
        append(store, mock, *(each for each in everything() if type(each).__name__ == "Written"))
    store.close()
    assert inspection.faults_in(store.path) == ()


def test_a_backup_holds_every_mock_and_a_damaged_one_gives_none(database: Path, tmp_path: Path) -> None:
    copy = copy_database(database, tmp_path / "copy.db")
    assert rows_of(copy.path) == rows_of(database)
    with closing(sqlite3.connect(copy.path)) as raw:
        assert raw.execute("SELECT count(*) FROM mock_beats").fetchone() == (3,)
        raw.execute("UPDATE mock_sheets SET text = 'other'")
        raw.commit()
    with pytest.raises(Exception, match="not as it was written"):
        copy_database(copy.path, tmp_path / "second.db")
    assert not (tmp_path / "second.db").exists()


@pytest.mark.promise(14)
def test_a_restore_brings_the_mocks_back(database: Path, tmp_path: Path) -> None:
    copy = copy_database(database, tmp_path / "copy.db")
    store = open_store(database, tmp_path / "backups", stamp="x")
    append(store, begin(store), *everything())
    store.close()
    restored = restore_database(copy.path, database, tmp_path / "backups", "s")
    assert rows_of(database) == rows_of(copy.path)
    assert restored.kept_as is not None
    assert len(rows_of(restored.kept_as)["mocks"]) == 4


@pytest.mark.promise(12)
def test_an_upgrade_changes_no_mock_and_none_that_loses_one_goes_through(database: Path, tmp_path: Path) -> None:
    before = rows_of(database)
    upgrade_database(database, migrations=migrations_with(tmp_path))
    assert rows_of(database) == before
    for number, harm in enumerate(("DELETE FROM mock_sheets", "SELECT 1")):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = Path(shutil.copy(tmp_path / "prepdeck.db", folder / "prepdeck.db"))
        with closing(sqlite3.connect(path)) as raw:
            raw.execute("UPDATE alembic_version SET version_num = '0004'")
            raw.execute("ALTER TABLE reviews DROP COLUMN mood")
            raw.execute("DROP TABLE everything")
            raw.commit()
        steps = f"op.execute('DROP TRIGGER mock_sheets_are_never_deleted'); op.execute('{harm}')"
        with pytest.raises(Exception, match="would lose something"):
            upgrade_database(path, migrations=migrations_with(folder, steps))
        assert rows_of(path) == before


def test_a_rebuild_leaves_mocks_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from prepdeck.study.desk import open_desk
    from prepdeck.study.options import Options
    from prepdeck.study.safekeeping import examine, rebuild
    from tests.builders import environment_of

    for name, value in environment_of(tmp_path).items():
        monkeypatch.setenv(name, value)
    with open_desk() as desk:
        append(desk.store, begin(desk.store), *everything())
        path = desk.store.path
    before = rows_of(path)
    rebuild(Options())
    assert rows_of(path) == before
    healthy = examine(Options())
    assert healthy.ok
    assert "every mock is whole, its notes too (1)" in [each.words for each in healthy.findings]
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE mock_sheets SET text = 'other'")
        raw.commit()
    (finding, *_) = [each for each in examine(Options()).findings if not each.ok]
    assert "of mock_sheets is not as it was written" in finding.words
    assert finding.help == "run: prepdeck doctor"


@pytest.mark.parametrize("golden", sorted(GOLDEN.glob("000[123].db")), ids=lambda path: path.stem)
def test_a_database_from_before_there_were_mocks_is_whole_and_takes_them(golden: Path, tmp_path: Path) -> None:
    assert inspection.faults_in(golden) == ()
    path = Path(shutil.copy(golden, tmp_path / "prepdeck.db"))
    path.chmod(0o600)
    store = open_store(path, tmp_path / "backups", stamp="x")
    append(store, begin(store), *everything())
    store.close()
    assert inspection.faults_in(path) == ()
