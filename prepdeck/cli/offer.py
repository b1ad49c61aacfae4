"""`prepdeck offer`: what an offer pays in its first year, and in a year on average."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import write_json, write_text
from prepdeck.cli.verb import verb

if TYPE_CHECKING:
    from fractions import Fraction

    from prepdeck.road.offers import Offer


@verb(
    click.Argument(("base",), metavar="BASE"),
    click.Option(("--bonus",), metavar="B", default="", help="Yearly bonus: a share such as 10%, or an amount."),
    click.Option(("--equity",), metavar="E", default="", help="Worth of the whole grant today."),
    click.Option(("--years",), metavar="N", default="", help="Years the grant is spread over; 4 otherwise."),
    click.Option(("--sign-on",), metavar="S", default="", help="Paid once, in the first year."),
    examples=(
        ("prepdeck offer 150k --bonus 10% --equity 160k --years 4 --sign-on 20k", "First year 225,000, mean 210,000."),
        ("prepdeck offer '20 lakh' --bonus 15%", "Any currency: amounts are plain numbers."),
    ),
)
def command(context: click.Context, base: str, **parts: str) -> None:
    """Work out what an offer pays: in the first year, and in a year on average over the years of its equity.

    Amounts are written like 150000, 150k, 1.2m, 20 lakh or 1 crore. Equity is spread evenly and taken at its worth of
    today; nothing is stored. prepdeck roadmap pay prints published pay to compare with.
    """
    from prepdeck.road.offers import make_offer

    flags = flags_of(context)
    offer = make_offer(base, **parts)
    if flags.json:
        write_json(_offer_json(offer))
    else:
        write_text("\n".join(_draw(offer)))


def _offer_json(offer: Offer) -> dict[str, Any]:
    return {
        "schema": 1,
        "base": _number(offer.base),
        "bonus": _number(offer.bonus),
        "equity": _number(offer.equity),
        "years": offer.years,
        "sign_on": _number(offer.sign_on),
        "first_year": _number(offer.first_year),
        "yearly_mean": _number(offer.yearly_mean),
    }


def _number(amount: Fraction) -> float | int:
    return int(amount) if amount.denominator == 1 else round(float(amount), 2)


def _draw(offer: Offer) -> list[str]:
    from prepdeck.cli.columns import draw_columns
    from prepdeck.road.wording import amount_words

    rows = [
        ("", "First year", "A year on average"),
        ("Base", amount_words(offer.base), amount_words(offer.base)),
        ("Bonus", amount_words(offer.bonus), amount_words(offer.bonus)),
        ("Equity", amount_words(offer.equity / offer.years), amount_words(offer.equity / offer.years)),
        ("Sign-on", amount_words(offer.sign_on), amount_words(offer.sign_on / offer.years)),
        ("Together", amount_words(offer.first_year), amount_words(offer.yearly_mean)),
    ]
    spread = f"Over {offer.years} years; equity in equal parts, at its worth of today." if offer.equity else ""
    lines = draw_columns(rows, right=frozenset({1, 2}))
    return [*lines, *([spread] if spread else [])]
