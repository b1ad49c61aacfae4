"""`prepdeck suspend`: cards that are not asked any more."""

from __future__ import annotations

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.handled import cards_argument, handle_cards
from prepdeck.cli.verb import verb


@verb(
    cards_argument(),
    examples=(
        ("prepdeck suspend probability/base-rate", "Leave it out of reviews, counts and plans."),
        ("prepdeck suspend base-rate bayes", "Two cards in one step."),
    ),
)
def command(context: click.Context, cards: tuple[str, ...]) -> None:
    """Stop asking cards until they are unsuspended; what is known of them stays.

    CARD is deck/card, a bare card id or the beginning of either, as long as it fits one card. Several cards are one
    step, which prepdeck undo takes back.
    """
    from prepdeck.study.handling import suspend

    handle_cards(flags_of(context), lambda desk: suspend(desk, cards))
