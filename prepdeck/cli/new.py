"""`prepdeck new`: a deck or a card to begin with."""

from __future__ import annotations

from shlex import quote

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import say, write_json, write_text
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError

KINDS = ("basic", "cloze", "choice", "numeric", "code", "design", "star", "story")
"""Kinds of cards, as decks write them."""

TRACKS = ("ml-fundamentals", "algorithms", "system-design", "star", "other")
"""Tracks, as decks write them."""


@verb(
    click.Argument(("what",), metavar="deck|card", type=click.Choice(("deck", "card"))),
    click.Argument(("path",), metavar="PATH"),
    click.Option(("--kind",), type=click.Choice(KINDS), help="Kind of the card."),
    click.Option(("--id", "name"), metavar="ID", help="Id of the card."),
    click.Option(("--topic",), metavar="TOPIC", help="Topic of the card; the deck's first one if left out."),
    click.Option(("--title",), metavar="TITLE", help="Title of the deck."),
    click.Option(("--track",), type=click.Choice(TRACKS), help="Track of the deck."),
    examples=(
        (
            'prepdeck new deck attention --title "Attention"',
            "A first deck among your own; a path ending in .yaml goes there.",
        ),
        ("prepdeck new card attention --kind numeric", "A whole card at the end of that deck, to be filled in."),
    ),
)
def command(
    context: click.Context,
    *,
    what: str,
    path: str,
    kind: str | None,
    name: str | None,
    topic: str | None,
    title: str | None,
    track: str | None,
) -> None:
    """Make a deck, or add a card to one; TODO marks what is yours to write.

    A deck that is there is never overwritten. Adding a card leaves the rest of the file as it is, byte for byte.
    """
    flags = flags_of(context)
    if what == "deck":
        if kind or name or topic:
            raise UsageError("--kind, --id and --topic are for new card", "prepdeck new deck PATH [--title] [--track]")
        from prepdeck.study.scaffolding import new_deck

        made = new_deck(path, flags.options, title=title, track=track)
        line = 1
    else:
        if title or track:
            raise UsageError("--title and --track are for new deck", "prepdeck new card PATH --kind K")
        if kind is None:
            raise UsageError("which kind of card?", f"--kind {', '.join(KINDS)}")
        from prepdeck.study.scaffolding import find_deck, new_card

        card = new_card(find_deck(path, flags.options), kind, name=name, topic=topic)
        made, line, name = card.path, card.line, card.card
    if flags.json:
        write_json({"schema": 1, "path": str(made), "line": line, "id": name})
    else:
        write_text(f"{made}:{line}" if what == "card" else str(made))
    if not flags.quiet:
        say(f"next: prepdeck lint {quote(str(made))}")
