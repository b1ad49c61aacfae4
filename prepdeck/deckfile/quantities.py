"""Numbers with their exact value, and how far off an answer may be."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from prepdeck.cards.tolerance import Tolerance
from prepdeck.deckfile.fault import Fault, plain, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Node, Table
from prepdeck.deckfile.scalars import written
from prepdeck.deckfile.schema import Schema, read_fields, report_shape

MAX_NUMBER_CHARACTERS = 50
"""Longest number."""

MAX_EXPONENT = 300
"""Largest power of ten, up or down; what is read can always be turned into a float."""

NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:_[0-9]+)*(?:\.[0-9]+(?:_[0-9]+)*)?|\.[0-9]+)(?:[eE]([+-]?[0-9]+))?")
"""A plain number: `5`, `-0.154`, `1_000`, `1e-3`."""

GROUPED = re.compile(r"[+-]?[1-9][0-9]{0,2}(?:[, '][0-9]{3})+(?:\.[0-9]+)?")
"""A number with its thousands set apart."""


_EXACT = re.compile(r"write ([^ ]+)")
"""Advice that names the very number that was meant."""


def read_number(notes: Findings, name: str, node: Node) -> tuple[Fraction, str] | None:
    """Return the exact value of a number, and the characters it is written with."""
    text = written(notes, name, node, "0.154")
    if text is None:
        return None
    if len(text) > MAX_NUMBER_CHARACTERS:
        message = f"{plain(name)} has {len(text)} characters; a number has at most {MAX_NUMBER_CHARACTERS}"
        notes.report(node, Fault("E035", message, "too long", help="write it shorter, such as 1.5e20"))
        return None
    match = NUMBER.fullmatch(text)
    if match is None:
        advice = _advice(text)
        exact = _EXACT.fullmatch(advice)
        message = f"{plain(name)} is not a plain number: {quoted(text)}"
        fault = Fault("E035", message, "not a number", help=advice, fix=exact[1] if exact else None)
        notes.report(node, fault)
        return None
    number = Decimal(text)
    if abs(int(match[1] or 0)) > MAX_EXPONENT or (number and abs(number.adjusted()) > MAX_EXPONENT):
        message = f"{plain(name)} is beyond ten to the power of {MAX_EXPONENT}"
        notes.report(node, Fault("E035", message, "too far", help="choose a larger or smaller unit"))
        return None
    return Fraction(number), text


def read_tolerance(notes: Findings, name: str, node: Node) -> Tolerance | None:
    """Return how far off an answer may be: `{abs: ...}` or `{rel: ...}`."""
    if not isinstance(node, Table):
        report_shape(notes, name, node, "a table", "write {abs: 0.01} for a distance or {rel: 0.01} for a share")
        return None
    before = notes.error_count
    values = read_fields(notes, node, _TOLERANCE)
    if notes.error_count > before or notes.is_marred(node):
        return None
    if len(values) != 1:
        fault = Fault(
            "E036",
            "a tolerance has either abs or rel",
            "both" if values else "neither",
            ("abs", "rel"),
            "write {abs: 0.01} for a distance or {rel: 0.01} for a share",
        )
        notes.report(node, fault)
        return None
    return Tolerance(absolute=values.get("abs"), relative=values.get("rel"))


def _read_distance(notes: Findings, name: str, node: Node) -> Fraction | None:
    number = read_number(notes, name, node)
    if number is None:
        return None
    value, text = number
    if value >= 0 and (name == "abs" or value < 1):
        return value
    wanted = "0 or more" if name == "abs" else "at least 0 and below 1"
    fault = Fault("E036", f"{name} must be {wanted}, not {text}", f"not {wanted}", help=_distance_advice(name, value))
    notes.report(node, fault)
    return None


def _distance_advice(name: str, value: Fraction) -> str:
    if value < 0:
        return f"write {float(-value):g}: a tolerance reaches to both sides"
    return f"{name} is a share of the answer: for {float(value):g} % write {float(value / 100):g}"


def _advice(text: str) -> str:
    """Return what to write instead of something that is almost a number."""
    short = text.strip()
    if GROUPED.fullmatch(short):
        return f"write {re.sub('[, ]', '_', short).replace(chr(39), '_')}"
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", short):
        return f"write {short.replace(',', '.')}"
    if re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)? *%", short):
        return f"write {float(Decimal(short.rstrip('% '))) / 100:.6g}"
    if re.fullmatch(r"0[xX][0-9a-fA-F]{1,12}", short):
        return f"write {int(short, 16)}"
    if re.fullmatch(r"[+-]?[0-9]{1,9}/[1-9][0-9]{0,8}", short):
        return f"write {float(Fraction(short)):.6g}, with a tolerance"
    return "write digits, with a point and an exponent if needed: 1_000, 0.154, 1e-3"


_TOLERANCE = Schema(
    owner="a tolerance",
    readers={"abs": _read_distance, "rel": _read_distance},
    renamed={"absolute": "abs", "relative": "rel"},
    hints={"percent": "write {rel: 0.05} for 5 %", "pct": "write {rel: 0.05} for 5 %"},
)
