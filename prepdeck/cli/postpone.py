"""`prepdeck postpone`: cards put off for some days."""

from __future__ import annotations

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.handled import cards_argument, handle_cards
from prepdeck.cli.parameters import whole_between
from prepdeck.cli.verb import verb
from prepdeck.scheduling.handling import POSTPONED_DAYS

MOST_DAYS = 3650
"""Ten years."""


@verb(
    cards_argument(),
    click.Option(
        ("--days",), callback=whole_between(1, MOST_DAYS), metavar="N", help=f"By so many days ({POSTPONED_DAYS})."
    ),
    examples=(
        ("prepdeck postpone probability/base-rate", "Two weeks later than it would be."),
        ("prepdeck postpone base-rate bayes --days 30", "Two cards by a month, in one step."),
    ),
)
def command(context: click.Context, cards: tuple[str, ...], days: int | None) -> None:
    """Put learned cards off: by days from the day they are due, or from today when that is past.

    Interval and easiness stay. Several cards are one step, which prepdeck undo takes back.
    """
    from prepdeck.study.handling import postpone

    handle_cards(flags_of(context), lambda desk: postpone(desk, cards, days or POSTPONED_DAYS))
