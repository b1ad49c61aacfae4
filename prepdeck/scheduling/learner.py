"""What the log tells of a learner: how firmly each card is remembered, how fast it fades, how long answers take."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.curve import UNTRIED, Curve, Curves
from prepdeck.scheduling.grade import PASSING_QUALITY, grade_of
from prepdeck.scheduling.pace import Event, Pace
from prepdeck.scheduling.recall import Strength, first_strength, next_strength

BINS: Final = 10
"""Forecasts are compared with what happened in so many groups of equal width."""
ENOUGH: Final = 100
"""Foretold answers before the comparison says anything."""


class Trace(NamedTuple):
    """What is known of a card that was answered."""

    strength: Strength
    """How firmly it is remembered."""
    last: date
    """The study day of its last answer."""
    event: Event
    """What that day began with."""


class Bin(NamedTuple):
    """Answers whose forecast fell into one group."""

    answers: int = 0
    """How many."""
    expected: float = 0.0
    """Sum of the forecasts."""
    recalled: int = 0
    """How many were passes."""


class Calibration(NamedTuple):
    """Forecasts beside what happened."""

    bins: tuple[Bin, ...] = (Bin(),) * BINS
    """By forecast, from 0 to 1."""

    @property
    def answers(self) -> int:
        """How many answers were foretold."""
        return sum(each.answers for each in self.bins)

    @property
    def expected(self) -> float | None:
        """Mean forecast, 0-1; None before the first."""
        return sum(each.expected for each in self.bins) / self.answers if self.answers else None

    @property
    def happened(self) -> float | None:
        """Share of passes, 0-1; None before the first."""
        return sum(each.recalled for each in self.bins) / self.answers if self.answers else None

    @property
    def error(self) -> float | None:
        """Expected calibration error: how far forecast and share lie apart in a group, weighted by its answers."""
        if not self.answers:
            return None
        return sum(abs(each.expected - each.recalled) for each in self.bins) / self.answers

    def counted(self, chance: float, *, recalled: bool) -> Calibration:
        """Return the comparison with one more answer."""
        place = min(BINS - 1, int(chance * BINS))
        before = self.bins[place]
        after = Bin(before.answers + 1, before.expected + chance, before.recalled + recalled)
        return Calibration((*self.bins[:place], after, *self.bins[place + 1 :]))


class Learner:
    """What the log tells of a learner; takes answer after answer in replay order."""

    __slots__ = ("calibration", "curves", "pace", "traces")

    def __init__(self) -> None:
        self.traces: dict[CardId, Trace] = {}
        """Every card that was answered."""
        self.curves: Curves = UNTRIED
        """How fast memories fade."""
        self.pace = Pace()
        """How long answers take."""
        self.calibration = Calibration()
        """How good the forecasts were."""

    def copy(self) -> Learner:
        """Return one that goes on apart from this one."""
        other = Learner()
        other.traces = dict(self.traces)
        other.curves = self.curves
        other.pace = self.pace.copy()
        other.calibration = self.calibration
        return other

    @property
    def curve(self) -> Curve:
        """The curve that forecasts come from."""
        return self.curves.best

    def answered(self, card: CardId, kind: str, day: date, quality: int, seconds: float | None = None) -> None:
        """Take one answer.

        Args:
            card: The card, by its name today.
            kind: Its kind.
            day: The study day; one before the card's last day counts as that day.
            quality: 0-5.
            seconds: How long it took, where that was measured, as on a card of usual length (`pace.usual_seconds`).
        """
        grade = grade_of(quality)
        before = self.traces.get(card)
        if before is None:
            self.traces[card] = Trace(first_strength(grade), day, Event.FIRST)
            self.pace.count(kind, Event.FIRST, grade, seconds)
            return
        days = (day - before.last).days
        if days < 1:
            self.traces[card] = before._replace(strength=next_strength(before.strength, grade, 0))
            self.pace.prolong(kind, before.event, seconds)
            return
        recalled = quality >= PASSING_QUALITY
        chance = self.curve.recall(days, before.strength.stability)
        self.calibration = self.calibration.counted(chance, recalled=recalled)
        self.curves = self.curves.observed(days, before.strength.stability, recalled=recalled)
        event = Event.PASS if recalled else Event.FAILURE
        self.traces[card] = Trace(next_strength(before.strength, grade, days), day, event)
        self.pace.count(kind, event, grade, seconds)

    def forgot(self, card: CardId) -> None:
        """Take a reset: the card begins anew."""
        self.traces.pop(card, None)

    def recall_on(self, card: CardId, day: date) -> float:
        """Return the probability, 0-1, that a card is recalled on a day if it is left alone; 0 for an unseen one."""
        trace = self.traces.get(card)
        if trace is None:
            return 0.0
        return self.curve.recall(max(0, (day - trace.last).days), trace.strength.stability)
