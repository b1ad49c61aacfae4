"""`prepdeck bury`: cards that are left out for a day."""

from __future__ import annotations

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.handled import cards_argument, handle_cards
from prepdeck.cli.verb import verb


@verb(
    cards_argument(),
    examples=(
        ("prepdeck bury probability/base-rate", "Not today."),
        ("prepdeck bury base-rate bayes", "Two cards in one step."),
    ),
)
def command(context: click.Context, cards: tuple[str, ...]) -> None:
    """Leave cards out until the next study day.

    CARD is deck/card, a bare card id or the beginning of either, as long as it fits one card. Several cards are one
    step, which prepdeck undo takes back.
    """
    from prepdeck.study.handling import bury

    handle_cards(flags_of(context), lambda desk: bury(desk, cards))
