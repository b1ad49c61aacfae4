"""Fields of `choice` cards."""

from __future__ import annotations

from typing import Any

from prepdeck.cards.card import Choice, Option
from prepdeck.deckfile.fault import Fault, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Listing, Node, Scalar, Table
from prepdeck.deckfile.scalars import read_boolean
from prepdeck.deckfile.schema import Kind, Schema, read_fields, report_shape
from prepdeck.deckfile.texts import read_text
from prepdeck.text.counts import counted

FEWEST_OPTIONS = 2
"""Fewest options of a card."""

MOST_OPTIONS = 8
"""Most options of a card."""

_OPTION = Schema(
    owner="an option",
    readers={"text": read_text, "correct": read_boolean, "why": read_text},
    required=("text",),
    renamed={"answer": "text", "option": "text", "right": "correct", "reason": "why"},
    examples={"text": "`text: Accuracy`"},
)

_LIST_HELP = "write `- text: ...` for each, and `correct: true` below the right one"


def read_options(notes: Findings, name: str, node: Node) -> tuple[Option, ...] | None:
    """Return the options of a card: two to eight, right and wrong ones, no two alike."""
    if not isinstance(node, Listing):
        report_shape(notes, name, node, "a list", _LIST_HELP)
        return None
    before = notes.error_count
    options = [option for item in node.items if (option := _read_option(notes, item)) is not None]
    if notes.error_count > before or notes.is_marred(node):
        return None
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS:
        count = counted(len(options), "option")
        help_text = f"offer {FEWEST_OPTIONS} to {MOST_OPTIONS}"
        notes.report(node, Fault("E040", f"a choice card with {count}", help_text, help=f"{help_text} options"))
        return None
    _check_options(notes, node, options)
    return tuple(options)


def _read_option(notes: Findings, item: Node) -> Option | None:
    if not isinstance(item, Table):
        help_text = _LIST_HELP
        if isinstance(item, Scalar) and item.text:
            help_text = f"write `- text: {quoted(item.text)}`, and `correct: true` below the right one"
        report_shape(notes, "an option", item, "a table with text", help_text)
        return None
    values = read_fields(notes, item, _OPTION)
    return Option(**values) if "text" in values else None


def _check_options(notes: Findings, node: Listing, options: list[Option]) -> None:
    """Report what is wrong between options."""
    first_place: dict[str, int] = {}
    for item, option in zip(node.items, options, strict=True):
        line = notes.place_of(item.start)[0]
        text = " ".join(option.text.split())
        if text in first_place:
            message = f"two options read the same; the first is in line {first_place[text]}"
            notes.report(_text_of(item), Fault("E040", message, "offered twice", help="reword or delete one of them"))
        first_place.setdefault(text, line)
    right = sum(option.correct for option in options)
    if right == 0:
        fault = Fault(
            "E040", "no option is correct", "none is correct", help="write `correct: true` below the right one"
        )
        notes.report(node, fault)
    elif right == len(options):
        fault = Fault(
            "E040", "every option is correct", "none is wrong", help="add a wrong option, or use another kind"
        )
        notes.report(node, fault)


def _text_of(item: Node) -> Node:
    return item.entries["text"] if isinstance(item, Table) else item


def _build(values: dict[str, Any]) -> Choice:
    return Choice(**values)


KIND = Kind(
    name="choice",
    readers={"front": read_text, "options": read_options},
    required=("front", "options"),
    build=_build,
    hints={
        "answer": "mark the right option itself: `- text: ...` with `correct: true` below it",
        "back": "a choice card has no back; what is right or wrong about an option is its `why`",
    },
)
"""Pick one or several."""
