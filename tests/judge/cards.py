"""Code cards with good defaults, and verdicts on them."""

from __future__ import annotations

import json
from typing import Any

from prepdeck.cards.code import Case, Code, Language, Shape
from prepdeck.cards.verdict import CaseResult, Verdict
from prepdeck.judge.judging import Limits, judge_cases

QUICK = Limits(seconds=3.0)
"""Enough for every answer of these tests that ends at all, on a busy machine."""


def make_case(given: Any, out: Any = ..., *, raises: str | None = None) -> Case:
    """Return a test; a text is a Python expression of the arguments."""
    expected = None if out is ... else json.dumps(out)
    if isinstance(given, str):
        return Case(given, expected, raises, is_expression=True)
    return Case(json.dumps(given), expected, raises)


def make_code(*cases: Case, **fields: Any) -> Code:
    """Return a card whose answer is a function `f`."""
    defaults: dict[str, Any] = {"front": "Write f.", "starter": "", "reference": "", "entry": "f", "mutants": ()}
    if fields.get("shape") is Shape.SQL:
        defaults.update(entry=None, language=Language.SQL)
    return Code(visible=cases, hidden=(), **{**defaults, **fields})


def verdict_on(answer: str, *cases: Case, **fields: Any) -> Verdict:
    """Return the verdict on an answer to a card with these tests."""
    code = make_code(*cases, **fields)
    return judge_cases(code, answer, code.cases, QUICK)


def result_on(answer: str, case: Case, **fields: Any) -> CaseResult:
    """Return what the only test of a card gave."""
    verdict = verdict_on(answer, case, **fields)
    assert len(verdict.results) == 1, verdict
    return verdict.results[0]
