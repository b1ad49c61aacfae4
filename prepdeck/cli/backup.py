"""`prepdeck backup`: a verified copy of the database."""

from __future__ import annotations

from pathlib import Path

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import say_notes, write_json, write_text
from prepdeck.cli.verb import verb


@verb(
    click.Argument(("path",), required=False, type=click.Path(path_type=Path)),
    examples=(
        ("prepdeck backup", "Into the folder for backups, which prepdeck paths names."),
        ("prepdeck backup ~/usb/prepdeck-copy.db", "To a place of your own."),
    ),
)
def command(context: click.Context, path: Path | None) -> None:
    """Copy the database to PATH, or into the folder for backups; prints where the copy is.

    The copy is opened and counted before it gets its name.
    """
    from prepdeck.cli.wording import count_words
    from prepdeck.study.safekeeping import back_up

    flags = flags_of(context)
    made = back_up(flags.options, path)
    if flags.json:
        write_json({"schema": 1, "path": str(made.path), "reviews": made.reviews, "bytes": made.size_bytes})
        return
    write_text(str(made.path))
    size = f"{made.size_bytes / 1000:,.0f} kB"
    say_notes(flags, (f"{count_words(made.reviews, 'review')}, {size}, checked",))
