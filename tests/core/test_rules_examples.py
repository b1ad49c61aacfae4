from __future__ import annotations

import pytest

from prepdeck.deckfile.problem import Severity
from prepdeck.deckfile.reading import Reading, read_deck
from prepdeck.deckfile.rule_codes import RULE_CODES
from prepdeck.deckfile.rules.checking import check_deck, check_decks
from tests.core.rule_examples import DECKS, EXAMPLES, TODAY, Example

BETWEEN_DECKS = {"W246", "W247", "W248", "W250", "W251", "W257", "W259"}


def read(text: str) -> Reading:
    reading = read_deck("d.yaml", text.encode())
    assert reading.problems == ()
    assert reading.deck is not None
    return reading


def told(text: str, *, strict: bool) -> list[str]:
    reading = read(text)
    problems = (*check_deck(reading, TODAY, strict=strict), *check_decks([reading]))
    return [f"{problem.line}:{problem.column} {problem.code}" for problem in problems]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each.code} at {each.place}")
def test_a_break_is_told_once_and_at_its_place(example: Example) -> None:
    assert told(example.bad, strict=example.strict) == [f"{example.place} {example.code}"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each.code} at {each.place}")
def test_nothing_is_told_of_the_neighbour_that_keeps_the_rule(example: Example) -> None:
    assert told(example.good, strict=example.strict) == []


@pytest.mark.parametrize("example", [each for each in EXAMPLES if each.strict], ids=lambda each: each.code)
def test_a_missing_field_of_bundled_decks_is_asked_for_under_strict_alone(example: Example) -> None:
    assert told(example.bad, strict=False) == []


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: f"{each.code} at {each.place}")
def test_a_rule_warns_and_says_what_to_do(example: Example) -> None:
    (problem,) = check_deck(read(example.bad), TODAY, strict=example.strict)
    assert problem.severity is Severity.WARNING
    assert problem.label
    assert problem.help
    assert problem.end_column > problem.column


@pytest.mark.parametrize("example", DECKS, ids=lambda each: each.code)
def test_a_rule_of_a_whole_deck_says_so_in_message_and_page(example: Example) -> None:
    (problem,) = check_deck(read(example.bad), TODAY)
    assert problem.message.startswith("about the whole deck: ")
    assert RULE_CODES[example.code].title.startswith("about the whole deck: ")


def test_every_rule_has_an_example() -> None:
    assert {example.code for example in EXAMPLES} | BETWEEN_DECKS == set(RULE_CODES)
