from __future__ import annotations

import json

import pytest

from prepdeck.cards.code import Case, Compare, LargeInput, Shape
from prepdeck.cards.verdict import Outcome
from prepdeck.judge.judging import Limits, judge_cases, judge_large_input
from tests.judge.cards import QUICK, make_case, make_code, result_on, verdict_on

ONE = make_case([3], 3)


@pytest.mark.parametrize(
    ("answer", "message", "line"),
    [
        ("x = (", "SyntaxError: '(' was never closed", 1),
        ("a = 1\nb = a.c", "AttributeError: 'int' object has no attribute 'c'", 2),
        ("def g(x):\n    return x", "it does not define the function or class f, which the tests call", None),
        ("import nowhere_to_be_found", "ModuleNotFoundError: No module named 'nowhere_to_be_found'", 1),
        ("raise SystemExit(0)", "SystemExit: 0", 1),
        ("f = 3", "it does not define the function or class f, which the tests call", None),
    ],
)
def test_code_that_cannot_be_tried_is_broken_and_says_where(answer: str, message: str, line: int | None) -> None:
    verdict = verdict_on(answer, ONE)
    assert (verdict.outcome, verdict.message, verdict.line) == (Outcome.BROKEN, message, line)
    assert verdict.results == ()


@pytest.mark.parametrize(
    ("body", "got", "line"),
    [
        ("raise ValueError('bad\\x1b[2J')", "ValueError: bad\\x1b[2J", 2),
        ("raise KeyboardInterrupt", "KeyboardInterrupt", 2),
        ("raise SystemExit(3)", "SystemExit: 3", 2),
        ("return f(x)", "RecursionError: maximum recursion depth exceeded", 2),
        ("import json\n    return json.loads('{')", "JSONDecodeError: Expecting property name enclosed in double", 3),
        ("return int(input())", "EOFError: EOF when reading a line", 2),
        ("class Odd(Exception):\n        def __str__(self): raise ValueError\n    raise Odd", "Odd", 4),
    ],
)
def test_an_exception_gives_its_last_line_and_the_line_of_the_answer(body: str, got: str, line: int) -> None:
    verdict = verdict_on(f"def f(x):\n    {body}", ONE)
    (result,) = verdict.results
    assert result.got.startswith(got)
    assert (result.line, verdict.line, verdict.outcome) == (line, line, Outcome.BROKEN)


@pytest.mark.parametrize(
    ("raised", "passed"), [("ValueError", True), ("UnicodeError", True), ("TypeError", False), (None, False)]
)
def test_a_test_may_expect_an_exception(raised: str | None, passed: bool) -> None:
    answer = f"def f(x):\n    raise {raised}" if raised else "def f(x):\n    return x"
    verdict = verdict_on(answer, make_case([1], raises="ValueError"))
    assert verdict.results[0].passed is passed
    assert verdict.results[0].expected == "raises ValueError"
    assert verdict.outcome is (Outcome.PASSED if passed else Outcome.FAILED)


def test_a_run_goes_on_after_a_failed_test() -> None:
    verdict = verdict_on("def f(x):\n    return 6 // x", make_case([3], 2), make_case([0], 0), make_case([2], 3))
    assert [each.passed for each in verdict.results] == [True, False, True]
    assert verdict.passed_count == 2


def test_after_a_time_out_the_finished_tests_are_known_and_the_hanging_one_is_named() -> None:
    code = make_code(make_case([1], 1), make_case([2], 2), make_case([3], 3))
    verdict = judge_cases(code, "def f(x):\n    while x == 2: pass\n    return x", code.cases, Limits(seconds=0.4))
    assert [(each.given, each.passed, each.got) for each in verdict.results] == [
        ("f(1)", True, "1"),
        ("f(2)", False, "no result within 0.4 s"),
    ]
    assert (verdict.outcome, verdict.message) == (Outcome.TIMEOUT, "test 2: no result within 0.4 s")


@pytest.mark.parametrize(
    ("definition", "got"),
    [
        ("def __eq__(self, other): return True", "<Odd object>"),
        ("def __repr__(self): raise ValueError", "<Odd object>"),
        ("def __repr__(self):\n        while True: pass", "<Odd object>"),
        ("def __getattr__(self, name): raise ValueError", "ValueError"),
        ("def __hash__(self): raise ValueError", "<Odd object>"),
    ],
)
def test_an_object_that_lies_about_itself_equals_nothing(definition: str, got: str) -> None:
    answer = f"class Odd:\n    {definition}\ndef f(x):\n    return Odd()"
    for shape in (Shape.PLAIN, Shape.LINKED):
        result = result_on(answer, ONE, shape=shape)
        assert not result.passed
        assert result.got in {"<Odd object>", got}


def test_a_subclass_is_read_as_what_it_extends() -> None:
    answer = """
class Liar(list):
    def __iter__(self): return iter([1, 2, 3])
    def __eq__(self, other): return True
def f(x):
    return Liar([9])
"""
    assert result_on(answer, make_case([3], [1, 2, 3])).got == "[9]"


def test_an_endless_generator_is_cut() -> None:
    result = result_on("def f(x):\n    while True:\n        yield x", ONE)
    assert not result.passed
    assert result.got.startswith("[3, 3, 3")


def test_a_generator_counts_as_the_list_of_what_it_gives() -> None:
    assert result_on("def f(x):\n    yield from range(x)", make_case([3], [0, 1, 2])).passed


def test_arguments_are_made_anew_for_each_test() -> None:
    fixture = "SHARED = [[1, 2]]"
    case = make_case("(SHARED[0],)", 2)
    verdict = verdict_on("def f(items):\n    return len(items) + bool(items.append(1))", case, case, fixture=fixture)
    assert verdict.passed


def test_an_expression_makes_the_arguments_with_what_the_fixture_defines() -> None:
    case = make_case("(random.Random(1), twice(math.floor(2.5)))", 4)
    answer = "def f(dice, x):\n    assert 0 <= dice.random() < 1\n    return x"
    assert result_on(answer, case, fixture="def twice(x):\n    return 2 * x").passed


def test_the_fixture_does_not_answer_in_place_of_the_answer() -> None:
    verdict = verdict_on("def g(x):\n    return x", ONE, fixture="def f(x):\n    return x")
    assert verdict.outcome is Outcome.BROKEN
    assert "does not define the function or class f" in verdict.message


@pytest.mark.parametrize(
    ("body", "got"),
    [
        ("return bytearray(10 << 30)", "it needs more than 512 MiB of memory"),
        ("open('x', 'wb').write(bytes(9 << 20))", "it wrote more to files than it may, 8 MiB each"),
        ("return 'x' * (40 << 20)", "its result is larger than 32 MiB"),
    ],
)
def test_a_limit_is_named_where_the_result_would_stand(body: str, got: str) -> None:
    assert result_on(f"def f(x):\n    {body}", ONE).got == got


def test_long_results_that_begin_alike_show_where_they_differ() -> None:
    rows = [[0] * 200, [1, 2]]
    case = make_case([rows], [[0] * 200, [1, 3]])
    result = result_on("def f(x):\n    return x", case)
    assert (result.expected, result.got) == ("at [1][1]: 3", "at [1][1]: 2")
    shorter = result_on("def f(x):\n    return x[:1]", case)
    assert (shorter.expected, shorter.got) == ("at [1]: [1, 3]", "at [1]: nothing")


@pytest.mark.parametrize("stream", ["iter([1, 2, 3])", "(i for i in (1, 2, 3))", "map(abs, [1, 2, 3])"])
def test_a_stream_reaches_the_answer_unread_and_is_shown_as_it_is_written(stream: str) -> None:
    result = result_on("def f(items, x):\n    return sum(items) + x", make_case(f"({stream}, 1)", 7))
    assert (result.passed, result.given) == (True, f"({stream}, 1)")


def test_a_stream_inside_a_result_reaches_the_check_unread() -> None:
    check = "def check(out, x):\n    return list(out[0]) == [x]"
    fields = {"shape": Shape.PROPERTY, "property_check": check}
    assert result_on("def f(x):\n    return [iter([x])]", make_case([3]), **fields).passed


def test_an_array_counts_as_a_list() -> None:
    assert result_on("import array\ndef f(x):\n    return array.array('i', [x])", make_case([3], [3])).passed


def test_an_answer_cannot_change_what_later_inputs_are_made_of() -> None:
    answer = "def twice(x):\n    return 0\ndef f(x):\n    return x"
    verdict = verdict_on(answer, make_case("(twice(2),)", 4), fixture="def twice(x):\n    return 2 * x")
    assert verdict.passed


def test_the_order_of_sets_and_chance_are_the_same_each_time() -> None:
    answer = "import random\ndef f(x):\n    return list({'a', 'b', 'c', 'd', 'e'}) + [random.random()]"
    first, second = (result_on(answer, ONE).got for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"fixture": "x = 1 / 0"}, "the card's fixture does not run: ZeroDivisionError: division by zero"),
        (
            {"property_check": "check = nothing", "compare": Compare.PROPERTY},
            "the card's property does not run: NameError: name 'nothing' is not defined",
        ),
    ],
)
def test_faults_of_the_card_are_not_blamed_on_the_answer(fields: dict[str, object], message: str) -> None:
    verdict = verdict_on("def f(x):\n    return x", ONE, **fields)
    assert (verdict.outcome, verdict.message, verdict.line) == (Outcome.BROKEN, message, None)


def test_an_input_that_cannot_be_made_is_named() -> None:
    verdict = verdict_on("def f(x):\n    return x", ONE, make_case("(nothing,)", 1))
    assert verdict.message == "the card's input cannot be made: NameError: name 'nothing' is not defined"
    assert [(each.passed, each.given) for each in verdict.results] == [(True, "f(3)"), (False, "(nothing,)")]


def test_what_the_code_prints_is_kept_clean_and_cut() -> None:
    verdict = verdict_on(
        "import sys\ndef f(x):\n    print('\\x1b[31m', file=sys.stderr)\n    print('y' * 5000)\n    return x", ONE
    )
    assert verdict.passed
    assert verdict.printed.startswith("\\x1b[31m\nyyy")
    assert len(verdict.printed) == 4_000


def test_a_dataclass_with_late_annotations_works_in_an_answer() -> None:
    answer = """
from __future__ import annotations
from dataclasses import dataclass
@dataclass
class P:
    x: int
def f(x):
    return P(x).x
"""
    assert result_on(answer, ONE).passed


def test_a_card_without_requires_sees_the_standard_library_alone() -> None:
    assert verdict_on("import numpy", ONE).outcome is Outcome.BROKEN
    assert verdict_on("import prepdeck.cards", ONE).outcome is Outcome.BROKEN
    assert verdict_on("import numpy\ndef f(x):\n    return x", ONE, requires=("numpy",)).passed


def test_a_missing_package_is_named_and_nothing_is_run() -> None:
    verdict = verdict_on("def f(x):\n    return x", ONE, requires=("no-such-package",))
    assert verdict.outcome is Outcome.MISSING
    assert verdict.message == "this card needs no-such-package: pip install no-such-package"


SLOW = """
def f(items):
    seen = []
    for item in items:
        if item in seen:
            return True
        seen.append(item)
    return False
"""
FAST = "def f(items):\n    return len(set(items)) < len(items)"
LARGE = LargeInput("(list(range(20000)),)", 1.0)


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (FAST, Outcome.PASSED),
        (SLOW, Outcome.TIMEOUT),
        ("def f(items):\n    return True", Outcome.FAILED),
        ("def f(items):\n    return items[-1] / 0", Outcome.BROKEN),
    ],
)
def test_the_large_input_is_given_its_own_seconds_and_the_references_result(answer: str, outcome: Outcome) -> None:
    verdict = judge_large_input(make_code(reference=FAST, large_input=LARGE), answer, QUICK)
    assert verdict.outcome is outcome
    assert len(verdict.results) == 1


def test_the_check_of_a_card_decides_on_the_large_input() -> None:
    check = "def check(out, items):\n    return out in items"
    code = make_code(reference="", large_input=LARGE, compare=Compare.PROPERTY, property_check=check)
    assert judge_large_input(code, "def f(items):\n    return items[5]").passed
    assert judge_large_input(code, "def f(items):\n    return -1").outcome is Outcome.FAILED


def test_a_reference_that_gives_nothing_on_the_large_input_is_told() -> None:
    verdict = judge_large_input(make_code(reference="x = 1", large_input=LARGE), FAST)
    assert verdict.outcome is Outcome.BROKEN
    assert "reference" in verdict.message


def test_a_card_without_a_large_input_has_none_to_fail() -> None:
    assert judge_large_input(make_code(), FAST).passed


def test_what_must_come_out_is_not_in_the_process_of_the_answer() -> None:
    answer = """
import gc
def f(x):
    return [1 for each in gc.get_objects() if isinstance(each, dict) and ("expected" in each or "nonce" in each)]
"""
    assert result_on(answer, Case(json.dumps([1]), json.dumps("it is 4711"))).got == "[]"


def test_an_answer_may_start_a_few_processes() -> None:
    answer = """
import multiprocessing
def f(x):
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    child = context.Process(target=queue.put, args=(x,))
    child.start()
    return queue.get()
"""
    assert result_on(answer, ONE).passed
