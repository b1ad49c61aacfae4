"""What the lists say: why one is empty, how many rows are over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from prepdeck.study.tables import Table, TableRow

EMPTY: Final = {
    "deliverables": "What each phase asks you to make stands here, and what you add yourself.",
    "portfolio": "Pieces you can show: what each is, where it can be seen, and what it still needs.",
    "applications": "Each job you apply for, with the day of your next step.",
    "contacts": "People you talk to about jobs, with what you want to ask them next.",
    "interviews": "Rounds of real interviews: write the questions down right afterwards.",
}
"""What belongs into a list, by its name."""


def why_empty(table: Table, add_key: str, all_key: str) -> str:
    """Return what is said where no row is shown."""
    if table.rows:
        return f"Every row is over; {all_key} shows them."
    return f"{EMPTY[table.kind.value]} {add_key} adds the first one."


def footing(table: Table, shown: Sequence[TableRow], all_key: str) -> str:
    """Return what stands below the table."""
    over = len(table.rows) - len(table.open_rows)
    is_whole = len(shown) == len(table.rows)
    if not over:
        return f"{len(table.rows)} open"
    return f"{len(table.open_rows)} open, {over} over" + ("" if is_whole else f", {all_key} shows all")
