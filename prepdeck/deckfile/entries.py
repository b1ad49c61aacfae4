"""Lists of tables that have an id each, as formats, rubrics and the roadmap are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from prepdeck.deckfile.fault import Fault, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Listing, Node, Scalar, Table
from prepdeck.deckfile.schema import Check, Reader, Schema, all_fits, read_fields, report_shape

T = TypeVar("T")

Make = Callable[[dict[str, Any]], T]
"""Makes the value of a table once all its fields were read without a problem."""

MOST_NAMED = 40
"""Names that a problem lists."""


def entries_of(schema: Schema, make: Make[T], check: Check = all_fits, *, ids_count: bool = True) -> Reader:
    """Return the reader of a list of tables; faulty ones are left out.

    Args:
        schema: The fields of each table.
        make: Makes the value of a good one.
        check: Looks at the fields of each together; some may be missing by then.
        ids_count: Whether no two may have one id.
    """
    return entries_of_either(lambda _table: schema, make, check, ids_count=ids_count)


def entries_of_either(
    schema_of: Callable[[Table], Schema], make: Make[T], check: Check = all_fits, *, ids_count: bool = True
) -> Reader:
    """Return the reader of a list of tables as `entries_of` does, where `schema_of` says which fields a table has."""

    def read_entries(notes: Findings, name: str, node: Node) -> tuple[T, ...] | None:
        if not is_filled(notes, name, node, "one `- ` line for each entry, and its other fields below it"):
            return None
        ids: dict[str, int] = {}
        values = []
        for item in items_of(node):
            if not isinstance(item, Table):
                help_text = "write its first field after `- ` and the others below it"
                report_shape(notes, f"an entry of {name}", item, "a table of fields", help_text)
                continue
            value = read_entry(notes, item, schema_of(item), make, check, ids=ids if ids_count else None)
            if value is not None:
                values.append(value)
        return tuple(values)

    return read_entries


def table_of(schema: Schema, make: Make[T], example: str, check: Check = all_fits) -> Reader:
    """Return the reader of a single table.

    Args:
        schema: Its fields.
        make: Makes its value.
        example: How it is written, for one who wrote something else.
        check: Looks at its fields together; some may be missing by then.
    """

    def read_table(notes: Findings, name: str, node: Node) -> T | None:
        if not isinstance(node, Table):
            report_shape(notes, name, node, "a table", f"write {example}")
            return None
        return read_entry(notes, node, schema, make, check)

    return read_table


def read_entry(  # noqa: PLR0913 - what the readers above were made with, and the ids of the list
    notes: Findings,
    table: Table,
    schema: Schema,
    make: Make[T],
    check: Check = all_fits,
    *,
    ids: dict[str, int] | None = None,
) -> T | None:
    """Return the value of one table, or None after reporting why it is left out.

    Args:
        notes: Where problems go.
        table: The table.
        schema: Its fields.
        make: Makes its value.
        check: Looks at its fields together.
        ids: Line of each id met so far in the list the table belongs to, kept up to date here.
    """
    before = notes.error_count
    values = read_fields(notes, table, schema)
    if ids is not None and "id" in values:
        check_new(notes, ids, values["id"], table.entries["id"], schema.owner)
    if notes.is_marred(table):
        return None
    check(notes, table, values)
    return make(values) if notes.error_count == before else None


def check_new(notes: Findings, ids: dict[str, int], slug: str, node: Node, owner: str) -> None:
    """Report an id that was met before, else remember its line."""
    if slug not in ids:
        ids[slug] = notes.place_of(node.start)[0]
        return
    message = f"{quoted(slug)} names {owner} a second time; the first is in line {ids[slug]}"
    help_text = "give one of the two another id"
    notes.report(node, Fault("E081", message, f"also in line {ids[slug]}", help=help_text))


def is_filled(notes: Findings, name: str, node: Node, wanted: str) -> bool:
    """Tell whether `node` is a list with entries, after reporting that it is not."""
    if not isinstance(node, Listing):
        report_shape(notes, name, node, "a list", f"write {wanted}")
        return False
    if not node.items:
        notes.report(node, Fault("E025", f"{name} is empty", "nothing here", help=f"write {wanted}"))
        return False
    return True


def check_known(notes: Findings, node: Node | None, known: Mapping[str, object], unknown: str, help_text: str) -> None:
    """Report every text in `node` that is no key of `known`.

    Args:
        notes: Where problems go.
        node: A text or a list of texts; other shapes were reported by their reader.
        known: What may be named.
        unknown: What such a text is not, such as `a deck of targets`.
        help_text: What to do about one that is near to nothing known.
    """
    for scalar in texts_in(node):
        if scalar.text not in known:
            names = tuple(islice(known, MOST_NAMED))
            advice = notes.did_you_mean(scalar.text, names, help_text)
            message = f"{quoted(scalar.text)} is not {unknown}"
            notes.report(scalar, Fault("E091", message, f"not {unknown}", names, advice))


def first_of_each_id(node: Node | None) -> dict[str, Table]:
    """Return the tables of a list by id; of two with one id the first, since the second is left out."""
    found: dict[str, Table] = {}
    for table in tables_of(node):
        for scalar in texts_in(table.entries.get("id")):
            found.setdefault(scalar.text, table)
    return found


def ids_of(node: Node | None) -> dict[str, None]:
    """Return the ids that the tables of a list give themselves, in order."""
    return dict.fromkeys(first_of_each_id(node))


def texts_in(node: Node | None) -> Iterator[Scalar]:
    """Yield a text, or the texts of a list."""
    for item in items_of(node) if isinstance(node, Listing) else (node,):
        if isinstance(item, Scalar) and item.text:
            yield item


def items_of(node: Node | None) -> list[Node]:
    """Return the entries of a list, and nothing of any other shape."""
    return node.items if isinstance(node, Listing) else []


def is_complete(values: dict[str, Any], table: Table, name: str) -> bool:
    """Tell whether every entry of the list `name` was good."""
    return name in values and len(values[name]) == len(items_of(table.entries[name]))


def tables_of(node: Node | None) -> list[Table]:
    """Return the tables in a list, and nothing of any other shape."""
    return [item for item in items_of(node) if isinstance(item, Table)]


def title_of(slug: str) -> str:
    """Return a slug as people read it."""
    return slug[:1].upper() + slug[1:].replace("-", " ").replace("_", " ")
