from __future__ import annotations

from typing import Any

import pytest

from prepdeck.cards.code import Case, Compare, Shape
from prepdeck.cards.verdict import Outcome
from prepdeck.judge.judging import Limits, judge_cases
from tests.judge.cards import make_case, make_code, result_on, verdict_on

REVERSE = """
def f(head):
    before = None
    while head:
        head.next, before, head = before, head, head.next
    return before
"""
MERGE = """
def f(lists):
    values = []
    for link in lists:
        while link:
            values.append(link.val)
            link = link.next
    head = None
    for value in sorted(values, reverse=True):
        head = ListNode(value, head)
    return head
"""
CYCLE = """
def f(head):
    seen = []
    while head and head not in seen:
        seen.append(head)
        head = head.next
    return seen.index(head) if head else None
"""
INVERT = """
def f(root):
    if root:
        root.left, root.right = f(root.right), f(root.left)
    return root
"""
BUILD = """
def f(preorder: list[int], inorder: list[int]):
    if not preorder:
        return None
    cut = inorder.index(preorder[0])
    return TreeNode(preorder[0], f(preorder[1:cut + 1], inorder[:cut]), f(preorder[cut + 1:], inorder[cut + 1:]))
"""
STACK = """
class Stack:
    def __init__(self, limit=3):
        self.items = []
        self.limit = limit
    def push(self, item):
        self.items.append(item)
    def pop(self):
        return self.items.pop()
"""
ENCODE = """
def f(words):
    return "".join(f"{len(word)}:{word}" for word in words)
def decode(text):
    words = []
    while text:
        size, _, rest = text.partition(":")
        words.append(rest[:int(size)])
        text = rest[int(size):]
    return words
"""
TABLES = "CREATE TABLE person (name TEXT, age INTEGER); INSERT INTO person VALUES ('Ann', 30), ('Bo', 20), ('Cy', 30);"


def passes(answer: str, case: Case, **fields: Any) -> bool:
    result = result_on(answer, case, **fields)
    assert "\x1b" not in result.got
    return result.passed


def test_a_plain_card_compares_what_the_function_returns() -> None:
    verdict = verdict_on("def f(a, b):\n    return a + b", make_case([1, 2], 3), make_case([1, 1], 3))
    assert verdict.outcome is Outcome.FAILED
    assert [(each.passed, each.given, each.expected, each.got) for each in verdict.results] == [
        (True, "f(1, 2)", "3", "3"),
        (False, "f(1, 1)", "3", "2"),
    ]


def test_an_inplace_card_compares_the_first_argument_as_it_was_left() -> None:
    case = make_case([[3, 1, 2]], [1, 2, 3])
    assert passes("def f(items):\n    items.sort()", case, shape=Shape.INPLACE)
    result = result_on("def f(items):\n    return sorted(items)", case, shape=Shape.INPLACE)
    assert (result.passed, result.given, result.got) == (False, "f([3, 1, 2])", "[3, 1, 2]")


def test_the_input_is_shown_as_it_was_before_the_call() -> None:
    result = result_on("def f(items):\n    items.clear()\n    return 1", make_case([[1, 2]], 2))
    assert result.given == "f([1, 2])"


@pytest.mark.parametrize("first", ["init", "Stack", "__init__"])
def test_an_ops_card_replays_calls_and_the_first_constructs(first: str) -> None:
    case = make_case([[first, 2], ["push", 5], ["push", 6], ["pop"]], [None, None, None, 6])
    result = result_on(STACK, case, shape=Shape.OPS, entry="Stack")
    assert result.passed
    assert result.given == "Stack(2); push(5); push(6); pop()"


def test_a_call_that_raises_in_a_replay_says_where() -> None:
    result = result_on(STACK, make_case([["init"], ["pop"]], [None, None]), shape=Shape.OPS, entry="Stack")
    assert (result.passed, result.got, result.line) == (False, "IndexError: pop from empty list", 9)


@pytest.mark.parametrize(
    ("answer", "given", "out"),
    [
        (REVERSE, [[1, 2, 3]], [3, 2, 1]),
        (REVERSE, [[]], []),
        (MERGE, [[[1, 4], [2, 3], []]], [1, 2, 3, 4]),
        (CYCLE, [{"values": [1, 2, 3, 4], "tail": 1}], 1),
        (CYCLE, [{"values": [1, 2, 3, 4], "tail": None}], None),
        ("def f(head):\n    return head", [{"values": [1, 2], "tail": 0}], {"values": [1, 2], "tail": 0}),
        ("def f(head, k):\n    return k", [[1], 7], 7),
        ("class ListNode:\n    val, next = 5, None\ndef f(head):\n    return ListNode()", [[]], [5]),
    ],
)
def test_a_linked_card_turns_lists_into_links_and_back(answer: str, given: list[Any], out: Any) -> None:
    assert passes(answer, make_case(given, out), shape=Shape.LINKED)


def test_a_chain_that_was_left_leading_back_is_wrong() -> None:
    answer = REVERSE.replace("    before = None", "    first, before = head, None").replace(
        "    return before", "    first.next = before\n    return before"
    )
    result = result_on(answer, make_case([[1, 2]], [2, 1]), shape=Shape.LINKED)
    assert (result.passed, result.got) == (False, "{'values': [2, 1], 'tail': 0}")


def test_a_child_that_hangs_on_both_sides_is_wrong() -> None:
    answer = "def f(root):\n    root.left = root.right\n    return root"
    assert not passes(answer, make_case([[1, None, 2]], [1, 2]), shape=Shape.TREE)


@pytest.mark.parametrize(
    ("annotation", "answer", "out", "passed"),
    [
        ("-> ListNode | None", "[3, 2]", [3, 2], False),
        ("-> 'ListNode'", "(3, 2)", [3, 2], False),
        ("-> ListNode | None", "None", [], True),
        ("-> list[ListNode]", "[head]", [[2, 3]], True),
        ("-> list[int]", "[3, 2]", [3, 2], True),
        ("-> list[int]", "None", [], False),
        ("", "[3, 2]", [3, 2], True),
        ("", "None", [], True),
    ],
)
def test_the_references_annotation_tells_a_list_from_nodes(
    annotation: str, answer: str, out: list[Any], passed: bool
) -> None:
    reference = f"def f(head){annotation}: ..."
    case = make_case([[2, 3]], out)
    assert passes(f"def f(head):\n    return {answer}", case, shape=Shape.LINKED, reference=reference) is passed


def test_a_list_where_nodes_are_promised_says_so() -> None:
    reference = "def f(head) -> ListNode | None: ..."
    result = result_on("def f(head):\n    return []", make_case([[]], []), shape=Shape.LINKED, reference=reference)
    assert result.got == "TypeError: f returned a list, not nodes"


def test_what_a_call_returned_is_not_changed_by_the_calls_after_it() -> None:
    answer = STACK + "    def all(self):\n        return self.items\n"
    case = make_case([["init"], ["push", 1], ["all"], ["push", 2], ["all"]], [None, None, [1], None, [1, 2]])
    assert passes(answer, case, shape=Shape.OPS, entry="Stack")


def test_a_parameter_that_the_reference_annotates_as_list_stays_one() -> None:
    case = make_case([[3, 9, 20, 15, 7], [9, 3, 15, 20, 7]], [3, 9, 20, None, None, 15, 7])
    assert passes(BUILD, case, shape=Shape.TREE, reference=BUILD)
    unannotated = BUILD.replace(": list[int]", "")
    assert passes(unannotated, case, shape=Shape.TREE, reference=BUILD)
    assert not passes(unannotated, case, shape=Shape.TREE, reference=unannotated)


def test_an_empty_list_of_chains_stays_a_list() -> None:
    reference = MERGE.replace("(lists)", "(lists: list[ListNode | None])")
    assert passes(MERGE, make_case([[]], []), shape=Shape.LINKED, reference=reference)


@pytest.mark.parametrize(
    ("given", "out"),
    [
        ([4, 2, 7, 1, 3, 6, 9], [4, 7, 2, 9, 6, 3, 1]),
        ([1, 2], [1, None, 2]),
        ([1, None, 2, 3], [1, 2, None, None, 3]),
        ([], []),
    ],
)
def test_a_tree_card_reads_and_writes_trees_level_by_level(given: list[Any], out: list[Any]) -> None:
    assert passes(INVERT, make_case([given], out), shape=Shape.TREE)


def test_a_graph_card_hands_plain_data_over() -> None:
    answer = "def f(graph, start):\n    return sorted(graph[start])"
    assert passes(answer, make_case([{"a": ["c", "b"]}, "a"], ["b", "c"]), shape=Shape.GRAPH)


def test_a_numpy_card_turns_lists_into_arrays_and_back() -> None:
    answer = (
        "import numpy as np\ndef f(x, k):\n    assert x.shape == (2, 2)\n    return x @ x * k, np.float32(0.5), x.sum()"
    )
    case = make_case([[[1, 2], [3, 4]], 2], [[[14, 20], [30, 44]], 0.5, 10])
    assert passes(answer, case, shape=Shape.NUMPY, compare=Compare.CLOSE, requires=("numpy",))


def test_a_numpy_card_leaves_words_and_annotated_lists_alone() -> None:
    answer = (
        "def f(words: list, rows: list[int], ragged):\n    return [words, rows, [each.tolist() for each in ragged]]"
    )
    case = make_case([["a", "b"], [1, 2], [[1], [2, 3]]], [["a", "b"], [1, 2], [[1], [2, 3]]])
    assert passes(answer, case, shape=Shape.NUMPY, reference=answer)


@pytest.mark.parametrize(
    ("body", "passed", "got"),
    [
        ("return sorted(out) == sorted(items)", True, "[2, 1]"),
        ("assert out == items, 'not the same order'", False, "[2, 1]: AssertionError: not the same order"),
        ("return out == items", False, "[2, 1]"),
        ("assert out != items", True, "[2, 1]"),
        (
            "return nothing",
            False,
            "[2, 1]: the card's check raised NameError: name 'nothing' is not defined in its line 2",
        ),
        ("assert out == items", False, "[2, 1]: the card's check raised AssertionError in its line 2"),
    ],
)
def test_a_property_decides_with_fresh_arguments(body: str, passed: bool, got: str) -> None:
    answer = "def f(items):\n    items.reverse()\n    return items"
    check = f"def check(out, items):\n    {body}"
    result = result_on(answer, make_case([[1, 2]]), shape=Shape.PROPERTY, property_check=check)
    assert (result.passed, result.got) == (passed, got)


def test_a_property_may_call_what_the_answer_defines() -> None:
    check = "def check(out, words):\n    return decode(out) == words"
    fields = {"shape": Shape.PROPERTY, "property_check": check}
    assert passes(ENCODE, make_case([["a:b", "", "3:"]]), **fields)
    assert not passes(ENCODE.replace("int(size)", "1"), make_case([["a:b", "", "3:"]]), **fields)


def test_a_check_that_gives_an_array_is_told() -> None:
    result = result_on(
        "def f(x):\n    return x",
        make_case([[1, 2]]),
        shape=Shape.NUMPY,
        compare=Compare.PROPERTY,
        property_check="def check(out, x):\n    return out == x",
    )
    assert not result.passed
    assert "the card's check raised ValueError: The truth value of an array" in result.got


@pytest.mark.parametrize("name", ["sorted", "math", "random"])
def test_names_of_the_answer_do_not_pose_as_pythons_in_a_property(name: str) -> None:
    answer = f"{name} = None\ndef f(x):\n    return [1.0, 2.0]"
    check = "def check(out, x):\n    return sorted(out) == [math.sqrt(1), random.Random(1).choice([2.0])]"
    assert passes(answer, make_case([4]), shape=Shape.PROPERTY, property_check=check)


def test_a_line_of_the_answer_that_broke_the_check_is_told() -> None:
    check = "def check(out, words):\n    return decode(out) == words"
    result = result_on(
        "def f(words):\n    return 1\ndef decode(text):\n    return text[0]",
        make_case([["a"]]), shape=Shape.PROPERTY, property_check=check,
    )  # fmt: skip
    assert (result.got, result.line) == ("1: TypeError: 'int' object is not subscriptable", 4)


def test_a_property_that_is_missing_is_told() -> None:
    verdict = verdict_on("def f():\n    return 1", make_case([]), compare=Compare.PROPERTY, property_check="x = 1")
    assert verdict.outcome is Outcome.BROKEN
    assert "check(out, *args)" in verdict.message


@pytest.mark.parametrize(
    ("query", "passed"),
    [
        ("SELECT name, age FROM person WHERE age = 30 ORDER BY name", True),
        ("-- those of thirty\nSELECT name, age FROM person WHERE age = 30 ORDER BY name;", True),
        ("SELECT name FROM person", False),
        ("SELECT name, age FROM person WHERE age = 30 ORDER BY name DESC", False),
    ],
)
def test_a_query_is_run_after_the_fixture_and_its_rows_are_compared(query: str, passed: bool) -> None:
    case = make_case([], [["Ann", 30], ["Cy", 30]])
    assert passes(query, case, shape=Shape.SQL, fixture=TABLES) is passed


def test_scripts_of_a_test_run_before_the_query_and_are_shown() -> None:
    case = make_case(["DELETE FROM person WHERE name = 'Ann'"], [[2]])
    result = result_on("SELECT count(*) FROM person", case, shape=Shape.SQL, fixture=TABLES)
    assert result.passed
    assert result.given == "DELETE FROM person WHERE name = 'Ann'"


@pytest.mark.parametrize(
    "query",
    [
        "ATTACH 'other.db' AS other",
        "PRAGMA table_info(person)",
        "SELECT 1; SELECT 2",
        "VACUUM INTO 'copy.db'",
        "SELECT load_extension('x')",
        "",
        "DELETE FROM person",
        "SELECT nothing FROM nowhere",
    ],
)
def test_what_is_no_query_breaks_and_is_told(query: str) -> None:
    verdict = verdict_on(query, make_case([], [[1]]), shape=Shape.SQL, fixture=TABLES)
    assert verdict.outcome is Outcome.BROKEN
    assert verdict.message


@pytest.mark.parametrize(
    ("fixture", "script", "message"),
    [
        ("CREAT TABLE x", "", 'the card\'s fixture does not run: OperationalError: near "CREAT": syntax error'),
        ("ATTACH 'x' AS y", "", "the card's fixture does not run: DatabaseError: not authorized"),
        (TABLES, "DROP TABLE x", "the card's input cannot be made: OperationalError: no such table: x"),
    ],
)
def test_tables_that_cannot_be_made_are_not_blamed_on_the_query(fixture: str, script: str, message: str) -> None:
    verdict = verdict_on("SELECT 1", make_case([script], [[1]]), shape=Shape.SQL, fixture=fixture)
    assert (verdict.outcome, verdict.message) == (Outcome.BROKEN, message)


def test_an_endless_query_is_ended() -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT sum(i) FROM n"
    code = make_code(make_case([], [[1]]), shape=Shape.SQL, fixture=TABLES)
    verdict = judge_cases(code, endless, code.cases, Limits(seconds=0.4))
    assert verdict.outcome is Outcome.TIMEOUT
