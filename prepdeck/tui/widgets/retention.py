"""The retention line: a share over days in dots, with the goal across."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prepdeck.tui.rows import Piece, Row, Tone, centred, muted, row, wrap
from prepdeck.tui.widgets.axis import axis
from prepdeck.tui.widgets.drawing import Drawing

_LABEL = 4
_BRAILLE = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_LEAST_HEIGHT = 4


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What the line says."""

    values: tuple[float | None, ...] = ()
    """Percent at each day, today last."""
    goal: float = 90.0
    """Percent to reach."""
    floor: float = 70.0
    """Percent at the lower edge."""
    instead: str = ""
    """A sentence shown while there is too little to draw."""


class RetentionBox(Drawing, can_focus=True):
    """Retention in percent over the days of the window."""

    def __init__(self) -> None:
        super().__init__(id="retention", classes="box")
        self.border_title = "Retention %"
        self._facts = LineFacts()

    def show(self, facts: LineFacts) -> None:
        """Show these facts."""
        self._facts = facts
        self.border_subtitle = f"goal {facts.goal:.0f}"
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the line over its axis."""
        if self._facts.instead or height < _LEAST_HEIGHT or width <= _LABEL + 2:
            return sentence(self._facts.instead, width, height)
        across, down = width - _LABEL - 1, height - 2
        dots = self._dots(across, down)
        names = {self._level_of(value, down): f"{value:.0f}" for value in self._marks(down)}
        goal = self._level_of(self._facts.goal, down)
        edge = self.glyphs.box[5]
        rows = [
            row(
                muted(names.get(level, "").rjust(_LABEL - 1)),
                Piece(edge, Tone.RULE),
                *self._level(dots[level], is_goal=level == goal),
            )
            for level in range(down)
        ]
        words, ticks = axis(len(self._facts.values), _LABEL, across, lambda back: self._place(back, across))
        tick = "+" if self.glyphs.ascii_only else "┬"
        line = "".join(tick if cell in ticks else self.glyphs.rule for cell in range(across))
        rule = Piece(" " * (_LABEL - 1) + self.glyphs.box[2] + line, Tone.RULE)
        return [*rows, row(rule), words]

    def _marks(self, down: int) -> list[float]:
        """Return the values named on the scale: every tenth where there is room for them, else the middle."""
        floor = self._facts.floor
        tens = [float(value) for value in range(100, int(floor) - 1, -10)]
        return tens if len(tens) * 2 <= down else [100.0, (100 + floor) / 2, floor]

    def _level_of(self, value: float, down: int) -> int:
        """Return the line a value stands in."""
        return self._dot_of(value, down) // 4

    def _dot_of(self, value: float, down: int) -> int:
        share = max(0.0, min(1.0, (100 - value) / (100 - self._facts.floor)))
        return round(share * (4 * down - 1))

    def _place(self, back: int, across: int) -> int:
        """Return the cell of a day by how many days it is back."""
        last = len(self._facts.values) - 1
        return round((last - back) * (2 * across - 1) / max(1, last)) // 2

    def _level(self, cells: Sequence[int], *, is_goal: bool) -> list[Piece]:
        dash = "-" if self.glyphs.ascii_only else "┄"
        pieces = []
        for cell in cells:
            if cell:
                sign = "*" if self.glyphs.ascii_only else chr(_BRAILLE + cell)
                pieces.append(Piece(sign, Tone.SUCCESS))
            else:
                pieces.append(Piece(dash if is_goal else " ", Tone.MUTED))
        return pieces

    def _dots(self, across: int, down: int) -> list[list[int]]:
        """Return the dots of each cell: values joined by straight lines, a gap where a day says nothing."""
        cells = [[0] * across for _ in range(down)]
        values = self._facts.values
        last: tuple[int, int] | None = None
        for number, value in enumerate(values):
            if value is None:
                last = None
                continue
            x = round(number * (2 * across - 1) / max(1, len(values) - 1))
            y = self._dot_of(value, down)
            for at_x, at_y in _between(last or (x, y), (x, y)):
                cells[at_y // 4][at_x // 2] |= _DOTS[at_y % 4][at_x % 2]
            last = (x, y)
        return cells


def _between(start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int]]:
    steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
    return [
        (
            start[0] + round((end[0] - start[0]) * step / steps),
            start[1] + round((end[1] - start[1]) * step / steps),
        )
        for step in range(steps + 1)
    ]


def sentence(words: str, width: int, height: int) -> list[Row]:
    """Return a sentence in the middle of a box."""
    lines = wrap(words, max(1, width - 2)) if words else []
    above = [Row()] * max(0, (height - len(lines)) // 2)
    return [*above, *(centred(row(muted(line)), width) for line in lines)]
