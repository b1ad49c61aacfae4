"""`prepdeck spread`: late cards over the coming days, after a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from prepdeck.cli.flags import Flags, flags_of
from prepdeck.cli.opening import opened_desk
from prepdeck.cli.parameters import number_between
from prepdeck.cli.streams import at_terminal, say, say_notes, write_json, write_text
from prepdeck.cli.typed import is_agreed, read_line
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from prepdeck.study.comeback import Comeback

MOST_MINUTES = 1440
"""A day."""
READ_MINUTES = number_between(1, MOST_MINUTES)
"""Reads the minutes of a day."""


@verb(
    click.Option(
        ("--minutes",), callback=READ_MINUTES, metavar="N", help="Minutes on a usual day, instead of the setting."
    ),
    click.Option(("--dry-run",), is_flag=True, help="Show the days and change nothing."),
    click.Option(("--yes",), is_flag=True, help="Do not ask."),
    examples=(
        ("prepdeck spread", "Ask for minutes a day, show the days, and ask before anything changes."),
        ("prepdeck spread --minutes 30 --dry-run", "What half an hour a day would look like."),
    ),
)
def command(context: click.Context, minutes: float | None, dry_run: bool, yes: bool) -> int:
    """Spread cards that are late over the coming study days, so that no day is a wall of them.

    Cards that lose most by waiting come first. Easy days take half, breaks take none. prepdeck undo takes it all back.
    """
    flags = flags_of(context)
    asks = not (dry_run or yes)
    if asks and (flags.json or flags.no_input or not at_terminal()):
        raise UsageError(
            "spread asks before it changes anything, and here it cannot",
            "--dry-run shows the days, --yes goes on without a question",
        )
    from prepdeck.study.comeback import preview, spread

    with opened_desk(flags) as desk:
        found = preview(desk, minutes)
        if minutes is None and asks and found.moves:
            minutes = _asked_minutes(found, context)
            found = preview(desk, minutes)
        if not flags.json:
            write_text("\n".join(_preview_lines(found, desk.today())))
        if found.moves and desk.settings.new_a_day:
            say_notes(flags, ("new cards come as before; prepdeck config new_a_day 0 pauses them meanwhile",))
        done = bool(found.moves) and not dry_run and (yes or _agreed())
        if done:
            found = spread(desk, minutes)
    _tell(flags, found, done=done, asked=asks)
    return 0


def _asked_minutes(found: Comeback, context: click.Context) -> float | None:
    """Return the minutes a learner types; an empty line takes the setting."""
    from prepdeck.cli.wording import count_words

    late, days = count_words(found.late, "late card"), count_words(len(found.days), "day")
    say(f"{late}: {days} with {found.minutes:g} minutes each. Minutes a day? [{found.minutes:g}]")
    typed = read_line().strip()
    return READ_MINUTES(context, click.Option(["--minutes"]), typed) if typed else None


def _agreed() -> bool:
    say("Spread them so? [y/N]")
    return is_agreed()


def _preview_lines(found: Comeback, today: date) -> list[str]:
    from prepdeck.cli.columns import draw_columns
    from prepdeck.cli.wording import count_words, day_words

    if not found.late:
        return ["No card is late."]
    rows = [("Day", "Late", "Due anyway", "Minutes")]
    rows += [(day_words(row.day, today), str(row.late), str(row.due), str(row.minutes)) for row in found.days]
    lines = draw_columns(rows, right=frozenset({1, 2, 3})) if found.days else []
    if found.left:
        left = count_words(found.left, "late card")
        lines += [f"{left} found no room within 60 days and would stay due; more minutes make room."]
    if not found.moves and not found.left:
        lines += ["That fits into today: prepdeck review."]
    return lines


def _tell(flags: Flags, found: Comeback, *, done: bool, asked: bool) -> None:
    from prepdeck.cli.wording import count_words

    if flags.json:
        write_json(_spread_json(found, done=done))
    elif done:
        write_text(f"{count_words(len(found.moves), 'card')} moved. prepdeck undo takes it back.")
    elif asked and found.moves:
        write_text("Nothing was changed.")


def _spread_json(found: Comeback, *, done: bool) -> dict[str, Any]:
    days = [
        {"day": row.day.isoformat(), "late": row.late, "due": row.due, "minutes": row.minutes} for row in found.days
    ]
    return {
        "schema": 1,
        "late": found.late,
        "minutes": found.minutes,
        "days": days,
        "left": found.left,
        "moved": len(found.moves) if done else 0,
    }
