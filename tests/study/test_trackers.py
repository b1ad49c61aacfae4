"""The lists beside the decks: rows are added, changed, closed, removed and exported; undo takes back each step."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prepdeck.errors import Ambiguous, NotFound, PrepdeckError, UsageError
from prepdeck.road.lists import FieldSort
from prepdeck.study import trackers
from prepdeck.study.desk import Desk, open_desk
from prepdeck.study.road import road_page
from prepdeck.study.table_files import export_table, table_csv, table_markdown
from prepdeck.study.tables import Table, TableKind
from prepdeck.study.undoing import undo
from tests.builders import environment_of
from tests.full import examples

FIRST = {
    TableKind.DELIVERABLES: {"title": "A talk", "phase": "7"},
    TableKind.PORTFOLIO: {"title": "Churn", "sort": "deployment"},
    TableKind.APPLICATIONS: {"company": "Acme", "role": "ML engineer"},
    TableKind.CONTACTS: {"name": "Mira", "company": "Acme"},
    TableKind.INTERVIEWS: {"company": "Acme", "round": "onsite", "questions": "Why? | How?", "day": "-2"},
}
"""A row for each list."""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    for name, value in environment_of(tmp_path / "home").items():
        monkeypatch.setenv(name, value)
    with open_desk() as opened:
        yield opened


def entries(desk: Desk) -> int:
    with desk.store.reading() as log:
        return sum(1 for _ in log.actions())


def shown(desk: Desk, kind: TableKind) -> list[tuple[str, Mapping[str, str]]]:
    return [(row.title, row.values) for row in trackers.table_of(desk, kind).rows]


@pytest.mark.parametrize("kind", TableKind)
def test_each_step_on_a_row_is_one_step_of_undo(desk: Desk, kind: TableKind) -> None:
    pictures = [shown(desk, kind)]
    added = trackers.add_row(desk, kind, FIRST[kind])
    pictures.append(shown(desk, kind))
    trackers.edit_row(desk, kind, added.id, {"note": "call again"})
    pictures.append(shown(desk, kind))
    assert not trackers.finish_row(desk, kind, added.id).is_open
    pictures.append(shown(desk, kind))
    assert trackers.reopen_row(desk, kind, added.id).is_open
    pictures.append(shown(desk, kind))
    assert trackers.remove_row(desk, kind, added.id).title == added.title
    assert shown(desk, kind) == pictures[0]
    for picture in reversed(pictures):
        undo(desk)
        assert shown(desk, kind) == picture


@pytest.mark.parametrize("kind", TableKind)
def test_a_row_that_does_not_exist_is_not_found(desk: Desk, kind: TableKind) -> None:
    for deed in (trackers.finish_row, trackers.reopen_row, trackers.remove_row):
        with pytest.raises(NotFound, match="no row 'nobody'"):
            deed(desk, kind, "nobody")


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (TableKind.APPLICATIONS, {"company": " "}),
        (TableKind.APPLICATIONS, {"company": "A", "link": "my disk"}),
        (TableKind.APPLICATIONS, {"company": "A", "link": "https://"}),
        (TableKind.APPLICATIONS, {"company": "A", "link": "javascript:alert(1)"}),
        (TableKind.APPLICATIONS, {"company": "A", "on": "2020-01-01"}),
        (TableKind.APPLICATIONS, {"company": "A", "on": "tomorrow"}),
        (TableKind.APPLICATIONS, {"company": "A", "status": "happy"}),
        (TableKind.APPLICATIONS, {"company": "A", "colour": "red"}),
        (TableKind.APPLICATIONS, {"company": "A" * 501}),
        (TableKind.DELIVERABLES, {"title": "A", "phase": "9"}),
        (TableKind.INTERVIEWS, {"company": "A", "day": "2999-01-01"}),
        (TableKind.INTERVIEWS, {"company": "A", "day": "20260101"}),
        (TableKind.INTERVIEWS, {"company": "A", "status": "maybe"}),
        (TableKind.INTERVIEWS, {"round": "onsite"}),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_is_written(
    desk: Desk, kind: TableKind, values: Mapping[str, str]
) -> None:
    before = entries(desk)
    with pytest.raises((UsageError, NotFound)) as refused:
        trackers.add_row(desk, kind, values)
    assert refused.value.help
    assert entries(desk) == before


def test_a_day_may_be_counted_from_today(desk: Desk) -> None:
    row = trackers.add_row(desk, TableKind.CONTACTS, {"name": "Mira", "on": "+7"})
    assert row.values["on"] == "2026-11-29"
    log = trackers.add_row(desk, TableKind.INTERVIEWS, {"company": "Acme", "day": "-3"})
    assert log.values["day"] == "2026-11-19"


def test_a_next_day_that_came_to_pass_stays_when_other_fields_change(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = trackers.add_row(desk, TableKind.CONTACTS, {"name": "Mira", "on": "+1", "next": "ask"})
    monkeypatch.setenv("PREPDECK_NOW", "2026-12-20T09:00:00+00:00")
    with open_desk() as later:
        assert [each.title for each in trackers.table_of(later, TableKind.CONTACTS).due] == ["Mira"]
        changed = trackers.edit_row(later, TableKind.CONTACTS, row.id, {"note": "wrote", "on": row.values["on"]})
        assert (changed.values["on"], changed.values["note"]) == ("2026-11-23", "wrote")
        with pytest.raises(UsageError, match="is over"):
            trackers.edit_row(later, TableKind.CONTACTS, row.id, {"on": "2026-11-24"})


def test_a_question_with_a_bar_in_it_survives_a_change_of_another_field(desk: Desk) -> None:
    from prepdeck.study.interview_rounds import add_round, list_rounds

    made = add_round(desk, "Acme", questions=["What is P(A|B)?"])
    trackers.edit_row(desk, TableKind.INTERVIEWS, made.id, {"result": "invited"})
    assert list_rounds(desk)[0].questions == ("What is P(A|B)?",)


def test_a_thing_of_the_road_can_be_done_and_get_a_link_and_nothing_else(desk: Desk) -> None:
    kind = TableKind.DELIVERABLES
    done = trackers.finish_row(desk, kind, "sql-queries", link="https://example.org/a")
    assert (done.is_open, done.link) == (False, "https://example.org/a")
    changed = trackers.edit_row(desk, kind, "sql-queries", {"link": "https://example.org/b"})
    assert changed.link == "https://example.org/b"
    for values in ({"title": "x"}, {"note": "x"}, {"link": ""}):
        with pytest.raises(UsageError):
            trackers.edit_row(desk, kind, "sql-queries", values)
    with pytest.raises(UsageError, match="the roadmap asks for"):
        trackers.remove_row(desk, kind, "sql-queries")
    assert trackers.reopen_row(desk, kind, "sql-queries").is_open


def test_an_own_deliverable_belongs_to_its_phase(desk: Desk) -> None:
    trackers.add_row(desk, TableKind.DELIVERABLES, {"title": "A talk", "phase": "experience-soft-skills"})
    phase = road_page(desk).phases[6]
    assert [(item.text, item.is_done) for item in phase.items if item.is_own] == [("A talk", False)]
    trackers.finish_row(desk, TableKind.DELIVERABLES, "A talk", link="https://example.org/talk")
    own = next(item for item in road_page(desk).phases[6].items if item.is_own)
    assert (own.is_done, own.links) == (True, ("https://example.org/talk",))


def test_a_beginning_that_fits_two_rows_names_both(desk: Desk) -> None:
    for company in ("Acme Search", "Acme Maps"):
        trackers.add_row(desk, TableKind.APPLICATIONS, {"company": company})
    with pytest.raises(Ambiguous, match="fits 2 rows") as refused:
        trackers.finish_row(desk, TableKind.APPLICATIONS, "acme")
    assert refused.value.help == "say which by its number: 1 Acme Search, 2 Acme Maps"
    assert trackers.finish_row(desk, TableKind.APPLICATIONS, "2").title == "Acme Maps"


def test_two_rows_of_one_name_are_told_apart_by_their_numbers(desk: Desk) -> None:
    for role in ("one", "two"):
        trackers.add_row(desk, TableKind.APPLICATIONS, {"company": "Acme", "role": role})
    with pytest.raises(Ambiguous):
        trackers.finish_row(desk, TableKind.APPLICATIONS, "Acme")
    assert trackers.edit_row(desk, TableKind.APPLICATIONS, "2", {"note": "x"}).values["role"] == "two"


def test_a_change_that_changes_nothing_is_no_step(desk: Desk) -> None:
    row = trackers.add_row(desk, TableKind.CONTACTS, {"name": "Mira"})
    before = entries(desk)
    trackers.edit_row(desk, TableKind.CONTACTS, row.id, {"name": "Mira"})
    assert entries(desk) == before


def test_a_field_is_emptied(desk: Desk) -> None:
    row = trackers.add_row(desk, TableKind.CONTACTS, {"name": "Mira", "note": "x"})
    assert "note" not in trackers.edit_row(desk, TableKind.CONTACTS, row.id, {"note": ""}).values


HOSTILE = 'a | b, "c" [x] [/b] \x1b[31m\u202ered\\|'


def test_exports_hold_every_row_and_nothing_that_a_terminal_obeys(desk: Desk) -> None:
    trackers.add_row(desk, TableKind.CONTACTS, {"name": HOSTILE, "note": "two\nlines"})
    trackers.finish_row(desk, TableKind.CONTACTS, "1")
    table = trackers.table_of(desk, TableKind.CONTACTS)
    header, row = csv.reader(io.StringIO(table_csv(table)))
    assert header == ["number", "name", "company", "status", "link", "next", "on", "note"]
    assert (row[1], row[3]) == (table.rows[0].title, "closed")
    words = table_markdown(table)
    assert "\x1b" not in words + row[1]
    assert len(words.splitlines()) == 5  # heading, blank, names, rule, one row
    assert [Path(path).read_text("utf-8") for path in export_table(desk, TableKind.CONTACTS)] == [
        table_csv(table),
        words,
    ]


def test_a_second_export_leaves_the_first_alone(desk: Desk) -> None:
    paths = {*export_table(desk, TableKind.PORTFOLIO), *export_table(desk, TableKind.PORTFOLIO)}
    assert len(paths) == 4


def test_exports_are_for_the_learner_alone(desk: Desk) -> None:
    path = Path(export_table(desk, TableKind.PORTFOLIO)[0])
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


words = st.text(st.characters(codec="utf-8"), max_size=30)


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=st.sampled_from(TableKind), data=st.data())
def test_whatever_is_added_is_gone_after_undo(desk: Desk, kind: TableKind, data: st.DataObject) -> None:
    table = trackers.table_of(desk, kind)
    values = {
        each.name: data.draw(words, label=each.name)
        for each in table.columns
        if each.sort is FieldSort.TEXT and each.name != "phase"
    }
    before = entries(desk)
    try:
        trackers.add_row(desk, kind, values)
    except PrepdeckError:
        assert entries(desk) == before
        return
    assert len(trackers.table_of(desk, kind).rows) == len(table.rows) + 1
    undo(desk)
    assert same(trackers.table_of(desk, kind), table)


def same(one: Table, other: Table) -> bool:
    return [(row.id, row.values) for row in one.rows] == [(row.id, row.values) for row in other.rows]
