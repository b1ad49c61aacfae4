"""Rules of numeric cards."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from prepdeck.cards.card import Numeric
from prepdeck.deckfile.fault import Fault
from prepdeck.deckfile.rules.recall import judge_front
from prepdeck.deckfile.rules.subject import Remark, Subject

MOST_STEP_LINES = 5
"""Most lines of working."""


def judge_numeric(subject: Subject, body: Numeric) -> Iterator[Remark]:
    """Yield what is to be said of a numeric card."""
    yield from judge_front(subject, body.front)
    answer = subject.value("answer")
    if subject.strict and body.unit is None:
        help_text = "add `unit:`, such as probability, ms, GB, exponent, or what is counted"
        yield answer, Fault("W222", "nothing says what the number measures or counts", "no unit", help=help_text)
    # A number without working may be a fact to remember; one with working can be recomputed.
    if body.check is None and (subject.strict or body.steps):
        message = "nothing recomputes the number, so a slip in it stays unnoticed"
        help_text = 'add `check: "0.01*0.9 / (0.01*0.9 + 0.99*0.05)"`, the working as an expression'
        yield answer, Fault("W223", message, "no check", help=help_text)
    lines = sum(step.count("\n") + 1 for step in body.steps)
    if lines > MOST_STEP_LINES:
        message = f"the working takes {lines} lines; {MOST_STEP_LINES} are the most"
        yield subject.value("steps"), Fault("W224", message, f"{lines} lines", help="join steps, or split the card")
    tolerance = subject.value("tolerance")
    if not body.tolerance.absolute and not body.tolerance.relative:
        if not _is_short(body.answer):
            message = "only exactly this number counts as right, and not everybody rounds as you did"
            help_text = "allow as much as rounding takes, such as {rel: 0.01}"
            yield tolerance, Fault("W225", message, "no tolerance", help=help_text)
    elif body.tolerance.absolute is not None and 0 < abs(body.answer) <= body.tolerance.absolute:
        fault = Fault(
            "W226", "the tolerance is so wide that 0 counts as right", "wider than the answer", help="narrow it"
        )
        yield tolerance, fault


def _is_short(number: Fraction) -> bool:
    """Tell whether everybody writes a number with the same digits, as 0.3 and 0.125: tenths, and parts by halving."""
    return 10 % number.denominator == 0 or 16 % number.denominator == 0
