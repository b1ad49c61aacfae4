"""Promise 25: whatever is renamed, moved or taken out of a deck, its history stays and is found again."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.builders import environment_of, prepdeck
from tests.promises.harness import ROOT, assert_whole, line_of

pytestmark = pytest.mark.promise(25)


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

    def run(self, *words: str, input: str | None = None) -> str:  # noqa: A002 - the builder's word
        done = prepdeck(self.environment, *words, input=input)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def show(self, card: str) -> dict[str, Any]:
        shown: dict[str, Any] = json.loads(self.run("show", card, "--json"))
        return shown

    def memory(self, card: str) -> dict[str, Any]:
        memory = self.show(card)["memory"]
        return {name: memory[name] for name in ("repetition", "interval", "easiness", "due", "lapses")}

    def count(self) -> int:
        return len(self.run("log", "--json").splitlines())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A home with a deck `old` of two cards, each answered four times and once more today."""
    home = tmp_path / "home"
    (home / "decks").mkdir(parents=True)
    desk = Desk(home, environment_of(home, decks="", PYTHONPATH=str(ROOT)))
    desk.write("deck.yaml", "old", "one", "two")
    days = ("2026-11-01", "2026-11-02", "2026-11-08", "2026-11-15")
    lines = [line_of(f"old/{card}", 4 - (card == "two"), f"{day}T12:00:00+00:00") for day in days for card in ("one", "two")]
    desk.run("answer", "--batch", "-", input="".join(lines))
    return desk


def rename_file(desk: Desk) -> str:
    (desk.folder / "decks" / "deck.yaml").rename(desk.folder / "decks" / "another name.yaml")
    return "old/one"


def move_file(desk: Desk) -> str:
    (desk.folder / "decks" / "deep" / "er").mkdir(parents=True)
    (desk.folder / "decks" / "deck.yaml").rename(desk.folder / "decks" / "deep" / "er" / "deck.yml")
    return "old/one"


def reword(desk: Desk) -> str:
    path = desk.folder / "decks" / "deck.yaml"
    path.write_text(path.read_text().replace("front of it", "quite another wording"))
    return "old/one"


def change_kind(desk: Desk) -> str:
    path = desk.folder / "decks" / "deck.yaml"
    path.write_text("deck: old\ncards:\n- {id: two, front: a, back: b}\n- {id: one, kind: cloze, text: 'a {{c1::b}}'}\n")
    return "old/one"


def remove_and_put_back(desk: Desk) -> str:
    desk.write("deck.yaml", "old", "two")
    gone = desk.show("old/one")
    assert gone["memory"]["retired"] is True
    assert len(gone["reviews"]) == 4
    assert desk.count() == 8
    desk.write("deck.yaml", "old", "two", "one")
    return "old/one"


def remove_deck_and_put_back(desk: Desk) -> str:
    path = desk.folder / "decks" / "deck.yaml"
    path.rename(desk.folder / "aside")
    desk.run("due")
    assert desk.count() == 8
    (desk.folder / "aside").rename(path)
    return "old/one"


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


@pytest.mark.parametrize(
    "change",
    [
        rename_file, move_file, reword, change_kind, remove_and_put_back, remove_deck_and_put_back,
        rename_card, move_card, rename_deck, rename_again_and_again, rename_with_a_list, rename_and_back,
    ],
)  # fmt: skip
def test_history_and_memory_follow_a_card_through(desk: Desk, change: Callable[[Desk], str]) -> None:
    before = desk.memory("old/one")
    assert before["repetition"] == 4
    name = change(desk)
    assert desk.memory(name) == before
    assert len(desk.show(name)["reviews"]) == 4
    assert desk.count() == 8
    desk.run("answer", name, "again")
    assert desk.memory(name)["lapses"] == 1
    assert len(desk.show(name)["reviews"]) == 5
    assert desk.count() == 9
    desk.run("undo")
    assert desk.memory(name) == before
    assert_whole(desk.environment)


def test_a_raised_revision_makes_a_card_due_and_keeps_its_history(desk: Desk) -> None:
    before = desk.memory("old/one")
    desk.write("deck.yaml", "old", "one\n  revision: 2", "two")
    assert desk.memory("old/one") == {**before, "due": "2026-11-22"}
    assert len(desk.show("old/one")["reviews"]) == 4
    assert desk.memory("old/two")["due"] > "2026-11-22"
    desk.run("answer", "old/one", "good")
    kept = desk.memory("old/one")
    assert kept["repetition"] == 5
    desk.write("deck.yaml", "old", "one", "two")
    assert desk.memory("old/one") == kept
    assert desk.count() == 9
    assert_whole(desk.environment)


def test_the_same_deck_twice_counts_one_history(desk: Desk) -> None:
    before = desk.memory("old/one")
    desk.write("copy.yaml", "old", "one", "two", "three")
    said = prepdeck(desk.environment, "due")
    assert said.returncode == 0
    assert "deck old stands in" in said.stderr
    assert desk.memory("old/one") == before
    assert desk.count() == 8
    assert_whole(desk.environment)
