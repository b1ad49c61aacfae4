"""Numbers of formats, rubrics and the roadmap: shares, ranges of time, months of the calendar."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any

from prepdeck.cards.span import Span
from prepdeck.deckfile.entries import table_of
from prepdeck.deckfile.fault import Fault, plain, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Node, Table
from prepdeck.deckfile.quantities import read_number
from prepdeck.deckfile.scalars import whole_between, written
from prepdeck.deckfile.schema import Reader, Schema

LARGEST_AMOUNT = 10**12
"""Largest yearly pay, in any currency."""

MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
"""A month as it is written."""


def read_share(notes: Findings, name: str, node: Node) -> Fraction | None:
    """Return a share, from 0 to 1."""
    return _number_between(notes, name, node, 0, 1)


def read_mean(notes: Findings, name: str, node: Node) -> Fraction | None:
    """Return a mean of marks, from 0 to 4."""
    return _number_between(notes, name, node, 0, 4)


def _number_between(notes: Findings, name: str, node: Node, low: int, high: int) -> Fraction | None:
    number = read_number(notes, name, node)
    if number is None:
        return None
    value, text = number
    if low <= value <= high:
        return value
    advice = f"write a number from {low} to {high}"
    if high == 1 and 1 < value <= 100:  # noqa: PLR2004 - a percentage
        advice = f"for {float(value):g} % write {float(value / 100):g}"
    message = f"{plain(name)} must lie between {low} and {high}, not at {text}"
    notes.report(node, Fault("E082", message, f"not {low} to {high}", help=advice))
    return None


def read_amount(notes: Findings, name: str, node: Node) -> int | None:
    """Return an amount of money in whole units of its currency."""
    number = read_number(notes, name, node)
    if number is None:
        return None
    value, text = number
    if value.denominator == 1 and 0 < value <= LARGEST_AMOUNT:
        return int(value)
    message = f"{plain(name)} must be a whole amount above 0, not {text}"
    notes.report(node, Fault("E093", message, "not an amount", help="write whole units of the currency: 140_000"))
    return None


def read_month(notes: Findings, name: str, node: Node) -> date | None:
    """Return the first day of a month, written `2026-04`."""
    text = written(notes, name, node, "2026-04")
    if text is None:
        return None
    match = MONTH.fullmatch(text)
    if match is not None and int(match[1]) > 0:
        return date(int(match[1]), int(match[2]), 1)
    message = f"{plain(name)} is not a month: {quoted(text)}"
    notes.report(node, Fault("E032", message, "not a month", help="write year-month: 2026-04"))
    return None


def check_range(notes: Findings, table: Table, values: dict[str, Any]) -> None:
    """Report a range that ends before it begins."""
    low, high = values.get("from"), values.get("to")
    if low is not None and high is not None and high < low:
        message = f"the range ends before it begins: from {low} to {high}"
        notes.report(table.entries["to"], Fault("E088", message, "below from", help="swap the two numbers"))


def _make_span(values: dict[str, Any]) -> Span:
    return Span(values["from"], values.get("to"))


def _span(lowest: int, highest: int) -> Reader:
    whole = whole_between(lowest, highest)
    schema = Schema(
        owner="a range",
        readers={"from": whole, "to": whole},
        required=("from",),
        renamed={"min": "from", "max": "to", "low": "from", "high": "to"},
        examples={"from": "`from: 1`", "to": "`to: 2`"},
    )
    return table_of(schema, _make_span, "{from: 1, to: 2}, or {from: 3} for an open end", check_range)


read_months = _span(1, 120)
"""Reads a range of months."""

read_years = _span(0, 60)
"""Reads a range of years."""
