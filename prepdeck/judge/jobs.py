"""What a child process is told to do."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final

from prepdeck.cards.code import Case, Code, Compare, Shape
from prepdeck.judge.packages import name_of

_LISTS: Final = re.compile(r"(typing\.)?(list|sequence|tuple|iterable)\b", re.IGNORECASE)


def is_property(code: Code) -> bool:
    """Tell whether the card's `check` decides."""
    return Shape.PROPERTY is code.shape or Compare.PROPERTY is code.compare


def packages_of(code: Code) -> tuple[str, ...]:
    """Return what the card needs; its shape may need NumPy without saying so."""
    return (*code.requires, "numpy") if code.shape is Shape.NUMPY else code.requires


def job_for_cases(code: Code, answer: str, cases: Sequence[Case]) -> dict[str, Any]:
    """Return the job of running an answer against tests; what must come out of them is not told."""
    given = [{"given": case.given, "is_expression": case.is_expression} for case in cases]
    return {**_job_for_code(code, answer), "work": "cases", "cases": given}


def job_for_growth(code: Code, answer: str, sizes: Sequence[int]) -> dict[str, Any]:
    """Return the job of counting lines for each size."""
    return {**_job_for_code(code, answer), "work": "growth", "sizes": list(sizes), "input": code.complexity.input}


def job_for_snippet(snippet: str, requires: Iterable[str]) -> dict[str, Any]:
    """Return the job of running a snippet to its end."""
    return {"work": "snippet", "answer": snippet, "cases": [], **_packages(requires)}


def _job_for_code(code: Code, answer: str) -> dict[str, Any]:
    return {
        "answer": answer,
        "fixture": code.fixture,
        "entry": code.entry,
        "shape": code.shape.value,
        "parameters": _kinds_of_parameters(code),
        "returns": kind_of_result(code),
        "property": code.property_check if is_property(code) else None,
        "is_property": is_property(code),
        "cases": [],
        **_packages(packages_of(code)),
    }


def _packages(requires: Iterable[str]) -> dict[str, Any]:
    """Return the packages to load and where to find them; a card that names none sees the standard library alone."""
    names = sorted({name_of(requirement) for requirement in requires})
    return {"requires": names, "paths": [path for path in sys.path if path] if names else []}


def _kinds_of_parameters(code: Code) -> list[str]:
    """Return how each argument is handed over: as the deck wrote it, as nodes, or as a list of several nodes.

    The reference's annotations decide: `preorder: list[int]` stays a list, `lists: list[ListNode | None]` becomes a
    list of chains, and everything else becomes nodes or arrays when it is a list.
    """
    function = _entry_of_reference(code)
    if function is None:
        return []
    return [_kind_of_parameter(each.annotation) for each in (*function.args.posonlyargs, *function.args.args)]


def kind_of_result(code: Code) -> str:
    """Return what the reference's annotation promises: `nodes`, `several` in a list, `data`, or `any` of these."""
    function = _entry_of_reference(code)
    text = _text_of(function.returns) if function is not None else ""
    if _LISTS.match(text):
        return "several" if "Node" in text else "data"
    return "nodes" if "Node" in text else "any"


def _entry_of_reference(code: Code) -> ast.FunctionDef | None:
    """Return the reference's entry where its annotations matter."""
    if code.shape not in {Shape.LINKED, Shape.TREE, Shape.NUMPY}:
        return None
    try:
        module = ast.parse(code.reference)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    found = (each for each in module.body if isinstance(each, ast.FunctionDef) and each.name == code.entry)
    return next(found, None)


def _kind_of_parameter(annotation: ast.expr | None) -> str:
    text = _text_of(annotation)
    if not _LISTS.match(text):
        return "nodes"
    return "several" if "Node" in text else "data"


def _text_of(annotation: ast.expr | None) -> str:
    if annotation is None:
        return ""
    text = annotation.value if isinstance(annotation, ast.Constant) else ast.unparse(annotation)
    return text if isinstance(text, str) else ""
