"""`prepdeck plan`: the days up to the next interview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.parameters import number_between
from prepdeck.cli.streams import say_notes, write_json, write_text
from prepdeck.cli.verb import verb

if TYPE_CHECKING:
    from datetime import date

    from prepdeck.study.planning import PlanReport

MOST_MINUTES = 1440
"""A day."""
HOW = "no interview date is ahead; prepdeck interview add DATE sets one, such as prepdeck interview add +30"
"""Said instead of a plan."""


@verb(
    click.Option(
        ("--minutes",),
        callback=number_between(1, MOST_MINUTES),
        metavar="N",
        help="What N minutes a day would lead to; the setting stays.",
    ),
    click.Option(("--today", "only_today"), is_flag=True, help="Today's cards, each with the reason it is asked."),
    examples=(
        ("prepdeck plan", "Reviews, new cards and minutes of each day, and the recall to expect."),
        ("prepdeck plan --minutes 30", "What half an hour a day would lead to."),
    ),
)
def command(context: click.Context, minutes: float | None, only_today: bool) -> None:
    """Print the plan up to the next interview, day by day; it says so when it does not fit, and what would help.

    The minutes a day are the setting minutes_a_day; easy_days and breaks are kept.
    """
    from prepdeck.study.desk import open_desk
    from prepdeck.study.interviews import interview_notes
    from prepdeck.study.planning import plan_report

    flags = flags_of(context)
    with open_desk(flags.options) as desk:
        report = plan_report(desk, minutes)
        today = desk.today()
        usual = desk.settings.minutes_a_day
        notes = (*desk.notes, *interview_notes(desk))
    say_notes(flags, notes)
    if flags.json:
        write_json(_report_json(report) if report is not None else _empty_json(minutes or usual))
    elif report is None:
        write_text(f"{HOW[:1].upper()}{HOW[1:]}.")
    elif only_today:
        write_text("\n".join(_draw_today(report)))
    else:
        write_text("\n".join(_draw(report, today)))


def _empty_json(minutes: float) -> dict[str, Any]:
    return {
        "schema": 1,
        "date": None,
        "minutes": minutes,
        "fits": None,
        "message": HOW,
        "days": [],
        "recall": None,
    }


def _report_json(report: PlanReport) -> dict[str, Any]:
    return {
        "schema": 1,
        "date": report.interview.date.isoformat(),
        "company": report.interview.company,
        "minutes": report.minutes,
        "fits": report.fits,
        "message": report.message,
        "days": [
            {
                "day": day.day.isoformat(),
                "reviews": day.reviews,
                "new": day.new,
                "minutes": round(day.minutes, 1),
                "recall": round(day.recall, 4),
            }
            for day in report.days
        ],
        "recall": round(report.recall, 4),
        "recall_alone": round(report.alone, 4),
        "cards": report.cards,
        "seen": report.seen,
        "unseen": report.unseen,
        "looks_from": report.looks_from.isoformat(),
        "levers": [
            {"minutes": each.minutes, "recall": round(each.recall, 4), "unseen": each.unseen} for each in report.levers
        ],
        "today": [
            {
                "card": str(pick.card),
                "reason": pick.reason.value,
                "seconds": round(pick.seconds, 1),
                "recall_now": None if pick.worth is None else round(pick.worth.now, 4),
                "recall_alone": None if pick.worth is None else round(pick.worth.alone, 4),
                "recall_studied": None if pick.worth is None else round(pick.worth.studied, 4),
            }
            for pick, _ in report.today
        ],
    }


def _draw(report: PlanReport, today: date) -> list[str]:
    from prepdeck.cli.columns import draw_columns
    from prepdeck.cli.wording import count_words, day_words

    interview = report.interview
    company = f" ({interview.company})" if interview.company else ""
    left = count_words(interview.days_left(today), "study day")
    cards = f"{count_words(report.cards, 'card')}, {report.seen:,} seen"
    rows = [("Day", "Reviews", "New", "Min", "Recall")]
    rows += [
        (day_words(day.day, today), str(day.reviews), str(day.new), f"{day.minutes:.0f}", f"{day.recall:.0%}")
        for day in report.days
    ]
    levers = "; ".join(
        f"{each.minutes:g} min a day: {each.recall:.0%}" + (f", {each.unseen:,} unseen" if each.unseen else "")
        for each in report.levers
    )
    lines = [
        f"Interview {day_words(interview.date, today)}{company}: {left} left, {cards}",
        report.message,
        "",
        *draw_columns(rows, right=frozenset({1, 2, 3, 4})),
        "",
        "Recall is what you would know on the day if you stopped after that day; unseen cards count as not known.",
        f"Last looks begin on {day_words(report.looks_from, today)}. {levers}; nothing more: {report.alone:.0%}.",
    ]
    if report.later:
        later = ", ".join(day_words(each.date, today) for each in report.later)
        lines.append(f"After it: {later}. Cards that only those ask for have their minutes from today's too.")
    return lines


def _draw_today(report: PlanReport) -> list[str]:
    from prepdeck.cli.columns import draw_columns

    if not report.today:
        return ["Today's plan is done."]
    rows = [("Card", "Why", "Sec", "Now", "If left", "If studied")]
    for pick, _ in report.today:
        worth = pick.worth
        recalls = ("", "", "") if worth is None else (f"{worth.now:.0%}", f"{worth.alone:.0%}", f"{worth.studied:.0%}")
        rows.append((str(pick.card), pick.reason.value, f"{pick.seconds:.0f}", *recalls))
    return [
        *draw_columns(rows, right=frozenset({2, 3, 4, 5})),
        "",
        "Recall now, on the day of the interview if the card is left alone today, and if it is studied.",
    ]
