"""`prepdeck plan`: the days up to the next interview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.parameters import number_between
from prepdeck.cli.streams import say_notes, write_json, write_text
from prepdeck.cli.verb import verb

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from prepdeck.road.today import TodayPlan
    from prepdeck.study.planning import PlanReport

MOST_MINUTES = 1440
"""A day."""
FIRST_DAYS = 42
"""So many days a long plan shows first."""
LAST_DAYS = 14
"""So many days before the interview are always shown."""
HOW = "no interview date is ahead; prepdeck interview add DATE sets one, such as prepdeck interview add +30"
"""Said instead of a plan."""
MEANING = (
    "Recall is what you would know on the day of the interview if you stopped after that day; unseen cards count as "
    "not known."
)
"""Said under the days."""
CHANCES = (
    "Now: the chance that you know it today. If left, if studied: the chance on the day of the interview when you "
    "leave it alone today, or study it."
)
"""Said under today's cards."""
REASONS = {
    "spare": "Spare: nothing else is asked, and the minutes left are best spent on it.",
    "outside": "Outside: it is asked as on any day, for no interview ahead is about it.",
}
"""Said of reasons that do not speak for themselves, where they stand."""


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
    from prepdeck.study.road import road_page
    from prepdeck.study.today_plan import today_plan

    flags = flags_of(context)
    with open_desk(flags.options) as desk:
        report = plan_report(desk, minutes)
        agenda = today_plan(desk, road_page(desk), minutes)
        today = desk.today()
        usual = desk.settings.minutes_a_day
        notes = (*desk.notes, *interview_notes(desk))
    say_notes(flags, notes)
    if flags.json:
        found = _report_json(report) if report is not None else _empty_json(minutes or usual)
        write_json({**found, "agenda": _agenda_json(agenda)})
        return
    from prepdeck.cli.layout import Layout

    wrapped = Layout.fitting(flags).wrapped
    if report is None:
        write_text("\n".join([wrapped(f"{HOW[:1].upper()}{HOW[1:]}."), "", *_draw_agenda(agenda, wrapped)]))
    elif only_today:
        write_text("\n".join(_draw_today(report, wrapped)))
    else:
        write_text("\n".join([*_draw(report, today, wrapped), "", *_draw_agenda(agenda, wrapped)]))


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


def _agenda_json(agenda: TodayPlan) -> dict[str, Any]:
    return {
        "minutes": agenda.minutes,
        "card_minutes": agenda.card_minutes,
        "lines": [
            {
                "kind": line.kind.value,
                "title": line.title,
                "minutes": line.minutes,
                "done": line.is_done,
                "fits": line.fits,
                "target": line.target or None,
            }
            for line in agenda.lines
        ],
    }


def _draw_agenda(agenda: TodayPlan, wrapped: Callable[[str], str]) -> list[str]:
    """Return what today asks beside the days: cards, one mock or drill, one item of the road."""
    from prepdeck.cli.columns import draw_columns
    from prepdeck.study.today_plan import left_out_words

    lines = [f"Today, {agenda.minutes} min, {agenda.card_minutes} of them for cards:"]
    rows = [
        ("[x]" if line.is_done else "[ ]", "" if line.is_done else f"{line.minutes} min", line.title)
        for line in agenda.lines
        if line.fits or line.is_done
    ]
    lines += [f"  {line}" for line in draw_columns(rows, right=frozenset({1}))] if rows else ["  nothing"]
    words = left_out_words(agenda)
    return [*lines, *([wrapped(words)] if words else [])]


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


def _draw(report: PlanReport, today: date, wrapped: Callable[[str], str]) -> list[str]:
    from prepdeck.cli.columns import draw_columns
    from prepdeck.cli.wording import count_words, day_words, distance_words
    from prepdeck.text.cleaning import clean_line

    day = report.interview.date
    company = f" ({clean_line(report.interview.company)})" if report.interview.company else ""
    cards = f"{count_words(report.cards, 'card')}, {report.seen:,} seen"
    lines = [
        wrapped(f"Interview {day_words(day, today)}{company}, {distance_words(day, today)}: {cards}."),
        wrapped(report.message),
    ]
    if report.cards:
        table = draw_columns(_day_rows(report, today), right=frozenset({1, 2, 3, 4}))
        between = len(table) - 1 - FIRST_DAYS - LAST_DAYS
        if between > 1:
            table[1 + FIRST_DAYS : -LAST_DAYS] = [f"({between} more days; --json lists them)"]
        lines += ["", *table, "", *map(wrapped, _explained(report, today))]
    if report.later:
        also = ", ".join(day_words(each.date, today) for each in report.later)
        lines.append(wrapped(f"Also ahead: {also}. What only a later interview asks shares the minutes of these days."))
    return lines


def _day_rows(report: PlanReport, today: date) -> list[tuple[str, ...]]:
    from prepdeck.cli.wording import day_words
    from prepdeck.study.planning import whole_minutes

    rows: list[tuple[str, ...]] = [("Day", "Reviews", "New", "Min", "Recall")]
    for each in report.days:
        counts = (str(each.reviews), str(each.new), str(whole_minutes(each.minutes)))
        rows.append((day_words(each.day, today), *counts, f"{each.recall:.0%}"))
    return rows


def _explained(report: PlanReport, today: date) -> list[str]:
    """Return what stands under the table: what its recall means, when last looks begin, and what would change it."""
    from prepdeck.cli.wording import day_words

    if not any(each.minutes for each in report.days):
        return [MEANING]
    begin = "begin" if report.looks_from >= today else "began"
    stopped = f"{report.alone:.0%} if you stop now"
    ways = [
        f"{each.recall:.0%} with {each.minutes:g} min" + (f" ({each.unseen:,} unseen)" if each.unseen else "")
        for each in report.levers
    ]
    others = f"with other minutes a day: {', '.join([*ways, stopped])}" if ways else f"would be {stopped}"
    return [
        MEANING,
        f"Last looks, each card once more, {begin} on {day_words(report.looks_from, today)}.",
        f"Recall on the day {others}.",
    ]


def _draw_today(report: PlanReport, wrapped: Callable[[str], str]) -> list[str]:
    from prepdeck.cli.columns import draw_columns

    if not report.today:
        return [wrapped(_nothing_today(report))]
    rows: list[tuple[str, ...]] = [("Card", "Why", "Sec", "Now", "If left", "If studied")]
    for pick, _ in report.today:
        worth = pick.worth
        recalls = ("", "", "") if worth is None else (f"{worth.now:.0%}", f"{worth.alone:.0%}", f"{worth.studied:.0%}")
        rows.append((str(pick.card), pick.reason.value, f"{pick.seconds:.0f}", *recalls))
    reasons = {pick.reason.value for pick, _ in report.today}
    meant = " ".join(words for reason, words in REASONS.items() if reason in reasons)
    return [*draw_columns(rows, right=frozenset({2, 3, 4, 5})), "", wrapped(f"{CHANCES} {meant}".rstrip())]


def _nothing_today(report: PlanReport) -> str:
    if report.is_break:
        return "Today is in a break: nothing is planned. prepdeck review asks what is due all the same."
    return "Nothing more is planned today. prepdeck review --minutes 10 goes on."
