"""The time that is left of a mock, in large digits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from prepdeck.tui.glyphs import large_time
from prepdeck.tui.rows import Piece, Row, Tone, centred, fit
from prepdeck.tui.widgets.drawing import Drawing

_DIGIT_ROWS = 3


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """What the box says."""

    time: str = ""
    """The time as `30:45`, or with a sign as `+2:13`; words while it is hidden."""
    title: str = "Time left"
    """What time it is."""
    tone: Tone = Tone.SUCCESS
    """How it is going."""
    is_hidden: bool = False
    """Whether words stand in place of the digits."""
    below: Row = field(default_factory=Row)
    """The line below: how far behind the plan, or the phase where there is no room for phases."""
    total: str = ""
    """What stands at the lower edge."""


class MockClock(Drawing):
    """Takes the text of a clock and draws it when it changed; it knows no time of its own."""

    def __init__(self) -> None:
        super().__init__(id="clock", classes="box")
        self._facts = ClockFacts()

    def show(self, facts: ClockFacts) -> None:
        """Show these facts."""
        if facts == self._facts:
            return
        if (facts.title, facts.total) != (self._facts.title, self._facts.total):
            self.border_title, self.border_subtitle = facts.title, facts.total
        self._facts = facts
        self.redraw_changes()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the digits in the middle, and the line below them."""
        facts = self._facts
        below = centred(fit(facts.below, width, self.glyphs.ellipsis), width)
        if facts.is_hidden or height <= _DIGIT_ROWS:
            return [centred(Row((Piece(facts.time, facts.tone, strong=True),)), width), below]
        lines = large_time(facts.time, self.glyphs)
        side = max(len(line) for line in lines)
        digits = [Row((Piece(line.ljust(side), facts.tone, strong=True),)) for line in lines]
        spare = height - _DIGIT_ROWS - 1
        above, between = (Row(),) * (spare >= 2), (Row(),) * (spare >= 1)  # noqa: PLR2004 - a blank row above, then one between
        return [*above, *(centred(line, width) for line in digits), *between, below]
