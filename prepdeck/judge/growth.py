"""How the executed lines of an answer grow with its input."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from prepdeck.cards.code import Cost

STEPS: Final = 4
"""Sizes that are tried, each twice the one before."""

SMALLEST: Final = {
    Cost.CONSTANT: 256, Cost.LOGN: 1024, Cost.N: 256, Cost.NLOGN: 256, Cost.N2: 32, Cost.N3: 12,
}  # fmt: skip
"""The first size for each class: large enough that what is done once does not matter, small enough to be counted."""

ALLOWED: Final = {
    Cost.CONSTANT: 0.05, Cost.LOGN: 0.30, Cost.N: 1.08, Cost.NLOGN: 1.25, Cost.N2: 2.15, Cost.N3: 3.20,
}  # fmt: skip
"""The steepest slope that counts as the class at these sizes.

Tried at the sizes above, on Python 3.11 to 3.13 with the same counts: constant code 0.00, binary search 0.12, one loop
1.00, merge sort 1.16, a loop over all pairs 1.99, over all triples 2.98. Exactly n log n would be 1.15,
n(n-1)/2 2.01 and n(n-1)(n-2)/6 3.11: small sizes are steeper than their class. Each limit lies between its class and
the next.
"""


@dataclass(frozen=True, slots=True)
class Growth:
    """How the executed lines of an answer grow with its input."""

    lines: tuple[int, ...]
    """Lines at n, 2n, 4n and 8n, as far as they were counted; a count that was given up is the last."""
    slope: float
    """The power of n that fits them best; infinite when there are too few."""
    allowed: float
    """The largest power that the declared cost allows."""
    holds: bool
    """Whether the lines stay within the declared cost."""
    message: str = ""
    """Why there are fewer counts than sizes; clean text."""


def sizes_for(cost: Cost) -> tuple[int, ...]:
    """Return the sizes at which a declared cost is measured."""
    return tuple(SMALLEST[cost] << step for step in range(STEPS))


def slope_of(sizes: Sequence[int], lines: Sequence[int]) -> float:
    """Return the slope of the straight line through the logarithms, by least squares; infinite for fewer than two."""
    if len(lines) < 2:  # noqa: PLR2004 - a line needs two points
        return math.inf
    xs = [math.log(size) for size, _ in zip(sizes, lines, strict=False)]
    ys = [math.log(max(count, 1)) for count in lines]
    x_mean, y_mean = math.fsum(xs) / len(xs), math.fsum(ys) / len(ys)
    above = math.fsum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    return above / math.fsum((x - x_mean) ** 2 for x in xs)
