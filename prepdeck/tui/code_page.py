"""Code cards on the page: problem, draft and tests, what a run gave, and the reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from prepdeck.cards.cases import show_case
from prepdeck.cards.code import Case, Code, Language
from prepdeck.cards.verdict import CaseResult, Outcome, Verdict
from prepdeck.text.counts import counted
from prepdeck.tui.rows import Ground, Piece, Row, Tone, foreign, muted, row, strong, wrap
from prepdeck.tui.typesetting import Typesetter

if TYPE_CHECKING:
    from prepdeck.tui.review_state import Asking

_LABEL = 10
_PRINTED_LINES = 12
_PRINTED_BEHIND = 3


def code_front(body: Code, asking: Asking, setter: Typesetter) -> list[Row]:
    """Return the problem, the draft as it stands, and the visible tests."""
    rows = setter.text(asking.view.front)
    if not asking.is_writing and not asking.is_revealed:
        rows += [Row(), *setter.code(asking.draft, body.language.value, target="review.field")]
    if body.visible:
        hidden = f"{counted(len(body.hidden), 'hidden test')} on submission" if body.hidden else ""
        rows += setter.headed("Tests", _cases(body.visible, _results_shown(asking), setter), hidden)
    if body.language is Language.SQL and body.fixture:
        rows += setter.headed("Tables", setter.code(body.fixture, body.language.value))
    return rows


def run_report(asking: Asking, setter: Typesetter) -> list[Row]:
    """Return what the last run gave, or that one goes on, after a blank line; nothing before the first run."""
    if asking.running:
        return [Row(), row(Piece(f"{setter.glyphs.marker} {asking.running}", Tone.ACCENT), muted("   Esc cancels"))]
    if asking.verdict is None:
        return []
    return [Row(), *verdict_rows(asking.verdict, *asking.tests, setter)]


def verdict_rows(
    verdict: Verdict, passed: int, total: int, setter: Typesetter, printed_lines: int = _PRINTED_LINES
) -> list[Row]:
    """Return how a run ended, the first test that failed, and what was printed."""
    failed = next((each for each in verdict.results if not each.passed), None)
    rows = [_headline(verdict, passed, total, setter, "first failing:" if failed is not None else "")]
    is_told = failed is not None and failed.got in verdict.message and verdict.line in {None, failed.line}
    if verdict.message and not is_told:
        tone = Tone.TEXT if verdict.outcome is not Outcome.MISSING else Tone.ACCENT
        rows += [row(foreign(line, tone)) for line in wrap(verdict.message, setter.width)]
    if verdict.line is not None and not is_told and f"line {verdict.line}" not in verdict.message:
        rows.append(row(muted("line".ljust(_LABEL)), str(verdict.line)))
    if failed is not None:
        rows += _failed(failed)
    if verdict.printed.strip():
        rows += [row(muted("printed")), *_printed(verdict.printed, setter, printed_lines)]
    return rows


def code_back(body: Code, asking: Asking, setter: Typesetter) -> list[Row]:
    """Return the reference with its cost, and below it what was written."""
    rows: list[Row] = []
    if asking.verdict is not None and asking.is_submitted:
        rows += [*verdict_rows(asking.verdict, *asking.tests, setter, _PRINTED_BEHIND), Row()]
    cost = ", ".join(f"{name} {words}" for name, words in _cost(body))
    rows += [row(strong("Reference")), *(row(foreign(line, Tone.MUTED)) for line in wrap(cost, setter.width) if line)]
    rows += setter.code(body.reference, body.language.value)
    if asking.draft.strip() and asking.draft.strip() != body.starter.strip():
        rows += setter.headed("Your answer", setter.code(asking.draft, body.language.value))
    return rows


def _cost(body: Code) -> Iterator[tuple[str, str]]:
    if body.complexity.time:
        yield "time", body.complexity.time
    if body.complexity.space:
        yield "space", body.complexity.space
    if body.minutes is not None:
        yield "in", counted(body.minutes, "minute")


def _results_shown(asking: Asking) -> Sequence[CaseResult]:
    return asking.verdict.results if asking.verdict is not None else ()


def _cases(cases: Sequence[Case], results: Sequence[CaseResult], setter: Typesetter) -> list[Row]:
    rows = []
    for number, case in enumerate(cases):
        mark = Piece("    ")
        if number < len(results):
            has_passed = results[number].passed
            sign = setter.glyphs.tick if has_passed else setter.glyphs.cross
            mark = Piece(f"  {sign} ", Tone.SUCCESS if has_passed else Tone.ERROR, strong=True)
        rows.append(Row((mark, foreign(show_case(case), Tone.CODE)), sideways=True))
    return rows


def _headline(verdict: Verdict, passed: int, total: int, setter: Typesetter, next_words: str) -> Row:
    took = muted(f"   {verdict.seconds:.2f} s" if verdict.seconds else "")
    if next_words:
        took = muted(f"{took.text}   {next_words}")
    tests = f"{passed}/{total} tests passed"
    glyphs = setter.glyphs
    words = {
        Outcome.PASSED: tests,
        Outcome.FAILED: tests,
        Outcome.BROKEN: f"The code does not run, {tests}" if not verdict.results else tests,
        Outcome.TIMEOUT: f"Too slow, {tests}",
        Outcome.MEMORY: f"Too much memory, {tests}",
        Outcome.FLOOD: f"Too much output, {tests}",
        Outcome.KILLED: f"Ended without a verdict, {tests}",
        Outcome.MISSING: "Nothing was run",
    }[verdict.outcome]
    if verdict.passed:
        return row(Piece(f"{glyphs.tick} {words}", Tone.SUCCESS, strong=True), took)
    return row(Piece(f"{glyphs.cross} {words}", Tone.ERROR, strong=True), took)


def _failed(result: CaseResult) -> Iterator[Row]:
    for label, words in (("input", result.given), ("expected", result.expected), ("got", result.got)):
        for number, line in enumerate(words.splitlines() or [""]):
            head = f"  {label if number == 0 else ''}".ljust(_LABEL + 2)
            yield Row((muted(head), foreign(line, Tone.CODE)), sideways=True)
    if result.line is not None:
        yield row(muted("  line".ljust(_LABEL + 2)), str(result.line))


def _printed(printed: str, setter: Typesetter, most: int) -> Iterator[Row]:
    lines = printed.rstrip("\n").split("\n")
    for line in lines[:most]:
        yield Row((Piece("  "), foreign(line)), Ground.CODE, sideways=True)
    if len(lines) > most:
        yield row(muted(f"  {setter.glyphs.ellipsis} {counted(len(lines) - most, 'more line')}"))
