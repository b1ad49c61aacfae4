"""What is marked of a mock, line by line: four boxes, a tick, and the line of evidence below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from prepdeck.interview.marks import Rater
from prepdeck.tui.rows import Ground, Piece, Row, Tone, fit, foreign, muted, row, spread
from prepdeck.tui.widgets.matrix import MarkedList

if TYPE_CHECKING:
    from prepdeck.study.mock_marking import MarkLine

LEVEL_TONES: Final = {1: Tone.ERROR, 2: Tone.ACCENT, 3: Tone.SUCCESS, 4: Tone.PRIMARY}
"""How each mark is toned."""


class MarkList(MarkedList):
    """Everything that can be marked; two rows each where there is room."""

    def __init__(self) -> None:
        super().__init__("marks", "Rubric")
        self._lines: Sequence[MarkLine] = ()
        self._rater = Rater.SELF

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    @property
    def current(self) -> MarkLine | None:
        """The marked line."""
        return self._lines[self.marked] if self._lines else None

    def show(self, lines: Sequence[MarkLine], rater: Rater) -> None:
        """Show these lines, with the marks of one rater."""
        self._lines, self._rater = lines, rater
        self.border_title = "Rubric" if rater is Rater.SELF else "Rubric, the partner's marks"
        self.mark(self.marked)

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the lines, each with its evidence below when all fit so."""
        if 0 < height < 2 * self.count or not self._is_roomy:
            return super().draw(width, height or self.count)
        rows = []
        for number, each in enumerate(self._lines):
            is_marked = number == self.marked
            ground = Ground.CURSOR if is_marked and self.has_focus else Ground.NONE
            edge = Piece(self.glyphs.cursor if is_marked and self._shows_edge else " ", Tone.ACCENT)
            upper = fit(Row((edge, *self.line(number, width - 1).pieces)), width, self.glyphs.ellipsis)
            lower = fit(row("   ", self._below(each)), width, self.glyphs.ellipsis)
            rows += [
                Row(upper.pieces, ground, target=f"marks:{number}"),
                Row(lower.pieces, ground, target=f"marks:{number}"),
            ]
        return rows

    @property
    def _is_roomy(self) -> bool:
        """Whether the window is high enough for two rows a line."""
        return not (self.screen.has_class("-short") or self.screen.has_class("-flat"))

    def _below(self, each: MarkLine) -> Piece:
        words = each.partner_evidence if self._rater is Rater.PARTNER else each.evidence
        if words:
            return foreign(words)
        if each.is_blank:
            return muted("left blank: it gets no mark")
        return (
            foreign(each.seen, Tone.MUTED) if each.seen else muted("no evidence yet" if each.question is None else "")
        )

    def line(self, number: int, width: int) -> Row:
        """Return one line: title, weight, four boxes, and whether it is marked."""
        each = self._lines[number]
        level = each.given_by(self._rater)
        if level is None and self._rater is Rater.SELF and each.filled is not None:
            level = each.filled
        boxes = [self._box(each, number, mark, level) for mark in range(1, 5)]
        is_done = each.is_marked if self._rater is Rater.SELF else level is not None
        sign = Piece(self.glyphs.tick, Tone.SUCCESS) if is_done else Piece("?", Tone.ACCENT, strong=True)
        weight = muted(f"x{each.weight}" if each.weight is not None else "  ")
        name = foreign(each.title, bold=number == self.marked)
        head = row(muted(f"{each.id} "), name) if each.question is not None else row(name)
        return spread(head, row(weight, " ", *boxes, " ", sign), width, self.glyphs.ellipsis)

    def _box(self, each: MarkLine, number: int, mark: int, level: int | None) -> Piece:
        target = f"mark:{number}:{mark}"
        if mark == level:
            held = self._rater is Rater.SELF and each.level is not None and each.level < mark
            return Piece(
                f"[{mark}]", Tone.ERROR if held else LEVEL_TONES[mark], strong=True, strike=held, target=target
            )
        if self._rater is Rater.SELF and mark == each.level:
            return Piece(f"({mark})", LEVEL_TONES[mark], strong=True, target=target)
        return Piece(f" {mark} ", Tone.MUTED, target=target)
