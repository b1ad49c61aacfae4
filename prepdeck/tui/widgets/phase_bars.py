"""The phases of the road as bars, with what is left of the one the learner is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from textual.content import Content

from prepdeck.tui.glyphs import bar
from prepdeck.tui.rows import Ground, Piece, Row, Tone, fit, foreign, muted, row, spread, strong, wrap
from prepdeck.tui.widgets.matrix import MarkedList

NO_PHASES = "This road has no phases."
"""Said in place of the phases when there are none."""
_BAR_FROM, _LONG_BAR_FROM = 30, 48
_BAR, _LONG_BAR = 5, 8
_INDENT = " " * 5
"""So that what is left stands under the title."""
_LEAST_THINGS = 3
"""Rows that the things of a phase need to be shown: a blank one, a heading and one of them."""


class PhaseSign(Enum):
    """What stands before a phase."""

    DONE = "done"
    """It is over."""
    UNDER_WAY = "under way"
    """The learner is in it, or began it."""
    LATE = "late"
    """It is under way for longer than it takes at most."""
    AHEAD = "ahead"
    """It was not begun."""


@dataclass(frozen=True, slots=True)
class PhaseThing:
    """Something a phase is done by."""

    text: str
    """In words for people."""
    is_done: bool
    """Whether it is done."""


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """One phase."""

    name: str
    """Its slug, by which it stays marked."""
    number: int
    """Its place on the road."""
    title: str
    """In words for people."""
    sign: PhaseSign
    """How far it is, as a sign."""
    share: float
    """How far it is, 0-1."""
    percent: int
    """The same in whole percent, as every page of the road rounds it."""
    left: tuple[str, ...]
    """What is done of it, longest words first."""
    things: tuple[PhaseThing, ...] = ()
    """What it is done by."""
    is_current: bool = False
    """Whether the learner is in it."""


class PhaseBars(MarkedList):
    """A row for each phase; under the current and the marked one what is left of it."""

    def __init__(self) -> None:
        super().__init__("phases", "Roadmap")
        self._lines: tuple[PhaseLine, ...] = ()
        self._top = 0

    @property
    def count(self) -> int:
        """How many phases there are."""
        return len(self._lines)

    @property
    def name_marked(self) -> str:
        """The slug of the marked phase; empty without one."""
        return self._lines[self.marked].name if self._lines else ""

    def show(self, lines: Sequence[PhaseLine], footing: str) -> None:
        """Show these phases; the marked one stays marked, at first it is the current one.

        Args:
            lines: In order.
            footing: The keys that help, for the lower edge.
        """
        kept, is_first = self.name_marked, not self._lines
        self._lines = tuple(lines)
        self.border_subtitle = Content(footing)
        current = next((at for at, line in enumerate(lines) if line.is_current), 0)
        self.mark(current if is_first else next((at for at, each in enumerate(lines) if each.name == kept), current))

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the rows around the marked phase, and below them, where there is room, what it is done by."""
        if not self._lines:
            return [row(muted(line)) for line in wrap(NO_PHASES, max(1, width))]
        rows: list[Row] = []
        first = last = 0
        for number, line in enumerate(self._lines):
            is_marked = number == self.marked
            first = len(rows) if is_marked else first
            rows.append(self._head(number, width))
            if line.is_current or is_marked:
                rows.append(self._rest(number, width))
            last = len(rows) if is_marked else last
        room = height - len(rows)
        if room >= 0:
            return [*rows, *self._things(width, room)]
        self._top = min(max(self._top, last - height, 0), first, len(rows) - height)
        return rows[self._top : self._top + height]

    def _head(self, number: int, width: int) -> Row:
        line, glyphs = self._lines[number], self.glyphs
        is_marked = number == self.marked
        edge = Piece(glyphs.cursor if is_marked and self._shows_edge else " ", Tone.ACCENT)
        sign = {
            PhaseSign.DONE: Piece(glyphs.tick, Tone.SUCCESS),
            PhaseSign.UNDER_WAY: Piece(glyphs.marker, Tone.ACCENT, strong=True),
            PhaseSign.LATE: Piece("!", Tone.ERROR, strong=True),
            PhaseSign.AHEAD: Piece(glyphs.dot, Tone.MUTED),
        }[line.sign]
        title = foreign(line.title, bold=line.is_current or is_marked)
        length = _LONG_BAR if width >= _LONG_BAR_FROM else _BAR if width >= _BAR_FROM else 0
        filled, empty = bar(line.share, length, glyphs)
        tone = Tone.SUCCESS if line.sign is PhaseSign.DONE else Tone.ACCENT
        gauge = (Piece(filled, tone), Piece(empty, Tone.RULE))
        right = row(*gauge, f"{line.percent:>4}%")
        spaced = spread(row(edge, sign, f" {line.number} ", title), right, width, glyphs.ellipsis)
        return Row(spaced.pieces, self._laid_on(number), target=f"{self.id}:{number}")

    def _rest(self, number: int, width: int) -> Row:
        room = max(0, width - len(_INDENT))
        words = self._lines[number].left
        chosen = next((each for each in words if len(each) <= room), words[-1] if words else "")
        line = fit(row(_INDENT, muted(chosen)), width, self.glyphs.ellipsis)
        return Row(line.pieces, self._laid_on(number), target=f"{self.id}:{number}")

    def _laid_on(self, number: int) -> Ground:
        return Ground.CURSOR if number == self.marked and self.has_focus else Ground.NONE

    def _things(self, width: int, room: int) -> Sequence[Row]:
        """Return what the marked phase is done by, as much of it as fits."""
        line = self._lines[self.marked]
        if room < _LEAST_THINGS or not line.things:
            return ()
        rows = [row(strong(f" Phase {line.number} is done by"))]
        for thing in line.things:
            sign = Piece(self.glyphs.tick, Tone.SUCCESS) if thing.is_done else muted(self.glyphs.dot)
            words = wrap(thing.text, max(1, width - 3))
            tone = Tone.MUTED if thing.is_done else Tone.TEXT
            rows += [
                row(" ", sign if not number else " ", " ", foreign(text, tone)) for number, text in enumerate(words)
            ]
        if len(rows) > room - 1:
            rows = [*rows[: room - 2], row(muted(f" {self.glyphs.down} more"))]
        target = f"{self.id}:{self.marked}"
        return [Row(), *(Row(each.pieces, target=target) for each in rows)]
