"""What waits today, as a box with the key that starts and as steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from prepdeck.text.counts import counted
from prepdeck.tui import glyphs as signs
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, spread, strong, wrap
from prepdeck.tui.widgets.drawing import Drawing
from prepdeck.tui.widgets.today_lines import TodayLine, look_of, minutes_words, sign_of

CARDS = "cards"
"""The name of steps that ask cards."""
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
    """What today asks, step by step, with a tick before what is done: the cards, then a mock and the road."""

    def __init__(self) -> None:
        super().__init__(id="todays-plan", classes="box")
        self.border_title = "Today's plan"
        self._facts = TodayFacts()
        self._others: tuple[TodayLine, ...] | None = None

    def show(self, facts: TodayFacts, plan_key: str) -> None:
        """Show these facts; `plan_key` opens the plan."""
        self._facts = facts
        self.border_subtitle = f"{plan_key} open"
        self.redraw()

    def show_others(self, lines: Sequence[TodayLine] | None) -> None:
        """Show what today asks beside cards; None while that is not known."""
        self._others = None if lines is None else tuple(lines)
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return a row for each step and the time the cards take; where it is low, the steps in a word or two."""
        facts = self._facts
        if not facts.decks:
            return [row(muted("Nothing to plan without decks."))]
        lines = self._lines()
        others = [row(muted(f"  Looking ahead{self.glyphs.ellipsis}"))] if self._others is None else []
        tall = [*(each for line in lines for each in self._block(line, width)), *others]
        steps = [*(self._step(line, width) for line in lines), *others]
        tail = [row(muted(self._time_words()))] if facts.waiting else []
        tomorrow = row(muted("Due tomorrow "), counted(facts.tomorrow, "card"), target="home.plan")
        low = ([*steps, *tail, tomorrow], [*steps, *tail], steps)
        for rows in ([*tall, Row(), *tail, tomorrow], [*steps, Row(), *tail, tomorrow], *low):
            if len(rows) <= height:
                return rows
        return self._in_short(lines, width)

    def _lines(self) -> list[TodayLine]:
        """Return all steps; the next one is the first that can be done now."""
        facts = self._facts
        lines = []
        if facts.done:
            spent = f" in {facts.spent} min" if facts.spent else ""
            lines.append(TodayLine("", f"{counted(facts.done, 'answer')} given{spent}", f"{facts.done} given", 0, True))
        steps = [
            (facts.due, f"Review {counted(facts.due, 'card')}", f"Review {facts.due}"),
            (facts.new, f"Learn {facts.new} new", f"Learn {facts.new}"),
            (
                facts.unfinished,
                f"Repeat {counted(facts.unfinished, 'card')} that slipped",
                f"Repeat {facts.unfinished}",
            ),
        ]
        cards = [TodayLine(CARDS, words, short, 0) for count, words, short in steps if count]
        if not cards and not facts.done:
            lines.append(TodayLine("", "No card is asked today", "No cards", 0, is_done=True))
        lines += [*cards, *(replace(line, is_next=False) for line in self._others or ())]
        left = [number for number, line in enumerate(lines) if not line.is_done]
        following = next((number for number in left if lines[number].fits), left[0] if left else None)
        return [replace(line, is_next=number == following) for number, line in enumerate(lines)]

    def _step(self, line: TodayLine, width: int) -> Row:
        """Return a step on one row, its title cut."""
        return self._set(line, line.title, width)

    def _block(self, line: TodayLine, width: int) -> list[Row]:
        """Return a step with its whole title."""
        first, *more = wrap(line.title, max(1, width - 3 - _minutes_of(line).width))
        tone, bold = look_of(line)
        rest = [row("  ", foreign(each, tone, bold=bold), target=_target_of(line)) for each in more]
        return [self._set(line, first, width), *rest]

    def _set(self, line: TodayLine, words: str, width: int) -> Row:
        spaced = spread(row(*self._signed(line, words)), _minutes_of(line), width, self.glyphs.ellipsis)
        return Row(spaced.pieces, target=_target_of(line))

    def _signed(self, line: TodayLine, words: str) -> tuple[Piece, ...]:
        tone, bold = look_of(line)
        return (*sign_of(line, self.glyphs), foreign(words, tone, bold=bold))

    def _in_short(self, lines: Sequence[TodayLine], width: int) -> Sequence[Row]:
        rows: list[Row] = []
        for line in lines:
            target = _target_of(line)
            part = row(*(replace(piece, target=target) for piece in self._signed(line, line.short)))
            if rows and rows[-1].width + 2 + part.width <= width:
                rows[-1] = row(*rows[-1].pieces, "  ", *part.pieces)
            else:
                rows.append(part)
        return rows

    def _time_words(self) -> str:
        facts = self._facts
        left = f"about {max(1, facts.minutes)} min of cards"
        return f"{left}, {facts.spent} of {facts.minutes_a_day:g} spent" if facts.minutes_a_day else left


def _minutes_of(line: TodayLine) -> Row:
    return row(*([muted(minutes_words(line))] if line.minutes and not line.is_done else []))


def _target_of(line: TodayLine) -> str | None:
    """Return what a click on a step starts: today's cards, or the line of that name."""
    if line.name == CARDS:
        return "today"
    return f"line:{line.name}" if line.name else None
