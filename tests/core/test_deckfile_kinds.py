from __future__ import annotations

import json
from fractions import Fraction

import pytest

from prepdeck.cards.card import Body
from prepdeck.cards.code import Case, Code, Compare, Complexity, Cost, Language, LargeInput, Shape
from prepdeck.cards.spoken import Design, Figure, OutlinePhase, Probe, Star, Story
from prepdeck.cards.tolerance import Tolerance
from prepdeck.deckfile.kinds import KINDS, OTHER_NAMES, SCHEMAS
from prepdeck.deckfile.problem import Problem
from prepdeck.deckfile.reading import read_deck
from prepdeck.text.cleaning import clean

PYTHON = """\
  kind: code
  front: Return the indices.
  entry: two_sum
  starter: |
    def two_sum(nums, target):
    \t...
  reference: "def two_sum(nums, target):\\n    return None  \\n"
  mutants: [pass]
"""
QUERY = "  kind: code\n  language: sql\n  front: q\n  starter: s\n  reference: r\n  mutants: [m]\n"


def read(fields: str) -> tuple[Body | None, tuple[Problem, ...]]:
    reading = read_deck("d.yaml", f"deck: d\ncards:\n- id: a\n{fields}".encode())
    cards = reading.deck.cards if reading.deck is not None else ()
    return (cards[0].body if cards else None), reading.problems


def read_body(fields: str) -> Body:
    body, problems = read(fields)
    assert problems == ()
    assert body is not None
    return body


def read_code(visible: str, more: str = "", card: str = PYTHON) -> Code:
    """Return the code card with this first test."""
    hidden = "{out: []}" if card is QUERY else "{in: [1], raises: ValueError}"
    hidden = "{in: [[init]], out: [null]}" if "ops" in more else hidden
    body = read_body(f"{card}{more}  tests:\n    visible: [{visible}]\n    hidden: [{hidden}]\n")
    assert isinstance(body, Code)
    return body


def test_a_code_card_is_read_with_its_defaults() -> None:
    assert read_code("{in: [[2, 7], 9], out: [0, 1]}") == Code(
        front="Return the indices.",
        entry="two_sum",
        starter="def two_sum(nums, target):\n\t...",
        reference="def two_sum(nums, target):\n    return None  ",
        mutants=("pass",),
        visible=(Case("[[2, 7], 9]", "[0, 1]"),),
        hidden=(Case("[1]", None, "ValueError"),),
    )


def test_every_other_field_of_a_code_card_is_read() -> None:
    code = read_code(
        "{in: [1], out: 2}",
        "  language: python\n  shape: numpy\n  minutes: 12\n  fixture: |2\n     x = 1\n  requires: [numpy]\n"
        '  complexity: {time: "O(n)", space: O(1), cost: nlogn, input: "(n,)"}\n'
        '  large_input: {input: "(10**6,)", seconds: 0.5}\n',
    )
    assert (code.language, code.shape, code.compare) == (Language.PYTHON, Shape.NUMPY, Compare.CLOSE)
    assert (code.minutes, code.fixture, code.requires) == (12, " x = 1", ("numpy",))
    assert code.complexity == Complexity("O(n)", "O(1)", Cost.NLOGN, "(n,)")
    assert code.large_input == LargeInput("(10**6,)", 0.5)


@pytest.mark.parametrize(
    ("more", "shape", "compare"),
    [
        ("", Shape.PLAIN, Compare.EXACT),
        ("  shape: tree\n", Shape.TREE, Compare.EXACT),
        ("  shape: numpy\n", Shape.NUMPY, Compare.CLOSE),
        ("  shape: numpy\n  compare: exact\n", Shape.NUMPY, Compare.EXACT),
        ("  shape: property\n  property: p\n", Shape.PROPERTY, Compare.PROPERTY),
        ("  compare: property\n  property: p\n", Shape.PLAIN, Compare.PROPERTY),
    ],
)
def test_the_compare_follows_the_shape_unless_it_is_given(more: str, shape: Shape, compare: Compare) -> None:
    code = read_code("{in: [1], out: 2}", more)
    assert (code.shape, code.compare) == (shape, compare)
    assert code.property_check == ("p" if compare is Compare.PROPERTY else None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("null", "null"),
        ("~", "null"),
        ("true", "true"),
        ("'true'", '"true"'),
        ("0", "0"),
        ("-12", "-12"),
        ("+7", "7"),
        ("1_000", "1000"),
        ("'1'", '"1"'),
        ("1e-3", "0.001"),
        ("0.10", "0.1"),
        (".5", "0.5"),
        ("1e16", "1e+16"),
        ("-0.0", "-0.0"),
        ("inf", "Infinity"),
        ("-.inf", "-Infinity"),
        ("nan", "NaN"),
        ("no", '"no"'),
        ("12:30", '"12:30"'),
        ("2026-01-31", '"2026-01-31"'),
        ("two words", '"two words"'),
        ('""', '""'),
        ('"a\\nb\\t"', '"a\\nb\\t"'),
        ('"é日"', '"é日"'),
        ('"\\u202e\\x7f\\e"', '"\\u202e\\u007f\\u001b"'),
        ("[1, [2, a], []]", '[1, [2, "a"], []]'),
        ("{a: 1, 2: {b: null}}", '{"a": 1, "2": {"b": null}}'),
        ("{values: [3, 2], tail: 0}", '{"values": [3, 2], "tail": 0}'),
        ("9" * 400, "9" * 400),
    ],
)
def test_values_of_tests_have_the_types_of_json(written: str, meant: str) -> None:
    (case,) = read_code(f"{{in: [{written}], out: {written}}}").visible
    assert case == Case(f"[{meant}]", meant)
    assert clean(case.given) == case.given


def test_a_block_text_of_a_test_keeps_its_line_end() -> None:
    body = read_body(
        f"{PYTHON}  tests:\n    visible:\n    - in:\n      - |\n        a\n      out: 1\n"
        "    hidden: [{in: [], out: 2}]\n"
    )
    assert isinstance(body, Code)
    assert json.loads(body.visible[0].given) == ["a\n"]


def test_a_text_for_arguments_is_an_expression() -> None:
    (case,) = read_code('{in: "(list(range(5)),)", out: 10}').visible
    assert case == Case("(list(range(5)),)", "10", is_expression=True)


def test_scripts_of_a_query_are_code_and_may_be_left_out() -> None:
    first, second = (
        read_code("{in: ['DELETE FROM t', \"a\\tb\"], out: [[1, null]]}", card=QUERY).visible[0],
        read_code("{out: [[1, x]]}", card=QUERY).visible[0],
    )
    assert first == Case('["DELETE FROM t", "a\\tb"]', "[[1, null]]")
    assert second == Case("[]", '[[1, "x"]]')


def test_operations_begin_with_init_or_the_class() -> None:
    for name in ("init", "two_sum"):
        (case,) = read_code(f"{{in: [[{name}, 2], [get]], out: [null, 1]}}", "  shape: ops\n").visible
        assert case.given == f'[["{name}", 2], ["get"]]'


def test_a_design_card_is_read_in_the_order_of_the_file() -> None:
    body = read_body(
        "  kind: design\n  front: q\n  rubric: ml-design\n  formats: [b, a]\n  outline: {z: [p, q], a: [r]}\n"
        "  numbers: [5 000 a second, {text: t, check: 1 + 1, answer: 2, tolerance: {rel: 0.01}}]\n"
        "  probes: [why, {ask: how, good: so}]\n  twist: t\n  family: f\n  clarifications: [c]\n  pitfalls: [p]\n"
    )
    assert body == Design(
        front="q",
        rubric="ml-design",
        formats=("b", "a"),
        outline=(OutlinePhase("z", ("p", "q")), OutlinePhase("a", ("r",))),
        numbers=(
            Figure("5 000 a second"),
            Figure("t", "1 + 1", Fraction(2), Tolerance(relative=Fraction(1, 100))),
        ),
        probes=(Probe("why"), Probe("how", "so")),
        twist="t",
        family="f",
        clarifications=("c",),
        pitfalls=("p",),
    )


def test_star_and_story_cards_are_read() -> None:
    star = read_body("  kind: star\n  front: q\n  competency: conflict\n  seconds: 150\n  rubric: r\n  probes: [why]\n")
    assert star == Star(front="q", competency="conflict", rubric="r", probes=(Probe("why"),))
    story = read_body(
        "  kind: story\n  title: t\n  situation: s\n  task: k\n  action: a\n  result: r\n"
        "  competencies: [c, d]\n  metric: 5\n"
    )
    assert story == Story(
        title="t", situation="s", task="k", action="a", result="r", competencies=("c", "d"), metric="5"
    )


def help_of(fields: str) -> list[str | None]:
    return [problem.help for problem in read(fields)[1]]


@pytest.mark.parametrize(
    ("fields", "advice"),
    [
        ("  kind: desing\n", 'did you mean "design"?'),
        ("  kind: behavioral\n", 'did you mean "star"?'),
        ("  kind: story\n  front: x\n", "the field is called title; write `title: The forecast that was wrong`"),
        ("  kind: star\n  back: x\n", "a star card has no back; the candidate answers with a story of their own"),
        ("  kind: design\n  follow_ups: [x]\n", "the field is called probes; write `probes: ...`"),
        ("  kind: cloze\n  starter: x\n", "starter belongs to cards with `kind: code`"),
        ("  kind: basic\n  probes: [x]\n", "probes belongs to cards with `kind: design` or `kind: star`"),
    ],
)
def test_another_name_is_met_with_the_right_one(fields: str, advice: str) -> None:
    assert advice in help_of(fields)


def test_other_names_never_hide_a_field_or_a_kind() -> None:
    assert set(OTHER_NAMES).isdisjoint(KINDS)
    assert set(OTHER_NAMES.values()) <= set(KINDS)
    for schema in SCHEMAS.values():
        assert set(schema.renamed).isdisjoint(schema.readers)
        assert set(schema.renamed.values()) <= set(schema.readers)
        assert set(schema.hints).isdisjoint(schema.readers)


def test_a_shape_nobody_knows_does_not_make_its_tests_wrong() -> None:
    card = PYTHON + "  shape: opps\n  tests: {visible: [{in: [[x]], out: 1}], hidden: [{in: [1]}]}\n"
    assert [problem.code for problem in read(card)[1]] == ["E029"]


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ("  front: q\n  answer: b\n", "`back:`"),
        ("  kind: cloze\n  front: a {{c1::b}}\n", "`text`"),
        ("  kind: numeric\n  front: q\n  back: 3\n  tolerance: {abs: 0}\n", "`answer`"),
        ("  kind: choice\n  front: q\n  answer: a\n", "`correct: true`"),
    ],
)
def test_a_field_of_another_kind_is_told_what_this_kind_has_for_it(fields: str, word: str) -> None:
    _body, problems = read(fields)
    assert [problem.code for problem in problems] == ["E022"]
    assert word in (problems[0].help or "")
