"""One made-up person: how fast they learn, forget and answer, and how each card suits them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Final

from prepdeck.scheduling.simulation import spreads
from prepdeck.scheduling.simulation.dice import Dice
from prepdeck.scheduling.simulation.truth import Truth


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up learner with their cards; drawn once, then tried with every scheduler."""

    truth: Truth
    """How they forget."""
    start: float
    """Factor on the stability a first look leaves."""
    growth: float
    """Factor on what a pass adds."""
    forgetting: float
    """Factor on the exponent of the curve."""
    speed: float
    """Factor on the seconds of every answer."""
    starts: tuple[float, ...]
    """By card: a further factor on the stability a first look leaves."""
    difficulties: tuple[float, ...]
    """By card: what it is harder than its grades suggest, on FSRS's scale."""
    first_rolls: tuple[float, ...]
    """By card: the chance, 0-1, that decides the first button, so that every scheduler meets the same first looks."""


def draw_person(number: int, cards: int, truth: Truth, dice: Dice) -> Person:
    """Return the person of that number, with so many cards.

    How fast people answer decides more than all else how far they come. Persons of neighbouring numbers are therefore
    spread evenly from slow to fast (by multiples of the golden ratio), so that a few of them speak for all.
    """
    rank = ((number + 1) * _GOLDEN) % 1.0
    difficulty = dice.gauss(0.0, spreads.DIFFICULTY)
    return Person(
        truth=truth,
        start=_factor(dice, spreads.START),
        growth=spreads.TYPICAL_GROWTH * _factor(dice, spreads.GROWTH),
        forgetting=_factor(dice, spreads.FORGETTING),
        speed=math.exp(spreads.SPEED * _NORMAL.inv_cdf(min(max(rank, _LEAST_RANK), 1.0 - _LEAST_RANK))),
        starts=tuple(_factor(dice, spreads.CARD_START) for _ in range(cards)),
        difficulties=tuple(difficulty + dice.gauss(0.0, spreads.CARD_DIFFICULTY) for _ in range(cards)),
        first_rolls=tuple(dice.random() for _ in range(cards)),
    )


_GOLDEN: Final = (math.sqrt(5.0) - 1.0) / 2.0
_NORMAL: Final = NormalDist()
_LEAST_RANK: Final = 0.001


def _factor(dice: Dice, spread: float) -> float:
    return math.exp(dice.gauss(0.0, spread))
