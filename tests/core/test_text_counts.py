"""Numbers as people read them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from prepdeck.text.counts import counted, one_decimal, two_decimals


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(11, 4), "2.8"),
        (Fraction(13, 4), "3.3"),
        (3.25, "3.3"),
        (Fraction(0), "0.0"),
        (Fraction(29, 10), "2.9"),
    ],
)
def test_a_half_is_rounded_up(value: Fraction | float, shown: str) -> None:
    assert one_decimal(value) == shown


def test_two_decimals_are_rounded_alike() -> None:
    assert (two_decimals(Fraction(25, 8)), two_decimals(Fraction(1, 3))) == ("3.13", "0.33")


def test_one_thing_is_no_plural() -> None:
    assert (counted(1, "card"), counted(0, "card"), counted(2, "card")) == ("1 card", "0 cards", "2 cards")
