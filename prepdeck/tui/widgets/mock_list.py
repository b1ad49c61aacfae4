"""Mocks of the past, one a line."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from prepdeck.text.counts import one_decimal
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, spread, strong
from prepdeck.tui.widgets.matrix import MarkedList
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from prepdeck.interview.history import PastMock


ROOM_FOR_VERDICT: Final = 50
"""Cells from which a line has room for the verdict."""


class MockList(MarkedList):
    """Mocks, the newest first; some are selected to be compared."""

    def __init__(self) -> None:
        super().__init__("mocks", "Mocks")
        self._mocks: Sequence[PastMock] = ()
        self._selected: Collection[str] = ()

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._mocks)

    @property
    def current(self) -> PastMock | None:
        """The marked one."""
        return self._mocks[self.marked] if self._mocks else None

    def show(self, mocks: Sequence[PastMock], selected: Collection[str]) -> None:
        """Show these mocks."""
        self._mocks, self._selected = mocks, selected
        self.border_subtitle = f"{len(selected)} of 2 selected" if selected else f"{len(mocks)}"
        self.mark(self.marked)

    def headings(self, width: int) -> Sequence[Row]:  # noqa: ARG002 - words
        """Return a sentence while there is none."""
        return () if self._mocks else (row("No mock was marked yet. m begins one."),)

    def line(self, number: int, width: int) -> Row:
        """Return one mock: day, format, mean and verdict."""
        each = self._mocks[number]
        sign = Piece(f"{self.glyphs.marker} " if each.id in self._selected else "  ", Tone.ACCENT, strong=True)
        mean = strong("   -") if each.mean is None else strong(f"{one_decimal(each.mean):>4}")
        verdict = "given up" if not each.was_sat else (each.verdict or "no verdict").replace("-", " ")
        right = row(mean, muted(f"  {verdict:<10}" if width >= ROOM_FOR_VERDICT else ""))
        return spread(
            row(sign, muted(f"{show_day(each.day)}  "), foreign(each.title)), right, width, self.glyphs.ellipsis
        )
