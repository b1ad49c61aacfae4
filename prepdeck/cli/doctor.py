"""`prepdeck doctor`: is everything in order."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import paints, write_json, write_text
from prepdeck.cli.verb import verb

if TYPE_CHECKING:
    from prepdeck.study.safekeeping import Examination


@verb(
    examples=(
        ("prepdeck doctor", "Examine everything; the exit status is 1 when something is wrong."),
        ("prepdeck doctor --json", "The same for a report of a fault."),
    ),
)
def command(context: click.Context) -> int:
    """Examine database, log, decks and settings, and print versions and paths for a report of a fault."""
    from prepdeck.study.safekeeping import examine
    from prepdeck.tui.keys import rebind

    flags = flags_of(context)
    examination = examine(flags.options, lambda settings: rebind(settings.keys, settings.key_places)[1])
    facts = {**dict(examination.facts), "colours": "yes" if paints(flags.color, sys.stdout) else "no"}
    if flags.json:
        findings = [{"ok": each.ok, "words": each.words, "help": each.help} for each in examination.findings]
        write_json({"schema": 1, "findings": findings, "facts": facts})
    else:
        _print(examination, facts)
    return 0 if examination.ok else 1


def _print(examination: Examination, facts: dict[str, str]) -> None:
    from prepdeck.cli.columns import draw_columns

    for each in examination.findings:
        write_text(f"{'ok   ' if each.ok else 'wrong'}  {each.words}")
        if each.help and not each.ok:
            write_text(f"       help: {each.help}")
    write_text("")
    for line in draw_columns([(name, str(value)) for name, value in facts.items()]):
        write_text(line)
