"""The five lists a learner keeps beside the decks, each as one table of rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Final

from prepdeck.errors import Ambiguous, NotFound
from prepdeck.road.items import Item, ItemKind, items_of
from prepdeck.road.lists import Entry, Field, ListKind, fields_of
from prepdeck.study.interview_rounds import RealRound, list_rounds
from prepdeck.study.road_log import road_standing
from prepdeck.study.road_names import all_items, find_phase, road_in_use
from prepdeck.study.round_table import DONE, OPEN, ROUND_FIELDS, round_values

if TYPE_CHECKING:
    from prepdeck.cards.roadmap import RoadPhase
    from prepdeck.road.standing import RoadStanding
    from prepdeck.study.desk import Desk


class TableKind(Enum):
    """One of the tables."""

    DELIVERABLES = "deliverables"
    """Things to make, milestones and gates of the road, and the learner's own."""
    PORTFOLIO = "portfolio"
    """Pieces to show."""
    APPLICATIONS = "applications"
    """Jobs applied for."""
    CONTACTS = "contacts"
    """People."""
    INTERVIEWS = "interviews"
    """Rounds of real interviews."""

    @property
    def entries(self) -> ListKind | None:
        """The list that holds its entries; None for real interviews, which have a log of their own."""
        return None if self is TableKind.INTERVIEWS else ListKind(self.value)


TITLES: Final = {
    TableKind.DELIVERABLES: "Deliverables",
    TableKind.PORTFOLIO: "Portfolio",
    TableKind.APPLICATIONS: "Applications",
    TableKind.CONTACTS: "Contacts",
    TableKind.INTERVIEWS: "Interview log",
}
"""What people call each table."""


ID_LENGTH: Final = 36
"""Characters of the name of an entry."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table."""

    number: int
    """Its place, from 1; numbers of rows that are hidden are left out."""
    id: str
    """Name of the entry, or slug of the item."""
    title: str
    """What names it."""
    values: Mapping[str, str]
    """What its fields hold, by name."""
    is_open: bool
    """Whether it goes on."""
    phase: int | None = None
    """The phase it belongs to, for things of the road."""
    is_of_road: bool = False
    """Whether the roadmap asks for it; such a row can be done and get a link, and nothing else."""
    sort: str = ""
    """What a thing of the road is, such as `milestone`."""
    next_on: date | None = None
    """The day of the next action; None without one."""

    @property
    def status(self) -> str:
        """How far it is."""
        return self.values.get("status", "")

    @property
    def link(self) -> str:
        """Where it can be seen; empty when nowhere."""
        return self.values.get("link", "")


@dataclass(frozen=True, slots=True)
class Table:
    """One list as a table."""

    kind: TableKind
    """Which one."""
    columns: tuple[Field, ...]
    """Its fields, in order."""
    rows: tuple[TableRow, ...]
    """Every row, what is due first stands where it was added: the numbers stay while nothing is removed."""
    today: date
    """The study day."""

    @property
    def title(self) -> str:
        """What people call it."""
        return TITLES[self.kind]

    @property
    def open_rows(self) -> tuple[TableRow, ...]:
        """Rows that go on."""
        return tuple(row for row in self.rows if row.is_open)

    @property
    def due(self) -> tuple[TableRow, ...]:
        """Open rows whose next action is due, the longest overdue first."""
        found = [row for row in self.rows if row.is_open and row.next_on is not None and row.next_on <= self.today]
        return tuple(sorted(found, key=lambda row: (row.next_on or date.max, row.number)))


def table_of(desk: Desk, kind: TableKind) -> Table:
    """Return a list as a table."""
    today = desk.today()
    if kind is TableKind.INTERVIEWS:
        rounds = list_rounds(desk)
        return Table(kind, ROUND_FIELDS, tuple(_round_row(n, each) for n, each in enumerate(rounds, 1)), today)
    return _table_in(desk, kind, road_standing(desk), today)


def all_tables(desk: Desk) -> tuple[Table, ...]:
    """Return every list as a table, in the order they are shown."""
    return tuple(table_of(desk, kind) for kind in TableKind)


def due_actions(standing: RoadStanding, today: date) -> tuple[Entry, ...]:
    """Return the open entries of all lists whose next action is due, the longest overdue first."""
    found = [each for each in standing.entries if each.is_open and each.next_on is not None and each.next_on <= today]
    return tuple(sorted(found, key=lambda each: (each.next_on or date.max, each.id)))


def _table_in(desk: Desk, kind: TableKind, standing: RoadStanding, today: date) -> Table:
    entries = kind.entries
    assert entries is not None  # noqa: S101 - real interviews were handled before
    rows = []
    if kind is TableKind.DELIVERABLES:
        roadmap = road_in_use(desk)
        phase_of = {item: phase.number for phase in roadmap.phases for item in _slugs_of(phase, standing)}
        things = [
            item for item in all_items(roadmap, standing) if item.id in phase_of and item.kind is not ItemKind.CHECK
        ]
        rows = [_item_row(number, item, phase_of[item.id]) for number, item in enumerate(things, 1)]
        own = [(each, find_phase(roadmap, each.values.get("phase", ""))) for each in standing.entries_of(entries)]
        rows += [
            _entry_row(number, each, phase.number if phase else None)
            for number, (each, phase) in enumerate(own, len(rows) + 1)
        ]
    else:
        rows = [_entry_row(number, each) for number, each in enumerate(standing.entries_of(entries), 1)]
    return Table(kind, fields_of(entries), tuple(rows), today)


def _slugs_of(phase: RoadPhase, standing: RoadStanding) -> tuple[str, ...]:
    return tuple(item.id for item in items_of(phase, standing) if not item.is_own)


def _item_row(number: int, item: Item, phase: int) -> TableRow:
    made = f"{len(item.pieces)} of {item.count} done" if item.count > 1 and item.pieces else ""
    values = {
        "title": item.text,
        "phase": str(phase),
        "status": DONE if item.is_done else OPEN,
        "link": " ".join(item.links),
        "note": made,
    }
    kept = {name: value for name, value in values.items() if value}
    return TableRow(number, item.id, item.text, kept, not item.is_done, phase, is_of_road=True, sort=item.kind.value)


def _entry_row(number: int, entry: Entry, phase: int | None = None) -> TableRow:
    values = {**entry.values, "status": entry.status}
    return TableRow(number, entry.id, entry.title, values, entry.is_open, phase, sort="own", next_on=entry.next_on)


def _round_row(number: int, each: RealRound) -> TableRow:
    title = f"{each.company} {each.round}".strip()
    return TableRow(number, each.id, title, round_values(each), not each.is_done)


def find_row(table: Table, word: str) -> TableRow:
    """Return the row that a number, an id, or a beginning of what names it means.

    Raises:
        NotFound: When there is none.
        Ambiguous: When several fit.
    """
    wanted = word.strip().casefold()
    named = [row for row in table.rows if wanted in {str(row.number), row.id.casefold()}]
    fitting = named or [row for row in table.rows if row.title.casefold() == wanted]
    fitting = fitting or [row for row in table.rows if wanted and row.title.casefold().startswith(wanted)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = ", ".join(f"{row.number} {row.title}" for row in fitting[:8])
        raise Ambiguous(f"{word.strip()[:40]!r} fits {len(fitting)} rows", f"say which by its number: {names}")
    if len(wanted) == ID_LENGTH:  # a page asks by name; people ask by number or words
        raise NotFound("that row was removed meanwhile", "undo may bring it back")
    help_text = f"see the list with: prepdeck track list {table.kind.value}"
    raise NotFound(f"no row {word.strip()[:40]!r} in {table.kind.value}", help_text)
