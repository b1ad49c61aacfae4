"""How far a number may lie from the right one."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far a typed number may lie from the answer: `absolute`, or `relative` to the answer; one of them is None."""

    absolute: Fraction | None = None
    """Largest accepted distance, in the answer's unit."""
    relative: Fraction | None = None
    """Largest accepted distance as a share of the answer's size."""

    def reach(self, answer: Fraction) -> Fraction:
        """Return the largest accepted distance from `answer`."""
        if self.absolute is not None:
            return self.absolute
        return abs(answer) * (self.relative or Fraction(0))
