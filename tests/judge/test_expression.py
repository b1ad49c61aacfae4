from __future__ import annotations

import math
import subprocess
import sys
import time
import tracemalloc
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.card import Numeric
from prepdeck.cards.tolerance import Tolerance
from prepdeck.deckfile.reading import read_deck
from prepdeck.host.bundled import bundled_folder
from prepdeck.judge import packages
from prepdeck.judge.expression import ExpressionError, MissingPackage, agrees, evaluate
from tests.full import examples


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("0.01*0.9 / (0.01*0.9 + 0.99*0.05)", 0.15384615384615385),
        ("-2**2 + 7//2 - 7 % 3 + (+1)", -1),
        ("math.comb(5, 3)*0.7**3*0.3**2", 0.3087),
        ("math.perm(5, 2) + math.factorial(4) + math.lcm(4, 6) + math.prod([2, 3])", 62),
        ("math.sqrt(2)*pi/e + tau", math.sqrt(2) * math.pi / math.e + math.tau),
        ("sum(0.5**k for k in range(1, 11))", 0.9990234375),
        ("max(1, 2) + min([3, 4]) + abs(-1) + round(3.14159, 2) + len([1, 2]) + pow(2, 3) + int(2.7)", 21.14),
        ("np.linalg.norm([3, 4]) + numpy.dot([1, 2], [3, 4])", 16),
        ("(np.array([[1, 2], [3, 4]]) @ np.array([1, 1]))[0]", 3),
        ("np.array([[1, 2], [3, 4]]).T.sum(axis=1)[0] + np.array([1, 2, 3]).mean()", 6),
        ("np.exp(1) / np.sum(np.exp(np.array([1, 2, 3])))", math.e / (math.e + math.e**2 + math.e**3)),
        ("np.std([1, 2, 3, 4], ddof=1)", math.sqrt(5 / 3)),
        ("np.linalg.eigvalsh([[2, 0], [0, 3]])[1] + np.linalg.det(np.eye(3)) + np.arange(5)[-1]", 8),
        ("np.linalg.svd([[3, 0], [0, 1]], compute_uv=False)[0]", 3),
        ("\n  1 +\n  2\n", 3),
        ("1_000 * 0x10", 16000),
    ],
)
def test_a_check_is_computed(expression: str, value: float) -> None:
    assert float(evaluate(expression)) == pytest.approx(value, rel=1e-12)


def test_whole_numbers_stay_exact() -> None:
    assert evaluate("2**200 + 1") == Fraction(2**200 + 1)


NUMBERS = st.integers(0, 50).map(str) | st.sampled_from(["0.5", "1e-3", "2.25"])
SUMS = st.recursive(
    NUMBERS,
    lambda inner: (
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//", "%"]), inner).map(" ".join).map("({})".format)
        | inner.map("-{}".format)
        | inner.map("abs({})".format)
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=examples(200))
@given(SUMS)
def test_arithmetic_is_pythons(expression: str) -> None:
    try:
        expected = eval(expression, {"__builtins__": {"abs": abs}})  # noqa: S307 - written by the strategy above
    except ZeroDivisionError:
        with pytest.raises(ExpressionError, match="division by zero"):
            evaluate(expression)
    else:
        assert evaluate(expression) == Fraction(expected)


@settings(deadline=None, max_examples=examples(200))
@given(st.text(max_size=60) | st.text(alphabet="09.*+-/()[],enp math.xr", max_size=40))
def test_any_text_is_a_number_or_an_error_with_a_place_in_it(text: str) -> None:
    fault = None
    try:
        assert isinstance(evaluate(text), Fraction)
    except ExpressionError as error:
        fault = error
    assert fault is None or (fault.message and 0 <= fault.offset < max(len(text), 1))


@pytest.mark.parametrize(
    ("expression", "message", "offset"),
    [
        ("1 + foo", "does not know the name foo", 4),
        ("1 +", "not an expression", 2),
        ("1 + __import__('os').system('x')", "does not know the name __import__", 4),
        ("(1).__class__", "may not use .__class__", 0),
        ("np.load('x')", "may not use np.load", 0),
        ("np.linalg.linalg", "may not use np.linalg.linalg", 0),
        ("math.__loader__", "may not use math.__loader__", 0),
        ("np.array([1]).tofile('x')", "may not use .tofile", 0),
        ("2 * 'a'", "numbers, lists, arithmetic", 4),
        ("(lambda: 1)()", "numbers, lists, arithmetic", 1),
        ("[x for x in [1] if x]", "numbers, lists, arithmetic", 0),
        ("1 if 1 else 2", "numbers, lists, arithmetic", 0),
        ("sum(*[[1]])", "one by one", 0),
        ("max(range(3))(2)", "not a function", 0),
        ("3(2)", "not a function", 0),
        ("[0] * 9", "only numbers and arrays", 0),
        ("[1, 2]", "not one number", 0),
        ("np.array([1, 2])", "not one number", 0),
        ("1 +\n 1/0", "a division by zero", 5),
        ("  1 + foo", "does not know the name foo", 6),
        ("1) + (2", "not an expression", 1),
        ("math.log(0)", "domain", 0),
        ("1e308 * 10", "the value is inf", 0),
        ("np.array([1.0])[0] / np.array([0.0])", "not one number", 0),
        ("(-8) ** 0.5", "no such root", 0),
        ("np.mean([])", "empty", 0),
        ("", "not an expression", 0),
        ("1\0", "null bytes", 1),
        ("\ud800", "cannot be read", 0),
        ("é + x", "the name é", 0),
    ],
)
def test_what_a_check_may_not_hold_is_told_with_its_place(expression: str, message: str, offset: int) -> None:
    with pytest.raises(ExpressionError) as caught:
        evaluate(expression)
    assert message in caught.value.message
    assert caught.value.offset == offset


@pytest.mark.parametrize(
    "expression",
    [
        "9**9**9", "2**-100000", "(-7)**10**9", "1.5**10**9", "int(1e300)**300", "pow(9, 10**9)",
        "math.factorial(10**6)", "math.comb(10**9, 5*10**8)", "math.perm(10**5)", "math.prod(range(1, 99999))",
        "round(5, -10**9)", "math.lcm(10**5000, 10**5001 - 1, 3**9000)",
        "sum(range(10**9))", "range(-10**30, 10**30)",
        "sum(sum(range(99999)) for k in range(99999))", "[[k for j in range(9999)] for k in range(9999)]",
        "np.zeros(10**9)", "np.ones((10**5, 10**5))", "np.full(10**9, 1)", "np.eye(10**5)", "np.arange(10**12)",
        "np.linspace(0, 1, 10**9)", "np.outer(np.ones(99999), np.ones(99999))", "np.diag(np.ones(99999))",
        "np.ones((99999, 1)) + np.ones((1, 99999))", "np.maximum(np.ones((99999, 1)), np.ones((1, 99999)))",
        "np.clip(np.ones((99999, 1)), np.zeros((1, 99999)), 1)", "np.ones((99999, 1)) @ np.ones((1, 99999))",
        "np.cov(np.ones((99999, 1)))", "np.linalg.inv(np.ones((300, 300)))",
        "(" * 900 + "1" + ")" * 900,
        "-" * 1900 + "1", "1+" * 990 + "1", "[" * 150 + "]" * 150, "0" * 5000, "f(" * 90 + ")" * 90,
    ],
)  # fmt: skip
def test_what_would_take_too_long_is_refused_at_once(expression: str) -> None:
    began = time.monotonic()
    with pytest.raises(ExpressionError):
        evaluate(expression)
    assert time.monotonic() - began < 5  # a bound, not a speed: unbounded it takes minutes or all memory


def make_check(check: str | None, answer: str) -> Numeric:
    return Numeric("?", Fraction(answer), answer, Tolerance(absolute=Fraction("0.001")), check=check)


@pytest.mark.parametrize("value", ["range(10**4)", "np.ones(10**4)", "np.arange(10**4) * 2", "2**9999"])
def test_many_large_values_are_refused_before_they_fill_the_memory(value: str) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(ExpressionError, match="takes too long"):
            evaluate(f"[{value} for i in range(10**5)]")
        assert tracemalloc.get_traced_memory()[1] < 64 << 20
    finally:
        tracemalloc.stop()


def test_a_check_agrees_within_the_tolerance_of_its_card() -> None:
    assert agrees(make_check("1/3", "0.333")) == (True, Fraction(1 / 3))
    assert agrees(make_check("1/3", "0.33")) == (False, Fraction(1 / 3))
    assert agrees(make_check(None, "1")) == (True, None)


def test_every_check_of_the_bundled_decks_agrees() -> None:
    bodies = [
        card.body
        for path in bundled_folder("decks").glob("*.yaml")
        if (deck := read_deck(str(path), path.read_bytes()).deck) is not None
        for card in deck.cards
        if isinstance(card.body, Numeric) and card.body.check is not None
    ]
    assert bodies
    assert [body.check for body in bodies if not agrees(body)[0]] == []


def test_numpy_is_loaded_only_by_an_expression_that_names_it() -> None:
    program = (
        "import sys; from prepdeck.judge.expression import evaluate; evaluate('math.sqrt(4)'); "
        "print('numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout == b"False\n"


def test_an_expression_that_needs_numpy_says_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packages, "find_spec", lambda _: None)
    with pytest.raises(MissingPackage, match=r"^this card needs NumPy: pip install 'prepdeck\[ml\]'$"):
        evaluate("1 + np.pi")
