from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.deckfile.findings import MAX_PROBLEMS
from prepdeck.deckfile.problem import Problem
from prepdeck.deckfile.reading import Reading, read_deck
from prepdeck.deckfile.rules.checking import check_deck, check_decks
from prepdeck.deckfile.rules.twins import FEWEST_SAME_WORDS, FEWEST_WORDS, find_twins
from tests.core.rule_examples import TODAY
from tests.full import examples

ROADMAP = """\
roadmap:
- {id: first, title: The first phase, months: {from: 1, to: 2}, decks: [a]}
targets:
  a: {one: {basic: 4}, two: {basic: 4}}
release_floor: 0.5
"""


def read(path: str, text: str) -> Reading:
    reading = read_deck(path, text.encode())
    assert reading.problems == ()
    return reading


def deck(slug: str, *cards: str) -> str:
    return f"deck: {slug}\ncards:\n" + "".join(f"- {{{card}}}\n" for card in cards)


def told(*texts: str, paths: Sequence[str] = ("a.yaml", "b.yaml", "c.yaml")) -> list[str]:
    problems = check_decks([read(path, text) for path, text in zip(paths, texts, strict=False)])
    return [place_of(problem) for problem in problems]


def place_of(problem: Problem) -> str:
    return f"{problem.path}:{problem.line}:{problem.column} {problem.code}"


def one(name: str, more: str = "") -> str:
    return f"id: {name}, front: {name}, back: x{more}"


def test_of_two_decks_with_one_name_the_later_one_is_told() -> None:
    assert told(deck("a", one("x")), deck("b", one("x")), deck("a", one("x"))) == ["c.yaml:1:7 W190"]


def test_decks_of_different_names_may_hold_cards_of_one_name() -> None:
    assert told(deck("a", one("x")), deck("b", one("x"))) == []


@pytest.mark.parametrize("paths", [("decks/A.yaml", "decks/a.yaml"), ("Straße.yaml", "STRASSE.yaml")])
def test_file_names_that_differ_by_case_alone_are_told(paths: Sequence[str]) -> None:
    assert told(deck("a", one("x")), deck("b", one("x")), paths=paths) == [f"{paths[1]}:1:1 W250"]


def test_the_same_name_in_two_folders_is_fine() -> None:
    assert told(deck("a", one("x")), deck("b", one("x")), paths=("one/a.yaml", "two/a.yaml")) == []


@pytest.mark.parametrize("was", ["x", "a/x", "[x, y]"])
def test_a_card_that_names_itself_is_told(was: str) -> None:
    column = 36 if was.startswith("[") else 35
    assert told(deck("a", one("x", f", was: {was}"))) == [f"a.yaml:3:{column} W246"]


def test_an_earlier_name_that_is_still_in_the_deck_is_told() -> None:
    assert told(deck("a", one("x"), one("y", ", was: x"))) == ["a.yaml:4:35 W247"]


def test_an_earlier_name_that_is_still_in_another_deck_is_told() -> None:
    assert told(deck("a", one("x")), deck("b", one("y", ", was: [z, a/x]"))) == ["b.yaml:3:39 W247"]


def test_a_name_that_nobody_has_any_more_is_carried_on_without_a_word() -> None:
    assert told(deck("a", one("x", ", was: [old, b/older]")), deck("b", one("y"))) == []


def test_a_history_carried_on_twice_in_a_deck_is_told_at_the_second() -> None:
    assert told(deck("a", one("x", ", was: old"), one("y", ", was: old"))) == ["a.yaml:4:35 W248"]


def test_a_history_carried_on_by_two_decks_is_told_at_the_second() -> None:
    assert told(deck("a", one("x", ", was: old")), deck("b", one("y", ", was: a/old"))) == ["b.yaml:3:35 W248"]


LONG = "Why does averaging the weights of several late checkpoints help"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LONG, LONG),
        (LONG, "why does Averaging, the weights of several (late) checkpoints help?"),
        (LONG, "Why does averaging the weights of several early checkpoints help"),
        ("What is recall?", "what is *recall*"),
    ],
)
def test_fronts_that_read_alike_are_told_at_the_later_one(first: str, second: str) -> None:
    decks = [deck(slug, f"id: x, front: '{front}', back: x") for slug, front in (("a", first), ("b", second))]
    assert told(*decks) == ["b.yaml:3:18 W251"]
    problem = check_decks([read("a.yaml", decks[0]), read("b.yaml", decks[1])])[0]
    assert "a/x in a.yaml:3" in problem.message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("What is precision?", "What is recall?"),
        ("What is C++?", "What is C#?"),
        (LONG, "Why does averaging the weights of several models harm"),
        ("When is x < y true?", "When is x > y true?"),
        ("q", "q"),
    ],
)
def test_fronts_that_ask_for_something_else_are_not_told(first: str, second: str) -> None:
    assert (
        told(*(deck(slug, f"id: x, front: '{front}', back: x") for slug, front in (("a", first), ("b", second)))) == []
    )


def test_a_deck_that_another_one_replaces_is_not_compared() -> None:
    text = deck("a", f"id: x, front: {LONG}, back: x, was: old")
    assert told(text, text) == ["b.yaml:1:7 W190"]


def test_gaps_are_compared_open() -> None:
    cards = ["The {{c1::median}} splits values in half", "The {{c1::mean}} splits values in half"]
    assert told(deck("a", *(f"id: c{n}, kind: cloze, text: '{text}'" for n, text in enumerate(cards)))) == []
    assert told(deck("a", *(f"id: c{n}, kind: cloze, text: '{cards[0]}'" for n in range(2)))) == ["a.yaml:4:31 W251"]


def test_a_deck_below_the_roadmap_is_told_about_the_whole_deck() -> None:
    text = deck("a", *(one(f"x{number}") for number in range(3)))
    assert told(text, ROADMAP) == ["a.yaml:2:1 W257"]
    problem = check_decks([read("a.yaml", text), read("r.yaml", ROADMAP)])[0]
    assert problem.message == "about the whole deck: the deck holds 3 cards of 8 that the roadmap wants"


def test_a_topic_below_the_roadmap_is_told_at_the_topic() -> None:
    cards = [one(f"x{number}", ", topic: one") for number in range(5)]
    text = deck("a", *cards).replace("cards:", "topics:\n  one: One\n  two: Two\ncards:")
    assert told(text, ROADMAP) == ["a.yaml:4:3 W257"]


def test_a_deck_that_the_roadmap_is_content_with_is_not_told() -> None:
    cards = [one(f"x{number}", f", topic: {'one' if number % 2 else 'two'}") for number in range(4)]
    assert told(deck("a", *cards), ROADMAP) == []
    assert told(deck("b", one("x")), ROADMAP) == []


def test_after_a_thousand_warnings_the_rest_is_counted() -> None:
    text = deck("a", *(f"id: c{number}, front: List the causes, back: x" for number in range(MAX_PROBLEMS + 5)))
    problems = check_deck(read("a.yaml", text), TODAY)
    assert len(problems) == MAX_PROBLEMS + 1
    assert problems[-1].code == "W259"
    assert problems[-1].message.startswith("5 more warnings")
    assert {problem.code for problem in problems[:-1]} == {"W204"}


WORDS = st.sampled_from(["why", "what", "does", "loss", "fall", "rise", "late", "early", "mean", "net"])
PROMPTS = st.lists(st.lists(WORDS, max_size=9).map(" ".join), max_size=14)


def alike(first: str, second: str) -> bool:
    """Compare two prompts as the rule says it, without any index."""
    one_, two = first.split(), second.split()
    if len(set(one_)) < FEWEST_WORDS or len(set(two)) < FEWEST_WORDS:
        return one_ == two and len(one_) >= FEWEST_SAME_WORDS
    return 10 * len(set(one_) & set(two)) >= 8 * len(set(one_) | set(two))


@settings(deadline=None, max_examples=examples(300))
@given(PROMPTS)
def test_the_index_finds_what_comparing_every_two_finds(prompts: list[str]) -> None:
    found = {twin.later: twin.earlier for twin in find_twins(prompts)}
    for place, prompt in enumerate(prompts):
        like = {earlier for earlier in range(place) if alike(prompts[earlier], prompt)}
        assert (place in found) == bool(like)
        assert place not in found or found[place] in like
