"""Fields of `basic` cards."""

from __future__ import annotations

from typing import Any

from prepdeck.cards.card import Basic, Followup
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Listing, Node, Table
from prepdeck.deckfile.schema import Kind, Schema, read_fields, report_shape
from prepdeck.deckfile.texts import read_text, read_texts

_FOLLOWUP = Schema(
    owner="a follow-up",
    readers={"front": read_text, "back": read_text},
    required=("front", "back"),
    renamed={"question": "front", "prompt": "front", "q": "front", "answer": "back", "a": "back"},
)

_FOLLOWUP_HELP = "write `- {front: ..., back: ...}` for each"


def read_followups(notes: Findings, name: str, node: Node) -> tuple[Followup, ...] | None:
    """Return the questions an interviewer asks next."""
    if not isinstance(node, Listing):
        report_shape(notes, name, node, "a list", _FOLLOWUP_HELP)
        return None
    followups = []
    for item in node.items:
        if not isinstance(item, Table):
            report_shape(notes, "a follow-up", item, "a table with front and back", _FOLLOWUP_HELP)
            continue
        values = read_fields(notes, item, _FOLLOWUP)
        if len(values) == len(_FOLLOWUP.required):
            followups.append(Followup(**values))
    return tuple(followups)


def _build(values: dict[str, Any]) -> Basic:
    return Basic(**values)


KIND = Kind(
    name="basic",
    readers={
        "front": read_text,
        "back": read_text,
        "variants": read_texts,
        "points": read_texts,
        "followups": read_followups,
    },
    required=("front", "back"),
    build=_build,
    hints={"answer": "write `back:` for an answer in words; a number to be typed takes `kind: numeric`"},
)
"""Recall, then reveal."""
