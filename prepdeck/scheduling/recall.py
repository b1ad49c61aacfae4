"""How likely a card is recalled on a day: the memory model FSRS-6 with its published default parameters.

The formulas are those of the open FSRS project (`fsrs` 6.3 for Python; Ye et al. 2022), written as plain functions
because forecasts call them many thousand times; tests hold them equal to that package.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from prepdeck.scheduling.grade import Grade

DECAY: Final = 0.1542
"""Exponent of forgetting, the median over 10,000 learners (FSRS-6, parameter 20)."""
LEAST_STABILITY: Final = 0.001
"""Days; no memory is weaker."""
EASIEST: Final = 1.0
"""Lowest difficulty."""
HARDEST: Final = 10.0
"""Highest difficulty."""

_FIRST_STABILITY: Final = (0.212, 1.2931, 2.3065, 8.2956)
_DIFFICULTY_AT_AGAIN: Final = 6.4133
_DIFFICULTY_SPREAD: Final = 0.8334
_DIFFICULTY_STEP: Final = 3.0194
_REVERSION: Final = 0.001
_GROWTH: Final = math.exp(1.8722)
_SATURATION: Final = 0.1666
_LATENESS: Final = 0.796
_LAPSE: Final = 1.4835
_LAPSE_DIFFICULTY: Final = 0.0614
_LAPSE_STABILITY: Final = 0.2629
_LAPSE_LATENESS: Final = 1.6483
_HARD_PENALTY: Final = 0.6014
_EASY_BONUS: Final = 1.8729
_SAME_DAY: Final = 0.5425
_SAME_DAY_SHIFT: Final = 0.0912
_SAME_DAY_SATURATION: Final = 0.0658

_RANK: Final = {Grade.AGAIN: 1, Grade.HARD: 2, Grade.GOOD: 3, Grade.EASY: 4}
_BONUS: Final = {Grade.HARD: _HARD_PENALTY, Grade.GOOD: 1.0, Grade.EASY: _EASY_BONUS}
_FIRST: Final = dict(zip(Grade, _FIRST_STABILITY, strict=True))


class Strength(NamedTuple):
    """How firmly a card is remembered; a tuple, for it is made by the hundred thousand."""

    stability: float
    """Days until recall has fallen to 0.9, by the model's own curve; above 0."""
    difficulty: float
    """How little it gains by an answer, 1-10, as the model infers it from the grades."""


def factor_of(exponent: float) -> float:
    """Return the factor at which a curve with that exponent stands at 0.9 when one stability has passed."""
    return float(0.9 ** (-1.0 / exponent)) - 1.0


_FACTOR: Final = factor_of(DECAY)


def recall_after(days: float, stability: float) -> float:
    """Return the probability of recall, 0-1, so many days after the last answer (FSRS-6, power curve)."""
    return float((1.0 + _FACTOR * days / stability) ** -DECAY)


def first_strength(grade: Grade) -> Strength:
    """Return the strength after a first look."""
    return Strength(_FIRST[grade], _clamped(_first_difficulty(grade)))


def next_strength(before: Strength, grade: Grade, days: int, recalled: float | None = None) -> Strength:
    """Return the strength after a later answer.

    Args:
        before: The strength left by the answer before.
        grade: What was pressed.
        days: Whole study days since the answer before; 0 for a second answer on one study day.
        recalled: The probability of recall before this answer, where a better curve than the model's own is known.
    """
    stability, difficulty = before
    if days < 1:
        return Strength(_after_same_day(stability, grade), _next_difficulty(difficulty, grade))
    chance = recall_after(days, stability) if recalled is None else recalled
    if grade is Grade.AGAIN:
        return Strength(after_lapse(stability, difficulty, chance), _next_difficulty(difficulty, grade))
    grown = after_pass(stability, difficulty, chance, _BONUS[grade])
    return Strength(grown, _next_difficulty(difficulty, grade))


def after_pass(stability: float, difficulty: float, chance: float, bonus: float = 1.0) -> float:
    """Return the stability after a pass; `bonus` is 1 for good, less for hard, more for easy."""
    gain: float = _GROWTH * (11.0 - difficulty) * stability**-_SATURATION * (math.exp((1.0 - chance) * _LATENESS) - 1.0)
    return stability * (1.0 + gain * bonus)


def after_lapse(stability: float, difficulty: float, chance: float) -> float:
    """Return the stability after a failure."""
    long: float = (
        _LAPSE
        * difficulty**-_LAPSE_DIFFICULTY
        * ((stability + 1.0) ** _LAPSE_STABILITY - 1.0)
        * math.exp((1.0 - chance) * _LAPSE_LATENESS)
    )
    return max(LEAST_STABILITY, min(long, stability / _LAPSE_CEILING))


_LAPSE_CEILING: Final = math.exp(_SAME_DAY * _SAME_DAY_SHIFT)


def _after_same_day(stability: float, grade: Grade) -> float:
    change: float = math.exp(_SAME_DAY * (_RANK[grade] - 3 + _SAME_DAY_SHIFT)) * stability**-_SAME_DAY_SATURATION
    if grade is not Grade.AGAIN:
        change = max(change, 1.0)
    return max(LEAST_STABILITY, stability * change)


def _first_difficulty(grade: Grade) -> float:
    return _DIFFICULTY_AT_AGAIN - math.exp(_DIFFICULTY_SPREAD * (_RANK[grade] - 1)) + 1.0


def _next_difficulty(difficulty: float, grade: Grade) -> float:
    step = -_DIFFICULTY_STEP * (_RANK[grade] - 3)
    damped = difficulty + (HARDEST - difficulty) * step / 9.0
    return _clamped(_REVERSION * _EASY_DIFFICULTY + (1.0 - _REVERSION) * damped)


def _clamped(difficulty: float) -> float:
    return min(max(difficulty, EASIEST), HARDEST)


_EASY_DIFFICULTY: Final = _first_difficulty(Grade.EASY)
