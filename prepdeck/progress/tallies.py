"""Answers summed up by study day, deck and topic, and what such sums tell."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from prepdeck.progress.retention import Kept

ENOUGH_ANSWERS = 20
"""Answers on learned cards below which a share says little."""

NOTHING_KEPT = Kept(0, 0)
"""What stands where no learned card was asked."""

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers of one study day on the cards of one topic of one deck."""

    day: date
    """The study day."""
    deck: str
    """Slug of the deck."""
    topic: str | None
    """Slug of the topic; None for cards without one."""
    reviews: int
    """All answers that were not taken back."""
    new: int
    """First answers ever among them."""
    passed: int
    """First answers of the day on learned cards that were passes."""
    answered: int
    """All first answers of the day on learned cards."""
    milliseconds: int
    """How long the answers took."""


@dataclass(frozen=True, slots=True)
class Effort:
    """What was done, and how much was remembered."""

    reviews: int = 0
    """All answers."""
    new: int = 0
    """First answers ever among them."""
    kept: Kept = NOTHING_KEPT
    """True retention."""
    seconds: float = 0.0
    """How long the answers took."""

    @property
    def minutes(self) -> float:
        """How long they took, in minutes."""
        return self.seconds / 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was done from one study day to another."""

    first: date
    """The first day."""
    last: date
    """The last day."""
    effort: Effort
    """What was done."""


def effort_of(tallies: Iterable[Tally]) -> Effort:
    """Return the sum of some tallies."""
    reviews = new = passed = answered = milliseconds = 0
    for each in tallies:
        reviews += each.reviews
        new += each.new
        passed += each.passed
        answered += each.answered
        milliseconds += each.milliseconds
    return Effort(reviews, new, Kept(passed, answered), milliseconds / 1000)


def efforts_by(tallies: Iterable[Tally], name_of: Callable[[Tally], Name]) -> dict[Name, Effort]:
    """Return the sums of tallies that share a name."""
    groups: dict[Name, list[Tally]] = {}
    for each in tallies:
        groups.setdefault(name_of(each), []).append(each)
    return {name: effort_of(group) for name, group in groups.items()}


def days_of(tallies: Iterable[Tally], first: date, last: date) -> tuple[Stretch, ...]:
    """Return what was done on every study day from `first` to `last`, idle ones too."""
    by_day = efforts_by(tallies, lambda each: each.day)
    days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
    return tuple(Stretch(day, day, by_day.get(day, Effort())) for day in days)


def spans_of(days: Iterable[Stretch], length: int) -> tuple[Stretch, ...]:
    """Return days joined into spans of `length` that end with the last one; the first span may be shorter."""
    listed = list(days)
    ends = range(len(listed), 0, -length)
    return tuple(_joined(listed[max(0, end - length) : end]) for end in reversed(ends))


def _joined(days: list[Stretch]) -> Stretch:
    efforts = [day.effort for day in days]
    kept = Kept(sum(each.kept.passed for each in efforts), sum(each.kept.answered for each in efforts))
    effort = Effort(
        sum(each.reviews for each in efforts),
        sum(each.new for each in efforts),
        kept,
        sum(each.seconds for each in efforts),
    )
    return Stretch(days[0].first, days[-1].last, effort)


def rolling_kept(days: Iterable[Stretch], length: int) -> tuple[float | None, ...]:
    """Return true retention over the last `length` days at each day, 0-1; None where no learned card was asked."""
    listed = [day.effort.kept for day in days]
    shares = []
    for end in range(1, len(listed) + 1):
        window = listed[max(0, end - length) : end]
        shares.append(Kept(sum(each.passed for each in window), sum(each.answered for each in window)).share)
    return tuple(shares)
