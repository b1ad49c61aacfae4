"""The lists: deliverables, portfolio, applications, contacts and real interviews, each as a table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Vertical
from textual.widget import Widget

from prepdeck.text.counts import counted
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.rows import Piece, Tone, muted, row, strong
from prepdeck.tui.screens import lists_words
from prepdeck.tui.screens.wheel import WheeledScreen
from prepdeck.tui.widgets.frame import TitleBar
from prepdeck.tui.widgets.table import ListNames, RowFacts, RowTable

if TYPE_CHECKING:
    from prepdeck.study.tables import Table, TableKind, TableRow


class ListsScreen(WheeledScreen):
    """Holds the five tables; what is changed comes back as new ones.

    Args:
        tables: Every list.
        kind: The one that is shown; None for the first.
        marked: Name of the row that is marked; empty for the first.
    """

    PLACE = Place.LISTS
    CSS_PATH = "lists.tcss"

    def __init__(self, tables: Sequence[Table], kind: TableKind | None = None, marked: str = "") -> None:
        super().__init__()
        self._tables = tuple(tables)
        kinds = [each.kind for each in self._tables]
        self._at = kinds.index(kind) if kind in kinds else 0
        self._wish = marked
        self._shows_all = bool(marked) and not any(row.id == marked for row in self.table.open_rows)

    def compose_body(self) -> Iterator[Widget]:
        """Yield the names of the lists, the table, and the marked row."""
        yield ListNames()
        with Vertical(id="desk"):
            yield RowTable()
            yield RowFacts()

    def on_mount(self) -> None:
        """Show the list."""
        self.show(self._tables)
        if self._wish:
            self._rows.mark_named(self._wish)
            self._show_row()
        self._rows.focus()

    @property
    def table(self) -> Table:
        """The list that is shown."""
        return self._tables[self._at]

    @property
    def _rows(self) -> RowTable:
        return self.query_one(RowTable)

    @property
    def _row(self) -> TableRow | None:
        return self._rows.row

    def show(self, tables: Sequence[Table]) -> None:
        """Show other values; the marked row stays marked."""
        self._tables = tuple(tables)
        table = self.table
        due = sum(len(each.due) for each in self._tables)
        rights = (
            row(muted(counted(sum(len(each.open_rows) for each in self._tables), "open row") + "   "), *_due(due)),
            row(*_due(due)),
        )
        self.query_one(TitleBar).show(row(strong("Lists", Tone.PRIMARY), "  ", muted(table.title)), rights)
        self.query_one(ListNames).show([(each.title, len(each.open_rows)) for each in self._tables], self._at)
        shown = table.rows if self._shows_all else table.open_rows
        why = lists_words.why_empty(table, self._keys_of("lists.add"), self._keys_of("lists.all"))
        self._rows.show(table, shown, lists_words.footing(table, shown, self._keys_of("lists.all")), why)
        self._show_row()

    def _show_row(self) -> None:
        self.query_one(RowFacts).show(self.table, self._row)
        self.refresh_keys()

    def _keys_of(self, action: str) -> str:
        key = self.prepdeck.keys.row(action)
        return key.keys_shown.partition(" ")[0] if key is not None else ""

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        rows, pages = self._rows, self.prepdeck.pages
        return {
            "lists.edit": lambda: pages.edit_row(self.table, self._row),
            "lists.add": lambda: pages.edit_row(self.table, None),
            "lists.done": self._toggle,
            "lists.remove": self._remove,
            "lists.export": lambda: pages.do(partial(self.prepdeck.errands.export_table, self.table.kind)),
            "lists.all": self._show_all,
            "lists.next": lambda: self._turn(1),
            "lists.previous": lambda: self._turn(-1),
            "plan.offer": pages.show_offer,
            "review.undo": pages.undo_from_home,
            "move.down": lambda: self._mark(rows.marked + 1),
            "move.up": lambda: self._mark(rows.marked - 1),
            "move.page_down": lambda: self._mark(rows.marked + rows.page),
            "move.page_up": lambda: self._mark(rows.marked - rows.page),
            "move.top": lambda: self._mark(0),
            "move.bottom": lambda: self._mark(1 << 30),
            "app.back": pages.plan,
            "app.leave": pages.plan,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        marked = self._row
        match action:
            case "lists.edit" | "lists.done":
                return marked is not None
            case "lists.remove":
                return marked is not None and not marked.is_of_road
            case _:
                return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        marked = self._row
        match key.id:
            case "app.leave":
                return "Plan"
            case "lists.done" if marked is not None and not marked.is_open:
                return "Reopen"
            case "lists.edit" if marked is not None and marked.is_of_road:
                return "Link"
            case "lists.all" if self._shows_all:
                return "Open ones"
            case _:
                return key.word

    def _mark(self, number: int) -> None:
        self._rows.mark(number)
        self._show_row()

    def _turn(self, step: int) -> None:
        self._at = (self._at + step) % len(self._tables)
        self._rows.mark(0)
        self.say("")
        self.show(self._tables)

    def _show_all(self) -> None:
        self._shows_all = not self._shows_all
        self.show(self._tables)

    def _toggle(self) -> None:
        marked, errands = self._row, self.prepdeck.errands
        if marked is not None:
            deed = errands.finish_row if marked.is_open else errands.reopen_row
            self.prepdeck.pages.do(partial(deed, self.table.kind, marked.id))

    def _remove(self) -> None:
        marked = self._row
        if marked is not None:
            self.prepdeck.pages.do(partial(self.prepdeck.errands.remove_row, self.table.kind, marked.id))

    # Mouse and window

    def press(self, target: str) -> None:
        """Go to the list or the row that was clicked; a marked row is edited."""
        kind, _, name = target.partition(":")
        if kind == "list":
            self._turn(int(name) - self._at)
        elif kind == "rows":
            was_marked = self._rows.marked == int(name)
            self._mark(int(name))
            if was_marked:
                self.perform("lists.edit")
        else:
            super().press(target)

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Give the focus back that a window too small has taken."""
        self.call_after_refresh(self._settle_focus)

    def _settle_focus(self) -> None:
        if self.is_current and self.focused is None:
            self._rows.focus()

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        super().renew()
        self.show(self._tables)


def _due(count: int) -> tuple[Piece | str, ...]:
    """Return how many next actions are due."""
    return (strong(f"{count} due", Tone.ACCENT),) if count else (muted("nothing due"),)
