from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.deckfile.codes import CODES
from prepdeck.deckfile.drawing import draw_problem
from prepdeck.deckfile.problem import Severity
from prepdeck.deckfile.reading import Reading, read_deck
from prepdeck.text.cleaning import clean
from tests.builders import DECK
from tests.full import examples

GOOD = (
    DECK
    + """\
- {id: six, topic: first, level: 3, front: '|2-', back: 'it''s', was: [a, b/c], hints: ["x \\u00e9"], volatile: false}
- id: seven
  front: |
    several
    lines
  back: >-
    folded
    text
  followups:
  - {front: why, back: since}
- id: eight
  kind: code
  front: q
  entry: Stack
  shape: ops
  compare: property
  property: p
  starter: s
  reference: |
    class Stack:
    \tpass
  tests:
    visible:
    - {in: [[init, 1e3], [pop]], out: [null, ~]}
    - {in: "([['init']],)", raises: KeyError}
    hidden: [{in: [[Stack]], out: [{a: [-.inf, "x", 0x1F]}]}]
  mutants: [m]
  complexity: {time: O(n), cost: n, input: "(n,)"}
  large_input: {input: "(1,)", seconds: 0.5}
  requires: [numpy]
- {id: nine, kind: code, front: q, language: sql, starter: s, reference: r, mutants: [m], fixture: f,
   tests: {visible: [{out: [[1]]}], hidden: [{in: [x], out: []}]}}
- id: ten
  kind: design
  front: q
  rubric: r
  outline: {framing: [p, q], data-labels: [s]}
  numbers: [n, {text: t, check: 1 + 1, answer: 2, tolerance: {abs: 0}}]
  probes: [why, {ask: how, good: so}]
  formats: [f]
- {id: eleven, kind: star, front: q, competency: c, seconds: 150, rubric: r, probes: [why], weak_signals: [w]}
- {id: twelve, kind: story, title: t, situation: s, task: t, action: a, result: r, competencies: [c], metric: "5"}
"""
)
PIECES = (
    *"\t\n\r :-#&*!|>'\"%@`{}[],?~\0\x1b\x85\u2028\ufeff\ud7ff\U0001f600\u0301",
    *(
        ": ",
        "- ",
        " #",
        "\n- ",
        "\n  ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "<<: *a",
        "&a ",
        "*a",
        "!!int ",
        "? ",
        "{{c1::",
    ),
    *(
        "}}",
        "\\",
        "\\x",
        "\\ud800",
        "\n\t",
        "\n\n",
        "cards:",
        "deck: d\n",
        "- id: one\n",
        "kind: code\n",
        "kind: design\n",
        "raises: ",
        "shape: sql\n",
        "1e999",
        "\u202e",
    ),
)


def check(reading: Reading) -> None:
    """Claim whatever must be true of any reading."""
    assert list(reading.problems) == sorted(reading.problems)
    for problem in reading.problems:
        assert problem.code in CODES
        assert problem.help or problem.known
        assert 1 <= problem.line <= max(1, len(reading.lines) + 1)
        assert 1 <= problem.column < problem.end_column
        if problem.line <= len(reading.lines):
            assert problem.end_column <= len(reading.lines[problem.line - 1]) + 2
        drawn = draw_problem(problem, reading.lines)
        assert clean(drawn) == drawn
    errors = [problem for problem in reading.problems if problem.severity is Severity.ERROR]
    if reading.deck is None:
        assert errors
        assert reading.places == {}
    else:
        assert list(reading.places) == [card.id for card in reading.deck.cards]


@pytest.mark.promise(16)
@settings(deadline=None, max_examples=examples(300))
@given(st.binary(max_size=400))
def test_arbitrary_bytes_give_problems_and_never_an_exception(data: bytes) -> None:
    check(read_deck("any.yaml", data))


@pytest.mark.promise(16)
@settings(deadline=None, max_examples=examples(300))
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40))
def test_arbitrary_mixtures_of_signs_give_problems_and_never_an_exception(pieces: list[str]) -> None:
    check(read_deck("any.yaml", "".join(pieces).encode("utf-8", "replace")))


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """Draw a good deck with some pieces deleted, inserted, replaced or moved."""
    text = GOOD
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 12)))
        piece = draw(st.sampled_from(PIECES) | st.text(max_size=4) | st.just(text[end : end + 20]))
        text = text[:start] + piece + text[end:]
    data = text.encode("utf-8", "replace")
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(min_size=1, max_size=3)) + data[at:]
    return data


@pytest.mark.promise(16)
@settings(deadline=None, max_examples=examples(300))
@given(mutations(), st.booleans())
def test_a_mutilated_deck_gives_problems_and_never_an_exception(data: bytes, strict: bool) -> None:
    started = time.perf_counter()
    check(read_deck("any.yaml", data, strict=strict))
    assert time.perf_counter() - started < 1


def test_the_deck_to_be_mutilated_is_good() -> None:
    assert [problem.code for problem in read_deck("any.yaml", GOOD.encode()).problems] == ["W105"]
