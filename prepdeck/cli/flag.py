"""`prepdeck flag`: cards marked to come back to them."""

from __future__ import annotations

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.handled import cards_argument, handle_cards
from prepdeck.cli.verb import verb


@verb(
    cards_argument(),
    click.Option(("--off",), is_flag=True, help="Take the flag away."),
    examples=(
        ("prepdeck flag probability/base-rate", "Mark it; prepdeck search is:flagged lists what is marked."),
        ("prepdeck flag base-rate bayes --off", "Take the flag of two cards away."),
    ),
)
def command(context: click.Context, cards: tuple[str, ...], off: bool) -> None:
    """Mark cards to come back to them; the schedule stays as it is.

    CARD is deck/card, a bare card id or the beginning of either, as long as it fits one card. Several cards are one
    step, which prepdeck undo takes back.
    """
    from prepdeck.study.handling import flag, unflag

    handle_cards(flags_of(context), lambda desk: (unflag if off else flag)(desk, cards))
