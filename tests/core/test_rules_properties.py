from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import prepdeck
from prepdeck.cards.deck import Deck
from prepdeck.deckfile.codes import CODES
from prepdeck.deckfile.problem import Severity
from prepdeck.deckfile.reading import read_deck
from prepdeck.deckfile.rule_codes import RULE_CODES
from prepdeck.deckfile.rules.checking import check_deck, check_decks
from prepdeck.deckfile.rules.recall import count_bullets
from prepdeck.deckfile.writing import write_deck
from prepdeck.host.bundled import bundled_folder
from prepdeck.text.cleaning import clean_line
from tests.core.rule_examples import BASIC, NUMERIC, TODAY, deck
from tests.full import examples
from tests.strategies import decks

PACKAGE = Path(prepdeck.__file__).parent


@settings(deadline=None, max_examples=examples(30))
@given(st.lists(decks(), min_size=1, max_size=2), st.dates(), st.booleans())
def test_rules_never_raise_and_warn_inside_the_file(some: list[Deck], today: date, strict: bool) -> None:
    readings = [read_deck(f"{place}.yaml", write_deck(each).encode(), strict=strict) for place, each in enumerate(some)]
    problems = [problem for reading in readings for problem in check_deck(reading, today, strict=strict)]
    lines = {reading.path: reading.lines for reading in readings}
    for problem in (*problems, *check_decks(readings)):
        assert problem.severity is Severity.WARNING
        assert problem.code in CODES
        assert 1 <= problem.line <= len(lines[problem.path])
        assert 1 <= problem.column < problem.end_column
        assert problem.help
        for text in (problem.message, problem.label, problem.help):
            assert clean_line(text) == text


@settings(deadline=None, max_examples=examples(20))
@given(decks(), st.dates())
def test_asking_twice_gives_the_same(one: Deck, today: date) -> None:
    reading = read_deck("d.yaml", write_deck(one).encode())
    assert check_deck(reading, today) == check_deck(reading, today)


@pytest.mark.parametrize("path", sorted(bundled_folder("decks").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_bundled_deck_keeps_every_rule(path: Path) -> None:
    reading = read_deck(path.name, path.read_bytes(), strict=True)
    ages = {"W243", "W244"}  # what is fresh at one date is stale at another
    problems = (*check_deck(reading, TODAY, strict=True), *check_decks([reading]))
    assert [problem for problem in problems if problem.code not in ages] == []


def test_a_first_deck_of_four_lines_gives_no_warning() -> None:
    reading = read_deck("d.yaml", deck("- {id: a, front: What is recall?, back: A share.}\n").encode())
    assert reading.problems == ()
    assert check_deck(reading, TODAY) == check_decks([reading]) == ()


@pytest.mark.parametrize(
    "front",
    [
        "Is it L1 or L2 that makes weights exactly zero?",
        "Does momentum help here, and why?",
        "Does batch size change the noise? By how much?",
        "Can you say in one sentence what a kernel does?",
        "You append to the list the next value. What does it cost?",
        "Which of the three errors is cheapest?",
        "What are the odds of two sixes?",
        "Name the one assumption that fails here.",
        "A list: the first entry is what?",
        "Name all-reduce's cost in one formula.",
        "What are the two-tower model's weak points?",
    ],
)
def test_a_front_that_only_looks_like_a_banned_one_passes(front: str) -> None:
    text = deck(BASIC.replace("Why does dropout help a wide network?", f'"{front}"'))
    assert check_deck(read_deck("d.yaml", text.encode()), TODAY) == ()


@pytest.mark.parametrize(
    ("field", "longest"),
    [("Why does dropout help a wide network?", 240), ("It keeps units from relying on each other.", 600)],
)
def test_the_longest_text_that_is_allowed_passes(field: str, longest: int) -> None:
    text = deck(BASIC.replace(field, "x" * longest))
    assert check_deck(read_deck("d.yaml", text.encode()), TODAY) == ()


def test_a_number_without_working_may_be_a_fact_to_remember() -> None:
    text = deck(NUMERIC.replace("  check: 2 / 4\n", "").replace("  steps: [2 divided by 4]\n", ""))
    assert check_deck(read_deck("d.yaml", text.encode()), TODAY) == ()


def test_lists_inside_of_code_do_not_count() -> None:
    code = "```\n- a\n- b\n- c\n- d\n```"
    assert count_bullets(code) == 0
    assert count_bullets(f"{code}\n- a\n- b\n- c\n- d\n") == 4


def test_every_code_that_is_told_anywhere_has_a_page() -> None:
    told = {
        code
        for room in ("deckfile", "study", "judge")
        for path in (PACKAGE / room).rglob("*.py")
        if not path.name.endswith(("_codes.py", "codes.py"))
        for code in re.findall(r'"([EW]\d{3})"', path.read_text("utf-8"))
    }
    assert told - set(CODES) == set()
    assert set(RULE_CODES) - told == set()
