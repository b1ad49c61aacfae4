"""How long the phases take: ranges of months, scaled by the hours of a week, one phase after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from prepdeck.cards.roadmap import Mode, RoadPhase
from prepdeck.cards.span import Span

DAYS_OF_MONTH: Final = 365.25 / 12
"""Mean days of a month."""


@dataclass(frozen=True, slots=True)
class Months:
    """A range of months, parts of months among them."""

    low: float
    """Its lower end."""
    high: float | None = None
    """Its upper end; None when it is open."""

    def __add__(self, other: Months) -> Months:
        """Return how long both take one after the other."""
        return Months(self.low + other.low, None if None in {self.high, other.high} else self.high + other.high)  # type: ignore[operator]

    def less(self, months: float) -> Months:
        """Return what is left after some months."""
        return Months(max(0.0, self.low - months), None if self.high is None else max(0.0, self.high - months))

    def after(self, day: date) -> tuple[date, date | None]:
        """Return the days on which it is over at the earliest and at the latest, counted from a day."""
        return _later(day, self.low), None if self.high is None else _later(day, self.high)


def _later(day: date, months: float) -> date:
    days = min(round(months * DAYS_OF_MONTH), (date.max - day).days)
    return day + timedelta(days=days)


def scaled(span: Span, meant_hours: float, hours: float) -> Months:
    """Return how long a phase takes with other hours a week than those its months are meant for."""
    factor = meant_hours / hours
    return Months(span.low * factor, None if span.high is None else span.high * factor)


def months_between(first: date, last: date) -> float:
    """Return how many months lie between two days; none when the last one is earlier."""
    return max(0, (last - first).days) / DAYS_OF_MONTH


def waits_for(phases: Sequence[RoadPhase]) -> Mapping[str, tuple[str, ...]]:
    """Return by phase the phases that come first: those it names, else the one in the row before it."""
    found: dict[str, tuple[str, ...]] = {}
    before: tuple[str, ...] = ()
    for phase in phases:
        if phase.mode is Mode.CONCURRENT:
            found[phase.id] = phase.after or ()
            continue
        found[phase.id] = before if phase.after is None else phase.after
        before = (phase.id,)
    return found


def finish_months(phases: Sequence[RoadPhase], lengths: Mapping[str, Months]) -> Mapping[str, Months]:
    """Return by phase how many months from now it is over, when each begins once those before it are over.

    Phases that wait for each other in a circle are refused when the roadmap is read.

    Args:
        phases: In order.
        lengths: How long each takes from its beginning, or what is left of it.
    """
    waits = waits_for(phases)
    found: dict[str, Months] = {}

    def finish(slug: str) -> Months:
        if slug not in found:
            firsts = [finish(each) for each in waits[slug] if each in lengths]
            low = max((each.low for each in firsts), default=0.0)
            highs = [each.high for each in firsts]
            high = None if None in highs else max((each for each in highs if each is not None), default=0.0)
            found[slug] = Months(low, high) + lengths[slug]
        return found[slug]

    return {phase.id: finish(phase.id) for phase in phases}
