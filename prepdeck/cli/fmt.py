"""`prepdeck fmt`: deck files in canonical form."""

from __future__ import annotations

from pathlib import Path

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import say, write_json, write_text
from prepdeck.cli.verb import verb


@verb(
    click.Argument(("paths",), metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path)),
    click.Option(("--check",), is_flag=True, help="Write nothing; list the files that would change."),
    examples=(
        ("prepdeck fmt my-deck.yaml", "Order, indentation and line ends; comments and quotes stay."),
        ("prepdeck fmt --check decks/", "Which files are not in canonical form; exit 1 when there are some."),
    ),
)
def command(context: click.Context, paths: tuple[Path, ...], check: bool) -> int:
    """Give deck files their canonical form: order of fields, indentation, blank lines, line ends.

    Every comment stays, and every value: a file whose values would change is left as it is, and so is one with errors.
    The exit status is 1 when a file was left for that, with --check also when a file would change.
    """
    from prepdeck.study.authoring import Outcome, format_files

    flags = flags_of(context)
    files = format_files(paths, check=check)
    changed = [file for file in files if file.outcome is Outcome.CHANGED]
    refused = [file for file in files if file.outcome is Outcome.REFUSED]
    if flags.json:
        rows = [{"path": str(file.path), "outcome": file.outcome.value, "reason": file.reason} for file in files]
        write_json({"schema": 1, "check": check, "files": rows})
    else:
        for file in changed:
            write_text(str(file.path))
    for file in refused:
        say(f"left as it is: {file.reason}")
    if not flags.quiet:
        verb_words = "would change" if check else "changed"
        say(f"{len(changed)} of {len(files)} {'file' if len(files) == 1 else 'files'} {verb_words}")
    return 1 if refused or (check and changed) else 0
