"""`prepdeck paths`: every file and folder in use."""

from __future__ import annotations

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import write_json, write_text
from prepdeck.cli.verb import verb


@verb(
    examples=(
        ("prepdeck paths", "Where database, settings, decks, backups and log are."),
        ("prepdeck paths --home /tmp/trial", "Where they would be with another home."),
    ),
)
def command(context: click.Context) -> None:
    """Print every file and folder in use, whether it is there yet or not."""
    from prepdeck.study.places import list_places

    flags = flags_of(context)
    places = list_places(flags.options)
    if flags.json:
        write_json({"schema": 1, "paths": {name: str(path) for name, path in places}})
        return
    from prepdeck.cli.columns import draw_columns

    for line in draw_columns([(name, str(path)) for name, path in places]):
        write_text(line)
