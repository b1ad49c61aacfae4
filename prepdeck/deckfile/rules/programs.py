"""Rules of code cards that need no running."""

from __future__ import annotations

from collections.abc import Iterator

from prepdeck.cards.code import Code, Language
from prepdeck.deckfile.fault import Fault
from prepdeck.deckfile.nodes import Node
from prepdeck.deckfile.rules.subject import Remark, Subject, entry_of, field_of
from prepdeck.text.counts import counted

MOST_REFERENCE_LINES = 45
"""Most lines of a reference, blank ones not counted."""
MOST_HINTS = 3
"""Most steps of the hint ladder."""
FEWEST_TESTS = 6
"""Fewest tests, visible and hidden ones together."""
FEWEST_HIDDEN_TESTS = 3
"""Fewest hidden tests."""
FEWEST_MUTANTS = 2
"""Fewest wrong answers that the tests are tried on."""


def judge_code(subject: Subject, body: Code) -> Iterator[Remark]:
    """Yield what is to be said of a code card."""
    reference = subject.value("reference")
    lines = len(_lines_of(body.reference))
    if lines > MOST_REFERENCE_LINES:
        message = f"the reference has {lines} lines; {MOST_REFERENCE_LINES} are what fits into an interview"
        yield reference, Fault("W228", message, f"{lines} lines", help="narrow the task, or move set-up to `fixture`")
    if len(subject.card.hints) > MOST_HINTS:
        message = f"{len(subject.card.hints)} hints; after {MOST_HINTS} there is nothing left to find"
        yield subject.value("hints"), Fault("W229", message, "too many hints", help="keep idea, structure, pitfall")
    yield from _judge_tests(subject, body)
    yield from _judge_mutants(subject, body)
    if _lines_of(body.starter) == _lines_of(body.reference):
        help_text = "leave the signature, and `...` for what is to be written"
        fault = Fault("W233", "the starter is the reference: nothing is left to write", "the answer", help=help_text)
        yield subject.value("starter"), fault
    if subject.strict:
        asked = {"minutes": body.minutes, "complexity": _growth(body)}
        if body.language is Language.SQL:  # the engine chooses how a query is computed
            del asked["complexity"]
        for name in [name for name, value in asked.items() if value is None]:
            example = "minutes: 20" if name == "minutes" else 'complexity: {time: "O(n)", space: "O(1)"}'
            message = f"the card does not say its {name}"
            yield subject.head, Fault("W232", message, f"{name} is missing", help=f"add `{example}`")


def _judge_tests(subject: Subject, body: Code) -> Iterator[Remark]:
    tests = subject.value("tests")
    total, hidden = len(body.cases), len(body.hidden)
    if total < FEWEST_TESTS or hidden < FEWEST_HIDDEN_TESTS:
        message = f"{counted(total, 'test')}, {hidden} of them hidden; wrong answers slip through so few"
        help_text = f"write {FEWEST_TESTS} or more, {FEWEST_HIDDEN_TESTS} of them hidden: the empty input, one, a tie"
        yield tests, Fault("W230", message, "too few tests", help=help_text)
    met: set[str] = set()
    for name, cases in (("visible", body.visible), ("hidden", body.hidden)):
        listing = field_of(tests, name)
        for index, case in enumerate(cases):
            if case.given in met:
                message = "an earlier test has the same input"
                fault = Fault("W235", message, "tested twice", help="change the input, or delete the test")
                yield entry_of(listing, index), fault
            met.add(case.given)


def _judge_mutants(subject: Subject, body: Code) -> Iterator[Remark]:
    listing = subject.value("mutants")
    count = len(body.mutants)
    if count < FEWEST_MUTANTS:
        message = f"{counted(count, 'mutant')}; with fewer than {FEWEST_MUTANTS} nobody knows what the tests catch"
        help_text = "add wrong answers that people give: off by one, the tie forgotten"
        yield listing, Fault("W231", message, "too few mutants", help=help_text)
    met: dict[tuple[str, ...], str] = {_lines_of(body.reference): "the reference"}
    for index, mutant in enumerate(body.mutants):
        lines = _lines_of(mutant)
        if lines in met:
            node: Node = entry_of(listing, index)
            message = f"the mutant is the same as {met[lines]}"
            yield node, Fault("W234", message, "not another wrong answer", help="make one change that breaks it")
        met.setdefault(lines, f"mutant {index + 1}")


def _growth(body: Code) -> str | None:
    return body.complexity.time or body.complexity.space


def _lines_of(code: str) -> tuple[str, ...]:
    """Return the lines that hold something, without blanks at their ends."""
    return tuple(line.rstrip() for line in code.splitlines() if line.strip())
