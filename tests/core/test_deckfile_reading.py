from __future__ import annotations

import gc
from datetime import date
from fractions import Fraction

import pytest
import yaml

from prepdeck.cards.card import Ask, Basic, Card, Choice, Cloze, Followup, Gap, Numeric, Option
from prepdeck.cards.deck import Deck, Topic, Track
from prepdeck.cards.ids import CardId
from prepdeck.cards.tolerance import Tolerance
from prepdeck.deckfile.problem import Problem, Severity, unreadable
from prepdeck.deckfile.reading import read_deck
from prepdeck.deckfile.source import Source
from prepdeck.deckfile.syntax import explain

SPECIFIED = """\
# yaml-language-server: $schema=./deck.schema.json
deck: probability                  # slug
title: Probability and Bayes
track: ml-fundamentals             # one of five
description: Conditional probability, distributions, limits, likelihood.
phases: [1]
skills: [maths-statistics]
optional: false
tags: []
topics:                            # in learning order
  rules-bayes: Rules and Bayes
cards:
- id: base-rate
  kind: numeric
  topic: rules-bayes
  level: 2                         # 1 recall
  front: "Prevalence 1 %, sensitivity 90 %, specificity 95 %. P(ill given a positive test)?"
  answer: 0.154
  unit: probability
  tolerance: {abs: 0.002}
  check: "0.01*0.9 / (0.01*0.9 + 0.99*0.05)"
  steps: ["true positives 0.009", "false positives 0.0495", "0.009 / 0.0585"]
"""


def read_card(fields: str, header: str = "") -> Card:
    """Return the only card of a deck named d."""
    reading = read_deck("d.yaml", f"deck: d\n{header}cards:\n- id: a\n{fields}".encode())
    assert reading.problems == ()
    assert reading.deck is not None
    (card,) = reading.deck.cards
    return card


def read_basic(fields: str = "", header: str = "") -> Card:
    return read_card(f"  front: q\n  back: x\n{fields}", header)


def test_the_deck_of_the_specification_is_read_whole() -> None:
    reading = read_deck("probability.yaml", SPECIFIED.encode(), strict=True)
    assert reading.problems == ()
    assert reading.deck == Deck(
        id="probability",
        title="Probability and Bayes",
        track=Track.ML_FUNDAMENTALS,
        description="Conditional probability, distributions, limits, likelihood.",
        phases=(1,),
        skills=("maths-statistics",),
        topics=(Topic("rules-bayes", "Rules and Bayes"),),
        cards=(
            Card(
                id=CardId("probability", "base-rate"),
                topic="rules-bayes",
                level=2,
                body=Numeric(
                    front="Prevalence 1 %, sensitivity 90 %, specificity 95 %. P(ill given a positive test)?",
                    answer=Fraction(77, 500),
                    answer_text="0.154",
                    unit="probability",
                    tolerance=Tolerance(absolute=Fraction(1, 500)),
                    check="0.01*0.9 / (0.01*0.9 + 0.99*0.05)",
                    steps=("true positives 0.009", "false positives 0.0495", "0.009 / 0.0585"),
                ),
            ),
        ),
    )
    assert reading.places == {CardId("probability", "base-rate"): 13}
    assert reading.lines == tuple(SPECIFIED.splitlines())


def test_the_smallest_deck_is_four_lines() -> None:
    reading = read_deck("d.yaml", b"deck: kv-cache\ncards:\n- {id: a, front: q,\n   back: x}")
    assert reading.deck == Deck(
        id="kv-cache", title="Kv cache", cards=(Card(id=CardId("kv-cache", "a"), body=Basic("q", "x")),)
    )


def test_every_field_of_a_card_is_read() -> None:
    card = read_basic(
        """\
  variants: [r]
  points: [p]
  followups:
  - {front: why, back: since}
  topic: t
  level: 3
  tags: [two, one]
  ask: next-step
  why: It comes up.
  hints: [h]
  refs: [Book]
  verify: |
    assert 1 + 1 == 2
  volatile: true
  as_of: 2026-01-31
  revision: 2
  was: [old, other/older]
  seconds: 7200
  weight: 3
""",
        "tags: [one]\n",
    )
    assert card == Card(
        id=CardId("d", "a"),
        body=Basic("q", "x", ("r",), ("p",), (Followup("why", "since"),)),
        topic="t",
        level=3,
        tags=("one", "two"),
        ask=Ask.NEXT_STEP,
        why="It comes up.",
        hints=("h",),
        refs=("Book",),
        verify="assert 1 + 1 == 2",
        volatile=True,
        as_of=date(2026, 1, 31),
        revision=2,
        was=(CardId("d", "old"), CardId("other", "older")),
        seconds=7200,
        weight=3,
    )


def test_a_cloze_text_is_cut_at_its_gaps() -> None:
    card = read_card("  kind: cloze\n  text: 'In C++ {{c2::std::exp::function}} of {{c1::$z_{i_{j}}$}}'\n")
    assert card.body == Cloze(("In C++ ", Gap(2, "std::exp", "function"), " of ", Gap(1, "$z_{i_{j}}$")))


def test_an_empty_hint_keeps_the_colons_of_an_answer() -> None:
    card = read_card("  kind: cloze\n  text: '{{c1::std::vector::}} grows'\n")
    assert card.body == Cloze((Gap(1, "std::vector"), " grows"))


def test_options_keep_their_order() -> None:
    card = read_card("  kind: choice\n  front: q\n  options: [{text: b}, {text: a, correct: true, why: so}]\n")
    assert card.body == Choice("q", (Option("b"), Option("a", correct=True, why="so")))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1e-3", "1/1000"),
        ("1_000", "1000"),
        ("-5", "-5"),
        ("+3", "3"),
        (".5", "1/2"),
        ("0.1", "1/10"),
        ("1e300", "1e300"),
    ],
)
def test_numbers_are_read_exactly(written: str, value: str) -> None:
    card = read_card(f"  kind: numeric\n  front: q\n  answer: {written}\n  tolerance: {{rel: 0.1}}\n")
    assert isinstance(card.body, Numeric)
    assert (card.body.answer, card.body.answer_text) == (Fraction(value), written)


@pytest.mark.parametrize("written", ["no", "12:30", "0123", "2024-02-30", "~", "null", ".inf", "0x1F", "y", "="])
def test_a_text_stays_the_characters_of_the_author(written: str) -> None:
    assert read_card(f"  front: {written}\n  back: x\n").title == written


def test_a_block_text_loses_its_last_line_end_only() -> None:
    card = read_card("  front: q\n  back: |\n    text\n\n      indented\n\n")
    assert isinstance(card.body, Basic)
    assert card.body.back == "text\n\n  indented"


@pytest.mark.parametrize(
    ("written", "help_text"),
    [
        ("1,000,000", "write 1_000_000"),
        ("1 000", "write 1_000"),
        ("0,154", "write 0.154"),
        ("12.5 %", "write 0.125"),
        ("0xFF", "write 255"),
        ("1/8", "write 0.125, with a tolerance"),
        ("many", "write digits, with a point and an exponent if needed: 1_000, 0.154, 1e-3"),
        ("9e300", None),
        ("10e300", "choose a larger or smaller unit"),
        ("123456789e-310", "choose a larger or smaller unit"),
        ("0e-300", None),
    ],
)
def test_what_is_almost_a_number_is_told_how_to_become_one(written: str, help_text: str | None) -> None:
    card = f"- {{id: a, kind: numeric, front: q, answer: '{written}', tolerance: {{abs: 1}}}}"
    reading = read_deck("d.yaml", f"deck: d\ncards:\n{card}\n".encode())
    assert [problem.help for problem in reading.problems] == ([help_text] if help_text else [])


@pytest.mark.parametrize(
    ("sort", "written"), [("rel", "99999e295"), ("rel", "1"), ("abs", "-99999e295"), ("rel", "-.5")]
)
def test_a_tolerance_of_any_size_is_refused_in_words(sort: str, written: str) -> None:
    card = f"- {{id: a, kind: numeric, front: q, answer: 1, tolerance: {{{sort}: {written}}}}}"
    reading = read_deck("d.yaml", f"deck: d\ncards:\n{card}\n".encode())
    assert [problem.code for problem in reading.problems] == ["E036"]


def test_control_characters_of_escapes_are_spelt_out() -> None:
    reading = read_deck("d.yaml", b'deck: d\ncards:\n- {id: a, front: "\\e]52;c;x\\a", back: x}\n')
    assert reading.deck is not None
    assert reading.deck.cards[0].title == r"\x1b]52;c;x\x07"
    assert [problem.code for problem in reading.problems] == ["W102"]


def test_a_faulty_card_is_left_out_and_the_good_ones_stay() -> None:
    data = b"deck: d\ncards:\n- {id: a, front: q, back: x}\n- {id: b, front: q}\n- {id: c, front: q, back: x}\n"
    reading = read_deck("d.yaml", data)
    assert reading.deck is not None
    assert [str(card.id) for card in reading.deck.cards] == ["d/a", "d/c"]
    assert reading.places == {CardId("d", "a"): 3, CardId("d", "c"): 5}


def test_a_fault_of_yaml_in_one_card_leaves_the_others() -> None:
    reading = read_deck("d.yaml", b"deck: d\ncards:\n- {id: a, front: q, back: x}\n- {id: b, front: *q, back: x}\n")
    assert reading.deck is not None
    assert [str(card.id) for card in reading.deck.cards] == ["d/a"]


def test_header_fields_may_follow_the_cards() -> None:
    reading = read_deck("d.yaml", b"cards:\n- {id: a, front: q, back: x, topic: u}\ntopics: {t: T}\ndeck: d\n")
    assert [problem.code for problem in reading.problems] == ["E028"]


def fingerprint_of(card: str) -> str:
    reading = read_deck("d.yaml", f"deck: d\ncards:\n{card}".encode())
    assert reading.deck is not None
    return reading.deck.cards[0].fingerprint


ORIGINAL = "- id: a\n  front: q\n  back: x\n  hints: [h, i]\n"


@pytest.mark.parametrize(
    "edited",
    [
        "\n\n# above\n- id: a\n  front: q\n  back: x\n  hints: [h, i]\n",
        "- hints: [h, i]\n  back: x\n  id: a\n  front: q\n",
        "- id: a\n  kind: basic\n  front: 'q'\n  back: \"x\"\n  hints:\n  - h # first\n  - i\n",
        "- id: a\n  front: |\n    q\n  back: x\n  hints: [h, i]\n",
    ],
)
def test_the_fingerprint_stays_when_only_the_writing_changes(edited: str) -> None:
    assert fingerprint_of(edited) == fingerprint_of(ORIGINAL)


@pytest.mark.parametrize(
    "edited",
    [
        "- id: a\n  front: q.\n  back: x\n  hints: [h, i]\n",
        "- id: a\n  front: q\n  back: x\n  hints: [i, h]\n",
        "- id: a\n  front: q\n  back: x\n  hints: [hi]\n",
        "- id: a\n  front: q\n  back: x\n",
        "- id: a\n  front: q\n  back: x\n  hints: [h, i]\n  weight: 2\n",
        "- id: a\n  front: q\n  back: x\n  hints: [h, i]\n  followups: [{front: r, back: y}]\n",
    ],
)
def test_the_fingerprint_changes_with_the_content(edited: str) -> None:
    assert fingerprint_of(edited) != fingerprint_of(ORIGINAL)


def test_a_fingerprint_is_sixteen_bytes_in_hexadecimal_digits() -> None:
    assert len(bytes.fromhex(fingerprint_of(ORIGINAL))) == 16


def test_without_libyaml_one_problem_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    reading = read_deck("d.yaml", SPECIFIED.encode())
    (problem,) = reading.problems
    assert reading.deck is None
    assert problem.code == "E043"
    assert "pip install" in (problem.help or "")


@pytest.mark.parametrize("is_collecting", [True, False])
def test_reading_leaves_the_collector_as_it_was(is_collecting: bool) -> None:
    (gc.enable if is_collecting else gc.disable)()
    try:
        read_deck("d.yaml", SPECIFIED.encode())
        assert gc.isenabled() is is_collecting
    finally:
        gc.enable()


def test_the_collector_is_back_after_an_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise MemoryError

    monkeypatch.setattr("prepdeck.deckfile.reading.decode", fail)
    with pytest.raises(MemoryError):
        read_deck("d.yaml", b"")
    assert gc.isenabled()


def test_problems_beyond_a_thousand_are_counted_and_their_cards_left_out() -> None:
    cards = "".join(f"- {{id: c{number}, front: q}}\n" for number in range(1500))
    reading = read_deck("d.yaml", f"deck: d\ncards:\n{cards}".encode())
    assert reading.deck is not None
    assert reading.deck.cards == ()
    assert len(reading.problems) == 1001
    last = reading.problems[-1]
    assert (last.line, last.code, last.message) == (1002, "E047", "at least 500 more problems are not listed")


@pytest.mark.parametrize("error", [yaml.YAMLError("unheard of"), yaml.MarkedYAMLError(problem="unheard of")])
def test_a_fault_of_libyaml_that_nobody_knows_still_gives_a_problem(error: yaml.YAMLError) -> None:
    start, _end, fault = explain(error, Source("d.yaml", "deck: d\n", ("deck: d",)), None)
    assert (start, fault.code) == (0, "E006")


def test_problems_sort_by_place() -> None:
    def at(line: int, column: int) -> Problem:
        return Problem("d.yaml", line, column, column + 1, "E022", Severity.ERROR, "m", "l")

    assert sorted([at(2, 1), at(1, 9), at(1, 10), at(1, 2)]) == [at(1, 2), at(1, 9), at(1, 10), at(2, 1)]
    assert at(1, 1).__lt__("no problem") is NotImplemented


def test_a_file_that_cannot_be_opened_has_its_problem_at_its_start() -> None:
    problem = unreadable("d.yaml", "d.yaml may not be read", None)
    assert (problem.line, problem.column, problem.end_column, problem.code) == (1, 1, 2, "E001")
    assert problem.help
