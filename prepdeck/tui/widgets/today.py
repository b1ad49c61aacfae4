"""What waits today, and how the last weeks went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from prepdeck.text.counts import counted
from prepdeck.tui import glyphs as signs
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, strong
from prepdeck.tui.widgets.drawing import Drawing

ROOMY = 5
"""Rows from which a box spreads out."""


@dataclass(frozen=True, slots=True)
class TodayFacts:
    """What the box Today says."""

    due: int = 0
    """Learned cards due."""
    new: int = 0
    """New cards left for today."""
    minutes: int = 0
    """About how long both take."""
    done: int = 0
    """Answers given today."""
    unfinished: int = 0
    """Cards that slipped today and still come back."""
    decks: int = 0
    """How many decks there are."""
    folder: str = ""
    """Where decks belong."""
    is_planned: bool = False
    """Whether a plan for an interview says what today asks; then `due` counts its reviews."""

    @property
    def waiting(self) -> int:
        """Everything a round would ask."""
        return self.due + self.new + self.unfinished


class TodayBox(Drawing):
    """Due and new cards, minutes, a bar of what is done, and the key that starts."""

    def __init__(self) -> None:
        super().__init__(id="today", classes="box")
        self.border_title = "Today"
        self._facts = TodayFacts()

    def show(self, facts: TodayFacts) -> None:
        """Show these facts."""
        self._facts = facts
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return two rows, or five where there is room."""
        facts = self._facts
        if not facts.decks:
            return self._draw_no_decks()
        if height < ROOMY:
            return self._draw_short(width)
        bar = self._bar(min(46, width - 26))
        total = facts.done + facts.waiting
        done = muted(f"  {facts.done} of {total} done today" if total else "  nothing was asked today")
        keys: list[Piece | str] = [*self._start("Start review" if facts.waiting else "More")]
        for key, words, target in (("l", "Learn only new", "home.learn"), ("c", "Cram", "home.cram")):
            keys += [Piece(f"   {key}", Tone.ACCENT, strong=True, target=target), Piece(f" {words}", target=target)]
        return [self._headline(width), Row(), row(*bar, done), Row(), row(*keys)]

    @property
    def _due_word(self) -> str:
        return "review" if self._facts.is_planned else "due"

    def _nothing_words(self) -> str:
        if self._facts.is_planned:
            return "Today's plan is done." if self._facts.done else "The plan asks for nothing today."
        return "Nothing is due until tomorrow." if self._facts.done else "Nothing is due today."

    def _headline(self, width: int) -> Row:
        facts = self._facts
        if not facts.waiting:
            return row(strong(self._nothing_words()))
        cards = "1 card today" if facts.waiting == 1 else f"{facts.waiting} cards today"
        parts = [f"{facts.due} {self._due_word}", f"{facts.new} new"]
        if facts.unfinished:
            parts.append(f"{facts.unfinished} again")
        minutes = f"about {max(1, facts.minutes)} min"
        long = f" {self.glyphs.dot} ".join([*parts, minutes])
        return row(strong(cards), muted("   " + long if width > len(cards) + len(long) + 3 else f"  {minutes}"))

    def _draw_short(self, width: int) -> Sequence[Row]:
        facts = self._facts
        if facts.waiting:
            again = f", {facts.unfinished} again" if facts.unfinished else ""
            first = row(
                strong(f"{facts.due} {self._due_word}"), muted(f" {facts.new} new{again}, ~{max(1, facts.minutes)} min")
            )
        else:
            planned = "Plan done." if facts.done else "Nothing planned."
            first = row(strong(planned if facts.is_planned else "Nothing is due."))
        done = f" {facts.done} done "
        bar = self._bar(max(0, min(12, width - len(done) - 16)))
        return [first, row(*bar, muted(done), " ", *self._start("Start" if facts.waiting else "More"))]

    def _draw_no_decks(self) -> Sequence[Row]:
        return [row(strong("No decks here yet.")), row(muted("Put a deck into "), foreign(self._facts.folder))]

    def _start(self, word: str) -> tuple[Piece, Piece]:
        return (
            Piece(" Enter ", Tone.BUTTON, strong=True, target="home.review"),
            Piece(f" {word}", target="home.review"),
        )

    def _bar(self, width: int) -> tuple[Piece, Piece]:
        facts = self._facts
        total = facts.done + facts.waiting
        filled, empty = signs.bar(facts.done / total if total else 0.0, width, self.glyphs)
        return Piece(filled, Tone.SUCCESS), Piece(empty, Tone.RULE)


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """What the box Last 30 days says."""

    kept: float | None = None
    """Share of learned cards remembered when they came back; None before there is enough to say."""
    goal: float = 0.9
    """Share the learner wants."""
    streak: int = 0
    """Study days in a row."""
    tomorrow: int = 0
    """Cards due tomorrow."""
    done: int = 0
    """Answers given today."""
    minutes_today: int = 0
    """Minutes spent today."""


class MonthBox(Drawing):
    """How much was kept, the streak, and what tomorrow brings."""

    def __init__(self) -> None:
        super().__init__(id="month", classes="box")
        self.border_title = "Last 30 days"
        self._facts = MonthFacts()

    def show(self, facts: MonthFacts) -> None:
        """Show these facts."""
        self._facts = facts
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:  # noqa: ARG002 - the box is never narrower than its words
        """Return two rows, or five with large figures."""
        facts = self._facts
        days = counted(facts.streak, "day")
        cards = counted(facts.tomorrow, "card")
        if height < ROOMY:
            return [
                row(*self._kept_words()),
                row("Streak ", strong(days, Tone.ACCENT), f" {self.glyphs.dot} tomorrow ", strong(cards)),
            ]
        percent = None if facts.kept is None else round(facts.kept * 100)
        figure = signs.large(facts.streak if percent is None else percent, self.glyphs)
        tone = self._kept_tone() if percent is not None else Tone.ACCENT
        unit = "%" if percent is not None else " "
        first = (
            row(strong("days in a row"))
            if percent is None
            else row(strong("kept"), muted(f", goal {round(facts.goal * 100)}%"))
        )
        today = f"{facts.done} today"
        if facts.minutes_today:
            today += f" in {facts.minutes_today} min"
        words = [first, row("Tomorrow ", strong(cards)), row(muted(today))]
        if percent is None:
            words = [first, row(muted("Retention appears after 20 reviews")), row("Tomorrow ", strong(cards))]
        signs_wide = max(len(line) for line in figure)
        rows = [Row()]
        for number, line in enumerate(figure):
            mark = unit if number == len(figure) - 1 else " "
            rows.append(row(" ", Piece(line.ljust(signs_wide), tone), Piece(mark, tone), "   ", *words[number].pieces))
        return rows

    def _kept_tone(self) -> Tone:
        facts = self._facts
        return Tone.SUCCESS if (facts.kept or 0) >= facts.goal else Tone.ACCENT

    def _kept_words(self) -> Sequence[Piece | str]:
        facts = self._facts
        if facts.kept is None:
            return (muted("Retention appears after 20 reviews"),)
        percent = strong(f"{round(facts.kept * 100)}%", self._kept_tone())
        return ("Kept ", percent, muted(f" (goal {round(facts.goal * 100)})"))
