"""The table of published pay on a roadmap."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from prepdeck.cards.pay import PayPlace, PayRange, PayRow, PayTable
from prepdeck.deckfile.entries import check_known, entries_of, ids_of, table_of, tables_of, title_of
from prepdeck.deckfile.fault import Fault, plain, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Node, Table
from prepdeck.deckfile.scalars import read_boolean, read_slug, written
from prepdeck.deckfile.schema import Schema, report_shape
from prepdeck.deckfile.spans import check_range, read_amount, read_month, read_years
from prepdeck.deckfile.texts import read_text

CURRENCY = re.compile(r"[A-Z]{3}")
"""A currency as it is written."""

_RANGE_HELP = "{from: 140_000, to: 180_000} for each place, or {from: 140_000} for a single figure"


def _read_currency(notes: Findings, name: str, node: Node) -> str | None:
    text = written(notes, name, node, "INR")
    if text is None or CURRENCY.fullmatch(text):
        return text
    message = f"{plain(name)} is not the code of a currency: {quoted(text)}"
    notes.report(node, Fault("E093", message, "not a currency", help="write its three capital letters: INR"))
    return None


def _make_place(values: dict[str, Any]) -> PayPlace:
    return PayPlace(values["id"], values.get("title") or title_of(values["id"]), values["currency"])


_PLACE = Schema(
    owner="a place",
    readers={"id": read_slug, "title": read_text, "currency": _read_currency},
    required=("id", "currency"),
    renamed={"name": "title"},
)

_RANGE = Schema(
    owner="pay in one place",
    readers={"from": read_amount, "to": read_amount, "and_more": read_boolean},
    required=("from",),
    renamed={"low": "from", "high": "to", "min": "from", "max": "to", "open_top": "and_more"},
)


def _make_range(values: dict[str, Any]) -> PayRange:
    return PayRange("", values["from"], values.get("to"), values.get("and_more", False))


_read_range = table_of(_RANGE, _make_range, "{from: 140_000, to: 180_000}", check_range)


def _read_ranges(notes: Findings, name: str, node: Node) -> tuple[PayRange, ...] | None:
    """Return what is paid in each place; the places themselves are checked with the whole table."""
    if not isinstance(node, Table):
        report_shape(notes, name, node, "a table", f"write {_RANGE_HELP}")
        return None
    before = notes.error_count
    ranges = []
    for place, item in node.entries.items():
        found = _read_range(notes, f"pay in {plain(place)}", item)
        if found is not None:
            ranges.append(replace(found, place=place))
    return tuple(ranges) if notes.error_count == before else None


def _make_row(values: dict[str, Any]) -> PayRow:
    return PayRow(values["id"], values.get("title") or title_of(values["id"]), values["pay"], values.get("years"))


_ROW = Schema(
    owner="a row of the pay table",
    readers={"id": read_slug, "title": read_text, "years": read_years, "pay": _read_ranges},
    required=("id", "pay"),
    renamed={"name": "title", "ranges": "pay"},
)


def _check_table(notes: Findings, table: Table, _values: dict[str, Any]) -> None:
    """Report rows that name other places than the table's, or not all of them."""
    known = ids_of(table.entries.get("places"))
    for row in tables_of(table.entries.get("rows")):
        ranges = row.entries.get("pay")
        if not isinstance(ranges, Table) or notes.is_full:
            continue
        unknown = [place for place in ranges.entries if place not in known]
        for place in unknown:
            check_known(notes, ranges.key(place), known, "a place of the table", "add it to places")
        for place in known:
            if place not in ranges.entries and not unknown:
                message = f"the row says nothing about {quoted(place)}"
                help_text = f"add `{plain(place)}: {{from: 140_000, to: 180_000}}`"
                notes.report(row.key("pay"), Fault("E093", message, f"{plain(place)} is missing", help=help_text))


def _make_table(values: dict[str, Any]) -> PayTable:
    return PayTable(**values)


read_pay = table_of(
    Schema(
        owner="the pay table",
        readers={
            "as_of": read_month,
            "places": entries_of(_PLACE, _make_place),
            "rows": entries_of(_ROW, _make_row),
            "caution": read_text,
        },
        required=("as_of", "places", "rows"),
    ),
    _make_table,
    "its fields below it: as_of, places, rows",
    _check_table,
)
"""Reads the pay table."""
