"""The order of a mock: phases, the questions asked in each, and the time each stop may take.

A phase that asks a sort of question (`asks: rapid`) has one stop for each of its questions; they share its minutes
evenly. Every other phase is one stop. A question that no phase asks goes through all of those, as a coding problem goes
from clarifying it to its follow-up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from prepdeck.cards.blueprint import Blueprint, Draw, Phase
from prepdeck.interview.questions import Question, Sort

if TYPE_CHECKING:
    from collections.abc import Iterator

MINUTE_MS: Final = 60_000
"""Milliseconds of a minute."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop on the way through a mock: a phase, or one question of it."""

    phase: int
    """Which phase, from 0."""
    question: int | None
    """Which question is on the table, from 0; None when the phase is free talk."""
    budget_ms: int
    """How long it may take."""
    number: int = 1
    """Which of the phase's stops it is, from 1."""
    of: int = 1
    """How many stops the phase has."""


def agenda_of(
    blueprint: Blueprint, questions: Sequence[Question], time_factor: Fraction = Fraction(1)
) -> tuple[Stop, ...]:
    """Return the stops of a mock, in order; their budgets add up to the budget of the format.

    Args:
        blueprint: A format that is no loop.
        questions: What it asks, in the order they were drawn.
        time_factor: What every budget is multiplied by.

    Raises:
        ValueError: When the format is a loop.
    """
    if blueprint.is_loop:
        raise ValueError(f"{blueprint.id} is a loop: each of its interviews has an agenda of its own")
    asked = shares_of(blueprint, questions)
    through = passing_through(blueprint, questions)
    stops: list[Stop] = []
    for number, phase in enumerate(blueprint.phases):
        budget = round(phase.minutes * MINUTE_MS * time_factor)
        own = asked.get(number, ())
        if own:
            parts = split_evenly(budget, len(own))
            stops += [
                Stop(number, question, part, at, len(own))
                for at, (question, part) in enumerate(zip(own, parts, strict=True), 1)
            ]
        else:
            stops.append(Stop(number, None if sort_asked(blueprint, phase) else through, budget))
    return tuple(stops)


def shares_of(blueprint: Blueprint, questions: Sequence[Question]) -> Mapping[int, tuple[int, ...]]:
    """Return which questions each phase asks by its own, by number; a sort is shared out in the order of phases."""
    shares: dict[int, tuple[int, ...]] = {}
    for sort in Sort:
        numbers = [number for number, question in enumerate(questions) if question.sort is sort]
        phases = [number for number, phase in enumerate(blueprint.phases) if sort_asked(blueprint, phase) is sort]
        if not phases:
            continue
        repeats = [blueprint.phases[number].repeat for number in phases]
        wanted = repeats if sum(repeats) == len(numbers) else split_evenly(len(numbers), len(phases))
        for phase, count in zip(phases, wanted, strict=True):
            shares[phase], numbers = tuple(numbers[:count]), numbers[count:]
    return shares


def passing_through(blueprint: Blueprint, questions: Sequence[Question]) -> int | None:
    """Return the number of the one question that goes through all phases which ask none, if there is one."""
    taken = {number for numbers in shares_of(blueprint, questions).values() for number in numbers}
    return next((number for number in range(len(questions)) if number not in taken), None)


def sort_asked(blueprint: Blueprint, phase: Phase) -> Sort | None:
    """Return the sort of question a phase asks: what it says, or what alone has as many questions as it has repeats."""
    if phase.asks is not None:
        return Sort(phase.asks)
    if phase.repeat == 1:
        return None
    fitting = [sort for sort, count in counts_of(blueprint.draw) if count == phase.repeat]
    return fitting[0] if len(fitting) == 1 else None


def counts_of(draw: Draw) -> Iterator[tuple[Sort, int]]:
    """Yield each sort that a draw asks for, with how many."""
    for sort in Sort:
        count: int = getattr(draw, sort.value)
        if count:
            yield sort, count


def split_evenly(whole: int, parts: int) -> list[int]:
    """Return a whole number split into nearly equal parts, the larger ones first; they add up to it.

    >>> split_evenly(10, 4)
    [3, 3, 2, 2]
    """
    share, rest = divmod(whole, parts)
    return [share + 1] * rest + [share] * (parts - rest)
