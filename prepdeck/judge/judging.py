"""Runs a card's code and says what passed.

Time, memory, output, files and stray processes of the code are bounded. This limits accidents and is **not** a sandbox:
`prepdeck.judge.child` says what is kept from the code on which system. Code that came with a deck is run only after the
learner has agreed to it, which is the business of whoever calls this.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from prepdeck.cards.code import Case, Code, Cost, Shape
from prepdeck.cards.verdict import Outcome, Verdict
from prepdeck.judge.child import run
from prepdeck.judge.growth import ALLOWED, Growth, sizes_for, slope_of
from prepdeck.judge.inside.counting import MOST_LINES
from prepdeck.judge.jobs import is_property, job_for_cases, job_for_growth, job_for_snippet, packages_of
from prepdeck.judge.limits import Limits
from prepdeck.judge.packages import missing_packages, say_missing
from prepdeck.judge.ruling import compared, result_of, rule, rule_cases
from prepdeck.judge.showing import cut
from prepdeck.judge.values import Value

__all__ = [
    "Growth", "Limits", "judge_cases", "judge_large_input", "judge_snippet", "measure_growth", "missing_packages",
    "say_missing",
]  # fmt: skip

GROWTH_LIMITS = Limits(seconds=20.0)
"""What counting lines may use, which is slower than running them."""


def judge_cases(code: Code, answer: str, cases: Sequence[Case], limits: Limits | None = None) -> Verdict:
    """Run an answer against tests, all of them in one child process."""
    limits = limits or Limits()
    missing = missing_packages(packages_of(code))
    if missing:
        return _missing(missing)
    return rule_cases(run(job_for_cases(code, answer, cases), limits), limits, code, cases)


def judge_large_input(code: Code, answer: str, limits: Limits | None = None) -> Verdict:
    """Run an answer on the large input under its own time limit; without one there is nothing to fail.

    The card's check decides where there is one, else the result must be the reference's, which is run likewise.
    """
    large = code.large_input
    if large is None:
        return Verdict(Outcome.PASSED)
    limits = replace(limits or Limits(), seconds=large.seconds)
    missing = missing_packages(packages_of(code))
    if missing:
        return _missing(missing)
    case = Case(large.input, is_expression=True)
    job = job_for_cases(code, answer, (case,))
    tried = run(job, limits)
    verdict = rule_cases(tried, limits, code, (case,))
    if not verdict.passed or is_property(code) or answer == code.reference:
        return verdict
    right = result_of(run({**job, "answer": code.reference}, limits))
    got = result_of(tried)
    if right is None:
        message = f"the card's reference gives no result on the large input within {large.seconds:g} s"
        return replace(verdict, outcome=Outcome.BROKEN, message=message)
    return _compared(verdict, code, _only(right), _only(got))


def _only(results: Value | None) -> Value:
    return results[0] if isinstance(results, list) else None


def _compared(verdict: Verdict, code: Code, right: Value, got: Value) -> Verdict:
    """Return the verdict on a result that came in time."""
    (result,) = verdict.results
    result = compared(code, right, got, result.given)
    return replace(verdict, outcome=Outcome.PASSED if result.passed else Outcome.FAILED, results=(result,))


def measure_growth(code: Code, answer: str, limits: Limits | None = None) -> Growth:
    """Count the lines an answer runs at n, 2n, 4n and 8n, and hold them against the card's cost.

    A card that declares no cost or no input, and a query, has nothing to hold them against. Work inside C code counts
    as one line, so the lines say nothing of what is done there; the large input does.
    """
    cost, limits = code.complexity.cost, limits or GROWTH_LIMITS
    if cost is None or code.complexity.input is None or code.shape is Shape.SQL:
        return Growth((), 0.0, 0.0, holds=True)
    missing = missing_packages(packages_of(code))
    if missing:
        return Growth((), 0.0, ALLOWED[cost], holds=False, message=say_missing(missing))
    sizes = sizes_for(cost)
    counted = run(job_for_growth(code, answer, sizes), limits)
    lines = tuple(report["lines"] for report in counted.reports if "lines" in report)
    return _growth(cost, sizes, lines, rule(counted, limits).message)


def _growth(cost: Cost, sizes: Sequence[int], lines: tuple[int, ...], message: str) -> Growth:
    whole = [count for count in lines if count <= MOST_LINES]
    if len(whole) < len(lines):
        message = f"more than {MOST_LINES:,} lines at n = {sizes[len(whole)]:,}"
    # With one whole count the one that was given up stands in for the second: the slope is at least that.
    slope = slope_of(sizes, lines if len(whole) == 1 else whole)
    return Growth(lines, slope, ALLOWED[cost], holds=slope <= ALLOWED[cost], message=message)


def judge_snippet(snippet: str, requires: Iterable[str] = (), limits: Limits | None = None) -> Verdict:
    """Run a snippet to its end; an assert that does not hold breaks it, with its line."""
    limits = limits or Limits()
    requires = tuple(requires)
    missing = missing_packages(requires)
    if missing:
        return _missing(missing)
    tried = run(job_for_snippet(snippet, requires), limits)
    verdict = rule(tried, limits)
    if verdict.outcome is Outcome.BROKEN and verdict.line and verdict.message.startswith("AssertionError"):
        claim = cut(snippet.splitlines()[verdict.line - 1].strip())
        said = verdict.message.removeprefix("AssertionError").removeprefix(": ")
        return replace(verdict, message=f"`{claim}` does not hold" + (f": {said}" if said else ""))
    return verdict


def _missing(names: Iterable[str]) -> Verdict:
    return Verdict(Outcome.MISSING, message=say_missing(names))
