from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.handling import UNTOUCHED, Handling
from prepdeck.scheduling.memory import Learned, Memory
from prepdeck.scheduling.review import Answered, Review, ReviewKind, step
from prepdeck.store import glance
from prepdeck.store.histories import MEMORY_KINDS, NEVER_UNDONE
from prepdeck.store.mapping import ActionKind
from prepdeck.store.standing import _DUE_DAYS
from prepdeck.store.store import Store, open_store
from tests.builders import TODAY
from tests.full import examples
from tests.store.test_logbook import CARD, MORNING, answer, opened, state, undo
from tests.store.test_migration import GOLDEN

OTHER = CardId("small", "two")
MOVES = (ActionKind.SET_DUE, ActionKind.POSTPONE, ActionKind.SPREAD, ActionKind.PULL)
"""Kinds whose details are a day."""
PLAIN = (ActionKind.SUSPEND, ActionKind.UNSUSPEND, ActionKind.FLAG, ActionKind.UNFLAG, ActionKind.RESET)
"""Kinds that say everything by their name."""


def act(store: Store, kind: ActionKind, *cards: CardId, days: int = 0, details: str = "") -> None:
    day = TODAY + timedelta(days=days)
    with store.writing() as log:
        log.append_actions(kind, MORNING + timedelta(days=days), day, [(card, details) for card in cards])


def answer_as(store: Store, card: CardId, quality: int, kind: ReviewKind, days: int) -> None:
    """Record an answer as a plan or a cram does."""
    day = TODAY + timedelta(days=days)
    with store.writing() as log:
        before = log.memory_of(card)
        after = step(before, Answered(day, quality, kind))
        log.append_review(Review("", card, MORNING, day, quality, 2.5, kind, 0, before, after), MORNING)


def handlings(store: Store) -> dict[CardId, Handling]:
    with store.reading() as log:
        assert log.all_handlings() == log.all_handlings_replayed()
        assert {card: log.handling_replayed(card) for card in log.all_handlings()} == log.all_handlings()
        return log.all_handlings()


def everything(store: Store) -> tuple[dict[CardId, Memory], dict[CardId, Handling]]:
    return state(store), handlings(store)


steps = st.one_of(
    st.tuples(st.just("answer"), st.sampled_from(ReviewKind), st.integers(0, 5)),
    st.tuples(st.just("act"), st.sampled_from(PLAIN), st.integers(0, 6)),
    st.tuples(st.just("act"), st.sampled_from(MOVES), st.integers(0, 6)),
    st.tuples(st.just("act"), st.just(ActionKind.NOTE), st.integers(0, 6)),
    st.tuples(st.just("act"), st.just(ActionKind.BURY), st.integers(0, 6)),
    st.tuples(st.just("undo"), st.just(None), st.integers(0, 6)),
    st.tuples(st.just("restart"), st.just(None), st.integers(0, 6)),
)


@pytest.mark.promise(4)
@settings(max_examples=examples(20, 1000), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=25), st.lists(st.integers(-3, 6), min_size=25, max_size=25))
def test_any_mix_of_answers_actions_and_undos_leaves_what_replay_gives(
    tmp_path_factory: pytest.TempPathFactory, script: list[tuple[str, object, int]], gaps: list[int]
) -> None:
    """The clock is set back now and then, and each undo gives back what was before the step, also after a restart."""
    folder = tmp_path_factory.mktemp("mix")
    store = opened(folder)
    before = [everything(store)]
    days = 0
    for (what, kind, value), gap in zip(script, gaps, strict=False):
        days = max(0, days + gap)
        card = CardId("small", f"c{value % 3}")
        match what, kind:
            case "answer", ReviewKind():
                _answer_or_skip(store, card, value, kind, days)
                before.append(everything(store))
            case "act", ActionKind():
                both = [card, CardId("small", "c1")] if value > 3 and value % 3 != 1 else [card]
                _act_on(store, kind, both, value, days)
                before.append(everything(store))
            case "undo", _:
                undo(store)
                before = before[:-1] or before
                assert everything(store) == before[-1]
            case _:
                store.close()
                store = opened(folder)
    store.close()
    store = opened(folder)
    while len(before) > 1:
        assert everything(store) == before.pop()
        undo(store)
    assert everything(store) == ({}, {})
    store.close()


def _answer_or_skip(store: Store, card: CardId, quality: int, kind: ReviewKind, days: int) -> None:
    """Record an answer on the day the verbs would count it on."""
    day = TODAY + timedelta(days=days)
    with store.reading() as log:
        memory, change = log.memory_of(card), log.newest_change(card, day)
    reached = [day, memory.last if isinstance(memory, Learned) else day, change.study_day if change else day]
    answer_as(store, card, quality, kind, (max(reached) - TODAY).days)


def _act_on(store: Store, kind: ActionKind, cards: list[CardId], value: int, days: int) -> None:
    match kind:
        case ActionKind.NOTE:
            details = "" if value == 0 else f"note {value}"
        case ActionKind.BURY:
            details = (TODAY + timedelta(days=days)).isoformat()
        case _ if kind in MOVES:
            details = (TODAY + timedelta(days=days + value)).isoformat()
        case _:
            details = ""
    act(store, kind, *cards, days=days, details=details)


def test_a_clock_that_was_ahead_is_warned_of_by_every_change_that_an_undo_takes_back() -> None:
    assert {*glance.CHANGES} == {kind.value for kind in MEMORY_KINDS if kind not in NEVER_UNDONE}


def test_actions_of_one_step_share_it_and_are_taken_back_together(tmp_path: Path) -> None:
    store = opened(tmp_path)
    act(store, ActionKind.FLAG, CARD)
    act(store, ActionKind.SUSPEND, CARD, OTHER)
    assert handlings(store) == {CARD: Handling(suspended=True, flagged=True), OTHER: Handling(suspended=True)}
    undo(store)
    assert handlings(store) == {CARD: Handling(flagged=True)}
    with store.reading() as log:
        flagged, *suspended, first, second = log.actions()
        assert [each.voided for each in (flagged, *suspended)] == [False, True, True]
        assert suspended[0].step == suspended[1].step == suspended[0].id
        assert {first.target, second.target} == {each.id for each in suspended}
        assert first.step == second.step == first.id
    store.close()


def test_an_undo_takes_back_the_newer_of_a_review_and_an_action(tmp_path: Path) -> None:
    store = opened(tmp_path)
    act(store, ActionKind.FLAG, CARD)
    answer(store, CARD, 4)
    act(store, ActionKind.NOTE, CARD, details="x")
    found = []
    for _ in range(4):
        with store.writing() as log:
            newest = log.newest_step()
            found.append([type(entry).__name__ for entry in newest])
            log.take_back(newest, MORNING, TODAY)
    assert found == [["Action"], ["Review"], ["Action"], []]
    assert everything(store) == ({}, {})
    store.close()


def test_renames_revisions_and_undos_are_no_steps_of_a_learner(tmp_path: Path) -> None:
    store = opened(tmp_path)
    with store.writing() as log:
        log.append_action(ActionKind.REVISION, MORNING, TODAY, card=CARD, details="2")
        log.append_action(ActionKind.RENAME, MORNING, TODAY, card=CARD, details="small/old")
        assert log.newest_step() == ()
    store.close()


def test_a_spread_of_many_cards_is_taken_back_whole(tmp_path: Path) -> None:
    store = opened(tmp_path)
    cards = [CardId("small", f"c{number}") for number in range(150)]
    for card in cards:
        answer(store, card, 4)
    before = everything(store)
    act(store, ActionKind.SPREAD, *cards, details="2026-12-24")
    spread = state(store)
    assert {memory.due for memory in spread.values() if isinstance(memory, Learned)} == {date(2026, 12, 24)}
    act(store, ActionKind.SUSPEND, *cards)
    assert len(handlings(store)) == 150
    undo(store)
    undo(store)
    assert everything(store) == before
    store.close()


def test_a_step_is_one_commit(tmp_path: Path) -> None:
    store = opened(tmp_path)
    answer(store, CARD, 4)
    commits = []
    event.listen(store._engine, "commit", lambda _connection: commits.append(1))
    act(store, ActionKind.POSTPONE, CARD, OTHER, details="2026-12-24")
    assert len(commits) == 1
    undo(store)
    assert len(commits) == 2
    store.close()


def test_a_step_that_dies_half_way_leaves_nothing(tmp_path: Path) -> None:
    store = opened(tmp_path)
    answer(store, CARD, 4)
    before = everything(store)

    def fail_half_way() -> None:
        with store.writing() as log:
            log.append_actions(ActionKind.RESET, MORNING, TODAY, [(CARD, ""), (OTHER, "")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert everything(store) == before
    with store.reading() as log:
        assert list(log.actions()) == []
    store.close()


def test_an_action_on_a_clock_set_back_counts_on_the_last_day_of_its_card(tmp_path: Path) -> None:
    store = opened(tmp_path)
    answer(store, CARD, 4, days=5)
    act(store, ActionKind.RESET, CARD, OTHER, days=2)
    with store.reading() as log:
        assert {each.card: (each.study_day - TODAY).days for each in log.actions()} == {CARD: 5, OTHER: 2}
    assert state(store) == {}
    act(store, ActionKind.SUSPEND, OTHER, days=1)
    act(store, ActionKind.UNSUSPEND, OTHER)
    assert handlings(store) == {}
    store.close()


def test_a_reset_card_is_new_again_and_no_longer_after_the_undo(tmp_path: Path) -> None:
    store = opened(tmp_path)
    answer(store, CARD, 4)
    with store.writing() as log:
        log.raw.execute(
            "INSERT INTO cards VALUES (1, 'small', 'one', 'basic', 't', 1, 'f', 0, 1, 0, 1, NULL, NULL, NULL, 2, NULL, "
            "'[]', '')"
        )

    def seen() -> int:
        with store.reading() as log:
            return int(log.raw.execute("SELECT seen FROM cards").fetchone()[0])

    act(store, ActionKind.RESET, CARD)
    assert seen() == 0
    undo(store)
    assert seen() == 1
    store.close()


def test_a_wiped_cache_of_handlings_is_rebuilt_from_the_log(tmp_path: Path) -> None:
    store = opened(tmp_path)
    act(store, ActionKind.SUSPEND, CARD)
    act(store, ActionKind.NOTE, CARD, details="why?")
    before = handlings(store)
    with store.writing() as log:
        log.keep_all_handlings({})
        assert log.all_handlings() == {}
        assert log.handling_of(CARD) == UNTOUCHED
        log.keep_all_handlings(log.all_handlings_replayed())
    assert handlings(store) == before
    store.close()


def test_a_renamed_card_keeps_its_handling_and_an_undo_finds_it_under_the_new_name(tmp_path: Path) -> None:
    store = opened(tmp_path)
    moved = CardId("other", "eins")
    answer(store, CARD, 4)
    act(store, ActionKind.SUSPEND, CARD)
    act(store, ActionKind.POSTPONE, CARD, details="2026-12-24")
    with store.writing() as log:
        for old, new in ((CARD, CardId("small", "uno")), (CardId("small", "uno"), moved)):
            log.append_action(ActionKind.RENAME, MORNING, TODAY, card=new, details=str(old))
        log.keep_all_memories(log.all_replayed())
        log.keep_all_handlings(log.all_handlings_replayed())
        assert log.newest_change(moved, TODAY - timedelta(days=1)) is not None
    memories, found = everything(store)
    assert found == {moved: Handling(suspended=True)}
    postponed = memories[moved]
    assert isinstance(postponed, Learned)
    assert postponed.due == date(2026, 12, 24)
    act(store, ActionKind.FLAG, CARD)  # by a program that has not heard of the new name
    assert handlings(store) == {moved: Handling(suspended=True, flagged=True)}
    for _ in range(4):
        undo(store)
    assert everything(store) == ({}, {})
    store.close()


@pytest.mark.parametrize("golden", sorted(GOLDEN.glob("*.db")), ids=lambda path: path.stem)
def test_every_released_version_comes_to_the_caches_its_logs_give(golden: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(golden, tmp_path / "prepdeck.db"))
    path.chmod(0o600)
    store = open_store(path, tmp_path / "backups", stamp="s")
    memories, _ = everything(store)
    assert memories
    act(store, ActionKind.RESET, *memories, days=60)
    assert state(store) == {}
    undo(store)
    assert state(store) == memories
    store.close()


def test_cards_held_back_on_a_day_are_those_suspended_or_buried_then(tmp_path: Path) -> None:
    store = opened(tmp_path)
    act(store, ActionKind.SUSPEND, CARD)
    act(store, ActionKind.BURY, OTHER, details=TODAY.isoformat())
    act(store, ActionKind.FLAG, CardId("small", "three"))
    with store.reading() as log:
        assert log.held_back_on(TODAY) == {CARD, OTHER}
        assert log.held_back_on(TODAY + timedelta(days=1)) == {CARD}
    store.close()


def test_what_waits_and_what_undo_needs_is_looked_up_by_indexes(tmp_path: Path) -> None:
    opened(tmp_path).close()
    day = TODAY.isoformat()
    bound = {"until": day, "today": day, "tomorrow": day, "deck": "small", "most": 10}
    with closing(sqlite3.connect(tmp_path / "prepdeck.db")) as raw:
        for query in (glance.DUE, glance.DRILLING, glance.NEW, _DUE_DAYS, glance.LAST_CHANGE.replace("?", ":today")):
            plan = [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {query}", bound)]
            assert plan
            assert [line for line in plan if line.startswith("SCAN") and "INDEX" not in line] == [], query


def test_undo_and_answer_look_at_no_whole_log(tmp_path: Path) -> None:
    store = opened(tmp_path)
    plans: list[str] = []

    def explain(connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith("SELECT"):
            raw = connection.connection.driver_connection  # type: ignore[attr-defined]
            plans.extend(row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    answer(store, CARD, 4)
    act(store, ActionKind.SUSPEND, CARD, OTHER)
    event.listen(store._engine, "before_cursor_execute", explain)
    with store.reading() as log:
        log.newest_step()
        log.handling_of(CARD)
        log.newest_change(CARD, TODAY - timedelta(days=1))
    undo(store)
    assert plans
    assert [plan for plan in plans if plan.startswith("SCAN") and "INDEX" not in plan and "UNION" not in plan] == []
    assert [plan for plan in plans if "TEMP B-TREE" in plan] == []
    store.close()
