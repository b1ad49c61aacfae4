"""`prepdeck due`: what waits today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from prepdeck.cli.flags import Flags, flags_of
from prepdeck.cli.streams import say_notes, write_json, write_text
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError

if TYPE_CHECKING:
    from prepdeck.study.day import Day, PlanShare


@verb(
    click.Option(("--short",), is_flag=True, help="One line, for a prompt or a status bar."),
    click.Option(("--count",), is_flag=True, help="Only the number of cards due."),
    examples=(
        ("prepdeck due", "Counts by deck, and about how long it takes."),
        ("prepdeck due --quiet && notify-send 'Cards are due'", "Exit status 1 when nothing is due."),
    ),
)
def command(context: click.Context, short: bool, count: bool) -> int:
    """Say what waits today: cards due and new, by deck, and about how many minutes they take.

    With --quiet nothing is printed; the exit status is 1 when no card is due.
    """
    flags = flags_of(context)
    if sum((short, count, flags.json)) > 1:
        raise UsageError("--short, --count and --json exclude each other", "name one of them")
    return print_day(flags, short=short, count=count)


def print_day(flags: Flags, *, short: bool = False, count: bool = False) -> int:
    """Print what waits today; return 1 when the learner wants quiet and nothing is due."""
    from prepdeck.study.today import what_waits

    in_words = not (flags.json or flags.quiet or count or short)
    report, notes = what_waits(flags.options, offers=in_words, only_due=flags.quiet or count)
    say_notes(flags, notes)
    if flags.json:
        write_json(_day_json(report))
    elif flags.quiet:
        return 0 if report.due else 1
    elif count:
        write_text(str(report.due))
    elif short:
        write_text(f"{report.due} due, {report.new} new, {report.minutes} min")
    else:
        write_text("\n".join(_draw_day(report)))
    return 0


def _day_json(report: Day) -> dict[str, Any]:
    decks = [
        {"deck": row.slug, "due": row.due, "new": row.new, "cards": row.cards, "title": row.title}
        for row in report.decks
    ]
    return {
        "schema": 1,
        "study_day": report.study_day.isoformat(),
        "due": report.due,
        "new": report.new,
        "minutes": report.minutes,
        "unfinished": report.unfinished,
        "plan": None
        if report.plan is None
        else {"reviews": report.plan.reviews, "new": report.plan.new, "minutes": report.plan.minutes},
        "decks": decks,
    }


def _draw_day(report: Day) -> list[str]:
    from prepdeck.cli.columns import draw_columns

    if not report.decks:
        return [
            "No decks found. prepdeck paths says where they belong; prepdeck --decks PATH due reads one from elsewhere."
        ]
    rows = [("Deck", "Due", "New", "Cards")]
    rows += [(row.slug, str(row.due), str(row.new), str(row.cards)) for row in report.decks]
    if len(report.decks) > 1:
        rows.append(("all", str(report.due), str(report.new), str(sum(row.cards for row in report.decks))))
    return [*draw_columns(rows, right=frozenset({1, 2, 3})), "", _sentence(report), *_offer_lines(report)]


def _plan_sentence(report: Day, plan: PlanShare) -> str:
    from prepdeck.cli.wording import count_words

    if plan.reviews or plan.new:
        parts = f"{count_words(plan.reviews, 'review')}, {plan.new} new, about {plan.minutes} min"
        left = f" {count_words(report.can_wait, 'due card')} can wait." if report.can_wait else ""
        return f"Today's plan: {parts}: prepdeck review.{left}"
    wait = f"; {count_words(report.due, 'due card')} can wait" if report.due else ""
    return f"Nothing more is planned today{wait}. prepdeck review --minutes 10 goes on."


def _offer_lines(report: Day) -> list[str]:
    if report.comeback is None:
        return []
    from prepdeck.study.comeback import offer_words

    return [offer_words(report.comeback)]


def _sentence(report: Day) -> str:
    comes = "comes" if report.unfinished == 1 else "come"
    again = f" {report.unfinished} of today's cards still {comes} back." if report.unfinished else ""
    if report.plan is not None:
        return f"{_plan_sentence(report, report.plan)}{again}"
    if report.due or report.new:
        return f"{report.due} due, {report.new} new, about {report.minutes} min: prepdeck review.{again}"
    if report.unfinished:
        return f"Nothing else is due.{again}"
    return "Nothing is due until tomorrow."
