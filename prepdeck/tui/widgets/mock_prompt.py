"""What a mock asks, in a box that scrolls."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from prepdeck.tui.rows import Row, fit, muted, row
from prepdeck.tui.widgets.drawing import Drawing


class PromptBox(Drawing):
    """Rows set for the width there is; it says how many more lines there are."""

    def __init__(self, id: str = "prompt", more: str = "mock.prompt") -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, classes="box")
        self._more = more
        self._setter: Callable[[int], Sequence[Row]] = lambda width: ()  # noqa: ARG005 - nothing is asked yet
        self._all: Sequence[Row] = ()
        self._top = 0
        self._goes_to_end = False

    def show(self, title: str, footing: str, setter: Callable[[int], Sequence[Row]], *, at_end: bool = False) -> None:
        """Show what `setter` returns for a width.

        Args:
            title: What stands at the upper edge.
            footing: What stands at the lower edge.
            setter: Makes the rows.
            at_end: Whether the last rows are to be seen, because they are new.
        """
        self.border_title, self.border_subtitle = title, footing
        self._setter = setter
        self._top = 0
        self._goes_to_end = at_end
        self.redraw(layout=True)

    def scroll_rows(self, rows: int) -> None:
        """Scroll by so many rows, stopping at the ends."""
        self._goes_to_end = False
        self._top = max(0, min(len(self._all) - max(1, self.size.height), self._top + rows))
        self.redraw()

    @property
    def page(self) -> int:
        """How many rows are seen at once."""
        return max(1, self.size.height)

    @property
    def can_scroll(self) -> bool:
        """Whether there are more rows than room."""
        return len(self._all) > self.page

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the rows that are seen; a height of nothing asks how many there are."""
        every = [fit(line, width, self.glyphs.ellipsis) for line in self._setter(width)]
        if not height:
            return every
        self._all = every
        last = max(0, len(every) - height)
        self._top = last if self._goes_to_end else max(0, min(self._top, last))
        shown = list(every[self._top : self._top + height])
        if self._top + height < len(every) and shown:
            more = len(every) - self._top - height + 1
            shown[-1] = row(muted(f"{self.glyphs.down} {more} more lines"), target=self._more)
        return shown

    def on_mouse_scroll_down(self) -> None:
        """Scroll down."""
        self.scroll_rows(2)

    def on_mouse_scroll_up(self) -> None:
        """Scroll up."""
        self.scroll_rows(-2)
