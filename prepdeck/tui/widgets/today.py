"""What waits today, as a box with the key that starts and as steps."""

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
    spent: int = 0
    """Minutes spent today."""
    minutes_a_day: float = 0.0
    """Minutes the learner means to spend today."""
    tomorrow: int = 0
    """Cards due tomorrow."""
    is_planned: bool = False
    """Whether a plan for an interview says what today asks; then `due` counts its reviews."""
    can_wait: int = 0
    """Due cards that this plan leaves for another day."""

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
        keys = row(*self._start("Start review" if facts.waiting else "More"))
        for key, words, target in (("l", "Learn only new", "home.learn"), ("c", "Cram", "home.cram")):
            more = (Piece(f"   {key}", Tone.ACCENT, strong=True, target=target), Piece(f" {words}", target=target))
            longer = row(*keys.pieces, *more)
            keys = longer if longer.width <= width else keys
        return [*self._headlines(width), row(*bar, done), Row(), keys]

    @property
    def _due_word(self) -> str:
        return "review" if self._facts.is_planned else "due"

    def _nothing_words(self) -> str:
        if self._facts.is_planned:
            return "Today's plan is done." if self._facts.done else "The plan asks for nothing today."
        return "Nothing is due until tomorrow." if self._facts.done else "Nothing is due today."

    def _headlines(self, width: int) -> tuple[Row, Row]:
        """Return how many cards, and of what kinds: on one row and an empty one, or on two."""
        facts = self._facts
        if not facts.waiting:
            return row(strong(self._nothing_words())), Row()
        cards = "1 card today" if facts.waiting == 1 else f"{facts.waiting} cards today"
        parts = [f"{facts.due} {self._due_word}", f"{facts.new} new"]
        if facts.unfinished:
            parts.append(f"{facts.unfinished} again")
        minutes = f"about {max(1, facts.minutes)} min"
        dot = f" {self.glyphs.dot} "
        wait = [f"{facts.can_wait} due can wait"] if facts.can_wait else []
        one = row(strong(cards), muted("   " + dot.join([*parts, minutes, *wait])))
        if one.width <= width:
            return one, Row()
        return row(strong(cards), muted(f"   {minutes}")), row(muted(dot.join([*parts, *wait])))

    def _draw_short(self, width: int) -> Sequence[Row]:
        facts = self._facts
        if facts.waiting:
            head = strong(f"{facts.due} {self._due_word}")
            again = f", {facts.unfinished} again" if facts.unfinished else ""
            words = f" {facts.new} new{again}, ~{max(1, facts.minutes)} min"
            wait = f", {facts.can_wait} can wait" if facts.can_wait else ""
            first = row(head, muted(words + wait))
            first = first if first.width <= width else row(head, muted(words))
        else:
            planned = "Plan done." if facts.done else "Nothing planned."
            first = row(strong(planned if facts.is_planned else "Nothing is due."))
        done = f" {facts.done} done "
        bar = self._bar(max(0, min(12, width - len(done) - 16)))
        return [first, row(*bar, muted(done), " ", *self._start("Start" if facts.waiting else "More"))]

    def _draw_no_decks(self) -> Sequence[Row]:
        where = row(strong("No decks in "), foreign(self._facts.folder, bold=True))
        return [where, row(muted("prepdeck new deck FILE makes one."))]

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


class PlanBox(Drawing):
    """What is left of today, step by step, with a tick before what is done."""

    def __init__(self) -> None:
        super().__init__(id="todays-plan", classes="box")
        self.border_title = "Today's plan"
        self._facts = TodayFacts()

    def show(self, facts: TodayFacts, plan_key: str) -> None:
        """Show these facts; `plan_key` opens the plan."""
        self._facts = facts
        self.border_subtitle = f"{plan_key} open"
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:  # noqa: ARG002 - what is too much is cut
        """Return the steps, then the time they take."""
        facts = self._facts
        if not facts.decks:
            return [row(muted("Nothing to plan without decks."))]
        rows = []
        if facts.done:
            spent = f" in {facts.spent} min" if facts.spent else ""
            rows.append(self._step(f"{counted(facts.done, 'answer')} given", spent, is_done=True))
        rows += self._left()
        rows.append(Row())
        if facts.waiting:
            rows.append(row(muted(self._time_words())))
        tomorrow = counted(facts.tomorrow, "card")
        return [*rows, row(muted("Tomorrow "), tomorrow, target="home.plan")]

    def _left(self) -> list[Row]:
        facts = self._facts
        steps = [
            (facts.due, f"Review {counted(facts.due, 'card')}", ""),
            (facts.new, f"Learn {facts.new} new", ""),
            (facts.unfinished, f"Repeat {counted(facts.unfinished, 'card')}", " that slipped"),
        ]
        left = [(words, aside) for count, words, aside in steps if count]
        if not left:
            return [self._step("Nothing more to do today" if facts.done else "Nothing to do today", "", is_done=True)]
        return [self._step(*step, is_next=not number) for number, step in enumerate(left)]

    def _step(self, words: str, aside: str, *, is_done: bool = False, is_next: bool = False) -> Row:
        sign = Piece(self.glyphs.tick, Tone.SUCCESS) if is_done else Piece(" ")
        if is_next:
            sign = Piece(self.glyphs.marker, Tone.ACCENT)
        name = muted(words) if is_done else Piece(words, strong=is_next)
        return row(sign, " ", name, muted(aside), target=None if is_done else "today")

    def _time_words(self) -> str:
        facts = self._facts
        left = f"about {max(1, facts.minutes)} min left"
        return f"{left}, {facts.spent} of {facts.minutes_a_day:g} spent" if facts.minutes_a_day else left
