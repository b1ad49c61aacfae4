"""Files of rubrics: how open answers are judged."""

from __future__ import annotations

from typing import Any

from prepdeck.cards.rubric import LEVELS, Criterion, Evidence, Rubric, Rubrics
from prepdeck.deckfile.entries import entries_of, is_filled, title_of
from prepdeck.deckfile.fault import Fault
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Listing, Node, Table
from prepdeck.deckfile.scalars import list_of, one_of_enum, read_slug, whole_between
from prepdeck.deckfile.schema import Schema, read_fields
from prepdeck.deckfile.texts import read_text, read_texts
from prepdeck.deckfile.verdicts import read_verdicts
from prepdeck.text.counts import counted

_ANCHORS_HELP = f"{LEVELS} texts: what marks 1, 2, 3 and {LEVELS} look like"


def _read_anchors(notes: Findings, name: str, node: Node) -> tuple[str, ...] | None:
    if not is_filled(notes, name, node, _ANCHORS_HELP):
        return None
    anchors = read_texts(notes, name, node)
    if anchors is None or not isinstance(node, Listing):
        return None
    if len(node.items) != LEVELS:
        message = f"{counted(len(node.items), 'anchor')} instead of {LEVELS}"
        notes.report(node, Fault("E083", message, f"not {LEVELS}", help=f"write {_ANCHORS_HELP}"))
        return None
    return anchors


_CRITERION = Schema(
    owner="a criterion",
    readers={
        "id": read_slug,
        "title": read_text,
        "weight": whole_between(1, 3),
        "auto": read_text,
        "topics": list_of(read_slug, "[first, second]"),
        "evidence": one_of_enum(Evidence),
        "anchors": _read_anchors,
    },
    required=("id", "weight", "anchors"),
    renamed={"name": "title", "levels": "anchors", "topic": "topics", "marks": "anchors", "proof": "evidence"},
    examples={
        "id": "`id: communication`",
        "weight": "`weight: 2`",
        "anchors": f"`anchors:` and {_ANCHORS_HELP} below it",
    },
)


def _make_criterion(values: dict[str, Any]) -> Criterion:
    values.setdefault("title", title_of(values["id"]))
    return Criterion(**values)


_RUBRIC = Schema(
    owner="a rubric",
    readers={
        "id": read_slug,
        "title": read_text,
        "criteria": entries_of(_CRITERION, _make_criterion),
    },
    required=("id", "criteria"),
    renamed={"name": "title", "criterion": "criteria", "dimensions": "criteria"},
    examples={"id": "`id: coding`", "criteria": "`criteria:` and one `- id: ...` entry for each criterion below it"},
)


def _make_rubric(values: dict[str, Any]) -> Rubric:
    values.setdefault("title", title_of(values["id"]))
    return Rubric(**values)


_FILE = Schema(
    owner="a file of rubrics",
    readers={"rubrics": entries_of(_RUBRIC, _make_rubric), "verdicts": read_verdicts},
    required=("rubrics",),
    renamed={"verdict": "verdicts"},
    hints={
        "formats": "put formats into a file of their own",
        "roadmap": "put the roadmap into a file of its own",
        "cards": "put cards into a deck, a file that begins with `deck: its-name`",
    },
)


def read_rubrics(notes: Findings, root: Table) -> Rubrics:
    """Return the good rubrics of a file."""
    values = read_fields(notes, root, _FILE)
    return Rubrics(values.get("rubrics", ()), values.get("verdicts"))
