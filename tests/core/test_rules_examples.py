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


def card_with(fields: str) -> str:
    """Return a deck of one card."""
    back = "" if "kind" in fields or "back" in fields else ", back: The one that is asked for."
    return f"deck: d\ncards:\n- {{id: a, {fields}{back}}}\n"


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


QUERY = """\
- id: a
  kind: code
  language: sql
  front: Name every customer.
  minutes: 5
  fixture: CREATE TABLE c (name)
  starter: SELECT
  reference: SELECT name FROM c
  tests:
    visible: [{out: []}, {in: [a], out: []}, {in: [b], out: []}]
    hidden: [{in: [c], out: []}, {in: [d], out: []}, {in: [e], out: []}]
  mutants: [SELECT 1, SELECT 2]
  topic: t
  level: 1
"""


@pytest.mark.parametrize(
    ("text", "strict"),
    [
        (card_with("front: 'Enumerate() or range(): which, and why?'"), False),
        (card_with("front: What happens to the tail?, back: heavier, hints: ['heavier or lighter?']"), False),
        (card_with("kind: cloze, text: 'Heat makes it {{c1::flatter::flatter or sharper?}}.'"), False),
        (card_with("kind: numeric, front: Half of a quarter?, answer: 0.125, tolerance: {abs: 0}"), False),
        (card_with("kind: numeric, front: Three tenths?, answer: 0.3, tolerance: {rel: 0}"), False),
        (f"deck: d\ncards:\n{QUERY}", True),
    ],
)
def test_nothing_is_told_of_cards_that_only_look_like_a_break(text: str, strict: bool) -> None:
    assert told(text, strict=strict) == []


def test_a_topic_whose_only_card_is_faulty_is_not_called_empty() -> None:
    text = "deck: d\ntopics: {t: T}\ncards:\n- {id: a, front: q, back: b}\n- {id: b, topic: t, front: q}\n"
    assert check_deck(read_deck("d.yaml", text.encode()), TODAY) == ()


def test_every_rule_has_an_example() -> None:
    assert {example.code for example in EXAMPLES} | BETWEEN_DECKS == set(RULE_CODES)
