"""Mocks of the past: trend, calibration, overruns, seconds of stories, and what to sit next.

Averages take mocks that were sat to their end, answered well enough and marked in full; one that was given up counts
where the question is how many were sat to their end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Final

from prepdeck.cards.rubric import VerdictScale
from prepdeck.interview.answer import PARTS
from prepdeck.interview.mock import End

TREND_LENGTH: Final = 5
"""A trend looks at so many mocks."""
FEWEST_FOR_OVERRUN: Final = 3
"""A phase must be reached in so many mocks before it is said to overrun always."""
REST_DAYS: Final = 2
"""A format sat less than so many days ago is suggested again only when every other one is as recent."""
BAR: Final = 3
"""The mark an employer wants to see, unless the scale says otherwise."""


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """One phase of a mock: its plan beside what it took."""

    id: str
    """Slug of the phase, unique in its format."""
    title: str
    """What people read."""
    planned_ms: int
    """How long it might take, with the candidate's time factor."""
    actual_ms: int
    """What the clock counted in it; the phases add up to the active time."""

    @property
    def over_ms(self) -> int:
        """How far it went beyond its plan; 0 when it did not."""
        return max(0, self.actual_ms - self.planned_ms)

    @property
    def was_reached(self) -> bool:
        """Whether any time was spent in it."""
        return self.actual_ms > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PastMock:
    """What history keeps of one mock."""

    id: str
    """Name of the mock in the store."""
    format: str
    """Slug of its format."""
    title: str
    """Title of its format, as it was."""
    day: date
    """The study day it began on."""
    is_strict: bool
    """Whether its clock was strict all along."""
    end: End | None
    """How it ended; None while it is not over."""
    is_saved: bool
    """Whether its marks were saved."""
    mean: Fraction | None = None
    """Weighted mean of its marks, 1-4; None without any."""
    verdict: str | None = None
    """Slug of the verdict; None when there is none."""
    predicted: str | None = None
    """Slug of the predicted verdict; None when none was given."""
    levels: Mapping[str, int] = field(default_factory=dict)
    """The mark that counts for each criterion, by slug."""
    phases: tuple[PhaseRow, ...] = ()
    """Its phases, planned and actual."""
    told_ms: tuple[Mapping[str, int], ...] = ()
    """Milliseconds of each part, for each story that was told."""
    topics: Mapping[str, int] = field(default_factory=dict)
    """The lowest mark that touched each topic, by slug: marks of questions, and of criteria that name the topic."""
    active_ms: int = 0
    """What its clock counted."""
    has_unseen: bool = False
    """Whether it asked a card the candidate had never met before."""
    loop: str | None = None
    """The loop it was a round of."""
    is_complete: bool = True
    """Whether enough was answered, and everything that can be marked is."""

    @property
    def counts(self) -> bool:
        """Whether it is averaged: sat to its end, complete, and its marks saved."""
        return self.was_sat and self.is_saved and self.is_complete and self.mean is not None

    @property
    def was_sat(self) -> bool:
        """Whether it was sat to its end, and not given up."""
        return self.end is not None and self.end is not End.ABANDONED


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """How the mocks of one format went."""

    format: str
    """Slug of the format."""
    title: str
    """Its title, as the latest mock had it; empty when it was never sat."""
    begun: int
    """How many of its mocks are over, given up or not."""
    completed: int
    """How many of those were sat to their end."""
    means: tuple[Fraction, ...] = ()
    """Means of the last mocks that count, at most five, oldest first."""
    at_bar: int = 0
    """How many of those are at the bar or above."""

    @property
    def mean(self) -> Fraction | None:
        """Mean of the means; None without any."""
        return _mean(self.means)

    @property
    def lowest(self) -> Fraction | None:
        """The lowest of the means."""
        return min(self.means, default=None)

    @property
    def highest(self) -> Fraction | None:
        """The highest of the means."""
        return max(self.means, default=None)

    @property
    def change(self) -> Fraction | None:
        """How much better the newer half of the means is than the older one; None with fewer than two.

        Of an odd number the one in the middle belongs to the older half.
        """
        older = len(self.means) - len(self.means) // 2
        before, after = _mean(self.means[:older]), _mean(self.means[older:])
        return None if before is None or after is None else after - before

    @property
    def completion(self) -> Fraction | None:
        """Share of the mocks begun that were sat to their end; None when there is none."""
        return Fraction(self.completed, self.begun) if self.begun else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How well a candidate predicts their own verdicts."""

    pairs: tuple[tuple[str, str, str], ...] = ()
    """Name of the mock, slug of the predicted verdict, slug of the marked one; oldest first."""
    exact: int = 0
    """How many predictions were right."""
    over: int = 0
    """How many were better than the marks."""
    under: int = 0
    """How many were worse than the marks."""
    steps_over: int = 0
    """Steps by which predictions were better than marks, added up; those that were worse take away."""

    @property
    def gap(self) -> Fraction | None:
        """Steps by which a prediction is too good on average; below 0 when too bad, None without any."""
        return Fraction(self.steps_over, len(self.pairs)) if self.pairs else None


@dataclass(frozen=True, slots=True)
class Overrun:
    """A phase that overruns in more than half of the mocks that reached it."""

    format: str
    """Slug of the format."""
    phase: str
    """Title of the phase."""
    over: int
    """In how many mocks it took longer than planned."""
    of: int
    """How many mocks reached it; at least three."""
    mean_over_ms: int
    """How much longer, on average over those that overran."""


def trend_of(format_id: str, past: Sequence[PastMock], bar: int = BAR) -> Trend:
    """Return how the mocks of a format went.

    Args:
        format_id: Slug of the format.
        past: Mocks of any format, oldest first.
        bar: The mark that an employer would want to see.
    """
    own = [each for each in past if each.format == format_id and each.end is not None]
    means = tuple(each.mean for each in own if each.counts and each.mean is not None)[-TREND_LENGTH:]
    return Trend(
        format=format_id,
        title=own[-1].title if own else "",
        begun=len(own),
        completed=sum(each.was_sat for each in own),
        means=means,
        at_bar=sum(mean >= bar for mean in means),
    )


def calibrate(past: Iterable[PastMock], scale: VerdictScale) -> Calibration:
    """Return how predicted verdicts compare with marked ones; verdicts the scale does not know are left out."""
    places = {step.id: place for place, step in enumerate(scale.steps)}
    pairs = tuple(
        (each.id, each.predicted, each.verdict)
        for each in past
        if each.counts and each.predicted is not None and each.verdict is not None
        if each.predicted in places and each.verdict in places
    )
    # Steps run from the best to the worst, so a verdict further down than its prediction was predicted too well.
    steps = [places[verdict] - places[predicted] for _, predicted, verdict in pairs]
    return Calibration(
        pairs=pairs,
        exact=steps.count(0),
        over=sum(step > 0 for step in steps),
        under=sum(step < 0 for step in steps),
        steps_over=sum(steps),
    )


def overruns(past: Iterable[PastMock]) -> tuple[Overrun, ...]:
    """Return the phases that overran in more than half of at least three mocks that reached them, the worst first."""
    reached: dict[tuple[str, str], list[PhaseRow]] = {}
    for each in past:
        for phase in each.phases if each.was_sat else ():
            if phase.was_reached:
                reached.setdefault((each.format, phase.id), []).append(phase)
    found = []
    for (format_id, _), rows in reached.items():
        over = [row.over_ms for row in rows if row.over_ms]
        if len(rows) >= FEWEST_FOR_OVERRUN and len(over) * 2 > len(rows):
            found.append(Overrun(format_id, rows[-1].title, len(over), len(rows), sum(over) // len(over)))
    return tuple(sorted(found, key=lambda each: -each.mean_over_ms))


def story_seconds(past: Iterable[PastMock]) -> Mapping[str, int]:
    """Return the mean seconds of each part of told stories, in the order of telling; nothing without a told story."""
    told = [story for each in past if each.was_sat for story in each.told_ms]
    if not told:
        return {}
    return {part: round(Fraction(sum(story.get(part, 0) for story in told), 1000 * len(told))) for part in PARTS}


def topic_levels(past: Iterable[PastMock]) -> Mapping[str, int]:
    """Return the lowest mark that each topic got in the last mock that touched it; mocks come oldest first."""
    levels: dict[str, int] = {}
    for each in past:
        if each.was_sat and each.is_saved:
            levels.update(each.topics)
    return levels


def suggest_next(
    formats: Sequence[tuple[str, str]], past: Sequence[PastMock], today: date, bar: int = BAR
) -> tuple[str, str] | None:
    """Return the format to sit next, and one sentence on why; None when there is none to choose from.

    One never sat to its end comes first, then the weakest below the bar that has rested for two days, then the one not
    sat the longest.

    Args:
        formats: Slug and title of the formats that have enough cards, in the order they are offered.
        past: Mocks, oldest first.
        today: The study day.
        bar: The mark that an employer would want to see.
    """
    latest = {each.format: each.day for each in past if each.was_sat}
    begun = {each.format for each in past}
    for name, _ in formats:
        if name not in latest:
            return name, "You have not sat one to its end yet." if name in begun else "You have never sat one."
    means = {name: trend_of(name, past, bar).mean for name, _ in formats}
    weak = [
        (mean, latest[name], name)
        for name, mean in means.items()
        if mean is not None and mean < bar and (today - latest[name]).days >= REST_DAYS
    ]
    if weak:
        mean, _, name = min(weak)
        return name, f"Your last mocks there have a mean of {_tenths(mean)}, below {bar}."
    if not formats:
        return None
    name = min((name for name, _ in formats), key=lambda slug: latest[slug])
    days = max(0, (today - latest[name]).days)
    return name, f"You last sat one {_ago(days)}, and none of the others longer ago."


def _ago(days: int) -> str:
    return {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")


def _tenths(mean: Fraction) -> str:
    """Return a mean with one place, cut and not rounded: 2.96 is below 3, and says so."""
    whole, tenth = divmod(mean.numerator * 10 // mean.denominator, 10)
    return f"{whole}.{tenth}"


def _mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None
