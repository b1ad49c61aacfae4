"""Figures in boxes: one number and what it counts."""

from __future__ import annotations

from collections.abc import Sequence

from prepdeck.tui.rows import Row, centred
from prepdeck.tui.widgets.drawing import Drawing


class Figure(Drawing):
    """One number with its word in the middle of a small box.

    Args:
        id: Name of the box.
    """

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, classes="box figure")
        self._forms: tuple[Row, ...] = ()

    def show(self, *forms: Row) -> None:
        """Show the longest of some forms that fits; they come longest first."""
        self._forms = forms
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:  # noqa: ARG002 - always one row
        """Return the one row."""
        fitting = next((form for form in self._forms if form.width <= width), None)
        return [] if fitting is None else [centred(fitting, width)]
