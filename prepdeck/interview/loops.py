"""A loop: several interviews in one day, with rests between them.

A loop is what follows from the list of its own events; the interviews in it are mocks of their own. A rest may be
skipped. A strict rest ends by itself when its minutes are over, a practice rest lasts as long as it takes. A loop that
was cut off goes on at the boundary between two rounds: the mock that was running is recovered like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeAlias, assert_never

from prepdeck.cards.blueprint import Blueprint, Rest, Sitting
from prepdeck.errors import UsageError
from prepdeck.interview.agenda import MINUTE_MS
from prepdeck.interview.scoring import Score
from prepdeck.interview.terms import Mode, Terms


@dataclass(frozen=True, slots=True)
class RoundBegan:
    """An interview of the loop began."""

    at_ms: int
    """When, in true milliseconds since the loop began."""
    leg: int
    """Which leg of the loop, from 0; rests count too."""
    mock: str
    """Name of the mock in the store."""


@dataclass(frozen=True, slots=True)
class RoundEnded:
    """An interview of the loop is over, however it ended; its marks may come later."""

    at_ms: int
    """When."""
    leg: int
    """Which leg."""


@dataclass(frozen=True, slots=True)
class RestBegan:
    """A rest began."""

    at_ms: int
    """When."""
    leg: int
    """Which leg."""


@dataclass(frozen=True, slots=True)
class RestEnded:
    """A rest is over."""

    at_ms: int
    """When it was noticed; a strict rest was over at its deadline, whenever that was noticed."""
    leg: int
    """Which leg."""
    was_skipped: bool = False
    """Whether the candidate ended it early."""


@dataclass(frozen=True, slots=True)
class LoopAbandoned:
    """The candidate gave up the rest of the loop; rounds that were sat keep their marks."""

    at_ms: int
    """When."""


LoopEvent: TypeAlias = RoundBegan | RoundEnded | RestBegan | RestEnded | LoopAbandoned
"""Anything that happens in a loop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loop:
    """One loop, as it stands."""

    blueprint: Blueprint
    """The format, as it was when the loop began."""
    terms: Terms
    """What the candidate chose, for every round."""
    leg: int = 0
    """The leg that is on, or that comes next."""
    leg_began_ms: int | None = None
    """When the leg that is on began; None between two legs."""
    upto_ms: int = 0
    """True milliseconds since the loop began, as far as it is told."""
    mocks: Mapping[int, str] = field(default_factory=dict)
    """Names of the mocks that were begun, by leg."""
    rested_ms: Mapping[int, int] = field(default_factory=dict)
    """How long each rest lasted, by leg; a strict one never longer than its minutes."""
    late_ms: Mapping[int, int] = field(default_factory=dict)
    """How long after its planned end a rest was left, by leg; 0 when it was in time."""
    skipped: frozenset[int] = frozenset()
    """Rests that were ended early."""
    was_abandoned: bool = False
    """Whether the candidate gave it up."""

    @property
    def is_strict(self) -> bool:
        """Whether rests cannot be lengthened."""
        return self.terms.mode is Mode.STRICT

    @property
    def is_over(self) -> bool:
        """Whether nothing of it is left to sit."""
        return self.was_abandoned or self.leg >= len(self.blueprint.rounds)

    @property
    def is_resting(self) -> bool:
        """Whether a rest is on."""
        return not self.is_over and self.leg_began_ms is not None and isinstance(self.blueprint.rounds[self.leg], Rest)

    @property
    def mock(self) -> str | None:
        """Name of the mock that is on, if one is."""
        return None if self.is_over or self.leg_began_ms is None else self.mocks.get(self.leg)

    @property
    def round_number(self) -> int:
        """Which interview is on or comes next, from 1; the last one once the loop is over."""
        sat = sum(isinstance(leg, Sitting) for leg in self.blueprint.rounds[: self.leg + 1])
        following = not self.is_over and isinstance(self.blueprint.rounds[self.leg], Rest)
        return min(sat + following, self.rounds) if self.rounds else 0

    @property
    def rounds(self) -> int:
        """How many interviews it has."""
        return len(self.blueprint.formats)


@dataclass(frozen=True, slots=True)
class RoundScore:
    """How one interview of a loop went."""

    format: str
    """Slug of its format."""
    mock: str | None
    """Name of the mock; None when it was never begun."""
    score: Score | None
    """What its marks say; None when it was never begun."""


@dataclass(frozen=True, slots=True)
class LoopScore:
    """What a loop sums up; it has no verdict of its own."""

    rounds: tuple[RoundScore, ...]
    """Its interviews, in order."""
    mean: Fraction | None
    """Mean of the means of the marked interviews, each with the same weight; None when none is marked."""
    lowest: Fraction | None
    """The lowest of those means."""
    highest: Fraction | None
    """The highest of those means."""
    at_bar: int
    """How many of the marked interviews reached the bar."""
    is_complete: bool
    """Whether every interview was sat, marked in full and complete."""


def begin_loop(blueprint: Blueprint, terms: Terms) -> Loop:
    """Return a loop whose first leg has not begun.

    Raises:
        ValueError: When the format is no loop.
    """
    if not blueprint.is_loop:
        raise ValueError(f"{blueprint.id} is no loop")
    return Loop(blueprint=blueprint, terms=terms)


def replay_loop(blueprint: Blueprint, terms: Terms, events: Iterable[LoopEvent]) -> Loop:
    """Return the loop that follows from what happened in it; an event that could not have happened is passed over."""
    loop = begin_loop(blueprint, terms)
    for event in events:
        with suppress(UsageError):
            loop = happen_in_loop(loop, event)
    return loop


def happen_in_loop(loop: Loop, event: LoopEvent) -> Loop:
    """Return the loop after an event.

    Raises:
        UsageError: When it cannot happen now; the loop stays as it is.
    """
    if loop.is_over:
        raise UsageError("the loop is over")
    now = max(loop.upto_ms, event.at_ms)
    match event:
        case LoopAbandoned():
            return replace(loop, upto_ms=now, leg_began_ms=None, was_abandoned=True)
        case RoundBegan(leg=leg, mock=mock):
            _check_next(loop, leg, Sitting)
            return replace(loop, upto_ms=now, leg_began_ms=now, mocks={**loop.mocks, leg: mock})
        case RestBegan(leg=leg):
            _check_next(loop, leg, Rest)
            return replace(loop, upto_ms=now, leg_began_ms=now)
        case RoundEnded(leg=leg):
            _check_on(loop, leg, Sitting)
            return replace(loop, upto_ms=now, leg=leg + 1, leg_began_ms=None)
        case RestEnded(leg=leg, was_skipped=was_skipped):
            return _rest_ended(loop, leg, now, was_skipped=was_skipped)
        case _:
            assert_never(event)


def next_leg(loop: Loop) -> int | None:
    """Return the leg that comes next, or None while one is on or when the loop is over."""
    return None if loop.is_over or loop.leg_began_ms is not None else loop.leg


def rest_left_ms(loop: Loop, at_ms: int) -> int:
    """Return what is left of the rest that is on; never negative, and 0 when none is on."""
    if not loop.is_resting or loop.leg_began_ms is None:
        return 0
    passed = max(0, max(loop.upto_ms, at_ms) - loop.leg_began_ms)
    return max(0, _rest_budget_ms(loop, loop.leg) - passed)


def is_rest_over(loop: Loop, at_ms: int) -> bool:
    """Tell whether the rest that is on ends by itself now: only in a strict loop, and when its minutes are over."""
    return loop.is_strict and loop.is_resting and not rest_left_ms(loop, at_ms)


def sum_up(loop: Loop, scores: Mapping[str, Score], bar: int = 3) -> LoopScore:
    """Return what the interviews of a loop say together.

    Args:
        loop: The loop.
        scores: What the marks of its mocks say, by name of the mock.
        bar: The mark that an employer would want to see.
    """
    rounds = tuple(
        RoundScore(leg.format, name := loop.mocks.get(number), None if name is None else scores.get(name))
        for number, leg in enumerate(loop.blueprint.rounds)
        if isinstance(leg, Sitting)
    )
    means = _means(rounds)
    return LoopScore(
        rounds,
        sum(means, Fraction(0)) / len(means) if means else None,
        min(means, default=None),
        max(means, default=None),
        sum(mean >= bar for mean in means),
        is_complete=all(each.score is not None and each.score.is_complete for each in rounds),
    )


def _means(rounds: Sequence[RoundScore]) -> list[Fraction]:
    return [each.score.mean for each in rounds if each.score is not None and each.score.mean is not None]


def _rest_ended(loop: Loop, leg: int, now: int, *, was_skipped: bool) -> Loop:
    _check_on(loop, leg, Rest)
    passed = now - (loop.leg_began_ms or 0)
    budget = _rest_budget_ms(loop, leg)
    return replace(
        loop,
        upto_ms=now,
        leg=leg + 1,
        leg_began_ms=None,
        rested_ms={**loop.rested_ms, leg: min(passed, budget) if loop.is_strict else passed},
        late_ms={**loop.late_ms, leg: max(0, passed - budget)},
        skipped=loop.skipped | ({leg} if was_skipped and passed < budget else frozenset()),
    )


def _rest_budget_ms(loop: Loop, leg: int) -> int:
    rest = loop.blueprint.rounds[leg]
    return rest.minutes * MINUTE_MS if isinstance(rest, Rest) else 0


def _check_next(loop: Loop, leg: int, kind: type[Sitting | Rest]) -> None:
    if next_leg(loop) != leg or not isinstance(loop.blueprint.rounds[leg], kind):
        raise UsageError("another part of the loop comes first")


def _check_on(loop: Loop, leg: int, kind: type[Sitting | Rest]) -> None:
    if loop.leg != leg or loop.leg_began_ms is None or not isinstance(loop.blueprint.rounds[leg], kind):
        raise UsageError("this part of the loop is not on")
