"""The scale of verdicts, as rubrics files set it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from prepdeck.cards.rubric import LEVELS, HintCap, LowMarkCap, VerdictScale, VerdictStep
from prepdeck.deckfile.entries import (
    check_known,
    entries_of,
    ids_of,
    is_complete,
    is_filled,
    table_of,
    tables_of,
    title_of,
)
from prepdeck.deckfile.fault import Fault
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Node, Table
from prepdeck.deckfile.scalars import list_of, read_slug, whole_between
from prepdeck.deckfile.schema import Schema
from prepdeck.deckfile.spans import read_mean, read_share
from prepdeck.deckfile.texts import read_text

_MARK = whole_between(1, LEVELS)

_STEP = Schema(
    owner="a verdict",
    readers={"id": read_slug, "title": read_text, "from": read_mean},
    required=("id", "from"),
    renamed={"name": "title", "at_least": "from", "min": "from"},
    examples={"id": "`id: lean-yes`", "from": "`from: 2.75`"},
)


def _make_step(values: dict[str, Any]) -> VerdictStep:
    return VerdictStep(values["id"], values.get("title") or title_of(values["id"]), values["from"])


def _read_marks(notes: Findings, name: str, node: Node) -> tuple[int, ...] | None:
    help_text = "the highest mark after one hint, after two, after three: [3, 2, 1]"
    if not is_filled(notes, name, node, help_text):
        return None
    before = notes.error_count
    marks = list_of(_MARK, "[3, 2, 1]")(notes, name, node)
    if notes.error_count > before or not marks:
        return None
    if list(marks) != sorted(marks, reverse=True):
        fault = Fault("E089", "another hint may not raise a mark again", "does not fall", help=f"write {help_text}")
        notes.report(node, fault)
        return None
    return tuple(marks)


def _make_hints(values: dict[str, Any]) -> HintCap:
    return HintCap(values["criterion"], values["marks"])


def _make_low_mark(values: dict[str, Any]) -> LowMarkCap:
    return LowMarkCap(values["mark"], values["verdict"])


_HINTS = Schema(
    owner="what hints cost",
    readers={"criterion": read_slug, "marks": _read_marks},
    required=("criterion", "marks"),
)
_LOW_MARK = Schema(
    owner="what a low mark costs",
    readers={"mark": _MARK, "verdict": read_slug},
    required=("mark", "verdict"),
)


def _check_scale(notes: Findings, table: Table, values: dict[str, Any]) -> None:
    """Report steps that do not fall, and a cap that leaves a verdict nobody gives."""
    rows = tables_of(table.entries.get("scale"))
    low_mark = table.entries.get("low_mark")
    if rows and isinstance(low_mark, Table):
        known = ids_of(table.entries["scale"])
        check_known(notes, low_mark.entries.get("verdict"), known, "a verdict of the scale", "write one of the scale")
    if not is_complete(values, table, "scale"):
        return
    steps: tuple[VerdictStep, ...] = values["scale"]
    for row, step, above in zip(rows[1:], steps[1:], steps, strict=False):
        if step.at_least >= above.at_least:
            message = f"{step.id} begins at {_shown(step)}, not below the {_shown(above)} of the verdict above it"
            help_text = "write the verdicts from the best to the worst"
            notes.report(row.entries["from"], Fault("E089", message, "does not fall", help=help_text))
    if steps[-1].at_least > 1:
        message = f"a mean below {_shown(steps[-1])} gets no verdict"
        help_text = "let the last verdict begin at 0"
        notes.report(rows[-1].entries["from"], Fault("E089", message, "not 0", help=help_text))


def _make_scale(values: dict[str, Any]) -> VerdictScale:
    return VerdictScale(
        bar=values["bar"],
        steps=values["scale"],
        hints=values.get("hints"),
        low_mark=values.get("low_mark"),
        unanswered_share=values.get("unanswered_share", Fraction(1)),
    )


def _shown(step: VerdictStep) -> str:
    return f"{float(step.at_least):g}"


read_verdicts = table_of(
    Schema(
        owner="the scale of verdicts",
        readers={
            "bar": _MARK,
            "scale": entries_of(_STEP, _make_step),
            "hints": table_of(_HINTS, _make_hints, "{criterion: problem-solving, marks: [3, 2, 1]}"),
            "low_mark": table_of(_LOW_MARK, _make_low_mark, "{mark: 1, verdict: lean-no}"),
            "unanswered_share": read_share,
        },
        required=("bar", "scale"),
        renamed={"pass_bar": "bar", "steps": "scale", "unanswered": "unanswered_share"},
    ),
    _make_scale,
    "its fields below it: bar, scale, hints, low_mark, unanswered_share",
    _check_scale,
)
"""Reads the scale of verdicts."""
