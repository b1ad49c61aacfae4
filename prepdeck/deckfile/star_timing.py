"""The five-part clock of stories, as formats files set it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from prepdeck.cards.blueprint import StarPart, StarTiming, StarWarnings
from prepdeck.deckfile.entries import is_filled, table_of
from prepdeck.deckfile.fault import Fault
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Node, Table
from prepdeck.deckfile.scalars import list_of, whole_between
from prepdeck.deckfile.schema import Schema
from prepdeck.deckfile.spans import read_share

PARTS = ("situation", "task", "action", "result", "reflection")
"""The parts of a story, in the order they are told."""

_SECONDS = whole_between(1, 3600)

_PARTS = Schema(owner="the table of parts", readers=dict.fromkeys(PARTS, read_share), required=PARTS)

_WARNINGS = Schema(
    owner="the table of warnings",
    readers={
        "setup_share_over": read_share,
        "action_share_under": read_share,
        "total_over_seconds": _SECONDS,
        "result_under_seconds": _SECONDS,
    },
    required=("setup_share_over", "action_share_under", "total_over_seconds", "result_under_seconds"),
    renamed={"result_seconds_under": "result_under_seconds", "total_seconds_over": "total_over_seconds"},
    examples={
        "setup_share_over": "`setup_share_over: 0.40`",
        "action_share_under": "`action_share_under: 0.40`",
        "total_over_seconds": "`total_over_seconds: 210`",
        "result_under_seconds": "`result_under_seconds: 8`",
    },
)


def _check_parts(notes: Findings, table: Table, values: dict[str, Any]) -> None:
    total = sum(values.values(), Fraction(0))
    if len(values) == len(PARTS) and total != 1:
        message = f"the shares of the parts add up to {float(total):g}, not to 1"
        notes.report(table, Fault("E084", message, f"together {float(total):g}", help="change one of the shares"))


def _make_parts(values: dict[str, Any]) -> tuple[StarPart, ...]:
    return tuple(StarPart(part, values[part]) for part in PARTS)


def _make_warnings(values: dict[str, Any]) -> StarWarnings:
    return StarWarnings(**values)


def _read_lengths(notes: Findings, name: str, node: Node) -> tuple[int, ...] | None:
    if not is_filled(notes, name, node, "lengths in seconds: [120, 150, 180]"):
        return None
    before = notes.error_count
    lengths = list_of(_SECONDS, "[120, 150, 180]")(notes, name, node)
    if notes.error_count > before or not lengths:
        return None
    return tuple(sorted({int(length) for length in lengths}))


def _check(notes: Findings, table: Table, values: dict[str, Any]) -> None:
    default, lengths = values.get("default_seconds"), values.get("lengths")
    if default is None or lengths is None or default in lengths:
        return
    message = f"the default of {default} seconds is not among the lengths"
    known = tuple(str(length) for length in lengths)
    fault = Fault("E091", message, "not among the lengths", known, "write one of the lengths, or add it to them")
    notes.report(table.entries["default_seconds"], fault)


def _make(values: dict[str, Any]) -> StarTiming:
    return StarTiming(**values)


read_star_timing = table_of(
    Schema(
        owner="the clock of stories",
        readers={
            "default_seconds": _SECONDS,
            "lengths": _read_lengths,
            "parts": table_of(_PARTS, _make_parts, "one `part: share` line for each of the five parts", _check_parts),
            "warnings": table_of(_WARNINGS, _make_warnings, "one line for each limit"),
        },
        required=("default_seconds", "lengths", "parts", "warnings"),
        renamed={"seconds": "default_seconds", "warn_when": "warnings"},
    ),
    _make,
    "its fields below it: default_seconds, lengths, parts, warnings",
    _check,
)
"""Reads the clock of stories."""
