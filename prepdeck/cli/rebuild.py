"""`prepdeck rebuild`: what is known of each card, computed from the log."""

from __future__ import annotations

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import say_notes, write_json, write_text
from prepdeck.cli.verb import verb


@verb(
    click.Option(("--check",), is_flag=True, help="Change nothing; exit status 1 when anything differs."),
    examples=(
        ("prepdeck rebuild --check", "Compare what is stored with what the log says."),
        ("prepdeck rebuild", "Write what the log says."),
    ),
)
def command(context: click.Context, check: bool) -> int:
    """Compute what is known of each card from the log again, and store it; with --check only compare."""
    from prepdeck.cli.wording import count_words
    from prepdeck.study.safekeeping import rebuild

    flags = flags_of(context)
    report = rebuild(flags.options, check=check)
    differences = list(report.differences)
    say_notes(flags, (*report.notes, report.pending) if report.pending else report.notes)
    if flags.json:
        write_json({"schema": 1, "cards": report.cards, "reviews": report.reviews, "differences": differences})
    else:
        for line in differences:
            write_text(line)
        found = count_words(len(differences), "difference")
        done = "found" if check else "mended"
        counted = f"{count_words(report.cards, 'card')} from {count_words(report.reviews, 'review')}"
        write_text(f"{counted}: {f'{found} {done}' if differences else 'no difference'}")
    return 1 if check and differences else 0
