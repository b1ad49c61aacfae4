"""`prepdeck track`: the lists a candidate keeps: deliverables, portfolio, applications, contacts, real interviews."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import click

from prepdeck.cli.flags import Flags, flags_of
from prepdeck.cli.streams import say_notes, write_json, write_text
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk
    from prepdeck.study.tables import Table, TableKind, TableRow

LISTS: Final = ("deliverables", "portfolio", "applications", "contacts", "interviews")
"""Names of the lists."""
WORDS: Final = {
    "list": (),
    "add": ("LIST",),
    "edit": ("LIST", "WHICH"),
    "done": ("LIST", "WHICH"),
    "reopen": ("LIST", "WHICH"),
    "remove": ("LIST", "WHICH"),
    "export": ("LIST",),
}
"""The words each part of the verb takes at least; list takes LIST too, and add and edit what names the row."""
FIELDS: Final = (
    ("title", "T", "deliverables, portfolio: what it is called."),
    ("company", "C", "applications, contacts, interviews: the company."),
    ("name", "N", "contacts: who it is."),
    ("role", "R", "applications: the role."),
    ("sort", "S", "portfolio: the kind of project, such as deployment."),
    ("phase", "P", "deliverables: the phase it belongs to."),
    ("status", "S", "how far it is; track list --json shows the words."),
    ("link", "URL", "where it can be seen."),
    ("next", "TEXT", "what to do next."),
    ("on", "DATE", "when: a day such as 2026-12-10, or +7."),
    ("note", "TEXT", "anything else."),
    ("round", "R", "interviews: which round."),
    ("day", "DATE", "interviews: when it was, such as -3 for three days ago."),
    ("questions", "Q", "interviews: what was asked, with | between two."),
    ("result", "TEXT", "interviews: what came of it."),
)
"""Fields that can be given as options."""
MOST_CELL: Final = 34
"""Columns of a cell at most."""
SHOWN: Final = {
    "deliverables": ("title", "phase", "status", "link", "next", "on"),
    "portfolio": ("title", "sort", "status", "link", "next", "on"),
    "applications": ("company", "role", "status", "next", "on"),
    "contacts": ("name", "company", "status", "next", "on"),
    "interviews": ("day", "company", "round", "status", "result"),
}
"""Fields that a printed list shows."""


@verb(
    click.Argument(
        ("what",), metavar="[list|add|edit|done|reopen|remove|export]", type=click.Choice(tuple(WORDS)), default="list"
    ),
    click.Argument(("words",), metavar="[LIST [WHICH]]", nargs=-1),
    *(click.Option((f"--{name}",), metavar=metavar, help=words) for name, metavar, words in FIELDS),
    click.Option(("--all", "everything"), is_flag=True, help="list: rows that are over, too."),
    click.Option(("--format", "form"), type=click.Choice(("csv", "md")), help="export: csv or md, to stdout."),
    examples=(
        ("prepdeck track add applications Acme --next 'ask Mira' --on +7", "Keep an application."),
        ("prepdeck track", "What is open in every list, next actions that are due first named."),
        (
            "prepdeck track edit applications Acme --status applied --on +14",
            "Change it; prepdeck undo changes it back.",
        ),
        ("prepdeck track export contacts --format csv", "A list as CSV or Markdown; without --format as files."),
    ),
)
def command(
    context: click.Context, what: str, words: tuple[str, ...], everything: bool, form: str | None, **fields: str | None
) -> None:
    """Keep the lists beside the decks: deliverables, portfolio, applications, contacts, interviews.

    WHICH is the number in prepdeck track list, or the beginning of what names the row. Nothing leaves this machine, and
    prepdeck undo takes back every change.
    """
    given = {name: value for name, value in fields.items() if value is not None}
    _check(what, words, given, everything=everything, form=form)
    said = _Said(flags_of(context), words, given, everything, form)
    from prepdeck.study.desk import open_desk

    with open_desk(said.flags.options) as desk:
        _PARTS[what](desk, said)


@dataclass(frozen=True, slots=True)
class _Said:
    """What stood on the command line."""

    flags: Flags
    words: tuple[str, ...]
    fields: Mapping[str, str]
    everything: bool
    form: str | None

    @property
    def kind(self) -> TableKind:
        """The list that was named."""
        return _kind_of(self.words[0])


def _kind_of(word: str) -> TableKind:
    """Return the list that a word, or the beginning of one, means.

    Raises:
        UsageError: When there is none.
    """
    from prepdeck.study.tables import TableKind

    wanted = word.strip().lower()
    fitting = [name for name in LISTS if wanted and name.startswith(wanted)]
    if len(fitting) != 1:
        raise UsageError(f"there is no list {word[:40]!r}", f"lists: {', '.join(LISTS)}")
    return TableKind(fitting[0])


def _check(what: str, words: Sequence[str], fields: Mapping[str, str], *, everything: bool, form: str | None) -> None:
    """Refuse what this part of the verb does not take.

    Raises:
        UsageError: When words are missing or too many, or an option belongs elsewhere.
    """
    wanted = WORDS[what]
    usage = " ".join(("prepdeck track", what, *wanted))
    if len(words) < len(wanted):
        asks = {"LIST": f"which list? one of: {', '.join(LISTS)}", "WHICH": "which row?"}
        raise UsageError(asks[wanted[len(words)]], usage)
    most = {"list": 1, "add": 2, "export": 1}.get(what, len(wanted))
    if len(words) > most:
        raise UsageError(f"{words[most][:60]!r} is one word too many", f"{usage}; quote words with spaces")
    if fields and what not in {"add", "edit"} and not (what == "done" and set(fields) == {"link"}):
        raise UsageError(f"--{next(iter(fields))} is for track add and track edit", usage)
    if everything and what != "list":
        raise UsageError("--all is for track list", usage)
    if form is not None and what != "export":
        raise UsageError("--format is for track export", usage)


def _list(desk: Desk, said: _Said) -> None:
    from prepdeck.study.tables import all_tables, table_of

    tables = (table_of(desk, said.kind),) if said.words else all_tables(desk)
    say_notes(said.flags, desk.notes)
    if said.flags.json:
        write_json({"schema": 1, "lists": [_table_json(each) for each in tables]})
        return
    lines = []
    for table in tables:
        lines += [*_draw(table, everything=said.everything), ""]
    write_text("\n".join(lines[:-1]))


def _draw(table: Table, *, everything: bool) -> list[str]:
    from prepdeck.cli.columns import draw_columns
    from prepdeck.text.cells import shorten

    rows = [row for row in table.rows if everything or row.is_open]
    hidden = len(table.rows) - len(rows)
    over = f", {hidden} over (--all)" if hidden else ""
    lines = [f"{table.title}: {len(rows)} {'in all' if everything else 'open'}{over}"]
    columns = [each for each in table.columns if each.name in SHOWN[table.kind.value]]
    shown = [each for each in columns if any(row.values.get(each.name) for row in rows)]
    if rows:
        cells = [("", *(each.title for each in shown))]
        for row in rows:
            values = (shorten(row.values.get(each.name, ""), MOST_CELL, ellipsis="...") for each in shown)
            cells.append((str(row.number), *values))
        lines += [f"  {line}" for line in draw_columns(cells, right=frozenset({0}))]
    lines += [f"  due: {row.title}: {row.values.get('next') or 'next step'}" for row in table.due]
    return lines


def _table_json(table: Table) -> dict[str, Any]:
    return {
        "list": table.kind.value,
        "fields": [
            {"name": each.name, "title": each.title, "sort": each.sort.value, "choices": list(each.choices)}
            for each in table.columns
        ],
        "rows": [_row_json(row) for row in table.rows],
    }


def _row_json(row: TableRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "id": row.id,
        "title": row.title,
        "open": row.is_open,
        "of_road": row.is_of_road,
        "phase": row.phase,
        "values": dict(row.values),
    }


def _add(desk: Desk, said: _Said) -> None:
    from prepdeck.study.tables import table_of
    from prepdeck.study.trackers import add_row

    first = next(each for each in table_of(desk, said.kind).columns if each.name in {"title", "company", "name"})
    values = dict(said.fields)
    if len(said.words) > 1:
        if values.get(first.name, said.words[1]) != said.words[1]:
            raise UsageError(f"{first.name} is said twice", f"leave out --{first.name}, or the word before it")
        values[first.name] = said.words[1]
    _tell(desk, said, "added", add_row(desk, said.kind, values))


def _edit(desk: Desk, said: _Said) -> None:
    from prepdeck.study.trackers import edit_row

    if not said.fields:
        raise UsageError("what is different?", "give a field, such as --status or --next; --note '' empties one")
    _tell(desk, said, "kept", edit_row(desk, said.kind, said.words[1], said.fields))


def _done(desk: Desk, said: _Said) -> None:
    from prepdeck.study.trackers import finish_row

    row = finish_row(desk, said.kind, said.words[1], link=said.fields.get("link", ""))
    _tell(desk, said, row.status, row)


def _reopen(desk: Desk, said: _Said) -> None:
    from prepdeck.study.trackers import reopen_row

    _tell(desk, said, "open again", reopen_row(desk, said.kind, said.words[1]))


def _remove(desk: Desk, said: _Said) -> None:
    from prepdeck.study.trackers import remove_row

    _tell(desk, said, "removed", remove_row(desk, said.kind, said.words[1]))


def _tell(desk: Desk, said: _Said, deed: str, row: TableRow) -> None:
    from prepdeck.text.cleaning import clean_line

    say_notes(said.flags, desk.notes)
    if said.flags.json:
        write_json({"schema": 1, "list": said.kind.value, "row": _row_json(row)})
    else:
        write_text(f"{deed}: {clean_line(row.title)} ({said.kind.value} {row.number})")


def _export(desk: Desk, said: _Said) -> None:
    from prepdeck.study.table_files import export_table, table_csv, table_markdown
    from prepdeck.study.tables import table_of

    say_notes(said.flags, desk.notes)
    if said.form is None:
        paths = export_table(desk, said.kind)
        if said.flags.json:
            write_json({"schema": 1, "list": said.kind.value, "files": list(paths)})
        else:
            write_text("\n".join(paths))
        return
    table = table_of(desk, said.kind)
    write_text((table_csv(table) if said.form == "csv" else table_markdown(table)).rstrip("\n"))


_PARTS: Final[Mapping[str, Callable[[Desk, _Said], None]]] = {
    "list": _list,
    "add": _add,
    "edit": _edit,
    "done": _done,
    "reopen": _reopen,
    "remove": _remove,
    "export": _export,
}
