"""Parts of answers that are spoken: probes, and entries that are a text or a table."""

from __future__ import annotations

from typing import Any

from prepdeck.cards.spoken import Probe
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Listing, Node, Table
from prepdeck.deckfile.schema import Schema, read_fields, report_shape
from prepdeck.deckfile.texts import read_text, refuse_shape

PROBE = Schema(
    owner="a probe",
    readers={"ask": read_text, "good": read_text},
    required=("ask",),
    renamed={"question": "ask", "front": "ask", "q": "ask", "answer": "good", "back": "good", "a": "good"},
    examples={"ask": "`ask: How is the threshold set?`"},
)
"""What an interviewer asks into an answer, and what a good reply says."""


def read_probes(notes: Findings, name: str, node: Node) -> tuple[Probe, ...] | None:
    """Return probes, each a text or `{ask, good}`."""
    if not isinstance(node, Listing):
        report_shape(notes, name, node, "a list", "write one `- question` line for each, or `- {ask: ..., good: ...}`")
        return None
    probes = []
    for item in node.items:
        values = text_or_fields(notes, "a probe", item, PROBE, "ask")
        if "ask" in values:
            probes.append(Probe(**values))
    return tuple(probes)


def text_or_fields(notes: Findings, name: str, node: Node, schema: Schema, main: str) -> dict[str, Any]:
    """Return the fields of an entry; one that is a text is its field `main` alone."""
    if not isinstance(node, Table):
        text = read_text(notes, name, node)
        return {} if text is None else {main: text}
    known = (schema.readers, schema.renamed)
    if len(node.entries) == 1 and not any(key in names for key in node.entries for names in known):
        # `- How: why?` without quotes is a table to YAML and a text to its author.
        refuse_shape(notes, name, node)
        return {}
    return read_fields(notes, node, schema)
