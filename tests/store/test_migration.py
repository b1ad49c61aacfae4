from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from prepdeck.errors import StoreDamaged, StoreError
from prepdeck.host.bundled import bundled_folder
from prepdeck.scheduling.review import ReviewKind
from prepdeck.store import inspection, schema, tables
from prepdeck.store.faults import in_words
from prepdeck.store.mapping import ActionKind
from prepdeck.store.migration import upgrade_database
from prepdeck.store.mock_mapping import KINDS, LOOP_KINDS
from prepdeck.store.store import open_store
from tests.builders import TODAY
from tests.full import times
from tests.store.test_logbook import MORNING, CardId, answer, opened

GOLDEN = Path(__file__).parent / "golden"

NEXT = '''
"""A made-up next revision that rewrites the table others refer to and adds a column to the log."""
import time
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade():
    op.execute("ALTER TABLE reviews ADD COLUMN mood TEXT")
    guards = "SELECT name, sql FROM sqlite_schema WHERE name LIKE 'memories_make%'"
    triggers = op.get_bind().exec_driver_sql(guards).all()
    for name, _ in triggers:
        op.execute(f"DROP TRIGGER {{name}}")
    op.execute("CREATE TABLE cards2 AS SELECT * FROM cards")
    op.execute("DROP TABLE cards")
    op.execute("ALTER TABLE cards2 RENAME TO cards")
    for _, sql in triggers:
        op.execute(sql)
    op.execute("CREATE TABLE everything AS SELECT * FROM reviews")
    {more}
'''


def migrations_with(folder: Path, more: str = "pass") -> Path:
    target = folder / "migrations"
    shutil.copytree(bundled_folder("migrations"), target)
    (target / "versions" / "0005_next.py").write_text(NEXT.format(more=more))
    return target


def rows_of(path: Path) -> str:
    columns = ", ".join((*inspection.REVIEW_COLUMNS, "checksum"))
    with closing(sqlite3.connect(path)) as raw:
        rows = list(raw.execute(f"SELECT {columns} FROM reviews ORDER BY id"))
    return hashlib.sha256(repr(rows).encode()).hexdigest() + str(len(rows))


def test_the_newest_revision_is_the_one_the_program_knows() -> None:
    versions = sorted(path.name[:4] for path in (bundled_folder("migrations") / "versions").glob("0*.py"))
    assert versions[-1] == schema.HEAD_REVISION


def test_the_tables_are_the_migrated_schema(tmp_path: Path) -> None:
    opened(tmp_path).close()
    migrated = create_engine(f"sqlite:///{tmp_path / 'prepdeck.db'}")
    declared = create_engine("sqlite://")
    tables.metadata.create_all(declared)
    found, wanted = inspect(migrated), inspect(declared)
    search = {name for name in found.get_table_names() if name.split("_")[0] == schema.SEARCH_TABLE}
    assert search == {"words", "words_config", "words_content", "words_data", "words_docsize", "words_idx"}
    assert set(found.get_table_names()) - {"alembic_version"} - search == set(wanted.get_table_names())
    for table in wanted.get_table_names():

        def shape(inspector: object, table: str = table) -> object:
            columns = inspector.get_columns(table)  # type: ignore[attr-defined]
            indexes = inspector.get_indexes(table)  # type: ignore[attr-defined]
            return (
                [(each["name"], str(each["type"]), each["nullable"], each["primary_key"]) for each in columns],
                sorted((each["name"], tuple(each["column_names"])) for each in indexes),
            )

        assert shape(found) == shape(wanted), table
    migrated.dispose()
    declared.dispose()


@pytest.mark.promise(12)
@pytest.mark.parametrize("golden", sorted(GOLDEN.glob("*.db")), ids=lambda path: path.stem)
def test_no_migration_changes_a_review_of_any_released_version(golden: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(golden, tmp_path / "prepdeck.db"))
    path.chmod(0o600)
    before = rows_of(path)
    open_store(path, tmp_path / "backups", stamp="s").close()
    assert rows_of(path) == before
    assert inspection.faults_in(path) == ()


def test_the_golden_database_of_the_newest_revision_holds_every_kind_of_entry() -> None:
    with closing(sqlite3.connect(GOLDEN / f"{schema.HEAD_REVISION}.db")) as raw:
        for log, kinds in (("reviews", ReviewKind), ("actions", ActionKind)):
            held = {row[0] for row in raw.execute(f"SELECT DISTINCT kind FROM {log}")}
            assert held == {kind.value for kind in kinds}
        told = raw.execute("SELECT details FROM actions WHERE kind = 'interview'").fetchall()
        happened = {row[0] for row in raw.execute("SELECT DISTINCT kind FROM mock_events")}
        assert raw.execute("SELECT count(*) FROM mock_sheets").fetchone()[0] > 0
    assert happened == {*KINDS, *LOOP_KINDS}
    assert {json.loads(details)["do"] for (details,) in told} == {"add", "change", "remove", "done"}


@pytest.mark.parametrize(
    "golden", [path for path in sorted(GOLDEN.glob("*.db")) if path.stem >= "0004"], ids=lambda path: path.stem
)
def test_the_mocks_of_every_released_version_are_read_today(golden: Path, tmp_path: Path) -> None:
    """Fields and kinds are kept by their names: one that is renamed without a migration cannot be read here."""
    from prepdeck.interview.loops import replay_loop
    from prepdeck.interview.marks import Mark, Rater
    from prepdeck.interview.running import replay

    path = Path(shutil.copy(golden, tmp_path / "prepdeck.db"))
    path.chmod(0o600)
    store = open_store(path, tmp_path / "backups", stamp="s")
    with store.reading() as log:
        heads = log.mocks.heads()
        kept = [log.mocks.get(head.id) for head in heads]
        (loop,) = log.mocks.loops()
    store.close()
    ends = [(head.format, head.title, head.end, head.is_saved) for head in heads]
    assert ends == [("little-round", "A little round", end, end == "finished") for end in ENDS]
    for head, each in zip(heads, kept, strict=True):
        assert each is not None
        mock = replay(each.blueprint, each.terms, each.questions, each.events)
        assert (mock.end and mock.end.value, mock.saves) == (head.end, int(head.is_saved))
        if head.is_saved:
            assert mock.sheets == {"q1": "second thoughts", "q3:code": "def f():\n    return 1\n"}
            assert mock.marks[Rater.SELF, "depth"] == Mark(2, "named the trade-off")
            assert [str(card) for question in each.questions for card in question.cards][-1] == "small/five"
            assert each.terms.time_factor.as_integer_ratio() == (5, 4)
            assert each.rubric is not None
            assert each.rubric.criteria[0].anchors == ("none", "some", "much", "all")
            assert (mock.recoveries, [gap.milliseconds for gap in mock.gaps]) == (1, [30_000, 39_000])
    assert replay_loop(loop.blueprint, loop.terms, loop.events).was_abandoned
    assert [head.leg for head in loop.rounds] == [0]


@pytest.mark.promise(11)
def test_an_upgrade_keeps_a_checked_copy_first(tmp_path: Path) -> None:
    store = opened(tmp_path)
    answer(store, CardId("a", "b"), 4)
    store.close()
    before = rows_of(store.path)
    migrations = migrations_with(tmp_path)
    upgraded = open_store(store.path, tmp_path / "backups", stamp="s", migrations=migrations)
    upgraded.close()
    copy = tmp_path / "backups" / "prepdeck-before-0004-upgrade-s.db"
    assert rows_of(copy) == rows_of(store.path) == before
    assert str(copy) in upgraded.notes[0]
    assert inspection.faults_in(copy) == ()


@pytest.mark.parametrize(
    "harm",
    [
        "op.execute('DROP TRIGGER reviews_are_never_changed')",
        "op.execute('DROP TRIGGER reviews_are_never_deleted'); op.execute('DELETE FROM reviews')",
        "raise RuntimeError('died half-way')",
    ],
)
def test_a_migration_that_fails_or_loses_something_leaves_nothing_behind(tmp_path: Path, harm: str) -> None:
    store = opened(tmp_path)
    answer(store, CardId("a", "b"), 4)
    store.close()
    before = store.path.read_bytes()
    with pytest.raises((StoreDamaged, RuntimeError)):
        upgrade_database(store.path, migrations=migrations_with(tmp_path, harm))
    with closing(sqlite3.connect(store.path)) as raw:
        names = {row[0] for row in raw.execute("SELECT name FROM sqlite_schema")}
    assert "everything" not in names
    assert store.path.read_bytes() == before


UPGRADE = """
import sys
from pathlib import Path
from prepdeck.store.migration import upgrade_database
print("begin", flush=True)
upgrade_database(Path(sys.argv[1]), migrations=Path(sys.argv[2]))
print("done", flush=True)
"""


@pytest.mark.promise(11)
def test_a_killed_upgrade_is_all_or_nothing_and_can_be_run_again(tmp_path: Path) -> None:
    store = opened(tmp_path)
    answer(store, CardId("a", "b"), 4)
    store.close()
    fill(store.path, times(20_000, 100_000))
    migrations = migrations_with(tmp_path)
    whole = tmp_path / "whole.db"
    shutil.copy(store.path, whole)
    before = rows_of(whole)
    dice = random.Random(7)
    killed = half = 0
    for _ in range(times(6, 40)):
        shutil.copy(whole, store.path)
        process = subprocess.Popen(
            [sys.executable, "-c", UPGRADE, str(store.path), str(migrations)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(dice.uniform(0.05, 0.9))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        process.stdout.close()
        with closing(sqlite3.connect(store.path)) as raw:
            names = {row[0] for row in raw.execute("SELECT name FROM sqlite_schema")}
            version = raw.execute("SELECT version_num FROM alembic_version").fetchone()[0]
            mood = "mood" in {row[1] for row in raw.execute("PRAGMA table_info(reviews)")}
        half += len({version == "0005", "everything" in names, mood}) != 1
        assert rows_of(store.path) == before
        upgrade_database(store.path, migrations=migrations)
        assert rows_of(store.path) == before
    assert half == 0
    assert killed > 0


def fill(path: Path, count: int) -> None:
    """Fill a database with so many reviews, quickly and with right checksums."""
    from prepdeck.store.ids import next_id
    from prepdeck.store.mapping import REVIEW_COLUMNS, checksum_of

    with closing(sqlite3.connect(path)) as raw:
        raw.row_factory = sqlite3.Row
        one = dict(raw.execute("SELECT * FROM reviews LIMIT 1").fetchone())
        names = (*REVIEW_COLUMNS, "checksum")
        rows = []
        newest = one["id"]
        for number in range(count):
            newest = next_id(one["at_ms"] + number, newest)
            row = {**one, "id": newest, "card": f"c{number}"}
            row["checksum"] = checksum_of(row, REVIEW_COLUMNS)
            rows.append(tuple(row[name] for name in names))
        places = ", ".join("?" * len(names))
        raw.executemany(f"INSERT INTO reviews ({', '.join(names)}) VALUES ({places})", rows)
        raw.commit()


def test_two_programs_that_start_at_once_make_one_database(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from prepdeck.store.store import open_store; "
        "open_store(Path(sys.argv[1]) / 'prepdeck.db', Path(sys.argv[1]) / 'backups', stamp='s').close()"
    )
    both = [subprocess.Popen([sys.executable, "-c", script, str(tmp_path)]) for _ in range(3)]
    assert [process.wait() for process in both] == [0, 0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["prepdeck.db"]
    assert inspection.faults_in(tmp_path / "prepdeck.db") == ()


def test_a_start_leaves_the_half_made_database_of_a_running_program_alone(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    running, left_over = (f"prepdeck.db.new-{pid}" for pid in (os.getppid(), ended.pid))
    for name in (running, left_over):
        (tmp_path / name).touch()
        (tmp_path / f"{name}-journal").touch()  # without its journal SQLite gives up the transaction
    opened(tmp_path).close()
    assert {path.name for path in tmp_path.iterdir()} == {"prepdeck.db", running, f"{running}-journal"}


def test_alembic_stays_out_when_the_schema_is_current(tmp_path: Path) -> None:
    opened(tmp_path).close()
    script = (
        "import sys; from pathlib import Path; from prepdeck.store.store import open_store; "
        "open_store(Path(sys.argv[1]) / 'prepdeck.db', Path(sys.argv[1]) / 'backups', stamp='s').close(); "
        "print([name for name in sys.modules if name.split('.')[0] in ('alembic', 'textual', 'sqlalchemy.orm')])"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    ).stdout
    assert printed == "[]\n"


def test_an_upgrade_from_the_first_revision_keeps_every_card_and_finds_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prepdeck.study.desk import open_desk
    from prepdeck.study.records import show_card
    from prepdeck.study.searching import find_cards
    from tests.builders import environment_of

    home = tmp_path / "home"
    for name, value in environment_of(home, now="2026-12-24T09:00:00+00:00").items():
        monkeypatch.setenv(name, value)
    path = Path(shutil.copy(GOLDEN / "0001.db", home / "prepdeck.db"))
    path.chmod(0o600)
    with closing(sqlite3.connect(path)) as raw:
        met = [("small", f"c{number}", "basic", f"Title {number}", 1, "f", 0) for number in range(3)]
        raw.executemany("INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?)", met)
        raw.commit()
        reviews = raw.execute("SELECT count(*) FROM reviews WHERE card = 'c1'").fetchone()[0]
    with open_desk() as desk:
        assert [note.split(";")[0] for note in desk.notes] == [
            "the database was upgraded",
            "decks changed: 5 new cards, 3 retired",
        ]
        assert len(show_card(desk, "small/c1").reviews) == reviews > 0
        assert [str(hit.card) for hit in find_cards(desk, "is:retired title").hits] == [
            "small/c0",
            "small/c1",
            "small/c2",
        ]
    (home / "decks" / "more.yaml").write_text("deck: small2\ncards:\n- {id: a, was: small/c1, front: b, back: c}\n")
    with open_desk() as desk:
        assert len(show_card(desk, "small2/a").reviews) == reviews
    assert inspection.faults_in(path) == ()


def test_a_deck_that_went_with_an_upgrade_gives_its_names_to_the_cards_that_carry_them_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prepdeck.study.desk import open_desk
    from prepdeck.study.records import show_card
    from tests.builders import environment_of

    home = tmp_path / "home"
    text = "deck: other\ncards:\n- {id: a, was: small/c1, front: b, back: c}\n"
    for name, value in environment_of(home, decks=text, now="2026-12-24T09:00:00+00:00").items():
        monkeypatch.setenv(name, value)
    path = Path(shutil.copy(GOLDEN / "0001.db", home / "prepdeck.db"))
    path.chmod(0o600)
    with closing(sqlite3.connect(path)) as raw:
        met = [("small", f"c{number}", "basic", f"Title {number}", 1, "f", 0) for number in range(3)]
        raw.executemany("INSERT INTO cards VALUES (?, ?, ?, ?, ?, ?, ?)", met)
        raw.commit()
        reviews = raw.execute("SELECT count(*) FROM reviews WHERE card = 'c1'").fetchone()[0]
    with open_desk() as desk:
        assert desk.notes[1:] == ["decks changed: 1 moved, 2 retired"]
        assert len(show_card(desk, "other/a").reviews) == reviews > 0
        assert show_card(desk, "small/c0").retired


def test_a_copy_of_the_first_revision_can_be_restored(tmp_path: Path) -> None:
    store = opened(tmp_path)
    answer(store, CardId("a", "b"), 4)
    store.close()
    from prepdeck.store.copies import restore_database

    restored = restore_database(GOLDEN / "0001.db", store.path, tmp_path / "backups", "s")
    assert restored.reviews == 60
    again = open_store(store.path, tmp_path / "backups", stamp="t")
    with again.reading() as log:
        assert log.all_memories() == log.all_replayed()
        assert log.shelving.count_unmarked() == 0
    again.close()
    assert inspection.faults_in(store.path) == ()


@pytest.mark.parametrize(
    ("harm", "fault"),
    [
        ("DROP TRIGGER memories_make_cards_seen", "the guard memories_make_cards_seen is missing"),
        ("DROP TABLE words", "the search index is missing"),
        ("DROP TABLE handlings", "the table handlings is missing"),
    ],
)
def test_a_lost_cache_is_noticed(tmp_path: Path, harm: str, fault: str) -> None:
    opened(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "prepdeck.db")) as raw:
        raw.execute(harm)
    assert inspection.faults_in(tmp_path / "prepdeck.db") == (fault,)


def test_a_sqlite_without_full_text_search_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no full-text search"), in_words(tmp_path / "x.db"):
        raise sqlite3.OperationalError("no such module: fts5")


GOLDEN_ACTIONS = (
    ("suspend", 0, ""),
    ("note", 0, "ask Ana"),
    ("flag", 1, ""),
    ("unflag", 1, ""),
    ("bury", 1, "2026-11-30"),
    ("set-due", 1, "2027-01-01"),
    ("postpone", 0, "2027-02-01"),
    ("spread", 0, "2027-03-01"),
    ("mock-pull", 1, "2026-12-01"),
    ("reset", 2, ""),
    ("unsuspend", 0, ""),
    ("interview-round", 0, '{"company": "Acme", "round": "Screen"}'),
    ("road", 0, '{"do": "done", "item": "capstone", "link": "https://example.org/capstone"}'),
    ("road-choice", 0, '{"do": "choose", "phase": "specialisation", "deck": "nlp-llm", "others": []}'),
    ("flag", 0, ""),
)
"""Kind, which of the cards, and details; the last one is taken back again."""


def write_golden(target: Path) -> None:
    """Write a database with decks, a rename, a long history, and every action, as the newest revision keeps them."""
    import tempfile

    from prepdeck.study.desk import open_desk
    from tests.builders import DECK, environment_of

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        home = Path(folder)
        for name, value in environment_of(home).items():
            patch.setenv(name, value)
        renamed = DECK.replace("id: one", "id: uno\n  was: one").replace("id: five", "id: sixth")
        for first_day, text, names in ((0, DECK, ("one", "two", "three")), (10, renamed, ("uno", "two", "sixth"))):
            (home / "decks" / "small.yaml").write_text(text)
            with open_desk() as desk:
                for number in range(30):
                    card = CardId("small", names[number % 3])
                    answer(desk.store, card, number % 6, days=first_day + number // 4)
                moment, day = MORNING + timedelta(days=first_day + 8), TODAY + timedelta(days=first_day + 8)
                for kind, place, details in GOLDEN_ACTIONS:
                    with desk.store.writing() as log:
                        log.append_actions(ActionKind(kind), moment, day, [(CardId("small", names[place]), details)])
                with desk.store.writing() as log:
                    log.take_back(log.newest_step(), moment, day)
        _aim_at_interviews(patch)
        _sit_mocks(patch)
        (home / "decks" / "small.yaml").write_text(renamed.replace("id: two", "id: two\n  revision: 2"))
        open_desk().close()
        shutil.copy(home / "prepdeck.db", target)
    target.chmod(0o644)


def _aim_at_interviews(patch: pytest.MonkeyPatch) -> None:
    """Say everything there is to say of interviews, pass a card early under a plan, and practise one."""
    from prepdeck.study import interviews
    from prepdeck.study.desk import open_desk
    from prepdeck.study.request import RoundRequest
    from prepdeck.study.reviewing import answer_current, begin_round, record_answer

    def on(days: int) -> str:
        return (MORNING + timedelta(days=days)).isoformat()

    card = CardId("small", "four")
    patch.setenv("PREPDECK_NOW", on(30))
    with open_desk() as desk:
        interviews.add_interview(desk, TODAY + timedelta(days=60), "Acme")
        interviews.add_interview(desk, TODAY + timedelta(days=50), tracks=("ml-fundamentals",))
        interviews.change_scope(desk, "1", interviews.ScopeChange(decks=("small",)))
        interviews.move_interview(desk, "1", TODAY + timedelta(days=45))
        interviews.remove_interview(desk, "2")
    for days, kind in ((30, "scheduled"), (31, "scheduled"), (33, "early-plan")):
        patch.setenv("PREPDECK_NOW", on(days))
        with open_desk() as desk:
            assert record_answer(desk, card, 4, seconds=5).kind.value == kind
    with open_desk() as desk:
        answer_current(desk, begin_round(desk, RoundRequest(cram=True)), 3, 2.0)
    patch.setenv("PREPDECK_NOW", on(46))
    with open_desk() as desk:
        interviews.finish_interview(desk, "1", interviews.Outcome.RELEASED)


ENDS = ("finished", "abandoned", "time-up", None)
"""How the mocks of the golden database ended, in their order."""


def _sit_mocks(patch: pytest.MonkeyPatch) -> None:
    """Sit mocks in which everything happens that can happen, the second of them as a round of a loop."""
    from prepdeck.cards.blueprint import Blueprint, Rest, Sitting
    from prepdeck.interview.events import Abandoned, Said, TimeRanOut, Written
    from prepdeck.interview.loops import LoopAbandoned, RestBegan, RestEnded, RoundBegan, RoundEnded
    from prepdeck.interview.timekeeping import Reading
    from prepdeck.study.desk import open_desk
    from tests.store.sitting import STRICT, append, begin, everything

    began = MORNING + timedelta(days=46)
    patch.setenv("PREPDECK_NOW", began.isoformat())
    rounds = (Sitting("little-round"), Rest(5), Sitting("little-round"))
    with open_desk() as desk:
        store = desk.store
        append(store, begin(store, began=began), *everything())
        with store.writing() as log:
            day = Blueprint(id="little-day", title="A little day", minutes=25, rounds=rounds)
            loop = log.mocks.add_loop(day, STRICT, began, TODAY, Reading(began, 0, 0, ""))
        mock = begin(store, began=began, loop=loop, leg=0)
        append(store, mock, Written(5, "q0", "not my day"), Abandoned(9))
        told = (RoundBegan(0, 0, mock), RoundEnded(9, 0), RestBegan(9, 1), RestEnded(12, 1), LoopAbandoned(15))
        with store.writing() as log:
            log.mocks.append_loop(loop, told, at=began, read=Reading(began, 0, 0, ""), seen_ms=15)
        append(store, begin(store, terms=STRICT, began=began), TimeRanOut(10 * 60_000))
        append(store, begin(store, terms=STRICT, began=began), Said(1_000, 0))


if __name__ == "__main__":  # writes the golden database of the newest revision, once per release
    GOLDEN.mkdir(exist_ok=True)
    newest = GOLDEN / f"{schema.HEAD_REVISION}.db"
    if not newest.exists():
        write_golden(newest)
