"""Fields of `code` cards, and how they have to fit each other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from prepdeck.cards.code import Code, Compare, Complexity, Cost, Language, LargeInput, Shape
from prepdeck.deckfile.cases import Frame, read_tests, take_table
from prepdeck.deckfile.code_texts import read_code, read_expression, read_name
from prepdeck.deckfile.fault import Fault, plain
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Node, Scalar, Table
from prepdeck.deckfile.quantities import read_number
from prepdeck.deckfile.scalars import list_of, one_of, one_of_enum, some_of, whole_between
from prepdeck.deckfile.schema import Kind, Schema, read_fields, report_shape
from prepdeck.deckfile.texts import read_text

PACKAGES = ("numpy",)
"""Packages a card may ask for."""

MOST_MINUTES = 240
"""Longest time for one problem."""

MOST_SECONDS = 60
"""Longest time limit of a large input."""

PYTHON_ONLY = ("entry", "property", "large_input", "requires")
"""Fields that mean nothing to a query."""


def read_complexity(notes: Findings, name: str, node: Node) -> Complexity | None:
    """Return what the reference costs."""
    if not isinstance(node, Table):
        help_text = "write {time: O(n), space: O(1)}, and `cost: n` with `input:` to have it measured"
        report_shape(notes, name, node, "a table", help_text)
        return None
    return Complexity(**read_fields(notes, node, COMPLEXITY))


def read_large_input(notes: Findings, name: str, node: Node) -> LargeInput | None:
    """Return an input that only an answer of the right order survives."""
    if not isinstance(node, Table):
        report_shape(notes, name, node, "a table", 'write {input: "(list(range(10**5)),)", seconds: 2}')
        return None
    values = read_fields(notes, node, LARGE_INPUT)
    return LargeInput(**values) if len(values) == len(LARGE_INPUT.required) else None


def read_limit(notes: Findings, name: str, node: Node) -> float | None:
    """Return a time limit in seconds, above 0 and at most a minute."""
    number = read_number(notes, name, node)
    if number is None:
        return None
    if 0 < number[0] <= MOST_SECONDS:
        return float(number[0])
    message = f"{plain(name)} must be above 0 and at most {MOST_SECONDS}, not {number[1]}"
    notes.report(node, Fault("E061", message, "not a time limit", help="write seconds, such as 2 or 0.5"))
    return None


COMPLEXITY = Schema(
    owner="a complexity",
    readers={"time": read_text, "space": read_text, "cost": one_of_enum(Cost), "input": read_expression},
    renamed={"memory": "space", "growth": "cost", "class": "cost"},
)
"""What the reference costs."""

LARGE_INPUT = Schema(
    owner="a large input",
    readers={"input": read_expression, "seconds": read_limit},
    required=("input", "seconds"),
    renamed={"in": "input", "limit": "seconds", "time": "seconds"},
    examples={"input": '`input: "(list(range(10**5)),)"`', "seconds": "`seconds: 2`"},
)
"""An input and its time limit."""


def _word(table: Table, name: str) -> str:
    node = table.entries.get(name)
    return node.text.lower() if isinstance(node, Scalar) else ""


def _is_query(table: Table) -> bool:
    """Tell whether the author means SQL, also when only the shape says so."""
    return _word(table, "language" if "language" in table.entries else "shape") == Language.SQL.value


def _needs(table: Table) -> tuple[str, ...]:
    if _is_query(table):
        return ()
    by_property = "property" in {_word(table, "shape"), _word(table, "compare")}
    return ("entry", "property") if by_property else ("entry",)


def _frame(table: Table, values: dict[str, Any]) -> Frame:
    """Return the language that is meant, and what is known of shape and compare, defaults filled in."""
    entries = table.entries
    language = Language.SQL if _is_query(table) else Language.PYTHON
    shape = values.get("shape")
    if shape is None and "shape" not in entries:
        shape = Shape.SQL if language is Language.SQL else Shape.PLAIN
    compare = values.get("compare")
    if compare is None and "compare" not in entries and shape is not None:
        compare = _DEFAULTS.get(shape, Compare.EXACT)
    return Frame(language, shape, compare, values.get("entry"))


_DEFAULTS = {Shape.NUMPY: Compare.CLOSE, Shape.PROPERTY: Compare.PROPERTY}


def _check(notes: Findings, table: Table, values: dict[str, Any]) -> None:
    frame = _frame(table, values)
    if values.get("language") is Language.SQL:
        _check_query(notes, table, values)
    if not _fits_shape(notes, table, frame):
        frame = replace(frame, shape=None, compare=None)
    tests = values.get("tests")
    if tests is not None:
        values["tests"] = read_tests(notes, tests, frame)


def _check_query(notes: Findings, table: Table, values: dict[str, Any]) -> None:
    """Report what only Python has."""
    for name in PYTHON_ONLY:
        if name in table.entries:
            fault = Fault(
                "E056", f"a query has no {name}", "for Python only", help=f"delete {name}, or the line `language: sql`"
            )
            notes.report(table.key(name), fault)
    complexity = values.get("complexity")
    inside = table.entries.get("complexity")
    if complexity is not None and isinstance(inside, Table):
        for name in ("cost", "input"):
            if name in inside.entries:
                help_text = "delete it; time and space may stay, as words for people"
                fault = Fault("E056", "only lines of Python are counted", "for Python only", help=help_text)
                notes.report(inside.key(name), fault)


def _fits_shape(notes: Findings, table: Table, frame: Frame) -> bool:
    """Report a shape or a compare that does not go with the other fields, and return whether all is well."""
    entries = table.entries
    is_query = frame.language is Language.SQL
    fault: tuple[str, str, str] | None = None
    if "shape" in entries and frame.shape is not None:
        if is_query and frame.shape is not Shape.SQL:
            fault = ("shape", "a query has the shape sql", "write `shape: sql`, or delete the line")
        elif frame.shape is Shape.SQL and _word(table, "language") != Language.SQL.value:
            fault = ("shape", "the shape sql is for queries, and the language is python", "add `language: sql`")
    if fault is None and "compare" in entries and frame.compare is not None and frame.shape is not None:
        if frame.shape is Shape.PROPERTY and frame.compare is not Compare.PROPERTY:
            fault = ("compare", "the shape property has no output to compare", "delete the line, or change the shape")
        elif is_query and frame.compare is Compare.PROPERTY:
            fault = ("compare", "the rows of a query are compared, not judged by Python", "write `compare: unordered`")
    if fault is not None:
        name, message, help_text = fault
        notes.report(entries[name], Fault("E056", message, "does not fit", help=help_text))
    elif "property" in entries and not is_query and frame.compare not in {None, Compare.PROPERTY}:
        message = "property is given, but nothing uses it"
        help_text = "add `compare: property`, or delete it"
        notes.report(table.key("property"), Fault("E056", message, "not used", help=help_text))
    return fault is None


def _build(values: dict[str, Any]) -> Code:
    visible, hidden = values.pop("tests")
    language = values.pop("language", Language.PYTHON)
    shape = values.pop("shape", Shape.SQL if language is Language.SQL else Shape.PLAIN)
    compare = values.pop("compare", _DEFAULTS.get(shape, Compare.EXACT))
    return Code(
        visible=visible,
        hidden=hidden,
        language=language,
        shape=shape,
        compare=compare,
        property_check=values.pop("property", None),
        **values,
    )


KIND = Kind(
    name="code",
    readers={
        "front": read_text,
        "entry": read_name,
        "language": one_of_enum(Language),
        "shape": one_of_enum(Shape),
        "compare": one_of_enum(Compare),
        "starter": read_code,
        "reference": read_code,
        "tests": take_table,
        "mutants": some_of(read_code, "[wrong code, other wrong code]"),
        "complexity": read_complexity,
        "minutes": whole_between(1, MOST_MINUTES),
        "fixture": read_code,
        "property": read_code,
        "large_input": read_large_input,
        "requires": list_of(one_of(PACKAGES), "[numpy]"),
    },
    required=("front", "starter", "reference", "tests", "mutants"),
    build=_build,
    needs=_needs,
    check=_check,
    renamed={
        "function": "entry",
        "signature": "entry",
        "lang": "language",
        "template": "starter",
        "stub": "starter",
        "solution": "reference",
        "answer": "reference",
        "cases": "tests",
        "test": "tests",
        "mutant": "mutants",
        "wrong": "mutants",
        "setup": "fixture",
        "check": "property",
        "packages": "requires",
    },
    hints={
        "time": "write it below complexity: `complexity: {time: O(n)}`",
        "space": "write it below complexity: `complexity: {space: O(1)}`",
        "cost": "write it below complexity: `complexity: {cost: n, input: ...}`",
        "visible": "write it below tests: `tests: {visible: [...], hidden: [...]}`",
        "hidden": "write it below tests: `tests: {visible: [...], hidden: [...]}`",
        "follow_ups": "a code card has no follow-ups; make each a card of its own",
        "followups": "a code card has no follow-ups; make each a card of its own",
        "back": "a code card has no back; the right answer is its reference",
    },
    examples={"front": "`front: Return the indices of two numbers that add up to the target.`"},
)
"""Write a function, a class or a query; tests decide."""
