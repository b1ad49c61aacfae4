from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]

DECK = """\
deck: sums
cards:
- id: add
  kind: code
  front: Add two numbers.
  entry: add
  starter: "def add(a, b): ..."
  reference: |
    def add(a, b):
        return a + b
  tests:
    visible: [{in: [1, 2], out: 3}]
    hidden: [{in: [0, 0], out: 0}]
  mutants: ["def add(a, b): return 3", "def add(a, b): return 0"]
- id: plain
  front: What is three?
  back: A number.
"""


@pytest.fixture
def deck(tmp_path: Path) -> str:
    path = tmp_path / "sums.yaml"
    path.write_text(DECK, "utf-8")
    return str(path)


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sit at a terminal and type some words."""

    def at_terminal(words: str) -> None:
        monkeypatch.setattr("prepdeck.cli.trust.at_terminal", lambda: True)
        monkeypatch.setattr("prepdeck.cli.typed.read_line", lambda: words)

    return at_terminal


def listed(run: Run) -> list[str]:
    return [each["card"] for each in run("trust", "--list", "--json").json()["trusted"]]


def test_trust_shows_the_code_and_remembers_a_yes(run: Run, deck: str, typed: Callable[[str], None]) -> None:
    typed("y\n")
    ended = run("trust", deck)
    assert ended.status == 0
    assert f"sums/add  {deck}:3\n" in ended.out
    assert "  reference\n  | def add(a, b):\n  |     return a + b\n" in ended.out
    assert "  tests\n  | 1, 2 -> 3\n  | 0, 0 -> 0\n" in ended.out
    assert "May the code of 1 card run on this computer? [y/N]" in ended.err
    assert "not a sandbox" in ended.err
    assert "1 card trusted now" in ended.err
    assert listed(run) == ["sums/add"]


@pytest.mark.parametrize("answer", ["n\n", "\n", "", "yeah\n"])
def test_anything_but_yes_is_no(run: Run, deck: str, typed: Callable[[str], None], answer: str) -> None:
    typed(answer)
    ended = run("trust", deck)
    assert (ended.status, listed(run)) == (0, [])
    assert "nothing was trusted" in ended.err


def test_nobody_to_ask_exits_two_and_names_yes(run: Run, deck: str) -> None:
    ended = run("trust", deck)
    assert ended.status == 2
    assert "--yes" in ended.err
    assert "| def add(a, b):" in ended.out  # to be read in a pager
    assert listed(run) == []


def test_no_input_never_asks(run: Run, deck: str, typed: Callable[[str], None]) -> None:
    typed("y\n")
    assert run("trust", "--no-input", deck).status == 2
    assert listed(run) == []


def test_json_without_yes_asks_nothing(run: Run, deck: str, typed: Callable[[str], None]) -> None:
    typed("y\n")
    ended = run("trust", "--json", deck)
    assert (ended.status, ended.out) == (2, "")
    assert json.loads(ended.err)["error"]["code"] == "usage"


def test_yes_trusts_without_a_question(run: Run, deck: str) -> None:
    ended = run("trust", "--yes", deck)
    assert ended.status == 0
    assert ended.out == "sums/add  call, starter, reference, mutant 1, mutant 2, tests\n"
    assert listed(run) == ["sums/add"]


def test_json_lists_the_cards_with_their_code(run: Run, deck: str) -> None:
    said = run("trust", "--yes", "--json", deck).json()
    assert (said["schema"], said["trusted"]) == (1, 1)
    (card,) = said["cards"]
    assert (card["card"], card["line"], card["new"]) == ("sums/add", 3, True)
    assert {"label": "mutant 1", "text": "def add(a, b): return 3"} in card["pieces"]


def test_what_is_trusted_already_is_not_asked_again(run: Run, deck: str) -> None:
    run("trust", "--yes", deck)
    ended = run("trust", deck)
    assert (ended.status, ended.out) == (0, "")
    assert "1 card with code, trusted already" in ended.err


def test_a_deck_without_code_needs_no_trust(run: Run, decks: Path) -> None:
    ended = run("trust", str(decks))
    assert (ended.status, ended.out) == (0, "")
    assert "nothing to trust" in ended.err


def test_trust_can_be_taken_back(run: Run, deck: str) -> None:
    run("trust", "--yes", deck)
    ended = run("trust", "--forget", deck)
    assert (ended.status, ended.out) == (0, "sums/add\n")
    assert listed(run) == []


def test_list_prints_card_day_and_hash(run: Run, deck: str) -> None:
    run("trust", "--yes", deck)
    assert run("trust", "--list").out.startswith("sums/add  2026-11-22  ")


@pytest.mark.parametrize("words", [[], ["--list", "x"], ["--list", "--forget"], ["missing.yaml"], ["--forget"]])
def test_words_that_do_not_fit_exit_two(run: Run, words: list[str]) -> None:
    assert run("trust", *words).status == 2


def test_forgetting_a_name_that_was_never_trusted_exits_four(run: Run) -> None:
    assert run("trust", "--forget", "nothing").status == 4


def test_faulty_cards_are_said_to_be_left_out(run: Run, deck: str) -> None:
    Path(deck).write_text(DECK.replace("front: What is three?", "frnt: What?"), "utf-8")
    assert "see prepdeck lint" in run("trust", "--yes", deck).err


def test_no_line_of_code_poses_as_a_heading(run: Run, deck: str) -> None:
    Path(deck).write_text(DECK.replace("return a + b", "return a + b\n\n    sums/other  x.yaml:1"), "utf-8")
    ended = run("trust", deck)
    assert [line for line in ended.out.splitlines() if line and not line.startswith("  ")] == [f"sums/add  {deck}:3"]


def test_help_says_that_limits_are_no_sandbox(run: Run) -> None:
    words = " ".join(run("trust", "--help").out.split())
    assert "They bound accidents and are not a sandbox" in words


def test_the_question_reads_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from prepdeck.cli.typed import read_line

    monkeypatch.setattr("sys.stdin", io.StringIO("yes\nmore\n"))
    assert read_line() == "yes\n"
