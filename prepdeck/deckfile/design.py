"""Fields of `design` cards."""

from __future__ import annotations

from typing import Any

from prepdeck.cards.ids import is_slug
from prepdeck.cards.spoken import Design, Figure, OutlinePhase
from prepdeck.deckfile.fault import Fault, plain
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Listing, Node, Table
from prepdeck.deckfile.probes import read_probes, text_or_fields
from prepdeck.deckfile.quantities import read_number, read_tolerance
from prepdeck.deckfile.scalars import list_of, read_slug, refuse_empty_list, refuse_slug
from prepdeck.deckfile.schema import Kind, Schema, report_shape
from prepdeck.deckfile.texts import read_text, read_texts

_OUTLINE_HELP = "write one line `phase: [first point, second point]` for each phase, indented by two spaces"


def read_outline(notes: Findings, name: str, node: Node) -> tuple[OutlinePhase, ...] | None:
    """Return what a good answer covers, phase by phase in the order of the file."""
    if not isinstance(node, Table):
        report_shape(notes, name, node, "a table of phases", _OUTLINE_HELP)
        return None
    if not node.entries and not notes.is_marred(node):
        notes.report(node, Fault("E057", "outline holds no phase", "at least one is needed", help=_OUTLINE_HELP))
    phases = []
    for slug, value in node.entries.items():
        if not is_slug(slug):
            refuse_slug(notes, "a phase", node.key(slug), slug)
        phases.append(OutlinePhase(slug, _read_points(notes, plain(slug), value)))
    return tuple(phases)


def _read_points(notes: Findings, phase: str, node: Node) -> tuple[str, ...]:
    """Return what must be said in one phase."""
    name, example = f"the phase {phase}", f"`{phase}: [first point, second point]`"
    if not isinstance(node, Listing):
        report_shape(notes, name, node, "a list of points", f"write {example}")
        return ()
    if not node.items:
        refuse_empty_list(notes, name, node, example)
    points = [read_text(notes, f"a point of {phase}", item) for item in node.items]
    return tuple(point for point in points if point is not None)


def read_figures(notes: Findings, name: str, node: Node) -> tuple[Figure, ...] | None:
    """Return the numbers that drive a design, each a text or a table whose number can be recomputed."""
    if not isinstance(node, Listing):
        help_text = "write one `- 5 000 payments per second` line for each, or `- {text: ..., check: ..., answer: ...}`"
        report_shape(notes, name, node, "a list", help_text)
        return None
    figures = []
    for item in node.items:
        values = text_or_fields(notes, "a number", item, FIGURE, "text")
        _check_pair(notes, item, values)
        if "text" in values:
            answer = values.pop("answer", None)
            figures.append(Figure(answer=None if answer is None else answer[0], **values))
    return tuple(figures)


def _check_pair(notes: Findings, item: Node, values: dict[str, Any]) -> None:
    """Report a number that has only one half of what recomputes it."""
    if not isinstance(item, Table) or {"check", "answer"} <= item.entries.keys():
        return
    for name, missing in (("check", "answer"), ("answer", "check"), ("tolerance", "check and answer")):
        if name in values:
            message = f"a number with {name} also needs {missing}"
            help_text = "check is an expression such as 86_400 * 5_000, answer what it gives; or delete both"
            notes.report(item.key(name), Fault("E062", message, f"no {missing}", help=help_text))
            return


FIGURE = Schema(
    owner="a number",
    readers={"text": read_text, "check": read_text, "answer": read_number, "tolerance": read_tolerance},
    required=("text",),
    renamed={"front": "text", "number": "text", "label": "text", "value": "answer", "expression": "check"},
    examples={"text": "`text: 5 000 payments per second at peak`"},
)
"""A number with its meaning, and what recomputes it."""


def _build(values: dict[str, Any]) -> Design:
    return Design(**values)


KIND = Kind(
    name="design",
    readers={
        "front": read_text,
        "family": read_slug,
        "formats": list_of(read_slug, "[ml-design-45]"),
        "clarifications": read_texts,
        "numbers": read_figures,
        "outline": read_outline,
        "probes": read_probes,
        "pitfalls": read_texts,
        "twist": read_text,
        "rubric": read_slug,
    },
    required=("front", "outline", "rubric"),
    build=_build,
    renamed={
        "format": "formats",
        "clarify": "clarifications",
        "clarification": "clarifications",
        "questions": "clarifications",
        "requirements": "clarifications",
        "estimates": "numbers",
        "figures": "numbers",
        "phases": "outline",
        "steps": "outline",
        "follow_ups": "probes",
        "followups": "probes",
        "probe": "probes",
        "mistakes": "pitfalls",
        "pitfall": "pitfalls",
        "twists": "twist",
        "rubrics": "rubric",
    },
    hints={"back": "a design card has no back; its answer is the outline", "minutes": "the format sets the time"},
    examples={"front": "`front: Design card payment fraud detection.`"},
)
"""Design a system: an outline by phases, revealed and ticked."""
