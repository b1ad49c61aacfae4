"""How long it is to the interview, and what you will know on the day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from prepdeck.text.cells import shorten
from prepdeck.text.cleaning import clean_line
from prepdeck.tui import glyphs as signs
from prepdeck.tui.rows import Piece, Row, Tone, fit, muted, row, strong, wrap
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.words import show_day

ROOMY = 5
"""Rows from which the days are a large number."""
NO_DATE = "No interview date is set."
"""Said without one."""
_LEAST_WORDS = 24
"""Cells beside a large number."""


@dataclass(frozen=True, slots=True)
class CountdownFacts:
    """What the box Interview says."""

    today: date | None = None
    """The study day."""
    day: date | None = None
    """The next interview; None when none is ahead."""
    company: str = ""
    """Who asks."""
    alone: float | None = None
    """Recall on the day if nothing more is studied; None while it is not known."""
    kept: float | None = None
    """The same if the plan is kept."""
    date_key: str = ""
    """The key that sets a date."""

    @property
    def days(self) -> int:
        """How many days are left."""
        return (self.day - self.today).days if self.day is not None and self.today is not None else 0


class Countdown(Drawing):
    """The days to go as a large number, company and date, and the recall to expect."""

    def __init__(self) -> None:
        super().__init__(id="interview", classes="box")
        self.border_title = "Interview"
        self._facts = CountdownFacts()

    def show(self, facts: CountdownFacts) -> None:
        """Show these facts."""
        self._facts = facts
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return one row, two, or five where there is room."""
        facts = self._facts
        if facts.today is None:
            return ()
        if facts.day is None:
            return self._draw_no_date(width, height)
        figure = signs.large(facts.days, self.glyphs)
        side = max(len(line) for line in figure)
        if height >= ROOMY and width >= side + 4 + _LEAST_WORDS:
            return self._draw_tall(width, figure, side)
        if height > 1:
            return [self._headline(width), row(*self._recall_words(width))]
        return [self._one_line(width)]

    def _draw_no_date(self, width: int, height: int) -> Sequence[Row]:
        key = Piece(self._facts.date_key, Tone.ACCENT, strong=True, target="plan.date")
        sets = row(key, Piece(" sets one", target="plan.date"))
        if height <= 1:
            return [fit(row("No interview date; ", *sets.pieces), width, self.glyphs.ellipsis)]
        if height < ROOMY:
            return [row(NO_DATE), row(*sets.pieces, muted(", and a plan is made."))]
        why = "With one, a plan says what each day asks, and what you will know."
        return [row(strong(NO_DATE)), row(), *(row(muted(line)) for line in wrap(why, width)[:2]), sets]

    def _draw_tall(self, width: int, figure: Sequence[str], side: int) -> Sequence[Row]:
        room = max(0, width - side - 4)
        when = show_day(self._facts.day) if self._facts.day else ""
        words = [
            row(strong("day to go" if self._facts.days == 1 else "days to go")),
            row(muted(self._named(when, room))),
            *self._recall_rows(),
        ]
        lines = [*figure, *[""] * (len(words) - len(figure))]
        return [
            row(),
            *(
                row(" ", Piece(line.ljust(side), Tone.ACCENT), "   ", *word.pieces)
                for line, word in zip(lines, words, strict=False)
            ),
        ]

    def _recall_rows(self) -> list[Row]:
        facts = self._facts
        if facts.kept is None or facts.alone is None:
            return [row(muted(f"looking ahead{self.glyphs.ellipsis}")), row()]
        kept = row(strong(f"{facts.kept:.0%}", Tone.ACCENT), " if the plan is kept")
        return [kept, row(muted(f"{facts.alone:.0%} if left alone"))]

    def _named(self, when: str, room: int) -> str:
        company = clean_line(self._facts.company)
        if not company:
            return when
        return f"{shorten(company, max(1, room - len(when) - 2), ellipsis=self.glyphs.ellipsis)}, {when}"

    def _headline(self, width: int) -> Row:
        facts = self._facts
        when = show_day(facts.day).split(" ", 1)[1] if facts.day else ""
        unit = " day to " if facts.days == 1 else " days to "
        room = max(1, width - len(str(facts.days)) - len(unit) - len(when) - 3)
        company = shorten(clean_line(facts.company) or "the interview", room, ellipsis=self.glyphs.ellipsis)
        return row(strong(str(facts.days), Tone.ACCENT), f"{unit}{company}", muted(f" ({when})"))

    def _recall_words(self, width: int) -> Sequence[Piece | str]:
        facts = self._facts
        if facts.kept is None or facts.alone is None:
            return (muted(f"looking ahead{self.glyphs.ellipsis}"),)
        kept, alone = f"{facts.kept:.0%}", f"{facts.alone:.0%} if not"
        long = " if the plan is kept, "
        if len(kept) + len(long) + len(alone) <= width:
            return (strong(kept, Tone.ACCENT), long, muted(alone))
        return (strong(kept, Tone.ACCENT), " if planned, ", muted(alone))

    def _one_line(self, width: int) -> Row:
        facts = self._facts
        unit = " day to " if facts.days == 1 else " days to "
        after = "" if facts.kept is None else ", ready "
        percent = "" if facts.kept is None else f"{facts.kept:.0%}"
        room = max(1, width - len(str(facts.days)) - len(unit) - len(after) - len(percent))
        company = shorten(clean_line(facts.company) or "the interview", room, ellipsis=self.glyphs.ellipsis)
        return row(strong(str(facts.days), Tone.ACCENT), f"{unit}{company}{after}", strong(percent, Tone.ACCENT))
