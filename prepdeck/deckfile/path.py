"""What the road asks for and what serves it: tools, features, rows of the path, and how large decks are to be."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from prepdeck.cards.ids import is_slug
from prepdeck.cards.roadmap import DeckTarget, Feature, PathRow, Tool, TopicTarget
from prepdeck.deckfile.entries import is_filled, items_of, table_of, title_of
from prepdeck.deckfile.fault import Fault, plain, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.kinds import ALL_KINDS
from prepdeck.deckfile.nodes import Listing, Node, Table
from prepdeck.deckfile.road_phases import read_decks
from prepdeck.deckfile.scalars import list_of, read_slug, refuse_slug, whole_between
from prepdeck.deckfile.schema import Schema, head_of, report_shape
from prepdeck.deckfile.texts import read_text

ROW_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,15}")
"""The mark of a row of the path."""

MOST_NAME_CHARACTERS = 64
"""Longest name of a tool."""

_COUNT = whole_between(1, 9999)


def read_tools(notes: Findings, name: str, node: Node) -> tuple[Tool, ...] | None:
    """Return the tools with their decks, in order."""
    table = _table(notes, name, node, "one `name: [deck]` line for each tool")
    if table is None:
        return None
    before = notes.error_count
    tools = []
    for tool, value in table.entries.items():
        label = read_text(notes, "the name of a tool", table.key(tool))
        if label is not None and len(label) > MOST_NAME_CHARACTERS:
            message = f"the name of a tool has at most {MOST_NAME_CHARACTERS} characters"
            notes.report(table.key(tool), Fault("E041", message, "too long", help="use a few words"))
        is_named = is_filled(notes, f"the list of decks of {quoted(tool)}", value, "the decks that cover it: [python]")
        decks = read_decks(notes, "decks", value) if is_named else None
        if label is not None and decks:
            tools.append(Tool(label, decks))
    return tuple(tools) if notes.error_count == before else None


def read_features(notes: Findings, name: str, node: Node) -> tuple[Feature, ...] | None:
    """Return the features by slug with their titles, in order."""
    table = _table(notes, name, node, "one `slug: Title` line for each feature")
    if table is None:
        return None
    features = []
    for slug, value in table.entries.items():
        if not is_slug(slug):
            refuse_slug(notes, "a feature", table.key(slug), slug)
        title = read_text(notes, "the title of a feature", value)
        features.append(Feature(slug, title or title_of(slug)))
    return tuple(features)


_ROW = Schema(
    owner="a row of the path",
    readers={"asks": read_text, "decks": read_decks, "features": list_of(read_slug, "[roadmap]")},
    required=("asks",),
    renamed={"deck": "decks", "feature": "features", "text": "asks", "title": "asks"},
    examples={"asks": "`asks: advanced programming`"},
)


def _check_row(notes: Findings, table: Table, _values: dict[str, Any]) -> None:
    served = ("decks", "features")
    # An entry that is no list of texts was reported by its reader; it may have meant something.
    if all(isinstance(node := table.entries.get(name), Listing | None) and not items_of(node) for name in served):
        fault = Fault("E092", "nothing serves this row of the path", "not served", help="name decks or features")
        notes.report(head_of(table), fault)


def _make_row(values: dict[str, Any]) -> PathRow:
    return PathRow("", **values)


_read_row = table_of(_ROW, _make_row, "{asks: ..., decks: [...]}", _check_row)


def read_path(notes: Findings, name: str, node: Node) -> tuple[PathRow, ...] | None:
    """Return the rows of the path, each served by something."""
    table = _table(notes, name, node, "one `S1: {asks: ..., decks: [...]}` line for each row")
    if table is None:
        return None
    rows = []
    for mark, value in table.entries.items():
        if not ROW_ID.fullmatch(mark):
            message = f"the mark of a row is not short: {quoted(mark)}"
            help_text = "use 1-16 letters and digits, such as S6a"
            notes.report(table.key(mark), Fault("E026", message, "not a mark", help=help_text))
        row = _read_row(notes, f"the row {plain(mark)}", value)
        if row is not None:
            rows.append(replace(row, id=mark))
    return tuple(rows)


def read_targets(notes: Findings, name: str, node: Node) -> tuple[DeckTarget, ...] | None:
    """Return how many cards of which kind each topic of each deck is meant to hold."""
    table = _table(notes, name, node, "one `deck:` line for each deck, and its topics below it")
    if table is None:
        return None
    targets = []
    for deck, value in table.entries.items():
        if not is_slug(deck):
            refuse_slug(notes, "a deck", table.key(deck), deck)
        topics = _read_topics(notes, f"the target of {quoted(deck)}", value)
        if topics is not None:
            targets.append(DeckTarget(deck, topics))
    return tuple(targets)


def _read_topics(notes: Findings, name: str, node: Node) -> tuple[TopicTarget, ...] | None:
    table = _table(notes, name, node, "one `topic: {basic: 4, choice: 2}` line for each topic")
    if table is None:
        return None
    topics = []
    for topic, value in table.entries.items():
        if not is_slug(topic):
            refuse_slug(notes, "a topic", table.key(topic), topic)
        kinds = _read_kinds(notes, f"the target of {quoted(topic)}", value)
        if kinds is not None:
            topics.append(TopicTarget(topic, kinds))
    return tuple(topics)


def _check_kinds(notes: Findings, table: Table, _values: dict[str, Any]) -> None:
    if not table.entries:
        message = "the topic is meant to hold nothing"
        help_text = "write how many of which: {basic: 4}"
        notes.report(table, Fault("E025", message, "nothing here", ALL_KINDS, help_text))


def _make_kinds(values: dict[str, Any]) -> tuple[tuple[str, int], ...]:
    return tuple(values.items())


_KINDS = Schema(owner="the target of a topic", readers=dict.fromkeys(ALL_KINDS, _COUNT))
_read_kinds = table_of(_KINDS, _make_kinds, "how many of which kind: {basic: 4, choice: 2}", _check_kinds)


def _table(notes: Findings, name: str, node: Node, wanted: str) -> Table | None:
    """Return a table with entries, or None after reporting that it is not."""
    if not isinstance(node, Table):
        report_shape(notes, name, node, "a table", f"write {wanted}")
        return None
    if not node.entries:
        notes.report(node, Fault("E025", f"{name} is empty", "nothing here", help=f"write {wanted}"))
        return None
    return node
