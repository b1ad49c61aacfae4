"""`review --plain`: z, ! and f at any card, and u that takes each of them back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.handling import Handling
from prepdeck.study.desk import open_desk

Run = Callable[..., Any]

TWO = """\
deck: two
cards:
- {id: one, front: the first front, back: the first back}
- {id: two, front: the second front, back: the second back}
"""


@pytest.fixture
def review(run: Run, decks: Path) -> Callable[[str], Any]:
    """Review two cards with the lines that are typed."""
    (decks / "probability.yaml").write_text(TWO, "utf-8")
    return lambda typed: run("review", "--plain", text=typed)


def state(card: str = "two/one") -> Handling:
    with open_desk() as desk, desk.store.reading() as log:
        return log.handling_of(CardId.parse(card))


def is_buried(card: str = "two/one") -> bool:
    with open_desk() as desk:
        return state(card).is_buried(desk.today())


def test_n_keeps_a_note_as_it_was_typed_and_a_dash_takes_it_off(review: Callable[[str], Any]) -> None:
    out = review("\nn Ask Ada about BERT\nq\n").out
    assert "Kept the note on two/one." in out
    assert state().note == "Ask Ada about BERT"
    assert "Your note: Ask Ada about BERT" in review("\nq\n").out
    assert "Took the note off two/one." in review("\nn -\nq\n").out
    assert state().note == ""


def test_n_without_words_says_what_it_wants_and_a_long_note_is_refused(review: Callable[[str], Any]) -> None:
    assert "n and some words keep them as your note" in review("\nn\nq\n").out
    refused = review(f"\nn {'x' * 4000}\n3\nq\n").out
    assert "error: the note has" in refused
    assert "good, next" in refused
    assert state().note == ""


def test_undo_takes_a_note_off_again(review: Callable[[str], Any]) -> None:
    assert "Undid" in review("\nn a note\nu\nq\n").out
    assert state().note == ""


@pytest.mark.parametrize("side", ["", "\n"])
@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("z", "Buried two/one until tomorrow"),
        ("-", "Buried two/one until tomorrow"),
        ("bury", "Buried two/one until tomorrow"),
        ("!", "Suspended two/one"),
        ("@", "Suspended two/one"),
        ("suspend", "Suspended two/one"),
    ],
)
def test_a_card_put_away_leaves_the_round_ungraded(
    review: Callable[[str], Any], side: str, key: str, words: str
) -> None:
    out = review(f"{side}{key}\nq\n").out
    assert words in out
    assert out.index(words) < out.index("the second front")
    assert "0 answers" in out
    assert "1 card left" in out
    assert (is_buried(), state().suspended) == (words.startswith("Buried"), words.startswith("Suspended"))


@pytest.mark.parametrize("side", ["", "\n"])
def test_a_flag_keeps_the_card_and_a_second_one_takes_it_off(run: Run, review: Callable[[str], Any], side: str) -> None:
    out = review(f"{side}f\nq\n").out
    assert "Flagged two/one." in out
    assert "the second front" not in out
    assert state() == Handling(flagged=True)
    again = review("f\nq\n").out
    assert "basic, new, flagged" in again
    assert "Took the flag off two/one." in again
    assert state() == Handling()


def test_undo_takes_back_a_flag_a_burial_a_suspension_and_a_grade_one_by_one(
    run: Run, review: Callable[[str], Any]
) -> None:
    out = review("f\n\n3\nz\n").out
    assert "the round is over" in out
    told = run("review", "--plain", text="").out
    assert "Nothing is due" in told
    for words in ("bury of two/two", "good on two/one", "flag of two/one"):
        assert words in run("undo").out
    assert (state(), state("two/two")) == (Handling(), Handling())


def test_undo_in_the_round_brings_back_the_card_put_away(review: Callable[[str], Any]) -> None:
    out = review("!\nu\nq\n").out
    assert out.count("the first front") == 2
    assert "Undid suspend of two/one." in out
    assert state() == Handling()


def test_the_round_says_once_which_keys_these_are(review: Callable[[str], Any]) -> None:
    assert review("\n3\n\n3\n").out.count("z bury, ! suspend, f flag") == 1


def test_n_and_other_words_change_nothing(review: Callable[[str], Any]) -> None:
    out = review("n\n\nn\nq\n").out
    assert "0 answers" in out
    assert state() == Handling()
