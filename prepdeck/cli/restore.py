"""`prepdeck restore`: go back to a backup."""

from __future__ import annotations

from pathlib import Path

import click

from prepdeck.cli.flags import Flags, flags_of
from prepdeck.cli.streams import at_terminal, say, say_notes, write_json, write_text
from prepdeck.cli.typed import is_agreed
from prepdeck.cli.verb import verb


@verb(
    click.Argument(("path",), type=click.Path(path_type=Path)),
    click.Option(("--yes",), is_flag=True, help="Do not ask."),
    examples=(
        ("prepdeck restore ~/usb/prepdeck-copy.db", "Put a copy back in place."),
        ("prepdeck restore --yes backups/prepdeck-2026-11-22.db", "Without the question."),
    ),
)
def command(context: click.Context, path: Path, yes: bool) -> int:
    """Put the backup at PATH in place of the database, which is kept beside it first.

    At a terminal it asks; elsewhere it goes on, because nothing is lost.
    """
    from prepdeck.cli.wording import count_words
    from prepdeck.study.safekeeping import restore

    flags = flags_of(context)
    if not yes and not _agreed(flags):
        say("nothing was changed")
        return 0
    done = restore(flags.options, path)
    if flags.json:
        kept = None if done.kept_as is None else str(done.kept_as)
        write_json({"schema": 1, "path": str(done.path), "reviews": done.reviews, "kept_as": kept})
        return 0
    write_text(f"{done.path}: {count_words(done.reviews, 'review')}")
    kept_words = "there was no database before" if done.kept_as is None else f"what was there is kept as {done.kept_as}"
    say_notes(flags, (kept_words,))
    return 0


def _agreed(flags: Flags) -> bool:
    if flags.no_input or not at_terminal():
        return True
    say("Replace the database by this backup? What is there now is kept. [y/N]")
    return is_agreed()
