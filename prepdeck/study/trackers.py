"""What is done to the rows of lists: added, changed, closed, opened again, removed; undo takes back each of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from prepdeck.errors import NotFound, UsageError
from prepdeck.road.deeds import Dropped, Kept
from prepdeck.road.lists import (
    Field,
    FieldSort,
    checked,
    closing_status,
    fields_of,
    read_link,
    status_field,
)
from prepdeck.study.interview_rounds import add_round, change_round, remove_round
from prepdeck.study.road_deeds import mark_done, reopen
from prepdeck.study.road_log import append_deeds, keep_deed, standing_at
from prepdeck.study.road_names import road_in_use
from prepdeck.study.round_table import DONE, OPEN, read_round
from prepdeck.study.tables import Table, TableKind, TableRow, find_row, table_of

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk


_LINK_ONLY: Final = (Field("link", "Link", FieldSort.LINK, hint="https://..."),)


def editable_fields(table: Table, row: TableRow | None = None) -> tuple[Field, ...]:
    """Return the fields that can be written of a row, or of a new one; of a thing of the road its link alone."""
    return _LINK_ONLY if row is not None and row.is_of_road else table.columns


def add_row(desk: Desk, kind: TableKind, values: Mapping[str, str]) -> TableRow:
    """Add a row; undo takes it away. A day may be written as `+7`.

    Raises:
        UsageError: When a field holds what it may not, or what names the row is missing.
    """
    today = desk.today()
    if kind.entries is None:
        typed = read_round(values, today)
        made = add_round(
            desk,
            typed.company or "",
            round_name=typed.round_name or "",
            day=typed.day,
            questions=typed.questions or (),
            result=typed.result or "",
            notes=typed.notes or "",
            is_done=bool(typed.is_done),
        )
        return _row_of(desk, kind, made.id)
    kept = checked(kind.entries, _days_read(values, today, kind), today)
    _check_phase(desk, kind, kept)
    return _row_of(desk, kind, keep_deed(desk, Kept(kind.entries, "", kept)))


def edit_row(desk: Desk, kind: TableKind, word: str, values: Mapping[str, str]) -> TableRow:
    """Change fields of a row; undo changes them back. Of a thing of the road only the link can change.

    Raises:
        NotFound: When there is no such row.
        UsageError: When a field holds what it may not.
    """
    table = table_of(desk, kind)
    row = find_row(table, word)
    today = table.today
    if row.is_of_road:
        others = sorted(set(values) - {"link"})
        if others:
            raise UsageError(
                f"the roadmap says what {row.id} is", "only its link can be changed; done and reopen tick it"
            )
        link = read_link(values.get("link", ""))
        if not link:
            raise UsageError("which link?", "write it whole, such as https://github.com/you/project")
        mark_done(desk, row.id, link)
        return _row_of(desk, kind, row.id)
    if kind.entries is None:
        change_round(desk, row.id, read_round(values, today))
        return _row_of(desk, kind, row.id)
    with desk.store.writing() as log:
        entry = next((each for each in standing_at(log).entries if each.id == row.id), None)
        if entry is None:
            raise NotFound(f"{row.title} was removed meanwhile")
        kept = checked(kind.entries, _days_read(values, today, kind), today, entry)
        _check_phase(desk, kind, kept)
        if kept != dict(entry.values):
            append_deeds(desk, log, [Kept(kind.entries, entry.id, kept)])
    return _row_of(desk, kind, row.id)


def finish_row(desk: Desk, kind: TableKind, word: str, *, link: str = "") -> TableRow:
    """Mark a row as over: a thing of the road as done, an application or a contact as closed, a piece as published.

    Raises:
        NotFound: When there is no such row.
        UsageError: When it is over already, or the link is no web address.
    """
    row = find_row(table_of(desk, kind), word)
    address = read_link(link)
    if row.is_of_road:
        mark_done(desk, row.id, address)
        return _row_of(desk, kind, row.id)
    if not row.is_open and not address:
        raise UsageError(f"{row.title} is {row.status} already", f"prepdeck track reopen {kind.value} {row.number}")
    values = {"status": DONE if kind.entries is None else closing_status(kind.entries)}
    if address and kind.entries is not None:
        values["link"] = address
    if not row.is_open:
        values.pop("status")
    return edit_row(desk, kind, row.id, values)


def reopen_row(desk: Desk, kind: TableKind, word: str) -> TableRow:
    """Let a row go on that was over.

    Raises:
        NotFound: When there is no such row.
        UsageError: When it goes on anyway.
    """
    row = find_row(table_of(desk, kind), word)
    if row.is_of_road:
        reopen(desk, row.id)
        return _row_of(desk, kind, row.id)
    if row.is_open:
        raise UsageError(f"{row.title} is open", f"prepdeck track done {kind.value} {row.number} closes it")
    status = OPEN if kind.entries is None else status_field(kind.entries).choices[0]
    return edit_row(desk, kind, row.id, {"status": status})


def remove_row(desk: Desk, kind: TableKind, word: str) -> TableRow:
    """Remove a row; return it as it was. Undo brings it back.

    Raises:
        NotFound: When there is no such row.
        UsageError: When the roadmap asks for it.
    """
    row = find_row(table_of(desk, kind), word)
    if row.is_of_road:
        raise UsageError(
            f"the roadmap asks for {row.id}", "a copy of the roadmap in your decks folder may leave it out"
        )
    if kind.entries is None:
        remove_round(desk, row.id)
    else:
        keep_deed(desk, Dropped(kind.entries, row.id))
    return row


def _row_of(desk: Desk, kind: TableKind, name: str) -> TableRow:
    return next(row for row in table_of(desk, kind).rows if row.id == name)


def _days_read(values: Mapping[str, str], today: date, kind: TableKind) -> dict[str, str]:
    """Return values with days such as `+7` written out."""
    from prepdeck.study.next_date import read_day

    entries = kind.entries
    days = {each.name for each in fields_of(entries) if each.sort is FieldSort.DAY} if entries is not None else set()
    return {
        name: read_day(value, today).isoformat() if name in days and value.strip() else value
        for name, value in values.items()
    }


def _check_phase(desk: Desk, kind: TableKind, values: dict[str, str]) -> None:
    """Write the number of the phase that a thing of the learner's own belongs to.

    Raises:
        NotFound: When there is no such phase.
    """
    word = values.get("phase")
    if kind is TableKind.DELIVERABLES and word:
        from prepdeck.study.road_names import get_phase

        values["phase"] = str(get_phase(road_in_use(desk), word).number)
