"""One strategy tried by one made-up person, and what many such trials say together."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from prepdeck.scheduling.simulation.days import Outcome, play
from prepdeck.scheduling.simulation.dice import Dice
from prepdeck.scheduling.simulation.mind import Mind
from prepdeck.scheduling.simulation.person import draw_person
from prepdeck.scheduling.simulation.setting import Setting
from prepdeck.scheduling.simulation.strategy import MakeStrategy
from prepdeck.scheduling.simulation.truth import Truth

DiceOf: TypeAlias = Callable[[str], Dice]
"""Returns dice for a word, the same dice for the same word; `random.Random` does."""

MOSTLY: Final = 0.85
"""Share of persons in whom a strategy must be better to be called ahead: 17 of 20."""


@dataclass(frozen=True, slots=True)
class World:
    """What no scheduler is told."""

    dice_of: DiceOf
    """Where chance comes from."""
    truth: Truth = Truth.FLAT
    """How people forget."""
    missed: AbstractSet[int] = frozenset()
    """Days without study."""


def try_out(make: MakeStrategy, number: int, setting: Setting, world: World) -> Outcome:
    """Return what becomes of the person of that number with a strategy; the same call gives the same outcome.

    Args:
        make: The strategy.
        number: Which person; every strategy meets the same one, with the same first looks.
        setting: Cards, days and minutes.
        world: What nobody knows.
    """
    person = draw_person(number, setting.cards, world.truth, world.dice_of(f"person {number}"))
    mind = Mind(person, setting, lambda card: world.dice_of(f"answers {number} {card}"))
    return play(make(setting), mind, setting, world.missed)


class Score(NamedTuple):
    """An outcome in five numbers."""

    recall: float
    """Mean recall on the day, 0-1, each card by its weight; cards never seen count 0."""
    unseen: float
    """Cards never seen."""
    minutes: float
    """Minutes in all."""
    longest_day: float
    """Minutes of the longest day."""


def score_of(outcome: Outcome) -> Score:
    """Return the numbers of an outcome."""
    return Score(outcome.weighted_recall, outcome.unseen, outcome.minutes, outcome.longest_day)


class Summary(NamedTuple):
    """What many persons came to with one strategy."""

    recall: float
    """Mean recall on the day, 0-1."""
    spread: float
    """Standard deviation of it over persons; 0 for a single one."""
    unseen: float
    """Mean number of cards never seen."""
    minutes: float
    """Mean minutes in all."""
    longest_day: float
    """Mean minutes of the longest day."""


def summary_of(scores: Sequence[Score]) -> Summary:
    """Return means and spread of at least one score."""
    recall, unseen, minutes, longest_day = (sum(column) / len(scores) for column in zip(*scores, strict=True))
    squares = sum((score.recall - recall) ** 2 for score in scores)
    spread = math.sqrt(squares / (len(scores) - 1)) if len(scores) > 1 else 0.0
    return Summary(recall, spread, unseen, minutes, longest_day)


def is_ahead(ours: Sequence[Score], theirs: Sequence[Score]) -> bool:
    """Tell whether a strategy is better than another in 17 of 20 persons, the same persons in the same order."""
    better = sum(mine.recall > other.recall for mine, other in zip(ours, theirs, strict=True))
    return better >= MOSTLY * len(ours)
