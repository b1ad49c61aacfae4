"""`prepdeck reset`: cards that begin anew."""

from __future__ import annotations

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.handled import cards_argument, handle_cards
from prepdeck.cli.verb import verb


@verb(
    cards_argument(),
    examples=(
        ("prepdeck reset probability/base-rate", "Ask it as a new card again."),
        ("prepdeck undo", "Take the reset back."),
    ),
)
def command(context: click.Context, cards: tuple[str, ...]) -> None:
    """Begin cards anew: interval, easiness and lapses go, the reviews stay in the log.

    CARD is deck/card, a bare card id or the beginning of either, as long as it fits one card. Several cards are one
    step, which prepdeck undo takes back.
    """
    from prepdeck.study.handling import reset

    handle_cards(flags_of(context), lambda desk: reset(desk, cards))
