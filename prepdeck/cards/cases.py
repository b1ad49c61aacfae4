"""Tests of code cards as people read them."""

from __future__ import annotations

import json

from prepdeck.cards.code import Case, Code
from prepdeck.cards.verdict import Verdict


def show_case(case: Case) -> str:
    """Return a test as `in -> out`, in the words of its deck: `[2, 7], 9 -> [0, 1]`."""
    if case.raises is not None:
        outcome = f"raises {case.raises}"
    elif case.expected is None:
        outcome = "whatever the property accepts"
    else:
        outcome = " ".join(case.expected.split())
    given = " ".join(case.given.split())
    if not case.is_expression and _is_list(given):
        given = given[1:-1].strip()
    return f"{given} -> {outcome}" if given else f"-> {outcome}"


def _is_list(given: str) -> bool:
    try:
        return isinstance(json.loads(given), list)
    except (ValueError, RecursionError):
        return False


def count_tests(body: Code, verdict: Verdict, *, is_submission: bool) -> tuple[int, int]:
    """Return how many tests passed, and how many there were; a limit that ended the run leaves at least one open."""
    total = max(len(body.cases if is_submission else body.visible), len(verdict.results))
    return (total if verdict.passed else min(max(0, total - 1), verdict.passed_count)), total
