"""Mocks as rows: what goes in comes out, of every kind, and what cannot be read is said to be damaged."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.blueprint import Blueprint, Draw, Rest, Sitting
from prepdeck.cards.ids import CardId
from prepdeck.cards.rubric import Rubric
from prepdeck.errors import StoreDamaged
from prepdeck.interview.events import Event, Moved, Picked, Written
from prepdeck.interview.loops import LoopEvent
from prepdeck.interview.questions import Question
from prepdeck.interview.terms import Terms
from prepdeck.interview.timekeeping import Reading
from prepdeck.store.mapping import MOCK_COLUMNS, checksum_of
from prepdeck.store.mock_mapping import (
    KINDS,
    LOOP_KINDS,
    beat_to_row,
    began_from,
    blueprint_from,
    cards_from,
    event_from_row,
    event_to_row,
    head_to_row,
    questions_from,
    reading_from_row,
    rubric_from,
    study_day_from,
    terms_from,
    version_from_row,
    version_to_row,
    whole,
)
from prepdeck.store.plain_values import from_plain, to_json, to_plain
from prepdeck.store.stored_mocks import Version
from tests.builders import TODAY
from tests.full import examples
from tests.store.sitting import BLUEPRINT, EVENT_KINDS, PRACTICE, QUESTIONS, RUBRIC, drawn

NOW = datetime(2026, 11, 22, 9, 0, 1, 250_000, tzinfo=UTC)
ID = "01900000-0000-7000-8000-000000000000"


def head(**fields: Any) -> dict[str, Any]:
    own: dict[str, Any] = {"blueprint": BLUEPRINT, "rubric": RUBRIC, "terms": PRACTICE, "questions": QUESTIONS}
    return head_to_row(id_=ID, **{**own, "began": NOW, "study_day": TODAY, **fields})


def test_every_kind_of_event_but_writing_has_a_name() -> None:
    assert set(KINDS.values()) == set(get_args(Event)) - {Written}
    assert set(LOOP_KINDS.values()) == set(get_args(LoopEvent))
    assert not set(KINDS) & set(LOOP_KINDS)


@pytest.mark.parametrize("kind", EVENT_KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
@settings(max_examples=examples(30, 1_000))
def test_an_event_of_every_kind_reads_back_as_it_was_written(kind: type[Any], data: st.DataObject) -> None:
    event = data.draw(drawn(kind))
    row = event_to_row(ID, 3, event, NOW)
    assert event_from_row(row) == event
    assert row["checksum"] == checksum_of(row, MOCK_COLUMNS["mock_events"])
    assert (row["number"], row["at_ms"], row["written_ms"]) == (3, event.at_ms, 1_795_338_001_250)
    assert "\n" not in row["details"]
    assert row["details"].isascii()


@given(drawn(Written), st.integers(0, 60), st.integers(0, 10_000))
@settings(max_examples=examples(100))
def test_what_was_written_reads_back_as_it_was_typed(written: Written, stop: int, number: int) -> None:
    version = Version(number, stop, written)
    assert version_from_row(version_to_row(ID, version)) == version


@given(drawn(Blueprint), st.none() | drawn(Rubric), drawn(Terms), st.lists(drawn(Question), max_size=3).map(tuple))
@settings(max_examples=examples(60, 1_000))
def test_what_a_mock_is_made_of_reads_back_as_it_was(
    blueprint: Blueprint, rubric: Rubric | None, terms: Terms, questions: tuple[Question, ...]
) -> None:
    row = head(blueprint=blueprint, rubric=rubric, terms=terms, questions=questions)
    assert blueprint_from(row) == blueprint
    assert rubric_from(row) == rubric
    assert terms_from(row) == terms
    assert questions_from(row) == questions
    assert set(cards_from(row)) == {card for question in questions for card in question.cards}
    assert row["checksum"] == checksum_of(row, MOCK_COLUMNS["mocks"])


def test_fractions_stay_exact_and_the_legs_of_a_loop_stay_apart() -> None:
    assert to_json(Terms(time_factor=Fraction(4, 3))).count('"4/3"') == 1
    loop = Blueprint(id="day", title="A day", minutes=100, rounds=(Sitting("a"), Rest(10), Sitting("b")))
    assert blueprint_from(head(blueprint=loop)).rounds == loop.rounds


@given(st.integers(-(2**50), 2**50), st.integers(0, 2**50), st.text(), st.integers(-720, 840))
@settings(max_examples=examples(60))
def test_a_sign_of_life_reads_back_to_the_millisecond(at_ms: int, boot_ms: int, boot: str, offset: int) -> None:
    wall = (NOW + timedelta(milliseconds=at_ms % 10**12)).astimezone(timezone(timedelta(minutes=offset)))
    read = Reading(wall, at_ms, boot_ms, boot)
    back = reading_from_row(beat_to_row(ID, read, 5))
    assert back == read
    assert back.wall.utcoffset() == wall.utcoffset()


def test_half_of_a_surrogate_pair_is_replaced_in_a_text_and_kept_in_details() -> None:
    assert whole("a\ud800b\udfffc") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}c"
    assert whole("Zoë 😀 \x00") == "Zoë 😀 \x00"
    row = event_to_row(ID, 0, KINDS["evidenced"](1, "depth", "\ud800"), NOW)
    assert event_from_row(row).text == "\ud800"
    assert event_to_row(ID, 0, KINDS["predicted"](1, "\ud800"), NOW)["details"].encode("utf-8")


def test_fields_that_came_later_have_their_defaults_and_unknown_ones_are_left_alone() -> None:
    told = {**to_plain(BLUEPRINT), "colour": "red"}
    told["draw"] = {"rapid": 2}
    found = from_plain(Blueprint, told)
    assert found == Blueprint(
        **{name: getattr(BLUEPRINT, name) for name in ("id", "title", "minutes", "rubric", "phases")},
        draw=Draw(rapid=2),
    )


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        ("praised", "{}"),
        ("moved", "{}"),
        ("moved", "[]"),
        ("moved", "null"),
        ("moved", "rubbish"),
        ("moved", '{"stop": "1"}'),
        ("moved", '{"stop": true}'),
        ("moved", '{"stop": null}'),
        ("chose", '{"question": 1, "options": 3}'),
        ("gapped", '{"gap": {"kind": "nap", "milliseconds": 3}}'),
        ("gapped", '{"gap": 3}'),
        ("picked", '{"question": 1, "story": "no card"}'),
        ("moved", "[" * 100_000),
    ],
)
def test_an_event_that_cannot_be_read_is_said_to_be_damaged(kind: str, details: str) -> None:
    row = {**event_to_row(ID, 0, Moved(1, 2), NOW), "kind": kind, "details": details}
    with pytest.raises(StoreDamaged, match=ID):
        event_from_row(row)


@pytest.mark.parametrize(
    ("column", "read", "value"),
    [
        ("blueprint", blueprint_from, {"id": "x"}),
        ("blueprint", blueprint_from, {**to_plain(BLUEPRINT), "rounds": [{"minutes": 3, "format": "x"}]}),
        ("terms", terms_from, {"time_factor": "1/0"}),
        ("terms", terms_from, {"time_factor": "3"}),
        (
            "rubric",
            rubric_from,
            {**to_plain(RUBRIC), "criteria": [{"id": "a", "title": "A", "weight": 1, "anchors": ["a"]}]},
        ),
        ("questions", questions_from, [{"sort": "song"}]),
    ],
)
def test_a_mock_that_cannot_be_read_is_said_to_be_damaged(column: str, read: Any, value: object) -> None:
    with pytest.raises(StoreDamaged, match=ID):
        read({**head(), column: json.dumps(value)})


@pytest.mark.parametrize(
    ("read", "harm"),
    [
        (began_from, {"began_ms": 2**62}),
        (began_from, {"offset_minutes": 10_000}),
        (study_day_from, {"study_day": "2026-02-30"}),
        (cards_from, {"cards": "small/one small"}),
    ],
)
def test_a_head_that_cannot_be_read_is_said_to_be_damaged(read: Any, harm: dict[str, Any]) -> None:
    with pytest.raises(StoreDamaged, match=ID):
        read({**head(), **harm})


def test_what_has_no_place_in_a_database_is_refused() -> None:
    with pytest.raises(TypeError):
        to_plain(1.5)
    with pytest.raises(TypeError):
        to_plain(NOW)
    assert to_plain(Picked(1, 2, CardId("a", "b"))) == {"at_ms": 1, "question": 2, "story": "a/b"}
