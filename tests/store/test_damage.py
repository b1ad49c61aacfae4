from __future__ import annotations

import hashlib
import os
import random
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.errors import StoreDamaged, StoreError, StoreNewer, StoreReadOnly, UsageError
from prepdeck.store import inspection
from prepdeck.store.address import database_path
from prepdeck.store.copies import copy_database, restore_database
from prepdeck.store.store import Store, open_store
from tests.full import times
from tests.store.test_logbook import MORNING, answer, opened, state


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("history")
    store = opened(folder)
    for number in range(120):
        answer(store, CardId("small", f"c{number % 9}"), number % 6, days=number // 9)
    store.close()
    return folder / "prepdeck.db"


@pytest.fixture
def database(history: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(history, tmp_path / "prepdeck.db"))


def open_again(path: Path) -> Store:
    return open_store(path, path.parent / "backups", stamp="again")


@pytest.mark.promise(9)
@pytest.mark.parametrize("share", [0, 1, 50, 99, 100, 512, 4095, 4096, 8192, -4096, -1000, -1])
def test_a_truncated_database_is_neither_opened_nor_touched(database: Path, share: int) -> None:
    size = database.stat().st_size
    os.truncate(database, share if share >= 0 else size + share)
    before = digest(database)
    with pytest.raises(StoreDamaged, match="left as it is"):
        open_again(database)
    assert digest(database) == before
    assert [path.name for path in database.parent.iterdir()] == ["prepdeck.db"]


@pytest.mark.promise(9)
def test_no_flipped_bit_that_changes_the_history_goes_unnoticed(database: Path) -> None:
    whole = database.read_bytes()
    with closing(sqlite3.connect(database)) as raw:
        truth = [list(raw.execute(f"SELECT * FROM {log} ORDER BY id")) for log in ("reviews", "actions")]
    dice = random.Random(20261122)
    harmful = unnoticed = 0
    while harmful < times(60, 200):
        place = dice.randrange(len(whole))
        flipped = bytearray(whole)
        flipped[place] ^= 1 << dice.randrange(8)
        database.write_bytes(flipped)
        try:
            with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as raw:
                found = [list(raw.execute(f"SELECT * FROM {log} ORDER BY id")) for log in ("reviews", "actions")]
            same = found == truth
        except (sqlite3.Error, UnicodeDecodeError):
            same = False
        if not same:
            harmful += 1
            unnoticed += not inspection.faults_in(database)
    assert unnoticed == 0


@pytest.mark.parametrize(
    "content", [b"", b"x", b"hello, I am a shopping list\n" * 90, b"SQLite format 3\x00" + b"\xff" * 200]
)
def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "prepdeck.db"
    path.write_bytes(content)
    with pytest.raises(StoreDamaged):
        open_again(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "prepdeck.db"
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE passwords (site TEXT)")
    before = digest(path)
    with pytest.raises(StoreDamaged, match="another program"):
        open_again(path)
    assert digest(path) == before


@pytest.mark.promise(10)
def test_a_newer_database_is_refused_unchanged(database: Path) -> None:
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("UPDATE alembic_version SET version_num = '0999'")
        raw.commit()
    before = digest(database)
    with pytest.raises(StoreNewer, match="0999"):
        open_again(database)
    assert digest(database) == before


def test_a_database_that_does_not_say_its_version_is_refused(database: Path) -> None:
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("DELETE FROM alembic_version")
        raw.commit()
    with pytest.raises(StoreDamaged, match="version"):
        open_again(database)


def test_a_missing_guard_is_noticed(database: Path) -> None:
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("DROP TRIGGER reviews_are_never_deleted")
    assert inspection.faults_in(database) == ("the guard reviews_are_never_deleted is missing",)


def test_a_lost_row_is_noticed(database: Path) -> None:
    with closing(sqlite3.connect(database)) as raw:
        raw.execute("DROP TRIGGER reviews_are_never_deleted")
        raw.execute("DELETE FROM reviews WHERE id = (SELECT max(id) FROM reviews)")
        raw.execute(
            "CREATE TRIGGER reviews_are_never_deleted BEFORE DELETE ON reviews "
            "BEGIN SELECT RAISE(ABORT, 'reviews are append-only'); END"
        )
        raw.commit()
    assert "119 entries, 120 were counted" in inspection.faults_in(database)[0]


def test_a_folder_or_a_foreign_url_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "prepdeck.db").mkdir()
    with pytest.raises(StoreDamaged, match="not a file"):
        open_again(tmp_path / "prepdeck.db")
    for url in ("postgresql://localhost/x", "sqlite://", "sqlite:///:memory:", "/tmp/x.db", "sqlite:///x.db?mode=ro"):  # noqa: S108
        with pytest.raises(UsageError):
            database_path(url)


def test_a_folder_that_cannot_be_made_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreReadOnly):
        open_again(tmp_path / "file" / "prepdeck.db")


@pytest.mark.promise(26)
def test_the_database_and_its_copies_are_private(tmp_path: Path) -> None:
    old = os.umask(0o022)
    try:
        store = opened(tmp_path / "home")
        copy = copy_database(store.path, tmp_path / "home" / "backups" / "a.db")
        store.close()
    finally:
        os.umask(old)
    assert store.path.stat().st_mode & 0o777 == 0o600
    assert copy.path.stat().st_mode & 0o777 == 0o600
    assert store.path.parent.stat().st_mode & 0o777 == 0o700
    assert copy.path.parent.stat().st_mode & 0o777 == 0o700


def test_a_copy_made_while_somebody_writes_is_whole(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with store.writing() as log:
        log.catalogue.keep_fact("a", "b")
    answer(store, CardId("a", "b"), 4)
    with store.writing() as log:
        log.catalogue.keep_fact("not", "committed")
        copy = copy_database(store.path, tmp_path / "copy.db")
    assert copy.reviews == 1
    assert inspection.faults_in(copy.path) == ()
    store.close()


def test_a_copy_never_replaces_a_file(database: Path) -> None:
    target = database.with_name("other.db")
    target.write_text("precious")
    with pytest.raises(UsageError, match="exists"):
        copy_database(database, target)
    assert target.read_text() == "precious"


def test_a_damaged_database_gives_no_copy(database: Path) -> None:
    damaged = bytearray(database.read_bytes())
    damaged[8192:16384] = os.urandom(8192)
    database.write_bytes(damaged)
    with pytest.raises(StoreError):
        copy_database(database, database.with_name("copy.db"))
    assert sorted(path.name for path in database.parent.iterdir()) == ["prepdeck.db"]


@pytest.mark.promise(14)
def test_a_restore_brings_the_backups_rows_and_keeps_what_it_replaced(history: Path, tmp_path: Path) -> None:
    store = opened(tmp_path)
    answer(store, CardId("a", "b"), 4)
    store.close()
    for leftover in ("-wal", "-shm", "-journal"):
        (tmp_path / f"prepdeck.db{leftover}").write_bytes(b"stale")
    (tmp_path / "prepdeck.db-journal").unlink()
    restored = restore_database(history, store.path, tmp_path / "backups", "s")
    assert restored.reviews == 120
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backups", "prepdeck.db"]
    assert inspection.faults_in(store.path) == ()
    assert restored.kept_as is not None
    assert inspection.count_entries(restored.kept_as) == (1, 0)


def test_a_restore_over_a_damaged_database_sets_it_aside_byte_for_byte(history: Path, tmp_path: Path) -> None:
    path = tmp_path / "prepdeck.db"
    path.write_bytes(b"broken" * 100)
    restored = restore_database(history, path, tmp_path / "backups", "s")
    assert restored.kept_as is not None
    assert restored.kept_as.read_bytes() == b"broken" * 100
    assert inspection.count_entries(path) == (120, 0)


def test_a_restore_from_a_damaged_copy_changes_nothing(history: Path, tmp_path: Path) -> None:
    store = opened(tmp_path)
    store.close()
    before = digest(store.path)
    broken = tmp_path / "broken.db"
    broken.write_bytes(history.read_bytes()[:-3000])
    with pytest.raises(StoreDamaged):
        restore_database(broken, store.path, tmp_path / "backups", "s")
    with pytest.raises(UsageError):
        restore_database(tmp_path / "none.db", store.path, tmp_path / "backups", "s")
    with pytest.raises(UsageError):
        restore_database(store.path, store.path, tmp_path / "backups", "s")
    assert digest(store.path) == before


def test_a_moved_database_takes_no_answer(tmp_path: Path) -> None:
    store = opened(tmp_path)
    answer(store, CardId("a", "b"), 4)
    (tmp_path / "prepdeck.db").rename(tmp_path / "moved.db")
    with pytest.raises(StoreError):
        answer(store, CardId("a", "b"), 4, days=1)
    (tmp_path / "moved.db").rename(tmp_path / "prepdeck.db")
    answer(store, CardId("a", "b"), 4, days=1)
    assert len(state(store)) == 1
    store.close()


def test_a_missing_database_beside_backups_is_said_to_be_new(tmp_path: Path) -> None:
    store = opened(tmp_path)
    copy = copy_database(store.path, tmp_path / "backups" / "kept.db")
    store.close()
    store.path.unlink()
    again = opened(tmp_path)
    assert str(copy.path) in again.notes[0]
    again.close()


def test_a_left_over_of_a_killed_start_is_swept_away(tmp_path: Path) -> None:
    left_over = tmp_path / "prepdeck.db.new-999999999"
    left_over.write_text("half")
    opened(tmp_path).close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["prepdeck.db"]


def test_days_and_moments_are_kept_apart(tmp_path: Path) -> None:
    store = opened(tmp_path)
    first = answer(store, CardId("a", "b"), 4)
    assert first.at == MORNING
    assert first.study_day + timedelta(days=1) == first.after.due  # type: ignore[union-attr]
    store.close()
