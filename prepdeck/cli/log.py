"""`prepdeck log`: the append-only log, oldest first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.opening import opened_desk
from prepdeck.cli.parameters import day_value
from prepdeck.cli.streams import write_json, write_text
from prepdeck.cli.verb import verb

if TYPE_CHECKING:
    from prepdeck.scheduling.review import Review
    from prepdeck.study.records import Action


@verb(
    click.Option(("--card",), metavar="C", help="Only one card."),
    click.Option(("--since",), callback=day_value, metavar="D", help="Only from the study day D on, as 2026-11-22."),
    click.Option(
        ("--all", "with_actions"), is_flag=True, help="Also undo, suspend, notes, revisions and other actions."
    ),
    examples=(
        ("prepdeck log --since 2026-11-01", "A line per review since the first of November."),
        ("prepdeck log --json > reviews.jsonl", "Everything as JSON, one object a line."),
    ),
)
def command(context: click.Context, card: str | None, since: date | None, with_actions: bool) -> None:
    """Print the review log, oldest first; reviews that were taken back are marked.

    With --json each line is one object.
    """
    from prepdeck.study.records import read_actions, read_log

    flags = flags_of(context)
    with opened_desk(flags) as desk:
        # Read whole before anything is printed: a pager that waits must not hold a lock on the database.
        entries: list[Review | Action] = [*read_log(desk, card=card, since=since)]
        if with_actions:
            entries += read_actions(desk, card=card, since=since)
            entries.sort(key=lambda entry: (entry.study_day, entry.id))
    for entry in entries:
        if flags.json:
            write_json(_row(entry))
        else:
            write_text(_draw(entry))


def _row(entry: Review | Action) -> dict[str, Any]:
    from prepdeck.scheduling.review import Review
    from prepdeck.study.records import action_json, review_json

    return review_json(entry) if isinstance(entry, Review) else action_json(entry)


def _draw(entry: Review | Action) -> str:
    from prepdeck.cli.wording import count_words, easiness_words, moment_words
    from prepdeck.scheduling.memory import Learned
    from prepdeck.scheduling.review import Review
    from prepdeck.study.records import action_words, counting_words

    rest = [counting_words(entry), "(taken back)" if entry.voided else ""]
    if not isinstance(entry, Review):
        about = str(entry.card or entry.target or "")
        said = [moment_words(entry.at), f"{entry.kind.value:<9}", about, action_words(entry)]
        return "  ".join(part for part in (*said, *rest) if part).rstrip()
    parts = [moment_words(entry.at), f"{entry.grade.value:<5}", f"{entry.kind.value:<9}", str(entry.card)]
    if isinstance(entry.after, Learned):
        parts += [count_words(entry.after.interval, "day"), f"easiness {easiness_words(entry.after.easiness)}"]
    return "  ".join(part for part in (*parts, *rest) if part)
