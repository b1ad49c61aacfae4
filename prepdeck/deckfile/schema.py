"""What a table of a deck file may hold: fields, how each is read, and which must be there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from prepdeck.cards.card import Body
from prepdeck.deckfile.fault import Fault, nearest, plain, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Listing, Node, Refused, Scalar, Table

Reader: TypeAlias = Callable[[Findings, str, Node], Any]
"""Turns the value of a named field into a value of the core; reports what is wrong and then returns None."""

EXAMPLES = {
    "deck": "`deck: probability`",
    "cards": "`cards:` and one `- id: ...` entry for each card below it",
    "title": "`title: Probability and Bayes`",
    "track": "`track: ml-fundamentals`",
    "topics": "`topics:` and one `slug: Title` line for each topic below it",
    "id": "`id: base-rate`",
    "topic": "`topic: rules-bayes`",
    "level": "`level: 2`",
    "front": "`front: What does softmax return?`",
    "back": "`back: Probabilities that add up to one.`",
    "text": "`text: 'a text in which {{c1::this}} is hidden'`",
    "options": "`options:` and one `- text: ...` entry for each option below it",
    "answer": "`answer: 0.154`",
    "tolerance": "`tolerance: {abs: 0.002}`",
}
"""How the fields that must be there are written."""

ANOTHER_KIND = "another kind"
"""Stands for the field that was meant when a field belongs to another kind of card."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The fields of one sort of table."""

    owner: str
    """What the table is, with its article: `a basic card`."""
    readers: Mapping[str, Reader]
    """The reader of each field."""
    required: tuple[str, ...] = ()
    """Fields that must be there."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """Fields by other names that authors write for them."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """What to do about a name that is not a field and has no other name either."""
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    """Fields of other kinds of cards, each with its kind."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How cards of one kind are read."""

    name: str
    """The word written after `kind:`."""
    readers: Mapping[str, Reader]
    """The kind's own fields."""
    required: tuple[str, ...]
    """The kind's own fields that must be there."""
    build: Callable[[dict[str, Any]], Body]
    """Makes the body of the kind's own fields, once all of them were read without a problem."""


def read_fields(notes: Findings, table: Table, schema: Schema) -> dict[str, Any]:
    """Return the fields of `table` that could be read; what could not be read is reported and left out."""
    values: dict[str, Any] = {}
    meant: set[str] = set()
    readers = schema.readers
    for name, node in table.entries.items():
        reader = readers.get(name)
        if reader is None and notes.is_full:
            # One unworded error is enough to leave the table out, and 20,000 such cards stay cheap.
            notes.count_unlisted()
            return values
        if reader is None:
            meant.add(_refuse_field(notes, table.key(name), schema))
        else:
            value = reader(notes, name, node)
            if value is not None:
                values[name] = value
    for name in schema.required:
        # A field of another kind means that the kind is wrong, and asking for this kind's fields would mislead.
        if name not in table.entries and not meant & {name, ANOTHER_KIND}:
            report_missing(notes, table, name, schema.owner)
    return values


def report_missing(notes: Findings, table: Table, name: str, owner: str) -> None:
    """Say that a field is missing, unless a key of the table was refused and may have been that field."""
    if notes.is_marred(table):
        return
    fault = Fault(
        "E023",
        f"{owner} needs the field {quoted(name)}",
        f"{name} is missing",
        help=f"add {EXAMPLES.get(name, name)}",
    )
    notes.report(head_of(table), fault)


def report_strict(notes: Findings, table: Table, name: str, owner: str) -> None:
    """Say that a field is missing that only `--strict` asks for."""
    if name not in table.entries:
        help_text = f"add {EXAMPLES.get(name, name)}"
        fault = Fault(
            "E046", f"{owner} needs the field {quoted(name)} under --strict", f"{name} is missing", help=help_text
        )
        notes.report(head_of(table), fault)


def head_of(table: Table) -> Node:
    """Return the first key of `table`, the shortest stretch that shows where it is."""
    return table.key(next(iter(table.entries))) if table.entries else table


def report_shape(notes: Findings, name: str, node: Node, wanted: str, help_text: str) -> None:
    """Say that a value is not of the wanted shape, naming what was found; one told fault of it is enough."""
    if notes.is_marred(node) or isinstance(node, Refused):
        return
    found = "a list" if isinstance(node, Listing) else "a table of fields"
    if isinstance(node, Scalar):
        found = quoted(node.text) if node.text or node.style else "nothing"
    label = f"{name} must be {wanted}"
    notes.report(node, Fault("E024", f"{plain(name)} must be {wanted}, not {found}", label, help=help_text))


def _refuse_field(notes: Findings, key: Scalar, schema: Schema) -> str:
    """Report an unknown field, and return the field that was probably meant, or nothing."""
    known = tuple(sorted(schema.readers))
    meant, help_text = "", schema.hints.get(key.text)
    if key.text in schema.renamed:
        meant = schema.renamed[key.text]
        help_text = f"the field is called {meant}; write {EXAMPLES.get(meant, f'`{meant}: ...`')}"
    elif key.text in schema.elsewhere:
        meant = ANOTHER_KIND
        help_text = f"{key.text} belongs to cards with `kind: {schema.elsewhere[key.text]}`"
    elif help_text is None:
        meant = nearest(key.text, known) or ""
        help_text = f'did you mean "{meant}"?' if meant else None
    message = f"unknown field {quoted(key.text)}"
    notes.report(key, Fault("E022", message, f"not a field of {schema.owner}", known=known, help=help_text))
    return meant
