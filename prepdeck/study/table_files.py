"""Lists as files: CSV for spreadsheets, Markdown for people."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from prepdeck.host.folders import write_private_file
from prepdeck.host.writing import FileUnwritable
from prepdeck.study.desk import stamp_of
from prepdeck.study.tables import Table, TableKind, table_of
from prepdeck.text.cleaning import clean_line

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

_MARKUP: Final = re.compile(r"[\\|<>\[\]*`]")
FOLDER: Final = "lists"
"""In the learner's home; files there are readable by their owner alone."""


def table_csv(table: Table) -> str:
    """Return a table as CSV, its header first; every row, those that are over among them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["number", *(each.name for each in table.columns)])
    for row in table.rows:
        writer.writerow([row.number, *(_harmless(row.values.get(each.name, "")) for each in table.columns)])
    return out.getvalue()


def _harmless(words: str) -> str:
    """Return words that no spreadsheet takes for a formula: an apostrophe stands before those that begin like one."""
    return f"'{words}" if words.startswith(("=", "+", "-", "@")) else words


def table_markdown(table: Table) -> str:
    """Return a table as Markdown, with a heading."""
    lines = [f"# {table.title}", "", _cells(["#", *(each.title for each in table.columns)])]
    lines.append("|" + " --- |" * (len(table.columns) + 1))
    lines += [
        _cells([str(row.number), *(row.values.get(each.name, "") for each in table.columns)]) for row in table.rows
    ]
    return "\n".join([*lines, ""])


def _cells(words: Sequence[str]) -> str:
    """Return one line of a Markdown table; nothing in it is markup."""
    return "| " + " | ".join(_MARKUP.sub(r"\\\g<0>", clean_line(word)) for word in words) + " |"


def export_table(desk: Desk, kind: TableKind) -> tuple[str, str]:
    """Write a table as CSV and as Markdown into the folder `lists` of the learner's home; return both paths.

    Raises:
        FileUnwritable: When they cannot be written.
    """
    table = table_of(desk, kind)
    folder = desk.folders.data / FOLDER
    stem, number = f"{kind.value}-{stamp_of(desk.clock)}", 1
    free = stem
    while (folder / f"{free}.csv").exists() or (folder / f"{free}.md").exists():
        number += 1
        free = f"{stem}-{number}"
    writers: tuple[tuple[str, Callable[[Table], str]], ...] = (("csv", table_csv), ("md", table_markdown))
    paths = []
    for ending, words in writers:
        path = folder / f"{free}.{ending}"
        try:
            write_private_file(path, words(table))
        except OSError as error:
            why = error.strerror or str(error)
            raise FileUnwritable(f"{path} cannot be written: {why}", "prepdeck paths shows the folders") from error
        paths.append(str(path))
    return paths[0], paths[1]
