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

Needs: TypeAlias = Callable[[Table], tuple[str, ...]]
"""Names the fields that must be there because of what other fields of the table say."""

Check: TypeAlias = Callable[[Findings, Table, dict[str, Any]], None]
"""Looks at the fields of a card together: reports what does not go together, and may finish what readers began."""

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
    "entry": "`entry: two_sum`, the function or class that is called",
    "starter": "`starter: |` and the code the editor begins with below it",
    "reference": "`reference: |` and a right answer below it",
    "tests": "`tests: {visible: [{in: [[2, 7], 9], out: [0, 1]}], hidden: [...]}`",
    "visible": "`visible:` and one `- {in: [...], out: ...}` entry for each test that is shown",
    "hidden": "`hidden:` and one `- {in: [...], out: ...}` entry for each test that is not shown",
    "mutants": "`mutants:` and one `- |` entry with a wrong answer for each",
    "property": "`property: |` and `def check(out, *args):` below it, which returns True for a right output",
    "in": "`in: [[2, 7, 11, 15], 9]`, the list of arguments",
    "out": "`out: [0, 1]`, or `raises: ValueError`",
    "outline": "`outline:` and one line `framing: [first point, second point]` for each phase below it",
    "rubric": "`rubric: ml-design`, the id of a rubric",
    "competency": "`competency: prioritisation`",
    "competencies": "`competencies: [prioritisation]`",
    "seconds": "`seconds: 150`",
    "situation": "`situation: where it was and what was at stake`",
    "task": "`task: what you were responsible for`",
    "action": "`action: what you did, and why`",
    "result": "`result: what came of it`",
}
"""How the fields that must be there are written."""

ANOTHER_KIND = "another kind"
"""Stands for the field that was meant when a field belongs to another kind of card."""


def nothing_more(_table: Table) -> tuple[str, ...]:
    """Return no field: which fields must be there does not depend on others."""
    return ()


def all_fits(_notes: Findings, _table: Table, _values: dict[str, Any]) -> None:
    """Find nothing: the fields do not depend on each other."""


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
    """Fields of other kinds of cards, each with its kinds."""
    examples: Mapping[str, str] = field(default_factory=dict)
    """How fields are written where `EXAMPLES` means another table's."""
    needs: Needs = nothing_more
    """Names further fields that must be there."""

    def example(self, name: str) -> str:
        """Return how the field `name` is written."""
        return self.examples.get(name) or EXAMPLES.get(name) or f"`{name}: ...`"


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
    needs: Needs = nothing_more
    """Names further fields that must be there."""
    check: Check = all_fits
    """Looks at the fields together, after each was read by itself; some may be missing by then."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The kind's own fields by other names that authors write for them."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """What to do about a name that is no field of this kind."""
    examples: Mapping[str, str] = field(default_factory=dict)
    """How fields are written where `EXAMPLES` means another kind's."""


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
            key, taken = table.key(name), {*table.entries, *meant}
            meant.add(_refuse_without_colon(notes, key, node, schema) or _refuse_field(notes, key, schema, taken))
        else:
            value = reader(notes, name, node)
            if value is not None:
                values[name] = value
    for name in (*schema.required, *schema.needs(table)):
        # A field of another kind means that the kind is wrong, and asking for this kind's fields would mislead.
        if name not in table.entries and not meant & {name, ANOTHER_KIND}:
            report_missing(notes, table, name, schema)
    return values


def report_missing(notes: Findings, table: Table, name: str, schema: Schema) -> None:
    """Say that a field is missing, unless a key of the table was refused and may have been that field."""
    if notes.is_marred(table):
        return
    if notes.is_full:
        notes.count_unlisted()
        return
    fault = Fault(
        "E023",
        f"{schema.owner} needs the field {quoted(name)}",
        f"{name} is missing",
        help=f"add {schema.example(name)}",
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


def report_shape(  # noqa: PLR0913, PLR0917 - a fault and where it is
    notes: Findings, name: str, node: Node, wanted: str, help_text: str, fix: str | None = None
) -> None:
    """Say that a value is not of the wanted shape, naming what was found; one told fault of it is enough."""
    if notes.is_marred(node) or isinstance(node, Refused):
        return
    found = "a list" if isinstance(node, Listing) else "a table of fields"
    if isinstance(node, Scalar):
        found = quoted(node.text) if node.text or node.style else "nothing"
    label = f"{name} must be {wanted}"
    notes.report(node, Fault("E024", f"{plain(name)} must be {wanted}, not {found}", label, help=help_text, fix=fix))


def _refuse_without_colon(notes: Findings, key: Scalar, value: Node, schema: Schema) -> str | None:
    """Report a field whose colon was left out, as in `{abs 0.1}`, and return it; None when `key` is no such field."""
    name, _blank, rest = key.text.partition(" ")
    is_alone = isinstance(value, Scalar) and not value.text and not value.style and value.start == key.end
    if not rest or name not in schema.readers or not is_alone or not notes.text.startswith(key.text, key.start):
        return None
    written = f"{name}: {rest.strip()}"
    help_text = f"write `{plain(written)}`"
    fault = Fault("E022", f"a colon is missing after {quoted(name)}", "no colon", help=help_text, fix=written)
    notes.report(key, fault)
    return name


def _refuse_field(notes: Findings, key: Scalar, schema: Schema, taken: set[str]) -> str:
    """Report an unknown field, and return the field that was probably meant, or nothing."""
    known = tuple(sorted(schema.readers))
    meant, help_text = "", schema.hints.get(key.text)
    if key.text in schema.renamed:
        meant = schema.renamed[key.text]
        help_text = f"the field is called {meant}; write {schema.example(meant)}"
    elif key.text in schema.elsewhere:
        meant = ANOTHER_KIND
        help_text = help_text or f"{key.text} belongs to cards with {schema.elsewhere[key.text]}"
    elif help_text is None:
        meant = nearest(key.text, known) or ""
        help_text = f'did you mean "{meant}"?' if meant else None
    message = f"unknown field {quoted(key.text)}"
    # A name in quotes or one that is taken already is left to the author.
    is_plain = notes.text.startswith(key.text, key.start)
    fix = meant if is_plain and meant in schema.readers and meant not in taken else None
    fault = Fault("E022", message, f"not a field of {schema.owner}", known=known, help=help_text, fix=fix)
    notes.report(key, fault)
    return meant
