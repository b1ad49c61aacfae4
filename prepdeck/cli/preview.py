"""`prepdeck preview`: a deck file as review would show it, beside the editor."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import at_terminal, is_dumb, paints
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError


@verb(
    click.Argument(("path",), metavar="PATH", type=click.Path(path_type=Path)),
    examples=(
        ("prepdeck preview my-deck.yaml", "Problems and cards of one file; every save shows within a second."),
        ("prepdeck preview --ascii my-deck.yaml", "The same in plain ASCII signs."),
    ),
    with_json=False,
)
def command(context: click.Context, path: Path) -> int:
    """Show a deck file while you write it: its problems, and each card as review shows it.

    The file is followed; the card and what of it is seen stay. Nothing on a card is run, and nothing is stored.
    """
    flags = flags_of(context)
    if flags.plain or is_dumb() or not at_terminal():
        raise UsageError("the preview needs a terminal", f"prepdeck lint --watch {path} works without one")
    from prepdeck.study.previewing import open_preview

    preview = open_preview(path)
    from prepdeck.tui.app import run

    return run(flags.options, ascii_only=flags.ascii, start=preview, color=paints(flags.color, sys.stdout))
