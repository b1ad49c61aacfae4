"""Offers in numbers: what the first year pays, what a year pays on average, and what is refused."""

from __future__ import annotations

from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.errors import UsageError
from prepdeck.road.offers import LARGEST, MOST_YEARS, Offer, make_offer, read_amount
from tests.full import examples

AMOUNTS = st.integers(0, 10**9).map(Fraction) | st.fractions(0, 10**6, max_denominator=100)
OFFERS = st.builds(
    Offer,
    base=AMOUNTS.filter(bool),
    bonus=AMOUNTS,
    equity=AMOUNTS,
    years=st.integers(1, MOST_YEARS),
    sign_on=AMOUNTS,
)


def test_the_example_of_the_guide_pays_225000_and_then_210000_on_average() -> None:
    offer = make_offer("150k", "10%", "160k", "4", "20k")
    assert offer.first_year == 225_000
    assert offer.yearly_mean == 210_000
    assert [offer.base, offer.bonus, offer.equity / offer.years, offer.sign_on] == [150_000, 15_000, 40_000, 20_000]


@pytest.mark.parametrize(
    ("typed", "first_year", "mean"),
    [
        (("100000",), 100_000, 100_000),
        (("100,000", "5k"), 105_000, 105_000),
        (("100_000", "12.5 %"), 112_500, 112_500),
        (("20 lakh", "15%"), 2_300_000, 2_300_000),
        (("1 crore", "", "", "", "5 lakhs"), 10_500_000, 10_125_000),
        (("100k", "", "80k"), 120_000, 120_000),
        (("100k", "", "80k", "2"), 140_000, 140_000),
        (("100k", "0", "0", "1", "10k"), 110_000, 110_000),
        (("1.2M", "100%"), 2_400_000, 2_400_000),
        (("  150K  ", " 10% "), 165_000, 165_000),
    ],
)
def test_an_offer_pays(typed: tuple[str, ...], first_year: int, mean: int) -> None:
    offer = make_offer(*typed)
    assert [offer.first_year, offer.yearly_mean] == [first_year, mean]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (("",), "how much is the base?"),
        (("0",), "the base is 0"),
        (("0k",), "the base is 0"),
        (("abc",), "'abc' is no amount for the base"),
        (("-5",), "no amount for the base"),
        (("$150k",), "no amount for the base"),
        (("150k euros",), "no amount for the base"),
        (("1e6",), "no amount for the base"),
        (("nan",), "no amount for the base"),
        (("1,,000",), "no amount for the base"),
        (("\u0661\u0665\u0660",), "no amount for the base"),
        (("2000000m",), "the base is too large"),
        (("150k", "ten"), "no amount for the bonus"),
        (("150k", "1000%"), "no amount for the bonus"),
        (("150k", "", "some"), "no amount for the equity"),
        (("150k", "", "1k", "0"), "'0' is no number of years"),
        (("150k", "", "1k", "11"), "'11' is no number of years"),
        (("150k", "", "1k", "2.5"), "'2.5' is no number of years"),
        (("150k", "", "", "", "x" * 99), "no amount for the sign-on"),
    ],
)
def test_what_is_no_offer_is_refused(typed: tuple[str, ...], told: str) -> None:
    with pytest.raises(UsageError) as caught:
        make_offer(*typed)
    assert told in caught.value.message
    assert caught.value.help
    assert len(caught.value.message) < 100


def test_the_largest_amount_is_taken() -> None:
    assert read_amount(str(LARGEST), "the base") == LARGEST
    with pytest.raises(UsageError, match="too large"):
        read_amount(str(LARGEST + 1), "the base")


@settings(deadline=None, max_examples=examples(200))
@given(OFFERS)
def test_the_mean_times_the_years_is_what_the_years_pay_together(offer: Offer) -> None:
    later = [offer.yearly] * (offer.years - 1)
    assert offer.yearly_mean * offer.years == offer.first_year + sum(later)


@settings(deadline=None, max_examples=examples(200))
@given(OFFERS)
def test_the_first_year_never_pays_less_than_the_mean(offer: Offer) -> None:
    assert offer.first_year >= offer.yearly_mean >= offer.base
    assert (offer.first_year == offer.yearly_mean) == (offer.years == 1 or not offer.sign_on)


@settings(deadline=None, max_examples=examples(200))
@given(st.integers(0, LARGEST))
def test_an_amount_is_read_as_it_is_printed(amount: int) -> None:
    assert read_amount(f"{amount:,}", "the base") == read_amount(str(amount), "the base") == amount


@settings(deadline=None, max_examples=examples(300))
@given(st.text(max_size=12))
def test_any_words_make_an_offer_or_are_refused(words: str) -> None:
    for typed in ((words,), ("1", words), ("1", "", words), ("1", "", "", words), ("1", "", "", "", words)):
        with suppress(UsageError):
            offer = make_offer(*typed)
            assert offer.base > 0
            assert 1 <= offer.years <= MOST_YEARS
            assert min(offer.bonus, offer.equity, offer.sign_on) >= 0
