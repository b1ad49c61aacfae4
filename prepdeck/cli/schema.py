"""`prepdeck schema`: the JSON Schema of deck files."""

from __future__ import annotations

from pathlib import Path

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import say, write_text
from prepdeck.cli.verb import verb


@verb(
    click.Option(("--write", "folder"), metavar="FOLDER", type=click.Path(path_type=Path), help="Put it beside decks."),
    examples=(
        ("prepdeck schema", "Print the schema, for editors and other programs."),
        ("prepdeck schema --write decks/", "Put deck.schema.json beside your decks."),
    ),
)
def command(context: click.Context, folder: Path | None) -> None:
    """Print the JSON Schema (2020-12) of deck files, or put it beside decks as deck.schema.json.

    A first line `# yaml-language-server: $schema=./deck.schema.json` in a deck tells editors to use it.
    """
    from prepdeck.study.scaffolding import schema_text, write_schema

    if folder is None:
        write_text(schema_text().rstrip("\n"))
        return
    path, is_new = write_schema(folder)
    write_text(str(path))
    if not flags_of(context).quiet:
        say("written" if is_new else "it was there already, the same")
