"""Deeds on the road in the action log: what is written reads back, nonsense is passed over, an undo leaves no trace."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from prepdeck.road.deeds import Assessed, Chose, Deed, Done, Dropped, Kept, Reopened, Started, Ticked, Told
from prepdeck.road.lists import ListKind
from prepdeck.road.standing import Piece, RoadStanding
from prepdeck.store.mapping import Action, ActionKind
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.options import Options
from prepdeck.study.queue_wishes import choices_of
from prepdeck.study.records import action_words, read_actions
from prepdeck.study.road_deeds import choose_deck, mark_done, reopen, start_phase, tick
from prepdeck.study.road_log import append_deeds, deed_words, details_of, keep_deed, road_standing, told_by
from prepdeck.study.safekeeping import examine, rebuild
from prepdeck.study.undoing import undo
from tests.builders import TODAY, environment_of
from tests.full import examples

MOMENT = datetime(2026, 11, 22, 9, tzinfo=UTC)
ENTRY = "01900000-0000-7000-8000-000000000000"
words = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)
deeds: st.SearchStrategy[Deed] = st.one_of(
    st.builds(Started, words),
    st.builds(Done, words, words),
    st.builds(Reopened, words),
    st.builds(Chose, words, words, st.lists(words, max_size=3).map(tuple)),
    st.builds(Assessed, st.dictionaries(words, st.integers(1, 4), max_size=3)),
    st.builds(Ticked, words, is_done=st.booleans()),
    st.builds(Kept, st.sampled_from(ListKind), words, st.dictionaries(words, words, max_size=3)),
    st.builds(Dropped, st.sampled_from(ListKind), words),
)
loose = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("phase", "item", "link", "deck", "others", "levels", "line", "done", "list", "entry", "values")
DOINGS = ("start", "done", "reopen", "choose", "assess", "tick", "keep", "drop", "fly")
near_misses = st.builds(
    lambda do, rest: {"do": do, **rest},
    st.sampled_from(DOINGS) | loose,
    st.dictionaries(st.sampled_from(FIELDS), loose | st.sampled_from(["portfolio", {"a": 3}]), max_size=6),
)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    for name, value in environment_of(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    return lambda day: monkeypatch.setenv("PREPDECK_NOW", f"{day}T09:00:00+00:00")


def entry(details: str) -> Action:
    return Action(ENTRY, MOMENT, TODAY, ActionKind.ROAD, None, None, ENTRY, details)


def append(desk: Desk, deed: Deed) -> None:
    with desk.store.writing() as log:
        append_deeds(desk, log, [deed])


@given(deeds)
@settings(max_examples=examples(200))
def test_a_deed_reads_back_as_it_was_written(deed: Deed) -> None:
    assert told_by(entry(json.dumps(details_of(deed)))) == Told(ENTRY, TODAY, deed)


@given(st.text() | (loose | near_misses).map(json.dumps))
@example('{"do": "assess", "levels": {"programming": Infinity}}')
@example('{"do": "assess", "levels": {"programming": NaN}}')
@example('{"do": "done", "item": "\\ud800", "link": ""}')
@example('{"do": "keep", "list": ["portfolio"], "entry": "", "values": {}}')
@example('{"do": {"start": 1}, "phase": "a"}')
@example("[" * 100_000)
@settings(max_examples=examples(300))
def test_no_details_whatever_are_a_crash(details: str) -> None:
    told = told_by(entry(details))
    said = deed_words(details)
    assert said
    said.encode()  # what cannot be printed would stop the whole list
    assert "\n" not in said
    assert (told is None) == (said == "step on the road")
    choices_of([details])


@pytest.mark.parametrize(
    "details",
    [
        "",
        "null",
        "[]",
        "{}",
        '{"do": "fly", "phase": "a"}',
        '{"do": "start"}',
        '{"do": "done", "item": "a"}',
        '{"do": "choose", "phase": "a", "deck": "b", "others": 3}',
        '{"do": "assess", "levels": [1]}',
        '{"do": "assess", "levels": {"programming": "much"}}',
        '{"do": "keep", "list": "wishes", "entry": "", "values": {}}',
        '{"do": "drop", "list": "portfolio"}',
    ],
)
def test_an_entry_that_makes_no_sense_is_passed_over(details: str) -> None:
    assert told_by(entry(details)) is None
    assert deed_words(details) == "step on the road"


def test_levels_out_of_range_are_left_out() -> None:
    told = told_by(entry('{"do": "assess", "levels": {"a": 0, "b": 1, "c": 4, "d": 5}}'))
    assert told is not None
    assert told.deed == Assessed({"b": 1, "c": 4})


def test_control_codes_of_a_foreign_entry_are_cleaned() -> None:
    told = told_by(entry('{"do": "done", "item": "a\\u001b[2Jb", "link": "x\\ny"}'))
    assert told is not None
    assert isinstance(told.deed, Done)
    assert not any(ord(letter) < 32 for letter in told.deed.item + told.deed.link)


def test_a_choice_that_makes_no_sense_leaves_the_queue_as_it_is() -> None:
    good = '{"do": "choose", "phase": "special", "deck": "text", "others": ["vision"]}'
    later = '{"do": "leave", "phase": "special", "deck": "vision", "others": ["text"]}'
    assert choices_of([good, later, "", "[]", "{}"]) == (frozenset({"text"}), frozenset({"vision"}))


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        (Started("core-ml"), "start of phase core-ml"),
        (Done("sql-queries", "https://example.org"), "sql-queries done"),
        (Reopened("sql-queries"), "sql-queries reopened"),
        (Chose("special", "text", ("vision",)), "choice of text"),
        (Chose("special", ""), "withdrawal of a choice"),
        (Assessed({"programming": 2}), "self-assessment"),
        (Ticked("road"), "tick of today's road"),
        (Ticked("road", is_done=False), "untick of today's road"),
        (Kept(ListKind.APPLICATIONS, "", {"company": "Acme"}), "new entry in applications: Acme"),
        (Kept(ListKind.CONTACTS, ENTRY, {"name": "Ada"}), "change to contacts: Ada"),
        (Kept(ListKind.PORTFOLIO, ENTRY), "change to portfolio"),
        (Dropped(ListKind.PORTFOLIO, ENTRY), "removal from portfolio"),
    ],
)
def test_an_undo_says_what_it_takes_back(clock: Callable[[str], None], deed: Deed, said: str) -> None:
    with open_desk() as desk:
        before = road_standing(desk)
        keep_deed(desk, deed)
        newest = list(read_actions(desk))[-1]
        assert action_words(newest) == said
        assert [undone.words for undone in undo(desk)] == [said]
        assert road_standing(desk) == before


HISTORY: tuple[Deed, ...] = (
    Assessed({"programming": 2}),
    Started("foundations"),
    Done("sql-queries", "https://example.org/a"),
    Done("talk-post"),
    Reopened("talk-post"),
    Chose("specialisation", "nlp-llm", ("computer-vision",)),
    Kept(ListKind.PORTFOLIO, "", {"title": "City bikes"}),
    Ticked("road"),
    Chose("specialisation", ""),
    Reopened("foundations"),
)


@given(st.lists(st.sampled_from(HISTORY), min_size=1, max_size=6))
@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_undo_leads_back_to_the_standing_before(clock: Callable[[str], None], history: list[Deed]) -> None:
    with open_desk() as desk:
        seen = []
        for deed in history:
            seen.append(road_standing(desk))
            append(desk, deed)
        for before in reversed(seen):
            undo(desk)
            assert road_standing(desk) == before


def test_a_log_of_deeds_is_whole(clock: Callable[[str], None]) -> None:
    with open_desk() as desk:
        for deed in HISTORY:
            append(desk, deed)
        undo(desk, 3)
        keep_deed(desk, Done("capstone"))
    assert rebuild(Options(), check=True).differences == ()
    assert examine(Options()).ok


def test_an_entry_of_a_later_prepdeck_changes_nothing(clock: Callable[[str], None]) -> None:
    with open_desk() as desk:
        mark_done(desk, "capstone")
        before = road_standing(desk)
        with desk.store.writing() as log:
            for kind in (ActionKind.ROAD, ActionKind.CHOICE):
                items = [(None, details) for details in ("", '{"do": "fly"}', '{"do": "assess", "levels": 1e999}')]
                log.append_actions(kind, desk.clock.now(), desk.today(), items)
        assert road_standing(desk) == before
        reopen(desk, "capstone")
        assert road_standing(desk) == RoadStanding()


def test_a_clock_that_was_set_back_puts_no_deed_behind_what_it_changes(clock: Callable[[str], None]) -> None:
    clock("2026-11-30")
    with open_desk() as desk:
        mark_done(desk, "capstone")
        start_phase(desk, "1")
        choose_deck(desk, "nlp-llm")
    clock("2026-11-22")
    with open_desk() as desk:
        reopen(desk, "capstone")
        reopen(desk, "1")
        choose_deck(desk, "computer-vision")
        found = road_standing(desk)
        assert (found.done, found.started) == ({}, {})
        assert found.chosen == {"specialisation": "computer-vision"}
        start_phase(desk, "1")
        mark_done(desk, "talk-post")
        found = road_standing(desk)
        assert found.started == {"foundations": date(2026, 11, 30)}
        assert found.done == {"talk-post": (Piece(date(2026, 11, 22)),)}
        tick(desk, "road", is_done=True)
        assert road_standing(desk).ticks == {(date(2026, 11, 22), "road")}


def copy_log(source: Path, target: Path) -> None:
    """Add the entries of one log to another, as a merge of two homes does."""
    with closing(sqlite3.connect(target)) as raw:
        raw.execute("ATTACH ? AS other", (str(source),))
        raw.execute("INSERT OR IGNORE INTO actions SELECT * FROM other.actions")
        raw.commit()


def test_two_homes_put_together_hold_the_deeds_of_both(
    clock: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = Path(environment_of(tmp_path / "home")["PREPDECK_HOME"])
    clock("2026-11-20")
    with open_desk() as desk:
        mark_done(desk, "sql-queries", "https://example.org/one")
        start_phase(desk, "1")
        keep_deed(desk, Kept(ListKind.PORTFOLIO, "", {"title": "one"}))
    monkeypatch.setenv("PREPDECK_HOME", str(tmp_path / "other"))
    clock("2026-11-21")
    with open_desk() as desk:
        mark_done(desk, "sql-queries", "https://example.org/two")
        mark_done(desk, "mocks")
        start_phase(desk, "1")
        keep_deed(desk, Kept(ListKind.PORTFOLIO, "", {"title": "two"}))
    copy_log(first / "prepdeck.db", tmp_path / "other" / "prepdeck.db")
    with open_desk() as desk:
        found = road_standing(desk)
        assert [piece.link for piece in found.done["sql-queries"]] == [
            "https://example.org/one",
            "https://example.org/two",
        ]
        assert set(found.done) == {"sql-queries", "mocks"}
        assert found.started == {"foundations": date(2026, 11, 20)}
        assert [each.title for each in found.entries] == ["one", "two"]
        assert reopen(desk, "sql-queries") == "open again: simple SQL on a public data set"
        assert "sql-queries" not in road_standing(desk).done
    assert rebuild(Options(), check=True).differences == ()
