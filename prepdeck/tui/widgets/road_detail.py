"""What is known of a row of the road: lines to read, and among them spots a cursor stands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from prepdeck.text.counts import counted
from prepdeck.tui.rows import Ground, Piece, Row, Tone, fit, muted, row
from prepdeck.tui.widgets.drawing import Drawing


@dataclass(frozen=True, slots=True)
class DetailLine:
    """One line of a detail."""

    row: Row
    """What is read."""
    spot: str = ""
    """What the cursor stands on there; empty where it does not stand. Lines of one spot lie together."""


class RoadDetail(Drawing, can_focus=True):
    """Lines that scroll, with a cursor on those that something can be done with."""

    def __init__(self) -> None:
        super().__init__(id="detail", classes="box")
        self._setter: Callable[[int], Sequence[DetailLine]] = lambda width: ()  # noqa: ARG005 - nothing to say yet
        self._lines: Sequence[DetailLine] = ()
        self._set_for = -1
        self._cursor = ""
        self._top = 0
        self._seen_at = (0, 0)

    def show(self, title: str, setter: Callable[[int], Sequence[DetailLine]], *, is_same: bool) -> None:
        """Show the lines that `setter` returns for a width.

        Args:
            title: What they are about.
            setter: Returns the lines.
            is_same: Whether they are about what was shown before; cursor and place then stay.
        """
        self._setter, self._set_for = setter, -1
        if not is_same:
            self._top, self._cursor = 0, ""
        self.border_title = Content(title)
        self.redraw()

    @property
    def spot(self) -> str:
        """What the cursor stands on; one that is out of sight is left behind for the first one in sight."""
        seen = self._spots_in_sight()
        if self._cursor in seen:
            return self._cursor
        return seen[0] if seen else ""

    @property
    def page(self) -> int:
        """How many lines are seen at once."""
        self._set()
        height = max(1, self.size.height)
        return height if len(self._lines) <= height else max(1, height - 1)

    @property
    def spots(self) -> list[str]:
        """Everything the cursor can stand on, in order."""
        self._set()
        return list(dict.fromkeys(line.spot for line in self._lines if line.spot))

    def stand_on(self, spot: str) -> None:
        """Put the cursor there and bring it into sight; where it is not there it stays as it was."""
        if spot in self.spots or not self.size.width:
            self._cursor = spot
            self._seen_at = (0, 0)
        self.redraw()

    def _reveal(self) -> None:
        """Scroll no further than it takes to see the cursor."""
        if self._cursor in self.spots:
            first, last = self._place_of(self._cursor)
            self._top = self._kept(max(min(self._top, first), last - self.page + 1))

    def move(self, step: int) -> None:
        """Go to the next spot, or the one before; where text lies between it is read line by line."""
        spots, at = self.spots, self.spot
        if not at:
            self.scroll_lines(step)
            return
        self._cursor = at
        number = spots.index(at) + step
        if not 0 <= number < len(spots):
            self.scroll_lines(step)
            return
        first, last = self._place_of(spots[number])
        near = first <= self._top + self.page if step > 0 else last >= self._top - 1
        if not near:
            self.scroll_lines(step)
            return
        self._cursor = spots[number]
        self._reveal()
        self.redraw()

    def scroll_lines(self, lines: int) -> None:
        """Scroll by so many lines, stopping at the ends; the cursor stays in sight where it can."""
        self._top = self._kept(self._top + lines)
        self._cursor = self.spot
        self.redraw()

    def to_end(self, step: int) -> None:
        """Go to the first spot and line, or to the last."""
        spots = self.spots
        self._top = self._kept(-(1 << 30) if step < 0 else 1 << 30)
        if spots:
            self._cursor = spots[0 if step < 0 else -1]
        self.redraw()

    def _set(self) -> None:
        if self._set_for != self.size.width:
            self._set_for = self.size.width
            self._lines = self._setter(self.size.width - 1) if self.size.width > 1 else ()

    def _kept(self, top: int) -> int:
        return max(0, min(top, len(self._lines) - self.page))

    def _place_of(self, spot: str) -> tuple[int, int]:
        places = [number for number, line in enumerate(self._lines) if line.spot == spot]
        return places[0], places[-1]

    def _spots_in_sight(self) -> list[str]:
        self._set()
        shown = self._lines[self._top : self._top + self.page]
        return list(dict.fromkeys(line.spot for line in shown if line.spot))

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the lines in sight, and how many more there are."""
        self._set()
        if self._seen_at != (width, height):
            self._seen_at = (width, height)
            self._reveal()
        self._top = self._kept(self._top)
        page, at = self.page, self.spot if self.has_focus else ""
        rows = [self._drawn_line(line, at, width) for line in self._lines[self._top : self._top + page]]
        below = len(self._lines) - self._top - page
        if len(self._lines) > height:
            rows += [Row()] * (height - 1 - len(rows))
            more = f"{self.glyphs.down} {counted(below, 'more line')}"
            rows.append(
                row(muted(f" {more}" if below > 0 else f" {self.glyphs.up} {counted(self._top, 'line')} above"))
            )
        return rows

    def _drawn_line(self, line: DetailLine, at: str, width: int) -> Row:
        is_here = bool(line.spot) and line.spot == at
        edge = Piece(self.glyphs.cursor if is_here and self.palette is None else " ", Tone.ACCENT)
        whole = fit(Row((edge, *line.row.pieces)), width, self.glyphs.ellipsis)
        target = f"spot:{line.spot}" if line.spot else None
        return replace(whole, ground=Ground.CURSOR if is_here else Ground.NONE, target=target)

    def on_focus(self) -> None:
        """Draw the cursor."""
        self.redraw()

    def on_blur(self) -> None:
        """Draw no cursor."""
        self.redraw()
