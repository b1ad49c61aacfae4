"""An offer in numbers: what the first year pays, and the mean of the years its equity is spread over."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from prepdeck.errors import UsageError

MOST_YEARS: Final = 10
"""Years that equity is spread over at most."""
LARGEST: Final = 10**12
"""Largest amount."""
USUAL_YEARS: Final = 4
"""Years that equity is spread over when nobody says."""

_FACTORS: Final = {"": 1, "k": 1_000, "m": 1_000_000, "lakh": 100_000, "lakhs": 100_000, "crore": 10_000_000}
_AMOUNT: Final = re.compile(r"(\d+(?:[_,]\d+)*)(\.\d+)?\s*([a-z]*)", re.ASCII)
_SHARE: Final = re.compile(r"(\d{1,3})(\.\d+)?\s*%", re.ASCII)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a company offers; amounts in whole or broken units of one currency."""

    base: Fraction
    """Yearly pay that is certain."""
    bonus: Fraction = Fraction(0)
    """Yearly bonus as an amount."""
    equity: Fraction = Fraction(0)
    """Worth of the whole grant on the day of the offer."""
    years: int = USUAL_YEARS
    """Years the grant is spread over in equal parts."""
    sign_on: Fraction = Fraction(0)
    """Paid once, in the first year."""

    @property
    def yearly(self) -> Fraction:
        """What each year pays: base, bonus and its part of the equity."""
        return self.base + self.bonus + self.equity / self.years

    @property
    def first_year(self) -> Fraction:
        """What the first year pays, the sign-on among it."""
        return self.yearly + self.sign_on

    @property
    def yearly_mean(self) -> Fraction:
        """What a year pays on average over the years of the equity, the sign-on spread over them."""
        return self.yearly + self.sign_on / self.years


def read_amount(words: str, what: str) -> Fraction:
    """Return an amount as it is typed: `150000`, `150,000`, `150k`, `1.2m`, `20 lakh`.

    Raises:
        UsageError: When it is none, or too large.
    """
    found = _AMOUNT.fullmatch(words.strip().lower())
    if found is None or found[3] not in _FACTORS:
        raise UsageError(f"{words.strip()[:40]!r} is no amount for {what}", "write it like 150000, 150k or 20 lakh")
    amount = Fraction(re.sub("[_,]", "", found[1]) + (found[2] or "")) * _FACTORS[found[3]]
    if amount > LARGEST:
        raise UsageError(f"{what} is too large", f"at most {LARGEST:,}")
    return amount


def read_bonus(words: str, base: Fraction) -> Fraction:
    """Return a yearly bonus as it is typed: an amount, or a share of the base such as `10%`.

    Raises:
        UsageError: When it is neither.
    """
    found = _SHARE.fullmatch(words.strip())
    if found is None:
        return read_amount(words, "the bonus")
    return base * Fraction(found[1] + (found[2] or "")) / 100


def read_years(words: str) -> int:
    """Return the years that equity is spread over.

    Raises:
        UsageError: When they are no number from 1 to `MOST_YEARS`.
    """
    text = words.strip()
    if not re.fullmatch(r"\d{1,2}", text, re.ASCII) or not 1 <= int(text) <= MOST_YEARS:
        raise UsageError(f"{text[:40]!r} is no number of years", f"write a whole number from 1 to {MOST_YEARS}")
    return int(text)


def make_offer(base: str, bonus: str = "", equity: str = "", years: str = "", sign_on: str = "") -> Offer:
    """Return an offer as it was typed; empty words leave a part out.

    Raises:
        UsageError: When a part is no amount, or the base is missing or 0.
    """
    if not base.strip():
        raise UsageError("how much is the base?", "write the yearly pay, such as 150k")
    paid = read_amount(base, "the base")
    if not paid:
        raise UsageError("the base is 0", "write the yearly pay, such as 150k")
    return Offer(
        base=paid,
        bonus=read_bonus(bonus, paid) if bonus.strip() else Fraction(0),
        equity=read_amount(equity, "the equity") if equity.strip() else Fraction(0),
        years=read_years(years) if years.strip() else USUAL_YEARS,
        sign_on=read_amount(sign_on, "the sign-on") if sign_on.strip() else Fraction(0),
    )
