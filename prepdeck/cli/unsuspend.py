"""`prepdeck unsuspend`: cards that are asked again."""

from __future__ import annotations

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.handled import cards_argument, handle_cards
from prepdeck.cli.verb import verb


@verb(
    cards_argument(),
    examples=(
        ("prepdeck unsuspend probability/base-rate", "Ask it again when it is due."),
        ("prepdeck search is:suspended", "List what is suspended."),
    ),
)
def command(context: click.Context, cards: tuple[str, ...]) -> None:
    """Ask cards again that were suspended.

    CARD is deck/card, a bare card id or the beginning of either, as long as it fits one card. Several cards are one
    step, which prepdeck undo takes back.
    """
    from prepdeck.study.handling import unsuspend

    handle_cards(flags_of(context), lambda desk: unsuspend(desk, cards))
