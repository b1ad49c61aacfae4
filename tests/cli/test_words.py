"""The small parts: words, columns, values, names for the shell."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cli import batch, columns, parameters, streams, wording
from prepdeck.cli.program import program
from prepdeck.errors import UsageError
from prepdeck.scheduling.memory import UNSEEN

Run = Callable[..., Any]
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "today"),
        (date(2026, 11, 23), "tomorrow"),
        (date(2026, 11, 21), "yesterday"),
        (date(2026, 11, 28), "in 6 days"),
        (date(2026, 11, 1), "21 days ago"),
    ],
)
def test_a_day_is_said_by_its_distance(day: Any, words: list[str]) -> None:
    assert wording.distance_words(day, TODAY) == words


def test_another_year_is_named() -> None:
    assert wording.day_words(date(2027, 1, 2), TODAY) == "Sat 2 Jan 2027"


@pytest.mark.parametrize(("count", "words"), [(0, "0 days"), (1, "1 day"), (2000, "2,000 days")])
def test_counts_carry_their_noun(count: Any, words: list[str]) -> None:
    assert wording.count_words(count, "day") == words


def test_an_unseen_card_is_called_so() -> None:
    assert wording.memory_words(UNSEEN, TODAY) == "unseen"


@pytest.mark.parametrize(("hundredths", "words"), [(250, "2.50"), (130, "1.30"), (306, "3.06")])
def test_easiness_has_two_decimals(hundredths: Any, words: list[str]) -> None:
    assert wording.easiness_words(hundredths) == words


def test_columns_align_wide_letters_and_clean_every_cell() -> None:
    lines = columns.draw_columns([("ab", "1"), ("数学", "22"), ("x\x1b[2J\n", "3")], right=frozenset({1}))
    assert lines == ["ab         1", "数学      22", "x\\x1b[2J   3"]


@pytest.mark.parametrize("text", ["2026-11-22T09:30:00Z", "2026-11-22T09:30:00+00:00", " 2026-11-22 09:30+00:00 "])
def test_moments_with_an_offset_are_read(text: Any) -> None:
    assert parameters.parse_moment(text) == datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_a_moment_with_offset_or_refused(text: Any) -> None:
    try:
        moment = parameters.parse_moment(text)
    except ValueError:
        return
    assert moment.utcoffset() is not None


@settings(deadline=None)
@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*batch.KEYS, "x"]), inner, max_size=5)
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_any_line_is_a_request_or_refused(line: str) -> None:
    try:
        request = batch.parse_line(line)
    except UsageError:
        return
    assert request.card
    assert 0 <= request.quality <= 5
    assert request.seconds is None or 0 <= request.seconds <= 86_400


@settings(deadline=None)
@given(st.text())
def test_json_lines_hold_any_text_and_no_control_character(text: Any) -> None:
    stream = TextIOWrapper(BytesIO(), encoding="utf-8")
    line = streams.json_line({"text": text}, stream)
    assert json.loads(line)["text"] == text
    assert line.isprintable() or not any(ord(letter) < 32 or 127 <= ord(letter) < 160 for letter in line)
    line.encode("utf-8")


def test_closed_streams_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    streams.prepare_streams()
    replaced = [sys.stdin, sys.stdout, sys.stderr]
    assert [stream.name for stream in replaced] == ["/dev/null"] * 3
    for stream in replaced:
        stream.close()


def completions(typed: str, home: Path) -> list[str]:
    del home
    command = program.get_command(click.Context(program), "review")
    assert command is not None
    context = click.Context(command, parent=click.Context(program))
    parameter = next(each for each in command.params if each.name == "decks")
    return [item.value for item in parameters.complete_decks(context, parameter, typed)]


def test_deck_names_are_completed(home: Path) -> None:
    assert completions("prob", home) == ["probability"]
    assert completions("x", home) == []


def test_a_broken_home_completes_nothing_and_says_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREPDECK_DECKS", str(home / "nowhere"))
    assert completions("prob", home) == []


def test_verbs_are_completed_without_importing_them() -> None:
    context = click.Context(program)
    assert [item.value for item in program.shell_complete(context, "res")] == ["reset", "restore"]
