"""`prepdeck diff`: two versions of decks, card by card."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import paints, say_trusted, write_json, write_text
from prepdeck.cli.verb import verb


@verb(
    click.Argument(("old",), metavar="OLD", type=click.Path(path_type=Path)),
    click.Argument(("new",), metavar="NEW", type=click.Path(path_type=Path)),
    examples=(
        (
            "prepdeck diff published/attention.yaml attention.yaml",
            "What an edit changes, and how many reviews it touches.",
        ),
        ("prepdeck diff old-decks/ decks/", "Two folders; a card that moved between decks is one change."),
    ),
)
def command(context: click.Context, old: Path, new: Path) -> int:
    """Compare two deck files or folders card by card: added, reworded, moved, renamed, removed.

    With each change stands how many of your own reviews are of that card. Nothing is written, and no home is made. The
    exit status is 0 whether cards changed or not, and 1 when a file cannot be read.
    """
    from prepdeck.study.changes import changes_between, changes_json, draw_changes

    flags = flags_of(context)
    changes = changes_between(old, new, flags.options)
    if changes.unread:
        say_trusted(changes.draw_unread(color=paints(flags.color, sys.stderr)))
    if flags.json:
        write_json(changes_json(changes))
    else:
        write_text(draw_changes(changes))
    return 0 if changes.is_whole else 1
