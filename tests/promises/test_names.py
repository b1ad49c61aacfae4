"""Promise 25: whatever is renamed, moved or taken out of a deck, its history stays and is found again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.builders import environment_of, run_here
from tests.promises.harness import ROOT, assert_whole, line_of, stored_ids

pytestmark = pytest.mark.promise(25)

BEFORE = {"repetition": 4, "interval": 44, "easiness": 2.7, "due": "2026-12-29", "lapses": 0}
"""What is known of the card `one` after the answers 5, 4, 5, 4 on their days."""


@dataclass(frozen=True)
class Desk:
    """A home whose decks are rewritten by the proofs."""

    folder: Path
    environment: dict[str, str]

    def write(self, name: str, deck: str, *cards: str) -> Path:
        """Write a deck file; a card is its id, followed by more fields."""
        path = self.folder / "decks" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        entries = [f"- id: {card}\n  front: front of it\n  back: back of it\n" for card in cards]
        path.write_text(f"deck: {deck}\ncards:\n{''.join(entries)}", encoding="utf-8")
        return path

    def run(self, *words: str, input: str | None = None) -> str:
        done = run_here(self.environment, *words, input=input)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def show(self, card: str) -> dict[str, Any]:
        shown: dict[str, Any] = json.loads(self.run("show", card, "--json"))
        return shown

    def assert_history(self, card: str, *, due: str = BEFORE["due"]) -> None:
        """Check that a card has the history and the memory it had in the beginning."""
        shown = self.show(card)
        assert {name: shown["memory"][name] for name in BEFORE} == {**BEFORE, "due": due}
        assert len(shown["reviews"]) == 4

    def count(self) -> int:
        """Return how many reviews the log holds, of all cards."""
        return len(stored_ids(self.environment))


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A home with a deck `old` of two cards, each answered four times."""
    home = tmp_path / "home"
    (home / "decks").mkdir(parents=True)
    desk = Desk(home, environment_of(home, decks="", PYTHONPATH=str(ROOT)))
    desk.write("deck.yaml", "old", "one", "two")
    days = {"2026-11-01": 5, "2026-11-02": 4, "2026-11-08": 5, "2026-11-15": 4}
    lines = [
        line_of(f"old/{card}", quality if card == "one" else 3, f"{day}T12:00:00+00:00")
        for day, quality in days.items()
        for card in ("one", "two")
    ]
    desk.run("answer", "--batch", "-", input="".join(lines))
    return desk


def test_history_stays_through_changes_of_the_file(desk: Desk) -> None:
    decks = desk.folder / "decks"
    path = (decks / "deck.yaml").rename(decks / "another name.yaml")
    desk.assert_history("old/one")
    (decks / "deep" / "er").mkdir(parents=True)
    path = path.rename(decks / "deep" / "er" / "deck.yml")
    desk.assert_history("old/one")
    path.write_text(path.read_text().replace("front of it", "quite another wording"))
    desk.assert_history("old/one")
    path.write_text(
        "deck: old\ncards:\n- {id: two, front: a, back: b}\n- {id: one, kind: cloze, text: 'a {{c1::b}}'}\n"
    )
    desk.assert_history("old/one")
    assert desk.count() == 8
    assert_whole(desk.environment)


def test_a_card_that_goes_keeps_its_history_and_has_it_back_when_it_returns(desk: Desk) -> None:
    path = desk.write("deck.yaml", "old", "two")
    gone = desk.show("old/one")
    assert gone["memory"]["retired"] is True
    desk.assert_history("old/one")
    path.rename(desk.folder / "aside")
    desk.run("due")
    assert desk.count() == 8
    (desk.folder / "aside").rename(path)
    desk.write("deck.yaml", "old", "two", "one")
    desk.assert_history("old/one")
    assert desk.count() == 8
    assert_whole(desk.environment)


def rename_card(desk: Desk) -> str:
    desk.write("deck.yaml", "old", "uno\n  was: one", "two")
    return "old/uno"


def move_card(desk: Desk) -> str:
    desk.write("deck.yaml", "old", "two")
    desk.write("second.yaml", "new", "uno\n  was: old/one")
    return "new/uno"


def rename_deck(desk: Desk) -> str:
    desk.write("deck.yaml", "new", "one\n  was: old/one", "two\n  was: old/two")
    return "new/one"


def rename_again_and_again(desk: Desk) -> str:
    for name, before in (("b", "one"), ("c", "b"), ("d", "c")):
        desk.write("deck.yaml", "old", f"{name}\n  was: {before}", "two")
        desk.run("due")
    return "old/d"


def rename_with_a_list(desk: Desk) -> str:
    desk.write("deck.yaml", "old", "d\n  was: [c, b, one]", "two")
    return "old/d"


def rename_and_back(desk: Desk) -> str:
    desk.write("deck.yaml", "old", "uno\n  was: one", "two")
    desk.run("due")
    desk.write("deck.yaml", "old", "one\n  was: uno", "two")
    return "old/one"


def reset_was_later(desk: Desk) -> str:
    """First the card is new under its new name, then its author remembers to say what it was."""
    desk.write("deck.yaml", "old", "uno", "two")
    desk.run("due")
    desk.write("deck.yaml", "old", "uno\n  was: one", "two")
    return "old/uno"


@pytest.mark.parametrize(
    "change",
    [
        rename_card,
        move_card,
        rename_deck,
        rename_again_and_again,
        rename_with_a_list,
        rename_and_back,
        reset_was_later,
    ],
)
def test_history_and_memory_follow_a_card_to_its_new_name(desk: Desk, change: Callable[[Desk], str]) -> None:
    name = change(desk)
    desk.assert_history(name)
    lapsed = json.loads(desk.run("answer", name, "again", "--json"))
    assert (lapsed["card"], lapsed["repetition"], lapsed["easiness"]) == (name, 0, 2.7)
    assert desk.count() == 9
    assert_whole(desk.environment)
    desk.run("undo")
    assert {key: desk.show(name)["memory"][key] for key in BEFORE} == BEFORE


def test_a_raised_revision_makes_a_card_due_and_keeps_its_history(desk: Desk) -> None:
    desk.write("deck.yaml", "old", "one\n  revision: 2", "two")
    desk.assert_history("old/one", due="2026-11-22")
    assert desk.show("old/two")["memory"]["due"] > "2026-11-22"
    after = json.loads(desk.run("answer", "old/one", "good", "--json"))
    assert after["repetition"] == 5
    desk.write("deck.yaml", "old", "one", "two")
    assert desk.show("old/one")["memory"]["due"] == after["due"]
    assert desk.count() == 9
    assert_whole(desk.environment)


def test_the_same_deck_in_two_files_has_one_history(desk: Desk) -> None:
    desk.write("copy.yaml", "old", "one", "two", "three")
    said = run_here(desk.environment, "due")
    assert said.returncode == 0
    assert "deck old stands in" in said.stderr
    desk.assert_history("old/one")
    assert desk.count() == 8
    assert_whole(desk.environment)
