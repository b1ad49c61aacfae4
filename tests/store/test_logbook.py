from __future__ import annotations

import sqlite3
import uuid
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from prepdeck.cards.ids import CardId
from prepdeck.errors import StoreError
from prepdeck.scheduling import sm2
from prepdeck.scheduling.memory import UNSEEN, Memory
from prepdeck.scheduling.review import Review, ReviewKind, kind_of
from prepdeck.store.ids import next_id
from prepdeck.store.mapping import review_from_row, review_to_row
from prepdeck.store.schema import CARD_TRIGGERS, MOCK_TRIGGERS, TRIGGERS
from prepdeck.store.store import Store, open_store
from tests.builders import TODAY, make_learned
from tests.full import examples

MORNING = datetime(2026, 11, 22, 9, tzinfo=UTC)
CARD = CardId("small", "one")


def opened(folder: Path) -> Store:
    return open_store(folder / "prepdeck.db", folder / "backups", stamp="now")


def answer(store: Store, card: CardId, quality: int, days: int = 0, *, cram: bool = False) -> Review:
    """Record an answer as the verbs do: read once, decide in the core, write once."""
    moment, day = MORNING + timedelta(days=days), TODAY + timedelta(days=days)
    with store.writing() as log:
        before = log.memory_of(card)
        after = before if cram else sm2.answer(before, quality, day)
        kind = ReviewKind.CRAM if cram else kind_of(before, day)
        return log.append_review(Review("", card, moment, day, quality, 2.5, kind, 0, before, after), moment)


def state(store: Store) -> dict[CardId, Memory]:
    with store.reading() as log:
        assert log.all_memories() == log.all_replayed()
        return log.all_memories()


def undo(store: Store) -> None:
    with store.writing() as log:
        log.take_back(log.newest_step(), MORNING, TODAY)


def test_a_review_reads_back_as_it_was_written(tmp_path: Path) -> None:
    store = opened(tmp_path)
    stored = answer(store, CARD, 4)
    with store.reading() as log:
        assert list(log.reviews()) == [stored]
    store.close()


@given(
    st.integers(0, 5),
    st.floats(0, 86_400) | st.none(),
    st.sampled_from(ReviewKind),
    st.integers(-14 * 60, 14 * 60),
    st.sampled_from([UNSEEN, make_learned(), make_learned(drilling=True, lapses=9)]),
)
def test_any_review_survives_the_row_it_is_kept_in(
    quality: int, seconds: float | None, kind: ReviewKind, offset: int, memory: Memory
) -> None:
    from datetime import timezone

    moment = MORNING.astimezone(timezone(timedelta(minutes=offset)))
    kept = None if seconds is None else round(seconds, 3)
    review = Review(str(uuid.uuid4()), CARD, moment, TODAY, quality, kept, kind, 0, memory, make_learned())
    assert review_from_row(review_to_row(review), voided=False) == review


def test_an_undone_review_stays_in_the_log_and_counts_no_more(tmp_path: Path) -> None:
    store = opened(tmp_path)
    answer(store, CARD, 4)
    before = state(store)
    second = answer(store, CARD, 1, days=1)
    undo(store)
    assert state(store) == before
    with store.reading() as log:
        assert [review.voided for review in log.reviews()] == [False, True]
        assert [action.target for action in log.actions()] == [second.id]
    store.close()


@settings(max_examples=examples(40, 1000), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(["grade", "grade", "grade", "cram", "undo", "restart"]), st.integers(0, 5)),
        max_size=25,
    )
)
def test_any_mix_of_grades_undos_and_restarts_leaves_the_memory_that_replay_gives(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("mix")
    store = opened(folder)
    kept: list[tuple[CardId, int, int, bool]] = []
    for number, (step, value) in enumerate(steps):
        card = CardId("small", f"c{value % 3}")
        match step:
            case "grade" | "cram":
                answer(store, card, value, days=number // 3, cram=step == "cram")
                kept.append((card, value, number // 3, step == "cram"))
            case "undo":
                undo(store)
                kept = kept[:-1]
            case _:
                store.close()
                store = opened(folder)
    expected: dict[CardId, Memory] = {}
    for card, quality, days, cram in kept:
        if not cram:
            expected[card] = sm2.answer(expected.get(card, UNSEEN), quality, TODAY + timedelta(days=days))
    assert state(store) == expected
    store.close()


def test_a_wiped_cache_is_rebuilt_from_the_log(tmp_path: Path) -> None:
    store = opened(tmp_path)
    for number in range(30):
        answer(store, CardId("small", f"c{number % 7}"), number % 6, days=number // 4)
    before = state(store)
    with store.writing() as log:
        log.keep_all_memories({})
        assert log.all_memories() == {}
        log.keep_all_memories(log.all_replayed())
    assert state(store) == before
    store.close()


@pytest.mark.parametrize("log", ["reviews", "actions"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET card = 'x'", "DELETE FROM {}", "REPLACE INTO {} SELECT * FROM {}"]
)
def test_the_logs_are_append_only(tmp_path: Path, log: str, statement: str) -> None:
    store = opened(tmp_path)
    answer(store, CARD, 4)
    undo(store)
    with pytest.raises(StoreError, match="append-only"), store.writing() as book:
        book._connection.exec_driver_sql(statement.format(log, log))
    store.close()


def test_every_guard_exists_in_a_new_database(tmp_path: Path) -> None:
    opened(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "prepdeck.db")) as raw:
        found = {row[0] for row in raw.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'")}
    assert found == {*TRIGGERS, *CARD_TRIGGERS, *MOCK_TRIGGERS}


def test_an_answer_is_one_commit(tmp_path: Path) -> None:
    store = opened(tmp_path)
    commits = []
    event.listen(store._engine, "commit", lambda _connection: commits.append(1))
    answer(store, CARD, 4)
    assert len(commits) == 1
    store.close()


def test_a_transaction_that_raises_leaves_nothing(tmp_path: Path) -> None:
    store = opened(tmp_path)
    review = Review("", CARD, MORNING, TODAY, 4, None, ReviewKind.SCHEDULED, 0, UNSEEN, make_learned())

    def fail_half_way() -> None:
        with store.writing() as log:
            log.append_review(review, MORNING)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert state(store) == {}
    store.close()


def test_a_try_repeated_under_its_ticket_is_stored_once(tmp_path: Path) -> None:
    store = opened(tmp_path)
    ticket = next_id(1_800_000_000_000, None)
    review = Review("", CARD, MORNING, TODAY, 4, None, ReviewKind.SCHEDULED, 0, UNSEEN, sm2.answer(UNSEEN, 4, TODAY))
    for _ in range(2):
        with store.writing() as log:
            assert log.append_review(review, MORNING, ticket).id == ticket
    with store.reading() as log:
        assert [each.id for each in log.reviews()] == [ticket]
    store.close()


@given(st.lists(st.integers(0, 2**40), min_size=2, max_size=60))
def test_ids_grow_whatever_the_clock_does(moments: list[int]) -> None:
    newest: str | None = None
    for moment in moments:
        fresh = next_id(moment, newest)
        assert uuid.UUID(fresh).version == 7
        assert uuid.UUID(fresh).variant == uuid.RFC_4122
        assert newest is None or fresh > newest
        newest = fresh


def test_ids_grow_past_a_full_counter() -> None:
    newest = next_id(1000, None)
    for _ in range(9000):
        fresh = next_id(1000, newest)
        assert fresh > newest
        newest = fresh


def test_two_copies_of_one_log_never_hand_out_the_same_id() -> None:
    newest = next_id(1000, None)
    assert len({next_id(1000, newest) for _ in range(1000)}) == 1000


def test_every_connection_has_the_pragmas_that_keep_a_grade(tmp_path: Path) -> None:
    store = opened(tmp_path)
    expected = {"journal_mode": "delete", "synchronous": 3, "foreign_keys": 1, "recursive_triggers": 1}
    for opening in (store.reading, store.writing):
        with opening() as log:
            found = {name: log._connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in expected}
            assert found == expected
    store.close()


def test_every_hot_query_uses_an_index(tmp_path: Path) -> None:
    store = opened(tmp_path)
    plans: list[str] = []

    def explain(connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith("SELECT"):
            raw = connection.connection.driver_connection  # type: ignore[attr-defined]
            plans.extend(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    answer(store, CARD, 4)
    event.listen(store._engine, "before_cursor_execute", explain)
    answer(store, CARD, 4, days=1)
    with store.reading() as log:
        log.introduced_on(TODAY)
        log.last_moment_of(CARD)
        log.newest_step()
        list(log.reviews(of=[CARD]))
    scans = [plan for plan in plans if plan.startswith("SCAN") and "INDEX" not in plan]
    assert plans
    assert scans == []
    store.close()


def test_moments_keep_their_offset_and_their_instant(tmp_path: Path) -> None:
    from datetime import timezone

    store = opened(tmp_path)
    tokyo = MORNING.astimezone(timezone(timedelta(hours=9)))
    review = replace(
        Review("", CARD, tokyo, TODAY, 4, None, ReviewKind.SCHEDULED, 0, UNSEEN, sm2.answer(UNSEEN, 4, TODAY))
    )
    with store.writing() as log:
        log.append_review(review, tokyo)
    with store.reading() as log:
        stored = next(log.reviews())
    assert stored.at == MORNING
    assert stored.at.utcoffset() == timedelta(hours=9)
    store.close()
