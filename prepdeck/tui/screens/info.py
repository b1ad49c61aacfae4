"""The facts of a card and its history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from prepdeck.cards.card import Card
from prepdeck.scheduling.handling import Handling
from prepdeck.scheduling.memory import Learned
from prepdeck.tui.review_state import Asking
from prepdeck.tui.rows import Row, foreign, muted, row, strong, wrap
from prepdeck.tui.screens.dialogs import Dialog
from prepdeck.tui.widgets.grades import TONES, WORDS
from prepdeck.tui.widgets.history import draw_history
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from datetime import date

    from prepdeck.scheduling.review import Review
    from prepdeck.study.card_forecasts import Forecast
    from prepdeck.study.records import CardRecord

_LABEL = 10


class InfoDialog(Dialog):
    """What is known of a card; what would give the answer away is told after it was shown."""

    TITLE_WORDS = "This card"
    FOOTING = "Esc closes"

    def __init__(self, asking: Asking, record: CardRecord) -> None:
        super().__init__()
        self._asking = asking
        self._record = record

    def set_rows(self, width: int) -> Sequence[Row]:
        """Return the facts, then the reviews, newest first."""
        rows = [line for label, words in self._facts() for line in _labelled(label, words, width)]
        rows += self._note(width)
        reviews = [review for review in self._record.reviews if not review.voided]
        if not reviews:
            return [*rows, Row(), row(strong("No reviews yet"))]
        plot = draw_history(reviews, width, self.prepdeck.glyphs)
        return [*rows, Row(), *plot, Row(), row(strong("Reviews")), *(_history(each) for each in reversed(reviews))]

    def _note(self, width: int) -> Iterator[Row]:
        """Yield the learner's note as it was written; it may hold the answer, so only with it."""
        note = self._record.handling.note
        if note and not self._asking.is_revealed:
            yield from _labelled("note", "shown with the answer", width)
        elif note:
            for number, line in enumerate(note.split("\n")):
                yield from _labelled("" if number else "note", line, width)

    def _facts(self) -> Iterator[tuple[str, str]]:
        card, record = self._asking.card, self._record
        yield "card", str(card.id)
        yield "deck", record.deck_title
        if self._asking.view.topic_title:
            yield "topic", self._asking.view.topic_title
        yield "kind", card.kind if card.level is None else f"{card.kind}, level {card.level}"
        if card.tags:
            yield "tags", ", ".join(card.tags)
        match record.memory:
            case Learned() as memory:
                leech = ", leech" if record.leech else ""
                easiness = f"{memory.easiness / 100:.2f}"
                yield "memory", f"repetition {memory.repetition}, easiness {easiness}, interval {memory.interval} d"
                yield "", f"lapses {memory.lapses}{leech}"
                yield "due", show_day(memory.due, with_year=True)
            case _:
                yield "memory", "new"
        if record.forecast is not None:
            yield "recall", _forecast(record.forecast)
        states = _states(record.handling, self.prepdeck.today())
        if states:
            yield "you", states
        yield from self._revealed(card)

    def _revealed(self, card: Card) -> Iterator[tuple[str, str]]:
        shown = card.hints if self._asking.is_revealed else card.hints[: self._asking.hints_shown]
        for number, hint in enumerate(shown, 1):
            yield f"hint {number}", hint
        if len(shown) < len(card.hints):
            yield "hints", f"{len(card.hints) - len(shown)} not shown yet"
        if self._asking.is_revealed:
            for ref in card.refs:
                yield "source", ref


def _forecast(forecast: Forecast) -> str:
    now = f"about {forecast.today:.0%} now"
    if forecast.day is None or forecast.on_day is None:
        return now
    return f"{now}, {forecast.on_day:.0%} on {show_day(forecast.day)} if it is left alone"


def _states(handling: Handling, today: date) -> str:
    """Return what the learner did to the card."""
    states = {"flagged": handling.flagged, "suspended": handling.suspended, "buried": handling.is_buried(today)}
    return ", ".join(state for state, is_on in states.items() if is_on)


def _labelled(label: str, words: str, width: int) -> Iterator[Row]:
    for number, line in enumerate(wrap(words, max(1, width - _LABEL))):
        yield row(muted((label if number == 0 else "").ljust(_LABEL)), foreign(line))


def _history(review: Review) -> Row:
    day = show_day(review.study_day, with_year=True).ljust(16)
    grade = strong(WORDS[review.grade].ljust(7), TONES[review.grade])
    seconds = "" if review.elapsed_seconds is None else f"{review.elapsed_seconds:.0f} s"
    after = f"{review.after.interval} d" if isinstance(review.after, Learned) else "new"
    return row(muted(day), grade, seconds.rjust(6), after.rjust(9), muted(f"  {review.kind.value}"))
