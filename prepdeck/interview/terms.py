"""Under which terms a mock is sat: how strict its clock is, and how much time there is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final

TIME_FACTORS: Final = (Fraction(1), Fraction(5, 4), Fraction(3, 2), Fraction(2))
"""How much more time a candidate may have who needs it."""
FACTOR_WORDS: Final = tuple(f"{float(factor):g}" for factor in TIME_FACTORS)
"""The same as people write them."""


class Mode(Enum):
    """What the clock does when the candidate does not keep up."""

    STRICT = "strict"
    """No pause; the deadline never moves, and at 0:00 the answers are locked."""
    PRACTICE = "practice"
    """Pauses are counted and left out, and time over the end is overtime."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a candidate chose before the clock started."""

    mode: Mode = Mode.STRICT
    """How strict the clock is at the start."""
    time_factor: Fraction = Fraction(1)
    """1-2: every budget is multiplied by it."""
    hints: bool = True
    """Whether hints may be taken."""
    seed: int = 0
    """What the dice of the draw began with."""
    level: str = ""
    """The seniority the candidate aims at, such as `senior`; kept beside the mock, never scored."""

    def __post_init__(self) -> None:
        if not 1 <= self.time_factor <= 2:  # noqa: PLR2004 - the range the docstring names
            raise ValueError(f"time factor {self.time_factor} is not between 1 and 2")
