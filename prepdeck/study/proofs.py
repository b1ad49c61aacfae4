"""What one card claims that a machine can check, and what comes of checking it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from prepdeck.cards.card import Card, Numeric
from prepdeck.cards.code import Case, Code, Language
from prepdeck.cards.spoken import Design
from prepdeck.cards.tolerance import Tolerance
from prepdeck.cards.verdict import Outcome, Verdict
from prepdeck.deckfile.fault import Fault
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.problem import Problem
from prepdeck.deckfile.reading import Reading
from prepdeck.judge.expression import ROUNDING, ExpressionError, MissingPackage
from prepdeck.judge.growth import STEPS, Growth
from prepdeck.judge.jobs import packages_of
from prepdeck.study import proof_faults as faults
from prepdeck.study.proof_places import node_at, report_in_code, report_in_line
from prepdeck.study.snippets import imported_packages

EXACT = Tolerance(relative=Fraction(1, 10**9))
"""How far the figure of a design may lie from its check when it says nothing of it."""
OWN_CODE = {"the card's fixture": "fixture", "the card's property": "property"}
"""Fields that the judge speaks of when they, and not the answer, do not run; by how it begins."""

NO_INPUT = "the card's input cannot be made"
"""How the judge begins when the expression of a test does not give arguments."""
SYNTAX_ERROR = ": syntax error"
"""How SQLite says that it cannot read a query; it says so for each test."""


class Judge(Protocol):
    """What runs code and says what came of it; `prepdeck.judge.judging`, or a stand-in for tests."""

    def judge_cases(self, code: Code, answer: str, cases: Sequence[Case]) -> Verdict:
        """Run an answer against some tests."""
        ...

    def judge_large_input(self, code: Code, answer: str) -> Verdict:
        """Run an answer on the large input, under its limit."""
        ...

    def measure_growth(self, code: Code, answer: str) -> Growth:
        """Count the lines an answer executes as its input grows."""
        ...

    def judge_snippet(self, snippet: str, requires: Iterable[str] = ()) -> Verdict:
        """Run a snippet to its end."""
        ...

    def missing_packages(self, requires: Iterable[str]) -> tuple[str, ...]:
        """Return which of some packages are not installed."""
        ...


@dataclass(frozen=True, slots=True)
class Bench:
    """What cards are proved with."""

    judge: Judge
    """What runs code."""
    evaluate: Callable[[str], Fraction]
    """What computes an expression without running any code of the deck; raises ValueError when it cannot."""


class Unwanted(Exception):
    """Nobody waits for this proof any more."""


def prove_card(
    reading: Reading, card: Card, bench: Bench, *, may_run: bool, is_wanted: Callable[[], bool]
) -> tuple[Problem, ...]:
    """Return what does not hold of what a card claims, by place.

    Args:
        reading: The file of the card.
        card: The card.
        bench: What runs code and computes checks.
        may_run: Whether the code on the card may run; when not, that is a problem of its own.
        is_wanted: Asked before each run.

    Raises:
        Unwanted: When a run was about to begin and was not wanted.
    """
    proof = _Proof(reading, card, bench, is_wanted)
    proof.check_numbers()
    if not may_run:
        proof.refuse()
    else:
        try:
            proof.run_code()
            proof.run_snippet()
        except OSError as error:
            proof.say(faults.not_started(error.strerror or type(error).__name__), "id")
    return proof.notes.problems()


class _Proof:
    """One card on the bench."""

    def __init__(self, reading: Reading, card: Card, bench: Bench, is_wanted: Callable[[], bool]) -> None:
        self.notes = Findings(reading.source)
        self._path = reading.path
        self._table = reading.tables[card.id]
        self._card = card
        self._bench = bench
        self._is_wanted = is_wanted

    @property
    def _judge(self) -> Judge:
        """What runs code, as long as anybody waits for it."""
        if not self._is_wanted():
            raise Unwanted
        return self._bench.judge

    def say(self, fault: Fault, *keys: str | int) -> None:
        """Note a fault of the field that some keys lead to."""
        self.notes.report(node_at(self._table, *keys), fault)

    def _say_in_code(self, fault: Fault, line: int | None, *keys: str | int) -> None:
        report_in_code(self.notes, node_at(self._table, *keys), line, fault)

    def refuse(self) -> None:
        """Note that the code on the card may not run."""
        key = "reference" if isinstance(self._card.body, Code) else "verify"
        self.say(faults.untrusted_code(str(self._card.id), self._path), key)

    def check_numbers(self) -> None:
        """Compute what the card computes."""
        body = self._card.body
        if isinstance(body, Numeric) and body.check is not None:
            self._check_number(body.check, body.answer, body.answer_text, body.tolerance, "check")
        if isinstance(body, Design):
            for place, figure in enumerate(body.numbers):
                if figure.check is not None and figure.answer is not None:
                    tolerance = figure.tolerance or EXACT
                    keys = ("numbers", place, "check")
                    self._check_number(
                        figure.check, figure.answer, faults.number_words(figure.answer), tolerance, *keys
                    )

    def _check_number(
        self, check: str, answer: Fraction, answer_text: str, tolerance: Tolerance, *keys: str | int
    ) -> None:
        try:
            found = self._bench.evaluate(check)
        except MissingPackage:
            self.say(faults.missing_packages(("numpy",)), *keys)
            return
        except ExpressionError as error:
            report_in_line(
                self.notes, node_at(self._table, *keys), error.offset, faults.no_number(check, error.message)
            )
            return
        if abs(found - answer) > tolerance.reach(answer) + ROUNDING * abs(answer):
            self.say(faults.wrong_number(check, found, answer_text), *keys)

    def run_code(self) -> None:
        """Run reference, starter and mutants of a code card, then what only a right reference can be asked for."""
        body = self._card.body
        if not isinstance(body, Code):
            return
        missing = self._judge.missing_packages(packages_of(body))
        if missing:
            self.say(faults.missing_packages(missing), "requires" if body.requires else "shape")
            return
        reference = self._run_reference(body)
        self._run_starter(body, reference)
        for number, mutant in enumerate(body.mutants):
            self._run_mutant(body, number, mutant, reference)
        if reference.passed:
            self._run_large_input(body)
            self._measure_growth(body)

    def _run_reference(self, body: Code) -> Verdict:
        verdict = self._judge.judge_cases(body, body.reference, body.cases)
        failed = [place for place, result in enumerate(verdict.results) if not result.passed]
        for place in failed:
            say_what = faults.failed_test
            if place == len(verdict.results) - 1:  # which ended the run, unless it just failed like any other
                if verdict.outcome in faults.LIMITS:
                    say_what = faults.stopped_at_test
                elif verdict.results[place].got.startswith(NO_INPUT):
                    say_what = faults.unmade_input
            self.say(say_what(verdict.results[place]), "tests", *_test_keys(body, place))
        if not failed and not verdict.passed:
            own = next((key for words, key in OWN_CODE.items() if verdict.message.startswith(words)), None)
            self._say_in_code(faults.ended_reference(verdict), verdict.line, own or "reference")
        return verdict

    def _run_starter(self, body: Code, reference: Verdict) -> None:
        verdict = self._judge.judge_cases(body, body.starter, body.cases)
        if verdict.passed:
            self.say(faults.passing_starter(), "starter")
        elif body.language is Language.PYTHON and _never_ran(verdict, reference):
            self._say_in_code(faults.broken_starter(verdict), verdict.line, "starter")

    def _run_mutant(self, body: Code, place: int, mutant: str, reference: Verdict) -> None:
        verdict = self._judge.judge_cases(body, mutant, body.cases)
        if verdict.passed:
            self.say(faults.living_mutant(place + 1), "mutants", place)
        elif _never_ran(verdict, reference):
            self._say_in_code(faults.idle_mutant(place + 1, verdict), verdict.line, "mutants", place)

    def _run_large_input(self, body: Code) -> None:
        if body.large_input is None:
            return
        verdict = self._judge.judge_large_input(body, body.reference)
        if not verdict.passed:
            self.say(faults.heavy_input(verdict, body.large_input.seconds), "large_input")

    def _measure_growth(self, body: Code) -> None:
        cost = body.complexity.cost
        if cost is None or body.complexity.input is None:
            return
        growth = self._judge.measure_growth(body, body.reference)
        if len(growth.lines) < STEPS:
            self.say(faults.unmeasured_growth(growth.message or "there are too few counts"), "complexity", "input")
        elif not growth.holds:
            self.say(faults.steep_growth(growth.slope, growth.allowed, cost.value), "complexity", "cost")

    def run_snippet(self) -> None:
        """Run the snippet that proves a claim."""
        snippet = self._card.verify
        if snippet is None:
            return
        body = self._card.body
        requires = tuple(sorted({*imported_packages(snippet), *(body.requires if isinstance(body, Code) else ())}))
        missing = self._judge.missing_packages(requires)
        if missing:
            self.say(faults.missing_packages(missing), "verify")
            return
        verdict = self._judge.judge_snippet(snippet, requires)
        if not verdict.passed:
            self._say_in_code(faults.failed_snippet(verdict), verdict.line, "verify")


def _test_keys(body: Code, place: int) -> tuple[str, int]:
    shown = len(body.visible)
    return ("visible", place) if place < shown else ("hidden", place - shown)


def _never_ran(verdict: Verdict, reference: Verdict) -> bool:
    """Tell whether an answer was not even tried; what also keeps the reference from running is told there."""
    if verdict.outcome is not Outcome.BROKEN or verdict.message == reference.message:
        return False
    return all(SYNTAX_ERROR in result.got for result in verdict.results)
