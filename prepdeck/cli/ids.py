"""`prepdeck ids`: ids for cards that have none."""

from __future__ import annotations

from pathlib import Path

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import say, write_json, write_text
from prepdeck.cli.verb import verb


@verb(
    click.Argument(("paths",), metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)),
    examples=(
        ("prepdeck ids my-deck.yaml", "Write an id, made of its front, into every card that has none."),
        ("prepdeck ids decks/", "The same for a folder of decks."),
    ),
)
def command(context: click.Context, paths: tuple[Path, ...]) -> int:
    """Write missing ids into deck files; everything else stays as it is, byte for byte.

    An id names a learner's history for ever, so that editing the front later loses nothing. The exit status is 1 when a
    file cannot be read.
    """
    from prepdeck.study.authoring import Outcome, write_ids

    flags = flags_of(context)
    files = write_ids(paths)
    refused = [file for file in files if file.outcome is Outcome.REFUSED]
    if flags.json:
        rows = [
            {
                "path": str(file.path),
                "ids": [{"line": line, "id": name} for line, name in file.ids],
                "reason": file.reason,
            }
            for file in files
        ]
        write_json({"schema": 1, "files": rows})
    else:
        for file in files:
            for line, name in file.ids:
                write_text(f"{file.path}:{line}: {name}")
    for file in refused:
        say(f"left as it is: {file.reason}")
    count = sum(len(file.ids) for file in files)
    if not flags.quiet and (count or not refused):
        say("no id was missing" if not count else f"{count} {'id' if count == 1 else 'ids'} written")
    return 1 if refused else 0
