"""The log of mocks: everything that happened is there again, and only what changed is written."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from prepdeck.cards.blueprint import Blueprint, Rest, Sitting
from prepdeck.cards.ids import CardId
from prepdeck.errors import StoreError
from prepdeck.interview.events import Abandoned, Event, Finished, Moved, Recovered, Said, Saved, TimeRanOut, Written
from prepdeck.interview.loops import LoopAbandoned, RestBegan, RestEnded, RoundBegan, RoundEnded
from prepdeck.interview.mock import End
from prepdeck.interview.questions import Question, Sort
from prepdeck.interview.running import replay
from prepdeck.interview.terms import Mode, Terms
from prepdeck.interview.timekeeping import Reading
from prepdeck.store.mapping import ActionKind
from prepdeck.store.mocks import StoredMock, stop_at
from prepdeck.store.store import Store
from tests.builders import TODAY
from tests.full import examples
from tests.promises.harness import ROOT
from tests.store.sitting import (
    BLUEPRINT,
    CARDS,
    PRACTICE,
    QUESTIONS,
    RUBRIC,
    STRICT,
    append,
    begin,
    everything,
    happenings,
    live,
    reading_at,
)
from tests.store.test_logbook import MORNING, opened

LOOP = Blueprint(
    id="little-day",
    title="A little day",
    minutes=25,
    rounds=(Sitting("little-round"), Rest(5), Sitting("little-round")),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = opened(tmp_path)
    yield store
    store.close()


def kept(store: Store, mock: str) -> StoredMock:
    with store.reading() as log:
        found = log.mocks.get(mock)
    assert found is not None
    return found


@contextmanager
def statements_of(store: Store) -> Iterator[list[str]]:
    """Collect the statements that a block runs."""
    ran: list[str] = []

    def collect(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        ran.append(" ".join(statement.split()))

    event.listen(store._engine, "before_cursor_execute", collect)
    yield ran
    event.remove(store._engine, "before_cursor_execute", collect)


def test_a_mock_reads_back_as_it_began(store: Store) -> None:
    tokyo = MORNING.astimezone(timezone(timedelta(hours=9)))
    mock = begin(store, began=tokyo)
    found = kept(store, mock)
    assert (found.blueprint, found.rubric, found.terms, found.questions) == (BLUEPRINT, RUBRIC, PRACTICE, QUESTIONS)
    assert (found.began, found.began.utcoffset(), found.study_day) == (tokyo, timedelta(hours=9), TODAY)
    assert (found.read, found.seen_ms, found.events, found.loop, found.leg) == (reading_at(0), 0, (), None, None)
    with store.reading() as log:
        assert log.mocks.get("01900000-0000-7000-8000-000000000000") is None


def test_every_event_reads_back_in_its_order_and_the_newest_text_of_each_stop(store: Store) -> None:
    mock, told = begin(store), everything()
    for first in range(0, len(told), 3):
        append(store, mock, *told[first : first + 3])
    found = kept(store, mock)
    assert found.events == told
    assert [(version.stop, version.written.text) for version in found.versions] == [
        (1, "first thoughts"),
        (3, "def f():\n    return 1\n"),
        (3, "second thoughts"),
    ]
    assert replay(found.blueprint, found.terms, found.questions, found.events) == live(told)
    assert (found.read, found.seen_ms) == (reading_at(98_000), 98_000)


@pytest.mark.parametrize("terms", [PRACTICE, STRICT], ids=["practice", "strict"])
@given(data=st.data())
@settings(max_examples=examples(20, 500), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happens_and_however_it_is_stored_the_same_mock_comes_back(
    store: Store, terms: Terms, data: st.DataObject
) -> None:
    told = data.draw(happenings(terms))
    mock = begin(store, terms=terms)
    cut = data.draw(st.lists(st.integers(0, len(told)), max_size=4).map(sorted))
    for first, last in zip([0, *cut], [*cut, len(told)], strict=True):
        append(store, mock, *told[first:last])
    expected = live(told, terms)
    found = kept(store, mock)
    again = replay(found.blueprint, found.terms, found.questions, found.events)
    assert again == expected
    assert [each for each in found.events if not isinstance(each, Written)] == [
        each for each in told if not isinstance(each, Written)
    ]
    with store.reading() as log:
        (head,) = [each for each in log.mocks.heads() if each.id == mock]
        assert (mock in {each.id for each in log.mocks.unfinished()}) is not expected.is_over
    assert (head.is_over, head.is_saved) == (expected.is_over, expected.is_saved)
    assert head.end == (None if expected.end is None else expected.end.value)


def test_one_version_of_a_sheet_is_kept_for_each_stop(store: Store) -> None:
    mock = begin(store)
    append(
        store, mock, Written(1_000, "q0", "a"), Written(2_000, "q0", "ab"), Moved(3_000, 2), Written(4_000, "q0", "abc")
    )
    append(store, mock, Written(5_000, "q0", "abcd"), Moved(6_000, 0))
    append(store, mock, Written(7_000, "q0", "ab"))
    versions = [(each.stop, each.written.at_ms, each.written.text) for each in kept(store, mock).versions]
    assert versions == [(2, 5_000, "abcd"), (0, 7_000, "ab")]
    assert live(kept(store, mock).events).sheets == {"q0": "ab"}


def test_what_was_typed_before_a_move_and_saved_after_it_belongs_to_the_stop_it_was_typed_at(store: Store) -> None:
    mock = begin(store)
    append(store, mock, Moved(2_000, 1))
    append(store, mock, Moved(5_000, 3), Written(4_900, "q1", "late"), Written(5_000, "q3", "on time"))
    append(store, mock, Written(1_900, "q0", "very late"))
    assert [(each.stop, each.written.sheet) for each in kept(store, mock).versions] == [(1, "q1"), (3, "q3"), (0, "q0")]
    assert stop_at([], 7) == 0
    assert stop_at([Moved(5, 1), Moved(5, 2)], 5) == 2


def test_a_text_saved_after_the_end_stands_where_it_was_saved(store: Store) -> None:
    """Were texts put behind everything else, one typed just after the last sign of life could not be read again."""
    mock = begin(store)
    append(store, mock, Written(9_400, "q0", "last words"), seen_ms=9_000)
    append(store, mock, Finished(9_000))
    found = kept(store, mock)
    assert [type(each) for each in found.events] == [Written, Finished]
    assert live(found.events).sheets == {"q0": "last words"}


def test_an_autosave_writes_only_the_sheets_that_changed(store: Store) -> None:
    mock = begin(store)
    append(store, mock, *(Written(1_000, f"q{number}", "x" * 50_000) for number in range(4)))
    with statements_of(store) as ran:
        append(store, mock, Written(2_000, "q1", "y"), Written(2_500, "q1", "yz"))
    assert len([each for each in ran if each.startswith("INSERT INTO mock_sheets")]) == 1
    with statements_of(store) as ran, store.writing() as log:
        log.mocks.beat(mock, reading_at(5_000), 5_000)
    assert [each.split()[:3] for each in ran if not each.startswith("BEGIN")] == [["INSERT", "INTO", "mock_beats"]]
    assert len(kept(store, mock).versions) == 4
    assert kept(store, mock).seen_ms == 5_000


def test_a_megabyte_of_notes_is_stored_and_read_back(store: Store) -> None:
    notes = "Zoë: 1 ≤ 10⁶ 'quotes' \"and\" \\ back\\slashes\n" * 24_000
    assert len(notes.encode()) > 2**20
    mock = begin(store)
    append(store, mock, Written(1_000, "p3", notes))
    append(store, mock, Written(2_000, "p3", notes + "."))
    (version,) = kept(store, mock).versions
    assert version.written.text == notes + "."


def test_text_that_no_keyboard_writes_is_stored_all_the_same(store: Store) -> None:
    mock = begin(store)
    append(store, mock, Written(1_000, "q0", "a\x00b\x1b[2J\r\n\ud800"))
    assert live(kept(store, mock).events).sheets == {"q0": "a\x00b\x1b[2J\r\n\N{REPLACEMENT CHARACTER}"}


def test_a_strict_clock_that_ran_out_with_nobody_there_has_ended_its_mock(store: Store) -> None:
    silent, said, saved = (begin(store, terms=STRICT) for _ in range(3))
    gone = 99 * 60_000
    append(store, silent, Said(1_000, 0), Recovered(gone, 2_000, Mode.STRICT))
    append(store, said, TimeRanOut(gone))
    append(store, saved, Recovered(gone, 0, Mode.STRICT), Saved(gone))
    running = begin(store, terms=STRICT)
    append(store, running, Said(1_000, 0), seen_ms=1_000)
    with store.reading() as log:
        found = {head.id: (head.is_over, head.end, head.is_saved) for head in log.mocks.heads()}
        assert [head.id for head in log.mocks.unfinished()] == [running]
    up = End.TIME_UP.value
    assert found == {
        silent: (True, up, False), said: (True, up, False), saved: (True, up, True), running: (False, None, False),
    }  # fmt: skip


def test_mocks_are_listed_in_the_order_they_began_whatever_the_clock_says(store: Store) -> None:
    later = MORNING + timedelta(days=1)
    mocks = [begin(store, began=moment) for moment in (later, MORNING, MORNING, later)]
    append(store, mocks[1], Abandoned(5))
    with store.reading() as log:
        heads = log.mocks.heads()
    assert [head.id for head in heads] == mocks == sorted(mocks)
    assert {(head.format, head.title, head.study_day) for head in heads} == {("little-round", "A little round", TODAY)}
    assert [head.end for head in heads] == [None, "abandoned", None, None]
    assert [head.began for head in heads] == [later, MORNING, MORNING, later]


def test_a_mock_is_found_by_the_beginning_of_its_id(store: Store) -> None:
    first, second = begin(store), begin(store, began=MORNING + timedelta(days=400))
    with store.writing() as log:
        loop = log.mocks.add_loop(LOOP, STRICT, MORNING + timedelta(days=800), TODAY, Reading(MORNING, 0, 0, ""))
    with store.reading() as log:
        assert log.mocks.find(first) == (first,)
        assert log.mocks.find(second[:8].upper()) == (second,)
        assert log.mocks.find("") == (first, second)
        assert log.mocks.find(loop) == log.mocks.find("%") == log.mocks.find("zz") == ()
        assert log.mocks.find("\ud800") == ()


def test_the_last_day_a_mock_asked_a_card_is_known_by_the_name_it_bears_now(store: Store) -> None:
    own = Question(sort=Sort.OWN_PROJECT)
    begin(store, study_day=TODAY)
    begin(store, questions=(QUESTIONS[0], own), study_day=TODAY + timedelta(days=3))
    begin(store, questions=(QUESTIONS[0],), study_day=TODAY - timedelta(days=3))
    with store.reading() as log:
        asked = log.mocks.asked_on()
    assert asked == {**dict.fromkeys(CARDS, TODAY), CARDS[0]: TODAY + timedelta(days=3)}
    newer = CardId("small", "uno")
    with store.writing() as log:
        log.append_action(ActionKind.RENAME, MORNING, TODAY, card=newer, details=str(CARDS[0]))
    with store.reading() as log:
        assert log.mocks.asked_on()[newer] == TODAY + timedelta(days=3)
        assert CARDS[0] not in log.mocks.asked_on()


def test_a_loop_reads_back_with_its_rounds(store: Store) -> None:
    with store.writing() as log:
        loop = log.mocks.add_loop(LOOP, STRICT, MORNING, TODAY, Reading(MORNING, 0, 0, ""))
        other = log.mocks.add_loop(LOOP, STRICT, MORNING, TODAY, Reading(MORNING, 0, 0, ""))
    rounds = [begin(store, loop=loop, leg=leg) for leg in (0, 2)]
    begin(store)
    told = (RoundBegan(5, 0, rounds[0]), RoundEnded(9, 0), RestBegan(10, 1), RestEnded(20, 1, was_skipped=True))
    with store.writing() as log:
        log.mocks.append_loop(loop, told[:2], at=MORNING, read=Reading(MORNING, 0, 0, ""), seen_ms=7)
    with store.writing() as log:
        log.mocks.append_loop(loop, told[2:], at=MORNING, read=Reading(MORNING, 0, 0, ""), seen_ms=7)
        log.mocks.append_loop(loop, (), at=MORNING, read=Reading(MORNING, 0, 0, ""), seen_ms=7)
    with store.reading() as log:
        found = log.mocks.get_loop(loop)
        assert found is not None
        assert (found.blueprint, found.terms, found.began, found.study_day) == (LOOP, STRICT, MORNING, TODAY)
        assert found.events == told
        assert [(head.id, head.loop, head.leg) for head in found.rounds] == [(rounds[0], loop, 0), (rounds[1], loop, 2)]
        assert (kept(store, rounds[1]).loop, kept(store, rounds[1]).leg) == (loop, 2)
        assert [each.id for each in log.mocks.loops()] == [loop, other]
        assert [each.id for each in log.mocks.unfinished_loops()] == [loop, other]
        assert len(log.mocks.heads()) == 3
        assert log.mocks.get(loop) is None
        assert log.mocks.get_loop(rounds[0]) is None
    with store.writing() as log:
        log.mocks.append_loop(other, (LoopAbandoned(7),), at=MORNING, read=Reading(MORNING, 0, 0, ""), seen_ms=7)
    with store.reading() as log:
        assert [each.id for each in log.mocks.unfinished_loops()] == [loop]


def test_nothing_can_be_told_of_a_mock_that_never_began(store: Store) -> None:
    with pytest.raises(StoreError), store.writing() as log:
        log.mocks.append(
            "01900000-0000-7000-8000-000000000000", (Said(1, 0),), at=MORNING, read=reading_at(0), seen_ms=1
        )
    with pytest.raises(StoreError):
        begin(store, loop="01900000-0000-7000-8000-000000000000")


def _write_and_fail(store: Store, mock: str, told: tuple[Event, ...]) -> None:
    with store.writing() as log:
        log.mocks.append(mock, told, at=MORNING, read=reading_at(2_000), seen_ms=2_000)
        raise RuntimeError("the machine gave up")


def test_what_fails_half_way_is_stored_not_at_all_and_can_be_stored_again(store: Store) -> None:
    mock = begin(store)
    told: tuple[Event, ...] = (Said(1_000, 0), Written(2_000, "q0", "a"))
    with pytest.raises(RuntimeError, match="gave up"):
        _write_and_fail(store, mock, told)
    assert (kept(store, mock).events, kept(store, mock).seen_ms) == ((), 0)
    append(store, mock, *told)
    assert kept(store, mock).events == told


def test_what_happened_is_never_changed_and_nothing_is_deleted(store: Store) -> None:
    append(store, begin(store), Said(1_000, 0), Written(2_000, "q0", "a"))
    refused = [f"DELETE FROM {table}" for table in ("mocks", "mock_events", "mock_sheets")]
    refused += ["UPDATE mocks SET title = 'x'", "UPDATE mock_events SET at_ms = 0"]
    refused.append("REPLACE INTO mock_events SELECT mock, number, 7, 7, kind, details, checksum FROM mock_events")
    with closing(sqlite3.connect(store.path)) as raw:
        raw.execute("PRAGMA recursive_triggers = ON")
        for statement in refused:
            with pytest.raises(sqlite3.IntegrityError, match=r"append-only|never deleted"):
                raw.execute(statement)


def plans_of(store: Store, *verbs: Any) -> list[str]:
    """Return how SQLite finds what some verbs read."""
    plans: list[str] = []

    def explain(connection: Any, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith("SELECT"):
            raw = connection.connection.driver_connection
            plans.extend(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    event.listen(store._engine, "before_cursor_execute", explain)
    for verb in verbs:
        verb()
    event.remove(store._engine, "before_cursor_execute", explain)
    return plans


def test_an_autosave_and_a_look_at_one_mock_find_everything_by_an_index(store: Store) -> None:
    mock = begin(store)
    append(store, mock, Said(1_000, 0), Written(2_000, "q0", "a"))
    plans = plans_of(
        store,
        lambda: append(store, mock, Moved(3_000, 1), Written(4_000, "q0", "ab")),
        lambda: kept(store, mock),
    )
    assert plans
    assert [plan for plan in plans if plan.startswith("SCAN")] == []


def test_a_list_of_mocks_reads_no_list_of_events(store: Store) -> None:
    for _ in range(3):
        append(store, begin(store), Said(1_000, 0), Finished(2_000))

    def look() -> None:
        with store.reading() as log:
            log.mocks.heads()
            log.mocks.find("01")

    plans = plans_of(store, look)
    assert any("mock_events USING COVERING INDEX mock_events_by_kind (kind=?)" in plan for plan in plans)
    assert [plan for plan in plans if plan.startswith("SCAN") and "INDEX" not in plan] == []


def test_an_autosave_takes_a_few_statements_however_long_the_list_is(store: Store) -> None:
    mock = begin(store)
    for number in range(200):
        append(store, mock, Said(1_000 + number, 0))
    with statements_of(store) as ran:
        append(store, mock, Said(9_000, 0))
    assert len(ran) <= 5


def test_when_a_mock_was_stored_is_kept_beside_when_it_happened(store: Store) -> None:
    mock = begin(store)
    append(store, mock, Said(1_000, 0))
    with closing(sqlite3.connect(store.path)) as raw:
        (row,) = raw.execute("SELECT at_ms, written_ms FROM mock_events").fetchall()
    assert row == (1_000, round((MORNING + timedelta(seconds=9)).timestamp() * 1000))


def test_a_store_that_is_asked_for_no_mock_loads_none_of_their_rooms() -> None:
    script = "import sys, prepdeck.store.store, prepdeck.host.clock; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(told.stdout.split())
    assert "prepdeck.store.logbook" in loaded
    assert not {name for name in loaded if name.startswith(("prepdeck.interview", "prepdeck.store.mock"))}
