"""Numbers with their words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


def counted(count: int, word: str) -> str:
    """Return a count with its word, `1 card` or `3 cards`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


def one_decimal(value: Fraction | float) -> str:
    """Return a number with one decimal, a half rounded up as people do: 3.25 is 3.3, not 3.2."""
    return _rounded(value, "0.1")


def two_decimals(value: Fraction | float) -> str:
    """Return a number with two decimals, a half rounded up."""
    return _rounded(value, "0.01")


def _rounded(value: Fraction | float, step: str) -> str:
    exact = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else Decimal(repr(value))
    return str(exact.quantize(Decimal(step), ROUND_HALF_UP))
