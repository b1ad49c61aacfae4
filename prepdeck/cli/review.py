"""`prepdeck review`: a round of reviews, on the screen or as plain lines."""

from __future__ import annotations

import sys

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.parameters import complete_decks, number_between, whole_between
from prepdeck.cli.streams import at_terminal, is_dumb, paints
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError

MOST_MINUTES = 1440
"""A day."""
MOST_CARDS = 100_000
"""More cards than anybody asks for."""
MOST_DAYS = 3650
"""Ten years ahead."""


@verb(
    click.Argument(("decks",), metavar="[DECK]...", nargs=-1, shell_complete=complete_decks),
    click.Option(("--track",), metavar="T", help="Only decks of one track, such as ml-fundamentals."),
    click.Option(("--topic",), metavar="T", help="Only cards of one topic."),
    click.Option(("--tag",), metavar="T", help="Only cards with one tag."),
    click.Option(
        ("--minutes",),
        callback=number_between(0.1, MOST_MINUTES),
        metavar="N",
        help="Stop adding cards after about N minutes.",
    ),
    click.Option(("--limit",), callback=whole_between(1, MOST_CARDS), metavar="N", help="At most N cards."),
    click.Option(("--new",), callback=whole_between(0, MOST_CARDS), metavar="N", help="So many new cards today."),
    click.Option(
        ("--ahead",),
        callback=whole_between(0, MOST_DAYS),
        metavar="DAYS",
        default="0",
        help="Also cards due within DAYS.",
    ),
    click.Option(("--cram",), is_flag=True, help="Practise: the schedule stays as it is."),
    examples=(
        ("prepdeck review probability --minutes 10", "About ten minutes of one deck."),
        ("prepdeck review --plain", "Questions and answers as lines, for screen readers and pipes."),
    ),
    with_json=False,
)
def command(
    context: click.Context,
    *,
    decks: tuple[str, ...],
    track: str | None,
    topic: str | None,
    tag: str | None,
    minutes: float | None,
    limit: int | None,
    new: int | None,
    ahead: int,
    cram: bool,
) -> int:
    """Ask what is due, and today's new cards; with DECK only those decks.

    Every grade is stored before the next card is shown.
    """
    flags = flags_of(context)
    plain = flags.plain or is_dumb()
    if not plain and not at_terminal():
        raise UsageError("the review screen needs a terminal; prepdeck review --plain works without one")
    from prepdeck.study.request import RoundRequest, Scope

    request = RoundRequest(
        scope=Scope(decks=decks, track=track, topic=topic, tag=tag),
        minutes=minutes,
        limit=limit,
        new=new,
        ahead_days=ahead,
        cram=cram,
    )
    if plain:
        from prepdeck.cli.plain import review_plainly

        return review_plainly(flags, request)
    from prepdeck.tui.app import run

    return run(flags.options, ascii_only=flags.ascii, start=request, color=paints(flags.color, sys.stdout))
