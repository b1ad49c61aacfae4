"""The tests of a code card."""

from __future__ import annotations

from dataclasses import dataclass

from prepdeck.cards.code import Case, Code, Compare, Language, Shape
from prepdeck.deckfile.code_texts import is_name, read_code, read_exception, read_expression
from prepdeck.deckfile.fault import Fault, plain, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.json_values import is_value, read_json, to_json, value_of
from prepdeck.deckfile.nodes import Listing, Node, Scalar, Table
from prepdeck.deckfile.scalars import refuse_empty_list
from prepdeck.deckfile.schema import Schema, read_fields, report_missing, report_shape
from prepdeck.text.counts import counted

CONSTRUCTOR = "init"
"""How the first operation on a class is called; the name of the class will do as well."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What the tests of a card have to fit; None where the card's own field could not be read."""

    language: Language
    """What the answer is written in, as far as one can guess."""
    shape: Shape | None
    """How a case becomes a call."""
    compare: Compare | None
    """When the outcome counts as right."""
    entry: str | None
    """What is called."""


def take_table(notes: Findings, name: str, node: Node) -> Table | None:
    """Return the table of tests, unread: how they are read depends on the other fields of the card."""
    if isinstance(node, Table):
        return node
    help_text = "write `visible:` and `hidden:` below it, each with a list of tests"
    report_shape(notes, name, node, "a table with visible and hidden", help_text)
    return None


def take_list(notes: Findings, name: str, node: Node) -> Listing | None:
    """Return a list of tests, unread."""
    if not isinstance(node, Listing):
        report_shape(notes, name, node, "a list", "write one `- {in: [...], out: ...}` entry for each test")
        return None
    if not node.items:
        refuse_empty_list(notes, name, node, "`- {in: [[2, 7, 11, 15], 9], out: [0, 1]}`")
        return None
    return node


def take(_notes: Findings, _name: str, node: Node) -> Node:
    """Return the arguments, unread."""
    return node


TESTS = Schema(
    owner="the table of tests",
    readers={"visible": take_list, "hidden": take_list},
    required=("visible", "hidden"),
    renamed={"public": "visible", "examples": "visible", "shown": "visible", "private": "hidden", "secret": "hidden"},
)
"""Tests that are shown while working, and those that run on submission."""

_OTHER_NAMES = {
    "input": "in",
    "inputs": "in",
    "args": "in",
    "arguments": "in",
    "given": "in",
    "output": "out",
    "expected": "out",
    "expect": "out",
    "result": "out",
    "rows": "out",
    "raise": "raises",
    "error": "raises",
    "exception": "raises",
    "throws": "raises",
}

CASE = Schema(
    owner="a test",
    readers={"in": take, "out": read_json, "raises": read_exception},
    required=("in",),
    renamed=_OTHER_NAMES,
)
"""One call and what must come of it."""

QUERY = Schema(
    owner="a test of a query",
    readers={"in": take, "out": read_json},
    renamed=_OTHER_NAMES,
    hints={"raises": "a query returns rows: write out"},
    examples={"out": "`out: [[1, Ann], [2, Bo]]`, the rows"},
)
"""Rows that a query must return, after scripts have changed the tables."""


def read_tests(notes: Findings, table: Table, frame: Frame) -> tuple[tuple[Case, ...], tuple[Case, ...]] | None:
    """Return visible and hidden tests, or None when a list of them is missing."""
    lists = read_fields(notes, table, TESTS)
    read = {
        name: tuple(case for item in listing.items if (case := _read_case(notes, item, frame)) is not None)
        for name, listing in lists.items()
    }
    return (read["visible"], read["hidden"]) if len(read) == len(TESTS.required) else None


def meaning_of_tests(code: Code) -> str:
    """Return one text for everything that the tests of a card say."""
    both = (code.visible, code.hidden)
    return to_json([[[case.given, case.expected, case.raises, case.is_expression] for case in part] for part in both])


def _read_case(notes: Findings, item: Node, frame: Frame) -> Case | None:
    if not isinstance(item, Table):
        report_shape(notes, "a test", item, "a table with in and out", "write `- {in: [arguments], out: result}`")
        return None
    before = notes.error_count
    schema = QUERY if frame.language is Language.SQL else CASE
    values = read_fields(notes, item, schema)
    _check_outcome(notes, item, schema, frame, told=notes.error_count > before)
    node = values.get("in")
    given: str | None = "[]"
    is_expression = False
    if node is not None and frame.language is Language.SQL:
        given = _read_scripts(notes, node)
    elif isinstance(node, Scalar):
        given, is_expression = _read_arguments_expression(notes, node), True
    elif node is not None:
        given = _read_arguments(notes, node)
    if notes.error_count > before or given is None:
        return None
    _check_shape(notes, item, frame)
    return Case(given, values.get("out"), values.get("raises"), is_expression)


def _check_outcome(notes: Findings, table: Table, schema: Schema, frame: Frame, *, told: bool) -> None:
    """Report a test that expects nothing, or two things at once."""
    if "out" in table.entries and "raises" in table.entries and "raises" in schema.readers:
        help_text = "keep out when the call returns, raises when it does not"
        fault = Fault("E059", "a test has either out or raises", "both", ("out", "raises"), help_text)
        notes.report(table.key("raises"), fault)
        return
    is_compared = frame.compare is not None and frame.compare is not Compare.PROPERTY
    if is_compared and not told and not {"out", "raises"} & table.entries.keys():
        report_missing(notes, table, "out", schema)


def _read_arguments(notes: Findings, node: Node) -> str | None:
    if not isinstance(node, Listing):
        report_shape(notes, "in", node, "a list of arguments", "put them in brackets: `in: [first, second]`")
        return None
    before = notes.error_count
    arguments = [value_of(notes, "in", item) for item in node.items]
    return None if notes.error_count > before else to_json(arguments)


def _read_arguments_expression(notes: Findings, node: Scalar) -> str | None:
    """Return Python that gives the arguments; a lone value is a list of arguments without its brackets."""
    text = node.text
    if is_value(text):
        help_text = f"write [{plain(text)}] for one argument"
        report_shape(notes, "in", node, "a list of arguments, or a Python expression of them", help_text)
        return None
    return read_expression(notes, "in", node)


def _read_scripts(notes: Findings, node: Node) -> str | None:
    """Return SQL scripts that run after the fixture."""
    if not isinstance(node, Listing):
        report_shape(notes, "in", node, "a list of SQL scripts", 'write `in: ["INSERT INTO ..."]`, or leave it out')
        return None
    before = notes.error_count
    scripts = [read_code(notes, "a script of in", item) for item in node.items]
    return None if notes.error_count > before else to_json(scripts)


def _check_shape(notes: Findings, table: Table, frame: Frame) -> None:
    """Report arguments and results that do not fit the card's shape."""
    given, out = table.entries.get("in"), table.entries.get("out")
    if frame.shape is Shape.OPS and isinstance(given, Listing):
        _check_operations(notes, given, frame)
        if out is not None and not (isinstance(out, Listing) and len(out.items) == len(given.items)):
            count = counted(len(given.items), "operation")
            found = f"a list of {len(out.items)}" if isinstance(out, Listing) else "no list"
            help_text = "write what each call returns, null for the constructor and for calls that return nothing"
            _refuse(notes, out, f"out holds {found} for {count}", help_text)
    if frame.shape is Shape.SQL and out is not None:
        rows: list[Node] = out.items if isinstance(out, Listing) else [out]
        for row in rows:
            if not isinstance(row, Listing) or row is out:
                _refuse(notes, row, "out is not a list of rows", "write a list of lists: `out: [[1, Ann], [2, Bo]]`")
                return


def _check_operations(notes: Findings, given: Listing, frame: Frame) -> None:
    constructors = tuple(dict.fromkeys(name for name in (CONSTRUCTOR, frame.entry) if name is not None))
    example = f"begin with `[{constructors[-1]}, ...]`, then one `[method, ...]` for each call"
    if not given.items:
        _refuse(notes, given, "in holds no operation", example)
    for place, item in enumerate(given.items):
        name = item.items[0] if isinstance(item, Listing) and item.items else item
        if not isinstance(name, Scalar) or name is item or not is_name(name.text):
            _refuse(notes, item, "an operation is not a list that begins with a name", example)
            return
        if place == 0 and frame.entry is not None and name.text not in constructors:
            message = f"the first operation is {quoted(name.text)}, not the constructor"
            notes.report(name, Fault("E058", message, "not the constructor", constructors, example))
            return


def _refuse(notes: Findings, node: Node, message: str, help_text: str) -> None:
    notes.report(node, Fault("E058", message, "does not fit the shape", help=help_text))
