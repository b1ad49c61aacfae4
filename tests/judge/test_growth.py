from __future__ import annotations

import math

import pytest

from prepdeck.cards.code import Complexity, Cost, Shape
from prepdeck.judge.growth import ALLOWED, sizes_for, slope_of
from prepdeck.judge.judging import Growth, measure_growth
from tests.judge.cards import make_code

CONSTANT = "def f(items):\n    return items[0]"
SEARCH = """
def f(items):
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) // 2
        if items[middle] < -1:
            high = middle
        else:
            low = middle + 1
    return low
"""
LINEAR = "def f(items):\n    total = 0\n    for item in items:\n        total += item\n    return total"
SORT = """
def f(items):
    if len(items) < 2:
        return items
    middle = len(items) // 2
    left, right = f(items[:middle]), f(items[middle:])
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            merged.append(left[i])
            i += 1
        else:
            merged.append(right[j])
            j += 1
    return merged + left[i:] + right[j:]
"""
PAIRS = """
def f(items):
    n = 0
    for i in range(len(items)):
        for j in range(i):
            n += 1
    return n
"""
TRIPLES = """
def f(items):
    n = 0
    for i in range(len(items)):
        for j in range(i):
            for k in range(j):
                n += 1
    return n
"""
CLASSES = {
    Cost.CONSTANT: CONSTANT, Cost.LOGN: SEARCH, Cost.N: LINEAR, Cost.NLOGN: SORT, Cost.N2: PAIRS, Cost.N3: TRIPLES,
}  # fmt: skip


def growth_of(answer: str, cost: Cost, **fields: object) -> Growth:
    complexity = Complexity(cost=cost, input="([(i * 7919) % n for i in range(n)],)")
    return measure_growth(make_code(complexity=complexity, **fields), answer)


@pytest.mark.parametrize("cost", CLASSES)
def test_code_of_a_class_holds_it_and_not_the_class_below(cost: Cost) -> None:
    own = growth_of(CLASSES[cost], cost)
    assert own.holds, own
    assert len(own.lines) == 4
    ordered = list(CLASSES)
    if cost is not Cost.CONSTANT:
        below = ordered[ordered.index(cost) - 1]
        assert not growth_of(CLASSES[cost], below).holds


def test_growth_is_the_same_twice() -> None:
    assert growth_of(SORT, Cost.NLOGN) == growth_of(SORT, Cost.NLOGN)


def test_a_double_loop_where_one_loop_is_declared_is_far_from_holding() -> None:
    growth = growth_of(PAIRS, Cost.N)
    assert growth.slope > 1.9
    assert not growth.holds


def test_counting_ends_where_there_are_too_many_lines() -> None:
    growth = growth_of(TRIPLES, Cost.N)
    assert growth.lines == (4_000_001,)
    assert not growth.holds
    assert "more than 4,000,000 lines" in growth.message


def test_lines_of_replays_comprehensions_and_generators_are_counted() -> None:
    answer = "class Box:\n    def __init__(self):\n        self.n = 0\n    def add(self, x):\n        self.n += x"
    complexity = Complexity(cost=Cost.N, input="[['init']] + [['add', 1]] * n")
    growth = measure_growth(make_code(shape=Shape.OPS, entry="Box", complexity=complexity), answer)
    assert growth.slope == pytest.approx(1, abs=0.05)
    assert growth_of("def f(items):\n    return [j for i in items for j in items]", Cost.N2).slope > 1.8
    assert growth_of("def f(items):\n    for item in items:\n        yield item", Cost.N).slope > 0.9


def test_a_call_for_each_value_is_counted_to_the_largest_size() -> None:
    answer = "def f(items, i=0):\n    return 0 if i == len(items) else items[i] + f(items, i + 1)"
    assert len(growth_of(answer, Cost.N).lines) == 4


def test_what_was_remembered_at_one_size_is_counted_again_at_the_next() -> None:
    answer = """
from functools import cache
@cache
def g(i):
    return i and g(i - 1)
def f(items):
    return g(len(items))
"""
    assert growth_of(answer, Cost.N).slope == pytest.approx(1, abs=0.05)


def test_an_answer_that_breaks_or_hangs_does_not_hold() -> None:
    growth = growth_of("def f(items):\n    return items[len(items)]", Cost.N)
    assert not growth.holds
    assert growth.slope == math.inf
    assert growth.message == "IndexError: list index out of range"


def test_a_card_that_declares_nothing_holds() -> None:
    assert measure_growth(make_code(), CONSTANT).holds


def test_each_limit_lies_between_its_class_and_the_next() -> None:
    ideal = {
        Cost.CONSTANT: lambda _: 1, Cost.LOGN: lambda n: round(9 * math.log2(n)), Cost.N: lambda n: 3 * n,
        Cost.NLOGN: lambda n: round(2 * n * math.log2(n)), Cost.N2: lambda n: math.comb(n, 2),
        Cost.N3: lambda n: math.comb(n, 3),
    }  # fmt: skip
    costs = list(ideal)
    for cost, harder in zip(costs, [*costs[1:], None], strict=True):
        sizes = sizes_for(cost)
        assert slope_of(sizes, [ideal[cost](n) for n in sizes]) <= ALLOWED[cost]
        if harder is not None:
            assert slope_of(sizes, [ideal[harder](n) for n in sizes]) > ALLOWED[cost]
