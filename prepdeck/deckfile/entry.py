"""One entry of the list of cards, turned into a card."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from prepdeck.cards.card import Card
from prepdeck.cards.code import Code
from prepdeck.cards.ids import CardId
from prepdeck.deckfile.cases import meaning_of_tests
from prepdeck.deckfile.fault import Fault, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.fingerprint import fingerprint
from prepdeck.deckfile.kinds import ALL_KINDS, KINDS, OTHER_NAMES, SCHEMAS
from prepdeck.deckfile.nodes import Node, Table
from prepdeck.deckfile.scalars import read_slug, written
from prepdeck.deckfile.schema import Kind, read_fields, report_shape, report_strict

MOST_TOPICS = 30
"""Topics that a problem lists."""


@dataclass(slots=True)
class Surroundings:
    """What a card's fields are checked against."""

    deck: str
    """Slug of the deck."""
    topics: dict[str, str] = field(default_factory=dict)
    """Titles by slug of the topics the deck declares; none means that any slug will do."""
    tags: tuple[str, ...] = ()
    """Tags every card gets."""
    strict: bool = False
    """Whether topic and level must be there."""
    lines: dict[str, int] = field(default_factory=dict)
    """Line of each id that was met, the ids of faulty cards included."""


def read_card(notes: Findings, node: Node, around: Surroundings) -> Card | None:
    """Return the card of one entry, or None after reporting why it is left out."""
    if not isinstance(node, Table):
        report_shape(notes, "a card", node, "a table of fields", "write `- id: ...` and the card's fields below it")
        return None
    before = notes.error_count
    kind = _read_kind(notes, node)
    if kind is None:
        # Its other fields mean nothing without a kind, but its id is taken all the same.
        entry = node.entries.get("id")
        _check_id(notes, node, read_slug(notes, "id", entry) if entry is not None else None, around)
        return None
    values = read_fields(notes, node, SCHEMAS[kind.name])
    kind.check(notes, node, values)
    _check_id(notes, node, values.get("id"), around)
    _check_topic(notes, node, values.get("topic"), around)
    if values.get("volatile") and "as_of" not in node.entries:
        help_text = "add `as_of: 2026-01-31`, the day the answer was last checked"
        fault = Fault("E033", "a volatile card needs the field as_of", "as_of is missing", help=help_text)
        notes.report(node.key("volatile"), fault)
    if around.strict:
        report_strict(notes, node, "topic", f"a {kind.name} card")
        report_strict(notes, node, "level", f"a {kind.name} card")
    if notes.error_count > before or notes.is_marred(node):
        return None
    return _make_card(node, kind, values, around)


def _make_card(table: Table, kind: Kind, values: dict[str, Any], around: Surroundings) -> Card:
    body = kind.build({name: values.pop(name) for name in kind.readers if name in values})
    tags = values.pop("tags", ())
    was = values.pop("was", ())
    return Card(
        id=CardId(around.deck, values.pop("id")),
        body=body,
        tags=tuple(dict.fromkeys((*around.tags, *tags))) if tags else around.tags,
        was=tuple([CardId(deck or around.deck, card) for deck, card in was]),
        fingerprint=fingerprint(kind.name, table, meaning_of_tests(body) if isinstance(body, Code) else ""),
        **values,
    )


def _read_kind(notes: Findings, table: Table) -> Kind | None:
    node = table.entries.get("kind")
    if node is None:
        return KINDS["basic"]
    name = written(notes, "kind", node, "basic")
    if name is None or name in KINDS:
        return None if name is None else KINDS[name]
    other = OTHER_NAMES.get(name.lower())
    known = notes.did_you_mean(name, ALL_KINDS, "write one of the known kinds")
    help_text = known if other is None else f'did you mean "{other}"?'
    meant = other or notes.meant(name, ALL_KINDS)
    fault = Fault("E012", f"unknown card kind {quoted(name)}", "not a card kind", ALL_KINDS, help_text, meant)
    notes.report(node, fault)
    return None


def _check_id(notes: Findings, table: Table, slug: str | None, around: Surroundings) -> None:
    if slug is None:
        return
    first = around.lines.get(slug)
    if first is None:
        around.lines[slug] = table.line
        return
    node = table.entries["id"]
    line = notes.place_of(node.start)[0]
    fault = Fault(
        "E027",
        f"two cards have the id {quoted(slug)}: in line {first} and in line {line}",
        f"also in line {first}",
        help="give this card an id of its own",
    )
    notes.report(node, fault)


def _check_topic(notes: Findings, table: Table, topic: str | None, around: Surroundings) -> None:
    if topic is None or not around.topics or topic in around.topics:
        return
    known = tuple(around.topics)[:MOST_TOPICS]
    help_text = notes.did_you_mean(topic, known, "add it to the deck's topics, or write one of them")
    message = f"topic {quoted(topic)} is not among the deck's topics"
    fault = Fault("E028", message, "not a topic of this deck", known, help_text, notes.meant(topic, known))
    notes.report(table.entries["topic"], fault)
