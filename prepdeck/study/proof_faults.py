"""What is said about a proof that does not hold."""

from __future__ import annotations

from fractions import Fraction
from shlex import quote
from typing import Final

from prepdeck.cards.verdict import CaseResult, Outcome, Verdict
from prepdeck.deckfile.fault import Fault, quoted
from prepdeck.judge.packages import EXTRAS
from prepdeck.text.cleaning import clean_line

MAX_SHOWN: Final = 160
"""Characters of an input or an output that a message repeats."""

LIMITS: Final = frozenset({Outcome.TIMEOUT, Outcome.MEMORY, Outcome.FLOOD, Outcome.KILLED})
"""Outcomes that a limit brings about."""

_ENDS: Final = {
    Outcome.TIMEOUT: "took longer than it may",
    Outcome.MEMORY: "needed more memory than it may",
    Outcome.FLOOD: "printed or wrote more than it may",
    Outcome.KILLED: "ended without a verdict",
    Outcome.BROKEN: "does not run",
    Outcome.FAILED: "gives a wrong result",
    Outcome.MISSING: "lacks a package",
    Outcome.PASSED: "passes",
}
"""Each outcome as the end of a sentence."""


def wrong_number(text: str, found: Fraction, expected: str) -> Fault:
    """Return the fault of a check that gives another number than the card."""
    value = number_words(found)
    message = f"{quoted(text)} gives {value}, and the card says {shown(expected)}"
    return Fault("E301", message, f"gives {value}", help="correct the answer or the check, or widen the tolerance")


def no_number(text: str, reason: str) -> Fault:
    """Return the fault of a check that cannot be computed."""
    help_text = "write one expression of numbers, operators, math and np"
    return Fault("E302", f"{quoted(text)} cannot be computed: {shown(reason)}", "not computed", help=help_text)


def failed_test(result: CaseResult) -> Fault:
    """Return the fault of a test that the reference fails."""
    place = f" (line {result.line} of the reference)" if result.line is not None else ""
    given, expected, got = shown(result.given), shown(result.expected), shown(result.got)
    return Fault(
        "E303",
        f"the reference fails this test: input {given}, expected {expected}, got {got}{place}",
        "the reference fails here",
        help="correct the test or the reference",
    )


def stopped_at_test(result: CaseResult) -> Fault:
    """Return the fault of a test at which a limit ended the reference."""
    message = f"a limit ended the reference at this test: input {shown(result.given)}: {shown(result.got)}"
    return Fault("E305", message, "ended by a limit", help="make the reference or this test cheaper")


def unmade_input(result: CaseResult) -> Fault:
    """Return the fault of a test whose expression gives no arguments."""
    message = f"this test has no input, because {shown(result.got)}"
    help_text = (
        "an expression may use what the fixture defines, math, random, itertools, string and collections; a script of "
        "SQL the tables of the fixture"
    )
    return Fault("E303", message, "no input", help=help_text)


def ended_reference(verdict: Verdict) -> Fault:
    """Return the fault of a reference that did not come to the end of its tests."""
    words = f"the reference {_ENDS[verdict.outcome]}{_detail(verdict)}"
    if verdict.outcome is Outcome.BROKEN:
        return Fault("E304", words, "does not run", help="correct the reference; prepdeck runs it as it stands here")
    return Fault("E305", words, "ended by a limit", help="make the reference or its tests cheaper")


def passing_starter() -> Fault:
    """Return the fault of a starter that is a right answer."""
    help_text = "take the solution out of the starter, or add a test that it fails"
    return Fault("E306", "the starter passes every test", "must fail", help=help_text)


def broken_starter(verdict: Verdict) -> Fault:
    """Return the warning of a starter that cannot even be run."""
    help_text = "begin with the signature and `...` as its body"
    return Fault("W303", f"the starter does not run{_detail(verdict)}", "does not run", help=help_text)


def living_mutant(number: int) -> Fault:
    """Return the fault of a mutant that every test lets through."""
    help_text = "add a test that this wrong answer fails, or drop the mutant if it is right after all"
    return Fault("E307", f"mutant {number} passes every test: no test catches it", "no test catches it", help=help_text)


def idle_mutant(number: int, verdict: Verdict) -> Fault:
    """Return the warning of a mutant that any test would catch."""
    message = f"mutant {number} proves nothing, since it does not run{_detail(verdict)}"
    return Fault("W302", message, "does not run", help="write a wrong answer that compiles and has the entry")


def heavy_input(verdict: Verdict, seconds: float) -> Fault:
    """Return the fault of a reference that does not survive the large input."""
    if verdict.outcome is Outcome.TIMEOUT:
        message = f"the reference takes longer on the large input than its limit of {seconds:g} s"
    else:
        message = f"the reference {_ENDS[verdict.outcome]} on the large input{_detail(verdict)}"
    help_text = "make the input smaller, give it more seconds, or use a quicker reference"
    return Fault("E308", message, "not survived", help=help_text)


def steep_growth(slope: float, allowed: float, cost: str) -> Fault:
    """Return the fault of a reference that grows faster than its declared cost."""
    message = f"executed lines grow like n^{slope:.2f}; the cost {cost} allows up to n^{allowed:.2f}"
    return Fault(
        "E309", message, f"grows like n^{slope:.2f}", help="declare the cost it has, or use a quicker reference"
    )


def unmeasured_growth(reason: str) -> Fault:
    """Return the fault of a growth that could not be measured."""
    help_text = "give an expression in n that builds the arguments, such as `(list(range(n)),)`"
    return Fault("E310", f"growth cannot be measured: {shown(reason)}", "not measured", help=help_text)


def failed_snippet(verdict: Verdict) -> Fault:
    """Return the fault of a snippet that does not prove what it should."""
    words = "fails" if verdict.outcome in {Outcome.FAILED, Outcome.BROKEN} else _ENDS[verdict.outcome]
    return Fault(
        "E311", f"the verify snippet {words}{_detail(verdict)}", "fails", help="correct the card or the snippet"
    )


def untrusted_code(card: str, path: str) -> Fault:
    """Return the fault of code that nobody agreed to run."""
    message = f"the code of {card} was not run, because nobody agreed to run it"
    return Fault("E312", message, "not run", help=f"prepdeck trust {quote(path)} shows it and lets it run")


def not_started(reason: str) -> Fault:
    """Return the fault of a process that the machine refused."""
    help_text = "close other programs, then run it again"
    return Fault("E313", f"the code could not be run here: {shown(reason)}", "not run", help=help_text)


def missing_packages(packages: tuple[str, ...]) -> Fault:
    """Return the warning of a card whose packages are not installed."""
    called, sources = zip(*(EXTRAS.get(name, (name, name)) for name in packages), strict=True)
    names, verb = " and ".join(map(shown, called)), "is" if len(packages) == 1 else "are"
    command = f"python -m pip install {' '.join(map(shown, dict.fromkeys(sources)))}"
    return Fault("W301", f"not run: {names} {verb} not installed", "not installed", help=command)


def number_words(number: Fraction) -> str:
    """Return a number as people read it, whatever its size."""
    try:
        return f"{float(number):.12g}"
    except OverflowError:
        return "more than 1e308" if number > 0 else "less than -1e308"


def shown(text: str) -> str:
    """Return foreign text on one line, short, and without anything a terminal obeys."""
    line = clean_line(text[: 4 * MAX_SHOWN]).strip()
    return line if len(line) <= MAX_SHOWN else f"{line[: MAX_SHOWN - 3]}..."


def _detail(verdict: Verdict) -> str:
    """Return what the judge said, as the end of a sentence."""
    message = shown(verdict.message).rstrip(".")
    return f": {message}" if message else ""
