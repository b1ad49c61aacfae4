"""Looks at a deck file: its problems with their lines, its cards as a first review asks them, and its one fix."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from prepdeck.errors import UsageError
from prepdeck.host.writing import FileUnwritable
from prepdeck.study.desk import open_desk
from prepdeck.study.options import Options
from prepdeck.study.previewing import (
    Preview,
    fix_problem,
    is_error,
    look_again,
    open_preview,
    preview_file,
    stamp_of,
)
from prepdeck.study.reviewing import view_card
from tests.builders import environment_of

DECK = """\
deck: small
topics: {first: First}
cards:
- id: one
  topic: first
  front: What is one?
  variants: [Which number follows nothing?, Which is the first?]
  back: The first number.

- id: two
  kind: choice
  topic: first
  front: Which is two?
  options:
  - {text: "1 + 1", correct: true}
  - {text: "1 + 2", why: three}
  - {text: "2 + 2", why: four}
- id: three
  kind: desing
  front: "日本\\t[x] a[i]"
- {id: four, front: q, back: a, levle: 2}
tags: [x]
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    for name, value in environment_of(folder).items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "small.yaml"
    path.write_text(DECK, encoding="utf-8")
    return path


def look(path: Path, text: str | None = None) -> Preview:
    if text is not None:
        path.write_text(text, encoding="utf-8")
    return look_again(path, Options())


def test_a_look_tells_problems_by_place_and_counts_them(path: Path) -> None:
    preview = look(path)
    assert [(problem.line, problem.code) for problem in preview.problems] == [(19, "E012"), (21, "E022")]
    assert (preview.errors, preview.warnings) == (2, 0)
    assert is_error(preview.problems[0])


def test_every_entry_is_known_by_its_lines_also_one_that_is_left_out(path: Path) -> None:
    entries = look(path).entries
    assert [(entry.name, entry.line, entry.card is not None) for entry in entries] == [
        ("one", 4, True),
        ("two", 10, True),
        ("three", 18, False),
        ("four", 21, False),
    ]


@pytest.mark.parametrize(
    ("line", "name"), [(1, None), (3, None), (4, "one"), (8, "one"), (17, "two"), (20, "three"), (21, "four")]
)
def test_a_line_belongs_to_the_card_it_lies_in(path: Path, line: int, name: str | None) -> None:
    entry = look(path).entry_at(line)
    assert (entry.name if entry is not None else None) == name


def test_a_line_below_the_cards_belongs_to_the_deck(path: Path) -> None:
    assert look(path).entry_at(22) is None


def test_cards_written_on_one_line_are_told_apart_from_the_deck(path: Path) -> None:
    preview = look(path, "cards: [{id: a, front: q, back: x}]\ndeck: flow\n")
    assert [entry.name for entry in preview.entries] == ["a"]
    assert preview.position_of(preview.entries[0].card) == 0


def test_each_card_is_viewed_as_the_first_review_asks_it(path: Path, home: Path) -> None:
    preview = look(path, DECK.partition("- id: three")[0])
    (home / "decks" / "small.yaml").write_bytes(path.read_bytes())
    with open_desk(Options()) as desk:
        asked = [view_card(desk, card.id) for card in preview.cards]
    assert len(asked) == 2
    assert [preview.view(number) for number in range(2)] == asked


def test_a_look_opens_no_database_and_runs_nothing(path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("prepdeck.study.desk.open_store", refuse)
    monkeypatch.setattr(subprocess, "Popen", refuse)
    code = "  kind: code\n  entry: f\n  starter: 'def f(): pass'\n  reference: 'import os; os.abort()'\n"
    tests = "  tests: {visible: [{in: [], out: 1}], hidden: [{in: [], out: 1}]}\n"
    preview = look(path, f"deck: small\ncards:\n- id: one\n  front: q\n{code}{tests}  mutants: ['x = 1']\n")
    assert len(preview.cards) == 1
    assert preview.view(0).card.kind == "code"
    assert not list(home.rglob("*.db"))


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "deck: x\ncards:\n\t- id\n", "- [\n", "\x00", "deck: x\ncards: []\n"]
)
def test_a_file_without_a_good_card_has_no_views_but_a_problem(path: Path, text: str) -> None:
    preview = look(path, text)
    assert not preview.cards
    assert preview.problems


def test_whatever_takes_the_place_of_the_file_is_told(path: Path) -> None:
    path.unlink()
    assert look(path).stamp is None
    path.mkdir()
    assert "is a folder" in look(path).problems[0].message
    path.rmdir()
    os.mkfifo(path)
    assert "is a pipe" in look(path).problems[0].message


def test_a_link_is_followed_to_its_file(path: Path) -> None:
    link = path.with_name("link.yaml")
    link.symlink_to(path)
    assert len(look(link).cards) == 2
    before = stamp_of(link)
    path.write_text(DECK + "# more\n", encoding="utf-8")
    assert stamp_of(link) != before


@pytest.mark.parametrize("name", ["", "nothing.yaml"])
def test_a_preview_begins_with_a_file(path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        open_preview(path.parent / name)
    with pytest.raises(UsageError):
        preview_file(path.parent / name, Options())


def test_a_preview_that_begins_was_not_looked_at(path: Path) -> None:
    path.write_bytes(b"\x00" * 100)
    assert open_preview(path) == Preview(path, None)


def test_an_excerpt_is_the_line_with_those_around_it(path: Path) -> None:
    preview = look(path)
    excerpt = preview.excerpt(preview.problems[0], 80)
    assert excerpt is not None
    assert excerpt.before + excerpt.marked + excerpt.after == "  kind: desing"
    assert (excerpt.number, excerpt.above, excerpt.marked) == (19, "- id: three", "desing")
    assert excerpt.below[0].startswith("  front:")


@pytest.mark.parametrize("cells", [20, 33, 80])
def test_a_long_line_is_shown_around_its_fault(path: Path, cells: int) -> None:
    long = "日本 [x] " * 3000
    preview = look(path, f'deck: x\ncards:\n- {{id: a, front: "{long}", back: b, levle: 2, why: "{long}"}}\n')
    unknown = next(problem for problem in preview.problems if problem.code == "E022")
    excerpt = preview.excerpt(unknown, cells)
    assert excerpt is not None
    assert excerpt.marked == "levle"
    assert len(excerpt.before + excerpt.after) < cells


def test_what_a_terminal_obeys_is_spelt_out_in_every_line(path: Path) -> None:
    preview = look(path, "deck: x\ncards:\n- id: a \u202e\n  frnt: \x1b[2J\n  back: b\u202e\n")
    assert preview.problems
    shown = "".join(preview.source(1, 9))
    assert "\\u202e" in shown
    assert not {"\u202e", "\x1b"} & set(shown)


def test_the_one_fix_changes_its_own_characters_only(path: Path) -> None:
    problem = look(path).problems[0]
    assert fix_problem(path, problem) == 'Fixed line 19: unknown card kind "desing".'
    assert path.read_text("utf-8") == DECK.replace("desing", "design")


def test_a_problem_that_is_no_longer_there_is_not_fixed(path: Path) -> None:
    problem = look(path).problems[0]
    text = "# a line more\n" + DECK
    path.write_text(text, encoding="utf-8")
    assert "has changed" in fix_problem(path, problem)
    assert path.read_text("utf-8") == text


def test_a_fix_that_cannot_be_written_leaves_the_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    problem = look(path).problems[0]
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(FileUnwritable):
        fix_problem(path, problem)
    assert path.read_text("utf-8") == DECK
