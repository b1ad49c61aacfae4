"""How ready one is, part by part, each bar beside its target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prepdeck.text.cells import cell_width, pad, shorten
from prepdeck.text.cleaning import clean_line
from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.rows import Piece, Row, Tone, fit, muted, right_aligned, row, strong, wrap
from prepdeck.tui.widgets.drawing import Drawing

NEAR = 0.1
"""A gap up to this is a small one."""
_LEAST_BAR = 6
_FIGURES = 11
"""Cells of percent and gap, with the space before them."""
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class ReadyLine:
    """One track or topic."""

    name: str
    """What people call it."""
    recall: float
    """Recall to expect, 0-1."""
    target: float
    """Recall that counts as ready."""
    is_heading: bool = False
    """Whether it only names what follows."""

    @property
    def gap(self) -> float:
        """How much is missing, of 1, as the rounded percents on the screen show it."""
        return (round(self.target * 100) - round(self.recall * 100)) / 100

    @property
    def tone(self) -> Tone:
        """Ready, nearly, or far from it."""
        if self.gap <= 0:
            return Tone.SUCCESS
        return Tone.ACCENT if self.gap <= NEAR else Tone.ERROR


class ReadyBox(Drawing):
    """Bars with target marks; scrolls where it is focused."""

    def __init__(self, title: str, *, id: str = "ready", scrolls: bool = False) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, classes="box")
        self.can_focus = scrolls
        self.border_title = title
        self._lines: tuple[ReadyLine, ...] = ()
        self._words = ""
        self._top = 0

    def show(self, lines: Sequence[ReadyLine], words: str = "") -> None:
        """Show these lines, or a sentence where there are none."""
        self._lines, self._words = tuple(lines), words
        targets = {line.target for line in lines if not line.is_heading}
        mark = target_mark(self.glyphs)
        self.border_subtitle = f"{mark} target {min(targets):.0%}" if len(targets) == 1 else ""
        self.redraw(layout=True)

    @property
    def page(self) -> int:
        """How many lines are seen at once."""
        return max(1, self.size.height)

    def move(self, lines: int) -> None:
        """Scroll by so many lines, stopping at the ends."""
        self._top = max(0, min(len(self._lines) - self.page, self._top + lines))
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the lines that are seen; a height of nothing asks how many there are."""
        if not self._lines:
            return [row(muted(line)) for line in wrap(self._words, max(1, width))]
        longest = max(cell_width(clean_line(line.name)) for line in self._lines)
        name = max(8, min(longest, _LONGEST_NAME, width - _FIGURES - _LEAST_BAR - 1, max(16, width // 2)))
        rows = [self._draw_line(line, name, width) for line in self._lines]
        if not height or len(rows) <= height:
            return rows
        self._top = max(0, min(self._top, len(rows) - height))
        shown = rows[self._top : self._top + height]
        left = len(rows) - self._top - height
        if left:
            shown[-1] = row(muted(f"{self.glyphs.down} {left + 1} more"))
        return shown

    def _draw_line(self, line: ReadyLine, name: int, width: int) -> Row:
        shown = clean_line(line.name)
        if line.is_heading:
            return fit(row(strong(shown)), width, self.glyphs.ellipsis)
        shown = pad(shorten(shown, name, ellipsis=self.glyphs.ellipsis), name)
        room = width - name - _FIGURES
        bar = bar_with_target(line, room - 1, self.glyphs) if room > _LEAST_BAR else ()
        missing = round(line.gap * 100)
        gap = Piece("ok" if line.gap <= 0 else f"-{missing}", line.tone)
        percent = strong(f"{line.recall:.0%}")
        return row(shown, " " if bar else "", *bar, right_aligned(percent, 6), right_aligned(gap, 5))


def target_mark(glyphs: Glyphs) -> str:
    """Return the sign of a target on a bar."""
    return "|" if glyphs.ascii_only else "┃"


def bar_with_target(line: ReadyLine, width: int, glyphs: Glyphs) -> Sequence[Piece]:
    """Return a bar with a mark where the target is; a bar that reaches the target reaches the mark."""
    if width < 1:
        return ()
    at = min(width - 1, int(line.target * width))
    cells = min(width, int(max(0.0, line.recall) * width))
    cells = max(cells, at) if line.gap <= 0 else min(cells, at)
    if line.recall > 0:
        cells = max(1, cells) if at else cells
    tones = [line.tone if number < cells else Tone.RULE for number in range(width)]
    before, after = tones[:at], tones[at + 1 :]
    return (*_runs(before, glyphs), strong(target_mark(glyphs)), *_runs(after, glyphs))


def _runs(tones: Sequence[Tone], glyphs: Glyphs) -> list[Piece]:
    """Return a filled and an empty stretch."""
    empty = sum(tone is Tone.RULE for tone in tones)
    filled = len(tones) - empty
    tone = tones[0] if tones else Tone.RULE
    stretches = ((glyphs.filled * filled, tone), (glyphs.empty * empty, Tone.RULE))
    return [Piece(text, each) for text, each in stretches if text]
