"""Where in a deck file a proof failed."""

from __future__ import annotations

from prepdeck.deckfile.fault import Fault
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Listing, Node, Scalar, Table


def node_at(table: Table, *keys: str | int) -> Node:
    """Return the value that some keys lead to, or the last one on the way there; of a missing field the card's id."""
    node: Node = table.entries.get("id", table)
    place: Node = table
    for key in keys:
        if isinstance(key, str) and isinstance(place, Table) and key in place.entries:
            place = place.entries[key]
        elif isinstance(key, int) and isinstance(place, Listing) and key < len(place.items):
            place = place.items[key]
        else:
            return node
        node = place
    return node


def report_in_line(notes: Findings, node: Node, offset: int, fault: Fault) -> None:
    """Note a fault of a text from one character on, or of all of it where it is not written as it reads."""
    start = node.start + (isinstance(node, Scalar) and node.style != "")
    if isinstance(node, Scalar) and notes.text.startswith(node.text, start):
        notes.report_span(start + offset, max(start + offset + 1, start + len(node.text)), fault)
    else:
        notes.report(node, fault)


def report_in_code(notes: Findings, node: Node, line: int | None, fault: Fault) -> None:
    """Note a fault of a line of some code, or of all of it where its lines are not those of the file."""
    source = notes.source
    first = notes.place_of(node.start)[0]
    if line is None or not isinstance(node, Scalar) or node.style != "|" or first + line > len(source.lines):
        notes.report(node, fault)
        return
    text = source.lines[first + line - 1]
    start = source.start_of(first + line) + len(text) - len(text.lstrip())
    notes.report_span(start, start + len(text.strip()), fault)
