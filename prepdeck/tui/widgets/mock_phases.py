"""The phases of a mock with what each took and may take, and facts about the one that is on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from prepdeck.interview.mock import Heat
from prepdeck.text.cleaning import clean_line
from prepdeck.tui.glyphs import bar
from prepdeck.tui.rows import Piece, Row, Tone, fit, muted, right_aligned, row, spread, wrap
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.words import show_seconds

_ROOMY = 44

HEAT_TONES = {Heat.CALM: Tone.SUCCESS, Heat.AMBER: Tone.ACCENT, Heat.RED: Tone.ERROR}
"""The tone of a phase by how much of its time is used."""


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """One phase."""

    title: str
    """Its name."""
    spent: int
    """Seconds it took so far."""
    budget: int
    """Seconds it may take."""
    heat: Heat
    """How much of its time is used."""
    is_now: bool = False
    """Whether it is on."""
    is_past: bool = False
    """Whether it lies behind."""

    @property
    def over(self) -> str:
        """How far it is over its time, as `+0:12`; empty while it is not."""
        return f"+{show_seconds(self.spent - self.budget)}" if self.spent > self.budget else ""


class PhaseList(Drawing):
    """Every phase on a line, with a bar below each where there is room, else below the one that is on."""

    def __init__(self) -> None:
        super().__init__(id="phases", classes="box")
        self.border_title = "Phases"
        self._lines: tuple[PhaseLine, ...] = ()
        self._shows_times = True

    def show(self, lines: Sequence[PhaseLine], keys: str, *, shows_times: bool = True) -> None:
        """Show these phases; `keys` stand at the lower edge."""
        if (tuple(lines), shows_times) != (self._lines, self._shows_times):
            self._lines, self._shows_times = tuple(lines), shows_times
            self.redraw_changes()
        if self.border_subtitle != keys:
            self.border_subtitle = keys

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return as many phases around the present one as there is room for."""
        lines = self._lines
        has_bars = len(lines) * 2 <= height or not height
        now = next((number for number, line in enumerate(lines) if line.is_now), 0)
        page = max(1, height - 1) if height else len(lines)
        first = 0 if has_bars else max(0, min(now - page // 2, len(lines) - page))
        rows: list[Row] = []
        for line in lines if has_bars else lines[first : first + page]:
            rows.append(self._line(line, width))
            if has_bars or line.is_now:
                rows.append(self._bar(line, width))
        return rows

    def _line(self, line: PhaseLine, width: int) -> Row:
        glyphs = self.glyphs
        tone = HEAT_TONES[line.heat] if line.spent else Tone.MUTED
        sign = "!" if line.over else glyphs.tick if line.is_past and line.spent else glyphs.dot
        if line.is_now:
            sign = "!" if line.over else glyphs.marker
        name = Piece(clean_line(line.title), Tone.TEXT if line.spent or line.is_now else Tone.MUTED, strong=line.is_now)
        left = row(Piece(f"{sign} ", tone, strong=line.is_now), name)
        if not self._shows_times:
            return fit(left, width, glyphs.ellipsis)
        used = show_seconds(line.spent) if line.spent or line.is_now else ""
        is_roomy = width >= _ROOMY
        over = (Piece(f"{line.over}{'  ' if is_roomy else ' '}", Tone.ERROR, strong=True),) if line.over else ()
        budget = right_aligned(muted(f"/{show_seconds(line.budget)}"), 6 if is_roomy else 0)
        return spread(left, row(*over, Piece(used, tone, strong=line.is_now), budget), width, glyphs.ellipsis)

    def _bar(self, line: PhaseLine, width: int) -> Row:
        share = min(1.0, line.spent / line.budget) if line.budget and self._shows_times else 0.0
        filled, empty = bar(share, width - 2, self.glyphs)
        return row("  ", Piece(filled, HEAT_TONES[line.heat]), Piece(empty, Tone.RULE))


class PhaseBox(Drawing):
    """Facts about the stop that is on, set by the page."""

    def __init__(self) -> None:
        super().__init__(id="stop", classes="box")
        self._setter: Callable[[int], Sequence[Row | str]] = lambda width: ()  # noqa: ARG005 - nothing to say yet
        self._known: object = None

    def show(self, title: str, keys: str, known: object, setter: Callable[[int], Sequence[Row | str]]) -> None:
        """Show what `setter` returns for a width: rows, and words that are wrapped.

        Args:
            title: What stands at the upper edge.
            keys: What stands at the lower edge.
            known: What the rows are made of: while it stays the same nothing is drawn.
            setter: Makes the rows.
        """
        if self.border_title != title or self.border_subtitle != keys:
            self.border_title, self.border_subtitle = title, keys
        self._setter = setter
        if known != self._known:
            is_new_length = self._known is None or len(self.draw(self.size.width or 30, 0)) != len(self.rows())
            self._known = known
            if is_new_length:
                self.redraw(layout=True)
            else:
                self.redraw_changes()

    def draw(self, width: int, height: int) -> Sequence[Row]:  # noqa: ARG002 - as many rows as there are
        """Return all rows."""
        rows: list[Row] = []
        for each in self._setter(width):
            if isinstance(each, Row):
                rows.append(fit(each, width, self.glyphs.ellipsis))
            else:
                rows += [row(muted(line)) for line in wrap(each, max(1, width))]
        return rows
