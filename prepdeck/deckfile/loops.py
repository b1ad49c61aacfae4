"""Loops: interviews in a row, each in a format of its own, with rests between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from prepdeck.cards.blueprint import Blueprint, Leg, Rest, Sitting
from prepdeck.deckfile.entries import is_filled, items_of, tables_of, texts_in, title_of
from prepdeck.deckfile.fault import Fault, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Node, Table
from prepdeck.deckfile.scalars import read_slug, whole_between
from prepdeck.deckfile.schema import Schema, read_fields, report_shape
from prepdeck.deckfile.texts import read_text
from prepdeck.text.counts import counted

MOST_MINUTES = 1440
"""Longest format, in minutes: a day."""

_HELP = "one `- format: its-id` or `- rest: 10` line for each round"

_ROUND = Schema(
    owner="a round",
    readers={"format": read_slug, "rest": whole_between(1, 240)},
    renamed={"id": "format", "mock": "format", "break": "rest", "pause": "rest", "lunch": "rest"},
    hints={"minutes": "a format has its own minutes; for a break write `rest: 10`"},
)


def read_rounds(notes: Findings, name: str, node: Node) -> tuple[Leg, ...] | None:
    """Return the rounds of a loop, at least one of them an interview."""
    if not is_filled(notes, name, node, _HELP):
        return None
    before = notes.error_count
    legs = [leg for item in items_of(node) if (leg := _read_round(notes, item)) is not None]
    if notes.error_count > before or notes.is_marred(node):
        return None
    if not any(isinstance(leg, Sitting) for leg in legs):
        fault = Fault("E086", "a loop without an interview", "rests alone", help="add a `- format: its-id` line")
        notes.report(node, fault)
        return None
    return tuple(legs)


def _read_round(notes: Findings, item: Node) -> Leg | None:
    if not isinstance(item, Table):
        report_shape(notes, "a round", item, "a table", f"write {_HELP}")
        return None
    before = notes.error_count
    values = read_fields(notes, item, _ROUND)
    if notes.error_count > before or notes.is_marred(item):
        return None
    match values:
        case {"format": slug, **rest} if not rest:
            return Sitting(slug)
        case {"rest": minutes, **rest} if not rest:
            return Rest(minutes)
    found = "both" if values else "neither"
    fault = Fault("E086", "a round is either a format or a rest", found, ("format", "rest"), f"write {_HELP}")
    notes.report(item, fault)
    return None


def make_loop(values: dict[str, Any]) -> Blueprint:
    """Return a loop; its minutes are checked once its formats are known."""
    title = values.get("title") or title_of(values["id"])
    return Blueprint(id=values["id"], title=title, minutes=values["minutes"], rounds=values["rounds"])


LOOP = Schema(
    owner="a loop",
    readers={
        "id": read_slug,
        "title": read_text,
        "minutes": whole_between(1, MOST_MINUTES),
        "rounds": read_rounds,
    },
    required=("id", "minutes", "rounds"),
    renamed={"name": "title", "min": "minutes"},
    examples={"id": "`id: loop-evening`", "minutes": "`minutes: 130`"},
    hints={
        "rubric": "a loop sums up its rounds, which are judged by their own rubrics: delete the line",
        "phases": "each round has the phases of its format: delete them, or write a format without rounds",
        "draw": "each round draws what its format draws: delete it, or write a format without rounds",
    },
)
"""The fields of a loop."""


def check_loop(notes: Findings, table: Table, loop: Blueprint, formats: Mapping[str, Blueprint]) -> None:
    """Report a loop whose rounds are loops themselves or do not add up; all its formats are among `formats`."""
    for round_ in tables_of(table.entries["rounds"]):
        for scalar in texts_in(round_.entries.get("format")):
            if formats[scalar.text].is_loop:
                message = f"{quoted(scalar.text)} is a loop itself"
                help_text = "write the formats it is made of"
                notes.report(scalar, Fault("E087", message, "a loop", help=help_text))
    total = loop.rounds_minutes(formats)
    if total is not None and total != loop.minutes:
        rests = sum(leg.minutes for leg in loop.rounds if isinstance(leg, Rest))
        message = (
            f"the loop lasts {counted(loop.minutes, 'minute')}, but its interviews take {total - rests} "
            f"and its rests {rests}, together {total}"
        )
        help_text = f"write `minutes: {total}`, or change the rests"
        notes.report(table.entries["minutes"], Fault("E080", message, f"not {total}", help=help_text))
