"""How long this learner takes, by card kind, and which buttons a first look gets: measured, with a modest prior."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final, NamedTuple

from prepdeck.scheduling.grade import Grade

SECONDS_BY_KIND: Final = {
    "basic": 25,
    "cloze": 15,
    "choice": 25,
    "numeric": 50,
    "code": 600,
    "design": 420,
    "star": 180,
    "story": 120,
}
"""About how long a review takes, until enough answers were measured."""
OTHER_SECONDS: Final = 30.0
"""The same for a kind that is not listed."""
PRIOR_ANSWERS: Final = 10.0
"""How many measured answers the guesses weigh as much as."""
LONGEST_FACTOR: Final = 8.0
"""An answer that took so many times its guess is a forgotten window and counts as that much."""
FIRST_SHARES: Final = {Grade.AGAIN: 0.24, Grade.HARD: 0.094, Grade.GOOD: 0.495, Grade.EASY: 0.171}
"""How often a first look gets each button, over 10,000 Anki users (FSRS simulator)."""
PASS_SHARES: Final = {Grade.HARD: 0.224, Grade.GOOD: 0.631, Grade.EASY: 0.145}
"""How often a pass gets each button (the same source)."""


class Event(Enum):
    """What happened to a card on a study day; the drills that follow belong to it."""

    FIRST = "first"
    """It was seen for the first time."""
    PASS = "pass"  # noqa: S105 - a word of the schedule, not a password
    """It was remembered."""
    FAILURE = "failure"
    """It was forgotten."""


_FACTORS: Final = {Event.FIRST: 1.6, Event.PASS: 0.8, Event.FAILURE: 1.8}


def guess(kind: str, event: Event) -> float:
    """Return about how many seconds an event takes, repeats on the same day included, before any was measured."""
    return SECONDS_BY_KIND.get(kind, OTHER_SECONDS) * _FACTORS[event]


def usual_seconds(kind: str, seconds: float, target: float | None) -> float:
    """Return how long an answer would have taken on a card as long as others of its kind; what a pace is measured in.

    Args:
        kind: The card's kind.
        seconds: How long the answer took.
        target: The author's target time of the card, where one is set.
    """
    return seconds / _length(kind, target)


def _length(kind: str, target: float | None) -> float:
    return target / SECONDS_BY_KIND.get(kind, OTHER_SECONDS) if target else 1.0


class Times(NamedTuple):
    """About how many seconds each event takes on one card, its repeats included."""

    first: float
    """A first look."""
    passed: float
    """A review that is passed."""
    failed: float
    """A review that is failed."""

    @property
    def review(self) -> float:
        """A review, when four in five are passed (the plan's `c_rev`)."""
        return 0.8 * self.passed + 0.2 * self.failed


class Measured(NamedTuple):
    """What was measured of one event on cards of one kind."""

    seconds: float = 0.0
    """All of it, repeats included, as on cards as long as others of their kind."""
    times: int = 0
    """How often it happened."""


class Pace:
    """Seconds by card kind and event, and the buttons of first looks and passes; counts up as answers come in."""

    __slots__ = ("_measured", "_times", "firsts", "passes")

    def __init__(self) -> None:
        self._measured: dict[tuple[str, Event], Measured] = {}
        self._times: dict[tuple[str, float | None], Times] = {}
        self.firsts = dict.fromkeys(Grade, 0)
        """How often a first look got each button."""
        self.passes = dict.fromkeys(PASS_SHARES, 0)
        """How often a pass got each button."""

    @classmethod
    def of(cls, measured: Mapping[tuple[str, Event], Measured]) -> Pace:
        """Return one that goes on from what was measured before."""
        pace = cls()
        pace._measured = dict(measured)
        return pace

    def copy(self) -> Pace:
        """Return one that counts on apart from this one."""
        other = Pace()
        other._measured = dict(self._measured)
        other.firsts = dict(self.firsts)
        other.passes = dict(self.passes)
        return other

    def count(self, kind: str, event: Event, grade: Grade, seconds: float | None) -> None:
        """Count an event that begins; without seconds, which are `usual_seconds`, only its button counts."""
        if event is Event.FIRST:
            self.firsts[grade] += 1
        elif grade in self.passes:
            self.passes[grade] += 1
        if seconds is not None:
            before = self._measured.get((kind, event), Measured())
            self._measured[kind, event] = Measured(before.seconds + self._sane(kind, event, seconds), before.times + 1)
            self._times.clear()

    def prolong(self, kind: str, event: Event, seconds: float | None) -> None:
        """Add a repeat on the same day to the event it belongs to."""
        before = self._measured.get((kind, event))
        if seconds is not None and before is not None:
            longer = before.seconds + self._sane(kind, event, seconds)
            self._measured[kind, event] = before._replace(seconds=longer)
            self._times.clear()

    def seconds(self, kind: str, event: Event, target: float | None = None) -> float:
        """Return about how many seconds an event takes, its repeats included.

        Args:
            kind: The card's kind.
            event: What happens.
            target: The author's target time of this card, where one is set: a card that is twice as long as others of
                its kind takes twice as long.
        """
        total, times = self._measured.get((kind, event), Measured())
        mean = (PRIOR_ANSWERS * guess(kind, event) + total) / (PRIOR_ANSWERS + times)
        return mean * _length(kind, target)

    def times(self, kind: str, target: float | None = None) -> Times:
        """Return about how many seconds each event takes on a card of a kind, with its author's target time if one."""
        known = self._times.get((kind, target))
        if known is None:
            known = Times(*(self.seconds(kind, event, target) for event in Event))
            self._times[kind, target] = known
        return known

    @property
    def first_shares(self) -> Mapping[Grade, float]:
        """How often a first look gets each button, 0-1."""
        total = sum(self.firsts.values()) + PRIOR_ANSWERS
        return {grade: (self.firsts[grade] + PRIOR_ANSWERS * FIRST_SHARES[grade]) / total for grade in Grade}

    @property
    def pass_shares(self) -> Mapping[Grade, float]:
        """How often a pass gets each button, 0-1."""
        total = sum(self.passes.values()) + PRIOR_ANSWERS
        return {grade: (self.passes[grade] + PRIOR_ANSWERS * share) / total for grade, share in PASS_SHARES.items()}

    @property
    def measured(self) -> Mapping[tuple[str, Event], Measured]:
        """What was measured so far."""
        return self._measured

    @staticmethod
    def _sane(kind: str, event: Event, seconds: float) -> float:
        return min(max(0.0, seconds), LONGEST_FACTOR * guess(kind, event))
