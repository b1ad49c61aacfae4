"""`prepdeck lint`: check deck files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import paints, say, write_json, write_text, write_trusted
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError


@verb(
    click.Argument(("paths",), metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path)),
    click.Option(
        ("--format", "shape"), type=click.Choice(("text", "json", "github")), help="How problems are printed."
    ),
    click.Option(("--strict",), is_flag=True, help="Ask for all that bundled decks have; warnings count as findings."),
    examples=(
        ("prepdeck lint my-deck.yaml", "Every problem of one deck, with its line and what to write instead."),
        ("prepdeck lint --strict --format github decks/", "A folder of decks, as annotations of GitHub."),
    ),
)
def command(context: click.Context, paths: tuple[Path, ...], shape: str | None, strict: bool) -> int:
    """Check deck files and folders; without PATH every deck prepdeck knows.

    The exit status is 1 when there are errors, with --strict also when there are warnings.
    """
    from prepdeck.study.linting import draw_github, draw_report, lint, report_json, summary

    flags = flags_of(context)
    if flags.json and shape not in {None, "json"}:
        raise UsageError(f"--json and --format {shape} exclude each other", "name one of them")
    report = lint(paths, flags.options, strict=strict)
    if flags.json or shape == "json":
        write_json(report_json(report))
    elif shape == "github":
        _write_unless_empty(draw_github(report))
    else:
        colored = paints(flags.color, sys.stdout)
        _write_unless_empty(draw_report(report, color=colored), trusted=colored)
    if not flags.quiet:
        say(summary(report))
    return 1 if report.errors or (strict and report.warnings) else 0


def _write_unless_empty(text: str, *, trusted: bool = False) -> None:
    """Print a report; one in our own colours was cleaned where it was drawn."""
    text = text.rstrip("\n")
    if not text:
        return
    if trusted:
        write_trusted(text)
    else:
        write_text(text)
