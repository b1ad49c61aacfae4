"""Numbers as people type them."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

from prepdeck.cards.card import Numeric

_PLAIN: Final = re.compile(r"[+-]?(\d+(_\d+)*)?(\.\d*)?([eE][+-]?\d{1,3})?")
_THOUSANDS: Final = re.compile(r"[+-]?\d{1,3}([, \u00a0\u202f]\d{3})+(\.\d+)?")
LONGEST: Final = 60
"""Characters; a longer text is not a number anybody typed."""
LARGEST_EXPONENT: Final = 300
"""Powers of ten; beyond it no card has an answer."""


def parse_number(text: str) -> Fraction | None:
    """Return the number a learner typed, exactly, or None when it is none.

    Takes `73856`, `73,856`, `73 856`, `1_000`, `7.4e4`, `3/8`, `15%` and a minus sign of any kind.
    """
    typed = text.strip().replace("\u2212", "-")
    if not typed or len(typed) > LONGEST:
        return None
    if typed.endswith("%"):
        share = parse_number(typed[:-1]) if not typed[:-1].endswith("%") else None
        return None if share is None else share / 100
    above, slash, below = typed.partition("/")
    if slash:
        numerator, denominator = _decimal(above.strip()), _decimal(below.strip())
        return None if numerator is None or not denominator else numerator / denominator
    return _decimal(typed)


def _decimal(text: str) -> Fraction | None:
    if _THOUSANDS.fullmatch(text):
        text = re.sub(r"[, \u00a0\u202f]", "", text)
    match = _PLAIN.fullmatch(text)
    if match is None or not any(character.isdigit() for character in text) or not text.isascii():
        return None
    exponent = match.group(4)
    if exponent is not None and abs(int(exponent[1:])) > LARGEST_EXPONENT:
        return None
    try:
        return Fraction(Decimal(text.replace("_", "")))
    except InvalidOperation:
        return None


def is_within(body: Numeric, typed: Fraction) -> bool:
    """Tell whether a typed number lies within the card's tolerance."""
    return abs(typed - body.answer) <= body.tolerance.reach(body.answer)
