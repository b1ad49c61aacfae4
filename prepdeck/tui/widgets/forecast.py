"""The forecast: cards due on each of the next days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from textual import events

from prepdeck.tui.rows import Piece, Row, Tone, centred, muted, row, wrap
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.words import show_day


@dataclass(frozen=True, slots=True)
class ForecastFacts:
    """What the forecast says."""

    counts: tuple[int, ...] = ()
    """Cards due on each study day from today on."""
    today: date | None = None
    """The study day it is."""


class Forecast(Drawing, can_focus=True):
    """Cards due on each of the next days as columns; a day can be marked."""

    def __init__(self) -> None:
        super().__init__(id="forecast", classes="box")
        self.border_title = "Due next"
        self._facts = ForecastFacts()
        self._marked: int | None = None

    def show(self, facts: ForecastFacts) -> None:
        """Show these facts."""
        self._facts = facts
        self._write_subtitle()
        self.redraw()

    def move(self, days: int) -> None:
        """Mark the day so far from the marked one, staying inside the chart."""
        last = max(0, self._days_shown(self.size.width)[0] - 1)
        self._marked = max(0, min(last, (self._marked or 0) + days))
        self._write_subtitle()
        self.redraw()

    def mark(self, day: int) -> None:
        """Mark a day by its distance from today."""
        self._marked = 0
        self.move(day)

    def on_focus(self, event: events.Focus) -> None:  # noqa: ARG002 - Textual's signature
        """Mark today."""
        self.move(0)

    def on_blur(self, event: events.Blur) -> None:  # noqa: ARG002 - Textual's signature
        """Mark nothing."""
        self._marked = None
        self._write_subtitle()
        self.redraw()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Say how many days fit."""
        self._write_subtitle()

    def _label_width(self) -> int:
        return len(str(max(self._facts.counts, default=0))) + 1

    def _days_shown(self, width: int) -> tuple[int, int, int]:
        """Return how many days fit, how wide a column is, and how wide the gap between two."""
        room = width - self._label_width()
        for days, column, gap in ((14, 2, 1), (14, 1, 1), (7, 1, 1)):
            if days * (column + gap) - gap <= room:
                return min(days, len(self._facts.counts)), column, gap
        return max(0, min((room + 1) // 2, len(self._facts.counts))), 1, 1

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the columns over the letters of the week days."""
        facts = self._facts
        if facts.today is None or height < 2:  # noqa: PLR2004 - a column and its letter
            return []
        if not any(facts.counts):
            lines = [centred(row(muted(line)), width) for line in wrap("Nothing is due yet.", max(1, width))]
            return [*([Row()] * max(0, (height - len(lines)) // 2)), *lines]
        days, column, gap = self._days_shown(width)
        counts = facts.counts[:days]
        most = max((*counts, 1))
        label = self._label_width()
        rows = []
        for level in range(height - 1, 0, -1):
            name = {height - 1: str(most), 1: "0"}.get(level, "") if height > 2 else ""  # noqa: PLR2004
            pieces: list[Piece] = [muted(name.rjust(label - 1) + " ")]
            for day, count in enumerate(counts):
                sign = self._sign(count, most, level, height - 1)
                pieces += [Piece(sign * column, self._tone(day), target=f"due:{day}"), Piece(" " * gap)]
            rows.append(Row(tuple(pieces)))
        return [*rows, self._letters(days, column, gap, label)]

    def _sign(self, count: int, most: int, level: int, height: int) -> str:
        eighths = round(count * height * 8 / most) - (level - 1) * 8
        if count and level == 1:
            eighths = max(1, eighths)
        return self.glyphs.eighths[min(8, eighths) - 1] if eighths > 0 else " "

    def _tone(self, day: int) -> Tone:
        if self._marked is not None:
            return Tone.ACCENT if day == self._marked else Tone.PRIMARY
        return Tone.PRIMARY if day else Tone.ACCENT

    def _letters(self, days: int, column: int, gap: int, label: int) -> Row:
        pieces = [Piece(" " * label)]
        for day in range(days):
            letter = "MTWTFSS"[(self._facts.today.weekday() + day) % 7] if self._facts.today else ""
            is_marked = day == (self._marked or 0)
            pieces.append(Piece(letter.ljust(column + gap), Tone.ACCENT if is_marked else Tone.MUTED, strong=is_marked))
        return Row(tuple(pieces))

    def _write_subtitle(self) -> None:
        facts = self._facts
        if self._marked is not None and facts.today is not None and facts.counts:
            day = facts.today + timedelta(days=self._marked)
            self.border_subtitle = f"{show_day(day)}: {facts.counts[self._marked]}"
            return
        days = self._days_shown(self.size.width)[0] if self.size.width else len(facts.counts)
        self.border_subtitle = f"{days} days"
