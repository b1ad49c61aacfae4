from __future__ import annotations

import json
import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.code import Compare
from prepdeck.judge.comparing import agree
from prepdeck.judge.inside.plain import write
from prepdeck.judge.showing import LONGEST, show
from prepdeck.judge.values import Value, read, read_json
from tests.full import examples


def carried(value: Any) -> Value:
    """Return a value as it comes out of a child process."""
    return read(json.loads(json.dumps(write(value))))


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)
"""What JSON can hold."""


@pytest.mark.parametrize(
    ("expected", "got", "compare", "equal"),
    [
        ([1, 2], (1, 2), Compare.EXACT, True),
        (2, 2.0, Compare.EXACT, True),
        (1, True, Compare.EXACT, False),
        (0, False, Compare.CLOSE, False),
        (True, 1, Compare.UNORDERED, False),
        (None, 0, Compare.EXACT, False),
        ("1", 1, Compare.EXACT, False),
        ([1, 2], [2, 1], Compare.EXACT, False),
        ([1, 2], {1, 2}, Compare.EXACT, False),
        ([1, 2], [2, 1], Compare.UNORDERED, True),
        ([1, 2], {2, 1}, Compare.UNORDERED, True),
        ([1, 1, 2], [1, 2, 2], Compare.UNORDERED, False),
        ([[1, 2], [3]], [[3], [2, 1]], Compare.UNORDERED, False),
        ([[1, 2], [3]], [[3], [2, 1]], Compare.UNORDERED_DEEP, True),
        ([[1, 2], [3]], {(3,), frozenset({2, 1})}, Compare.UNORDERED_DEEP, True),
        ([[1, "a"], [None]], [[None], ["a", 1.0]], Compare.UNORDERED_DEEP, True),
        ([0.1, "a"], (0.1 + 1e-9, "a"), Compare.CLOSE, True),
        ([0.1], [0.1 + 1e-5], Compare.CLOSE, False),
        ([0.1], [[0.1]], Compare.CLOSE, False),
        ([0.1, 0.2], [0.1], Compare.CLOSE, False),
        (0, 1e-9, Compare.CLOSE, True),
        (math.nan, math.nan, Compare.CLOSE, True),
        (math.nan, 1.0, Compare.CLOSE, False),
        (math.inf, 1e308, Compare.CLOSE, False),
        (1.5, 10**400, Compare.CLOSE, False),
        ({"a": [0.5]}, {"a": (0.5 + 1e-12,)}, Compare.CLOSE, True),
        ({"1": 2}, {1: 2}, Compare.EXACT, True),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, Compare.EXACT, True),
        ({"a": 1}, {"a": 1, "b": 2}, Compare.EXACT, False),
        (0.5, Fraction(1, 2), Compare.EXACT, True),
        ([0, 1, 2], range(3), Compare.EXACT, True),
        ([0, 1], (number for number in (0, 1)), Compare.EXACT, True),
        (5, object(), Compare.EXACT, False),
    ],
)
def test_what_counts_as_what_was_expected(expected: Any, got: Any, compare: Compare, equal: bool) -> None:
    assert agree(read_json(expected), carried(got), compare) is equal


@settings(deadline=None, max_examples=examples(100))
@given(PLAIN)
def test_what_json_holds_comes_out_of_a_child_process_equal(value: Any) -> None:
    for compare in (Compare.EXACT, Compare.UNORDERED, Compare.UNORDERED_DEEP, Compare.CLOSE):
        assert agree(read_json(value), carried(value), compare)


@settings(deadline=None, max_examples=examples(100))
@given(PLAIN, PLAIN)
def test_exactly_equal_is_what_json_calls_equal(one: Any, other: Any) -> None:
    def text(value: Any) -> str:
        """Numbers as text tell True from 1; 2 and 2.0 are made one."""
        match value:
            case bool() | None | str():
                return repr(value)
            case int() | float():
                return str(Fraction(value)) if math.isfinite(value) else repr(value)
            case list():
                return f"[{','.join(map(text, value))}]"
            case _:
                return f"table {sorted((key, text(held)) for key, held in value.items())}"

    assert agree(read_json(one), carried(other), Compare.EXACT) is (text(one) == text(other))


@settings(deadline=None, max_examples=examples(100))
@given(st.lists(st.lists(st.integers(0, 3), max_size=3), max_size=5), st.randoms(use_true_random=False))
def test_a_shuffled_list_is_equal_when_order_does_not_matter(items: list[list[int]], dice: Any) -> None:
    shuffled = [dice.sample(item, len(item)) for item in dice.sample(items, len(items))]
    assert agree(read_json(items), carried(shuffled), Compare.UNORDERED_DEEP)
    assert agree(read_json(items), carried(dice.sample(items, len(items))), Compare.UNORDERED)


@settings(deadline=None, max_examples=examples(100))
@given(PLAIN)
def test_a_value_is_shown_as_python_writes_it_or_cut(value: Any) -> None:
    shown = show(carried(value))
    assert len(shown) <= LONGEST
    assert shown.isprintable() or any(not character.isprintable() for character in repr(value))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ((1,), "(1,)"),
        ({3}, "{3}"),
        (set(), "set()"),
        ({"a": [None, True]}, "{'a': [None, True]}"),
        ("a\x1b[31m\u202e", "'a\\x1b[31m\\u202e'"),
        (b"\x00", "b'\\x00'"),
        (2 + 1j, "(2+1j)"),
        (object(), "<object object>"),
    ],
)
def test_a_value_is_shown_in_the_notation_of_python(value: Any, shown: str) -> None:
    assert show(carried(value)) == shown


def test_a_huge_number_is_shown_in_hexadecimal_and_cut() -> None:
    assert show(carried(10**5000)) == hex(10**5000)[:297] + "..."


def test_a_long_value_is_cut_without_being_written_out() -> None:
    shown = show([list(range(1000))] * 1000)
    assert len(shown) == LONGEST
    assert shown.endswith("...")


def test_a_list_that_holds_itself_ends() -> None:
    items: list[Any] = [1]
    items.append(items)
    assert "..." in show(carried(items))
