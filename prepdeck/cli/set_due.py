"""`prepdeck set-due`: the day a card is asked again."""

from __future__ import annotations

import re
from datetime import date

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.handled import handle_cards
from prepdeck.cli.parameters import day_value
from prepdeck.cli.verb import verb


def _day_or_distance(context: click.Context, parameter: click.Parameter, value: str) -> date | int:
    """Return a day, or the days from today of `+3`; fail with the right form."""
    if re.fullmatch(r"\+\d{1,5}", value, re.ASCII):
        return int(value)
    try:
        day = day_value(context, parameter, value)
    except click.BadParameter:
        day = None
    if day is None:
        message = f"{value[:60]!r} is not a day; write it like 2026-11-22, or +3 for in three days"
        raise click.BadParameter(message, context, parameter)
    return day


@verb(
    click.Argument(("card",)),
    click.Argument(("day",), callback=_day_or_distance),
    examples=(
        ("prepdeck set-due probability/base-rate 2026-12-01", "Ask it on that day."),
        ("prepdeck set-due base-rate +3", "Ask it in three days."),
    ),
)
def command(context: click.Context, card: str, day: date | int) -> None:
    """Ask CARD on DAY, today or later; its interval and easiness stay.

    A card that was answered today is asked tomorrow at the earliest. prepdeck undo takes it back.
    """
    from prepdeck.scheduling.sm2 import later
    from prepdeck.study.handling import set_due

    handle_cards(
        flags_of(context),
        lambda desk: set_due(desk, [card], later(desk.today(), day) if isinstance(day, int) else day),
    )
