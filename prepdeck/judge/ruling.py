"""What the reports of a child process amount to."""

from __future__ import annotations

import json
import signal
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, assert_never

from prepdeck.cards.code import Case, Code, Shape
from prepdeck.cards.verdict import CaseResult, Outcome, Verdict
from prepdeck.judge.child import LARGEST_REPORT, Ending, Run
from prepdeck.judge.comparing import agree
from prepdeck.judge.contrasting import contrast
from prepdeck.judge.jobs import is_property, kind_of_result
from prepdeck.judge.limits import MEBIBYTE, Limits
from prepdeck.judge.showing import LONGEST_PRINT, cut, show, show_call
from prepdeck.judge.values import Foreign, Value, read, read_json
from prepdeck.text.cleaning import clean

_MORE = "..."


def rule(run: Run, limits: Limits) -> Verdict:
    """Return the verdict on a run whose reports were about no test: how it ended, or what broke it."""
    printed = clean(run.printed[: LONGEST_PRINT + 1])
    if len(printed) > LONGEST_PRINT:
        printed = printed[: LONGEST_PRINT - len(_MORE)] + _MORE
    verdict = Verdict(Outcome.PASSED, printed=printed, seconds=run.seconds)
    broken = next((report["broken"] for report in run.reports if "broken" in report), None)
    if broken is not None:
        return _rule_broken(verdict, broken, limits)
    match run.ending:
        case Ending.DONE:
            return verdict
        case Ending.TIMEOUT:
            return replace(verdict, outcome=Outcome.TIMEOUT, message=f"no result within {limits.seconds:g} s")
        case Ending.FLOOD:
            message = f"it printed more than {_size(limits.output_bytes)}"
            return replace(verdict, outcome=Outcome.FLOOD, message=message)
        case Ending.GLUT:
            return replace(verdict, outcome=Outcome.FLOOD, message=f"its result is larger than {_size(LARGEST_REPORT)}")
        case Ending.CROWD:
            message = f"it started more than {limits.processes} processes"
            return replace(verdict, outcome=Outcome.KILLED, message=message)
        case Ending.LOST:
            return _rule_lost(verdict, run.status, limits)
        case _:
            assert_never(run.ending)


def rule_cases(run: Run, limits: Limits, code: Code, cases: Sequence[Case]) -> Verdict:
    """Return the verdict on a run of tests; the first test that did not pass decides."""
    verdict = rule(run, limits)
    begun: dict[int, dict[str, Any]] = {report["begin"]: report for report in run.reports if "begin" in report}
    ended: dict[int, dict[str, Any]] = {report["end"]: report for report in run.reports if "end" in report}
    results = []
    for number, case in enumerate(cases):
        if number in ended:
            results.append(_result(code, case, begun.get(number, {}), ended[number], limits))
        elif number in begun:
            hung = verdict.message or "no result"
            results.append(
                CaseResult(False, _given(code, case, begun[number]), _expected(code, case), hung, verdict.line)
            )
            if verdict.outcome is not Outcome.BROKEN:
                verdict = replace(verdict, message=f"test {number + 1}: {verdict.message}")
    verdict = replace(verdict, results=tuple(results))
    first = next((place for place, result in enumerate(results) if not result.passed), None)
    if first is not None and verdict.outcome is Outcome.PASSED:
        return _rule_failed(verdict, cases[first], results[first], ended.get(first, {}))
    if first is None and verdict.outcome is Outcome.PASSED and len(results) < len(cases):
        return replace(verdict, outcome=Outcome.KILLED, message="not every test was run")
    return verdict


def result_of(run: Run) -> Value | None:
    """Return the single result of a run, wrapped in a list; None when there is none."""
    return next(([read(report["out"])] for report in run.reports if "out" in report), None)


def outcome_of_error(error: dict[str, Any]) -> Outcome:
    """Return which limit an exception speaks of, if any."""
    match error.get("kind"):
        case "memory":
            return Outcome.MEMORY
        case "flood":
            return Outcome.FLOOD
        case _:
            return Outcome.BROKEN


def _rule_failed(verdict: Verdict, case: Case, result: CaseResult, report: dict[str, Any]) -> Verdict:
    """Return the verdict when a test that was run to its end did not pass."""
    error = report.get("error")
    if error is None:
        return replace(verdict, outcome=Outcome.FAILED)
    outcome = outcome_of_error(error)
    if outcome is Outcome.BROKEN and case.raises is not None:
        return replace(verdict, outcome=Outcome.FAILED)
    return replace(verdict, outcome=outcome, message=result.got, line=result.line)


def _rule_broken(verdict: Verdict, broken: dict[str, Any], limits: Limits) -> Verdict:
    """Return the verdict when the code could not be tried."""
    text = cut(str(broken.get("text", "")))
    line = None
    match broken.get("where"):
        case "entry":
            message = f"it does not define the function or class {text}, which the tests call"
        case "check":
            message = "the card's property does not define check(out, *args)"
        case "fixture":
            message = f"the card's fixture does not run: {text}"
        case "property":
            message = f"the card's property does not run: {text}"
        case "input":
            message = f"the card's input cannot be made: {text}"
        case _:
            outcome = outcome_of_error(broken)
            line = broken.get("line")
            return replace(verdict, outcome=outcome, message=_limit_message(outcome, limits) or text, line=line)
    return replace(verdict, outcome=Outcome.BROKEN, message=message, line=line)


def _rule_lost(verdict: Verdict, status: int | None, limits: Limits) -> Verdict:
    """Return the verdict when the code's process ended before everything was said."""
    if status == -signal.SIGXCPU:
        return replace(verdict, outcome=Outcome.TIMEOUT, message=f"no result within {limits.seconds:g} s")
    if status is None:
        how = "the process was ended from outside"
    elif status < 0:
        how = f"the process was ended by {_signal(-status)}"
    else:
        how = f"the code ended the process itself, with exit status {status}"
    return replace(verdict, outcome=Outcome.KILLED, message=f"{how}, before the result was known")


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _limit_message(outcome: Outcome, limits: Limits) -> str:
    """Return what to say of a limit that an exception speaks of."""
    match outcome:
        case Outcome.MEMORY:
            return f"it needs more than {_size(limits.memory_bytes)} of memory"
        case Outcome.FLOOD:
            return f"it wrote more to files than it may, {_size(limits.file_bytes)} each"
        case _:
            return ""


def _size(count: int) -> str:
    return f"{count / MEBIBYTE:g} MiB" if count >= MEBIBYTE else f"{count:,} bytes"


def _given(code: Code, case: Case, begun: dict[str, Any]) -> str:
    """Return the input of a test as people read it, as it was before the call."""
    if code.shape is Shape.SQL:
        scripts = json.loads(case.given)
        texts = [str(each) for each in scripts] if isinstance(scripts, list) else [str(scripts)]
        return cut("; ".join(texts)) or "the tables of the fixture"
    given = read(begun.get("given"))
    is_opaque = isinstance(given, list) and any(isinstance(each, Foreign) for each in given)
    if given is None or (case.is_expression and is_opaque):
        return cut(case.given)
    return show_call(code.entry or "", given, is_replay=code.shape is Shape.OPS)


def _expected(code: Code, case: Case) -> str:
    if case.raises is not None:
        return f"raises {cut(case.raises)}"
    if is_property(code):
        return "what the card's check accepts"
    return "a result" if case.expected is None else show(read_json(json.loads(case.expected)))


def _result(code: Code, case: Case, begun: dict[str, Any], ended: dict[str, Any], limits: Limits) -> CaseResult:
    """Return what one test gave that was run to its end."""
    given, expected = _given(code, case, begun), _expected(code, case)
    error = ended.get("error")
    if error is not None:
        passed = case.raises is not None and case.raises in error.get("names", ())
        got = _limit_message(outcome_of_error(error), limits) or cut(str(error.get("text", "")))
        return CaseResult(passed, given, expected, got, error.get("line"))
    out = read(ended.get("out"))
    got = show(out)
    if case.raises is not None:
        return CaseResult(False, given, expected, got)
    if is_property(code):
        why = cut(str(ended.get("why") or ""))
        got = f"{got}: {why}" if why else got
        return CaseResult(ended.get("accepted") is True, given, expected, got, ended.get("line"))
    if case.expected is None:
        return CaseResult(True, given, expected, got)
    return compared(code, read_json(json.loads(case.expected)), out, given)


def compared(code: Code, right: Value, out: Value, given: str) -> CaseResult:
    """Return what came of a test that has one right result."""
    if is_right(code, right, out):
        return CaseResult(True, given, show(right), show(out))
    return CaseResult(False, given, *contrast(right, out, code.compare))


def is_right(code: Code, expected: Value, out: Value) -> bool:
    """Tell whether a result counts as the expected one; no nodes at all are an empty list."""
    if code.shape in {Shape.LINKED, Shape.TREE} and out is None and expected == []:
        return kind_of_result(code) != "data"
    return agree(expected, out, code.compare)
