"""Interviews in the action log: written as JSON, read lightly, and proof against entries of other hands."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.scheduling.dates import Added, Change, Changed, Finished, InterviewDate, Outcome, Reach, Removed
from prepdeck.store.appointments import changes_from, details_of, interview_dates
from prepdeck.store.glance import glancing, interview_details
from prepdeck.store.mapping import ActionKind
from prepdeck.store.store import open_store
from tests.builders import TODAY
from tests.full import examples

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
INTERVIEW = InterviewDate(
    TODAY + timedelta(days=18), TODAY, "Acme", ("star",), ("bayes", "heaps"), ("trees",), key="2026-12-10#1 Acme"
)
ADD = details_of(Added(INTERVIEW), INTERVIEW)


@pytest.mark.parametrize(
    "change",
    [
        Added(INTERVIEW),
        Changed(INTERVIEW.key, INTERVIEW.date),
        Changed(INTERVIEW.key, INTERVIEW.date, INTERVIEW.reach),
        Changed(INTERVIEW.key, INTERVIEW.date, Reach()),
        Finished(INTERVIEW.key, Outcome.ARCHIVED),
        Removed(INTERVIEW.key),
    ],
)
def test_a_change_reads_back_as_it_was_written(change: Change) -> None:
    interview = INTERVIEW
    if change == Changed(INTERVIEW.key, INTERVIEW.date, Reach()):
        interview = InterviewDate(INTERVIEW.date, TODAY, "Acme", key=INTERVIEW.key)
    details = details_of(change, interview)
    assert "\n" not in details
    assert changes_from([(TODAY.isoformat(), details)]) == (change,)


def test_every_entry_says_by_itself_what_was_done_and_for_which_day() -> None:
    for change, verb in (
        (Added(INTERVIEW), "add"),
        (Changed(INTERVIEW.key, INTERVIEW.date), "change"),
        (Finished(INTERVIEW.key, Outcome.RELEASED), "done"),
        (Removed(INTERVIEW.key), "remove"),
    ):
        told = json.loads(details_of(change, INTERVIEW))
        assert (told["do"], told["date"], told["company"]) == (verb, "2026-12-10", "Acme")


def altered(**fields: object) -> str:
    told = {**json.loads(ADD), **fields}
    return json.dumps({name: value for name, value in told.items() if value is not None})


@pytest.mark.parametrize(
    "details",
    [
        "",
        "x",
        "[]",
        "3",
        "null",
        "[" * 100_000,
        "9" * 5_000,
        altered(do="praise"),
        altered(do=["add"]),
        altered(id=None),
        altered(id=3),
        altered(date="2026-02-30"),
        altered(date=20261210),
        altered(company=None),
        altered(tracks="star"),
        altered(decks=["../x"]),
        altered(without=[3]),
        altered(do="done", outcome="eaten"),
        altered(do="done", outcome={}),
    ],
)
def test_an_entry_that_makes_no_sense_is_left_out(details: str) -> None:
    day = TODAY.isoformat()
    assert changes_from([(day, details), (day, ADD), ("someday", ADD)]) == (Added(INTERVIEW),)


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
@settings(max_examples=examples(300))
def test_no_details_whatever_are_a_crash(details: str) -> None:
    assert changes_from([(TODAY.isoformat(), details)]) == ()


def test_a_foreign_company_is_cleaned_and_cut() -> None:
    (change,) = changes_from([(TODAY.isoformat(), altered(company="Ac\x1b[2Jme\n\n" + "x" * 200))])
    assert isinstance(change, Added)
    assert change.interview.company.startswith("Ac\\x1b[2Jme xxx")
    assert len(change.interview.company) == 80


def test_the_light_way_reads_what_the_logbook_reads(tmp_path: Path) -> None:
    path = tmp_path / "prepdeck.db"
    store = open_store(path, tmp_path / "backups", stamp="now")
    with store.writing() as log:
        other = InterviewDate(INTERVIEW.date, TODAY, key="b")
        first = log.append_action(ActionKind.INTERVIEW, NOW, TODAY + timedelta(days=1), details=ADD)
        log.append_action(ActionKind.INTERVIEW, NOW, TODAY, details=details_of(Added(other), other))
        gone = log.append_action(
            ActionKind.INTERVIEW, NOW, TODAY, details=details_of(Removed(INTERVIEW.key), INTERVIEW)
        )
        log.append_action(ActionKind.INTERVIEW, NOW, TODAY, details="rubbish")
        log.take_back([gone], NOW, TODAY)
    with store.reading() as log:
        slow = [(each.study_day.isoformat(), each.details) for each in log.actions_in_force([ActionKind.INTERVIEW])]
        assert interview_details(log.raw) == slow
    store.close()
    assert [details for _, details in slow][1:] == ["rubbish", first.details]
    with glancing(path) as raw:
        assert raw is not None
        assert interview_details(raw) == slow
        assert [each.key for each in interview_dates(raw)] == ["b", INTERVIEW.key]


def test_a_log_without_interviews_holds_none(tmp_path: Path) -> None:
    store = open_store(tmp_path / "prepdeck.db", tmp_path / "backups", stamp="now")
    with store.reading() as log:
        assert interview_dates(log.raw) == ()
    store.close()
