"""`prepdeck stats`: how it went, how the cards stand, and what is coming."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.opening import opened_desk
from prepdeck.cli.parameters import complete_decks, day_value
from prepdeck.cli.streams import say, write_json, write_text
from prepdeck.cli.verb import verb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from prepdeck.cli.layout import Layout
    from prepdeck.progress.retention import Kept
    from prepdeck.progress.tallies import Effort, Stretch
    from prepdeck.study.stats_report import DeckStats, HardCard, StatsReport, TopicStats

LEAST_NAME: Final = 16
"""Columns that a name has at least."""
NUMBERS: Final = 44
"""Columns that the numbers behind a name take."""
WEEKS_DRAWN: Final = 8
"""Weeks in the table; the JSON has every day."""


@verb(
    click.Option(("--since",), callback=day_value, metavar="D", help="Only from the study day D on, as 2026-11-22."),
    click.Option(
        ("--deck", "decks"),
        multiple=True,
        metavar="D",
        shell_complete=complete_decks,
        help="Only this deck; repeatable.",
    ),
    click.Option(
        ("--csv", "table"),
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="PATH",
        help="Also write every day into a new CSV file.",
    ),
    examples=(
        ("prepdeck stats --since 2026-11-01", "Retention, weeks, decks and hard cards since the first of November."),
        ("prepdeck stats --json", "The same and every day, for scripts."),
    ),
)
def command(context: click.Context, since: date | None, decks: tuple[str, ...], table: Path | None) -> None:
    """Say how it went: retention, reviews, minutes, what falls due, cards by interval, decks, topics, hard cards.

    Retention counts the first answer of a study day on each card seen before.
    """
    from prepdeck.study.statistics import stats

    flags = flags_of(context)
    with opened_desk(flags) as desk:
        report = stats(desk, since, decks)
    if table is not None:
        from prepdeck.study.charts import day_table
        from prepdeck.study.statistics import save_table

        save_table(table, day_table(report))
        if not flags.quiet:
            say(f"{len(report.days)} days written to {table}")
    if flags.json:
        write_json(_report_json(report))
    else:
        from prepdeck.cli.layout import Layout

        write_text("\n".join(_draw(report, Layout.fitting(flags))))


def _report_json(report: StatsReport) -> dict[str, Any]:
    return {
        "schema": 1,
        "study_day": report.today.isoformat(),
        "since": None if report.since is None else report.since.isoformat(),
        "due": sum(deck.due for deck in report.decks),
        "new": sum(deck.new for deck in report.decks),
        "retention": {
            **_kept_json(report.total.kept),
            "goal": report.goal,
            "last_30_days": _kept_json(report.month),
            "weeks": [_stretch_json(week) for week in report.weeks],
        },
        "reviews": report.total.reviews,
        "minutes": round(report.total.minutes, 2),
        "streak": {"days": report.streak.days, "best": report.streak.best, "active": report.streak.active},
        "days": [_day_json(day) for day in report.days],
        "forecast": [{"day": _later(report, offset), "due": count} for offset, count in enumerate(report.forecast)],
        "unseen": report.unseen,
        "mature": report.mature,
        "intervals": [{"from": each.least, "to": each.most, "cards": each.cards} for each in report.intervals],
        "decks": [
            {"deck": each.deck, "title": each.title, "due": each.due, "new": each.new, **_holding_json(each)}
            for each in report.decks
        ],
        "topics": [
            {"topic": each.topic, "deck": each.deck, "title": each.title, **_holding_json(each)}
            for each in report.topics
        ],
        "hardest": [_card_json(each) for each in report.hardest],
        "leeches": [_card_json(each) for each in report.leeches],
    }


def _later(report: StatsReport, days: int) -> str | None:
    from prepdeck.scheduling.sm2 import later

    return later(report.today, days).isoformat()


def _kept_json(kept: Kept) -> dict[str, Any]:
    share = None if kept.share is None else round(kept.share, 4)
    return {"kept": share, "passed": kept.passed, "answered": kept.answered}


def _effort_json(effort: Effort) -> dict[str, Any]:
    minutes = round(effort.minutes, 2)
    return {"reviews": effort.reviews, "new": effort.new, "minutes": minutes, **_kept_json(effort.kept)}


def _day_json(day: Stretch) -> dict[str, Any]:
    return {"day": day.first.isoformat(), **_effort_json(day.effort)}


def _stretch_json(span: Stretch) -> dict[str, Any]:
    return {"first": span.first.isoformat(), "last": span.last.isoformat(), **_effort_json(span.effort)}


def _holding_json(part: DeckStats | TopicStats) -> dict[str, Any]:
    return {"cards": part.cards, "seen": part.seen, "mature": part.mature, **_effort_json(part.effort)}


def _card_json(card: HardCard) -> dict[str, Any]:
    return {
        "card": str(card.card),
        "title": card.title,
        "lapses": card.lapses,
        "recall": round(card.recall, 4),
        "interval": card.interval,
        "due": card.due.isoformat(),
        "suspended": card.suspended,
    }


def _draw(report: StatsReport, layout: Layout) -> list[str]:
    if not report.names:
        return ["No decks found. prepdeck paths says where they belong."]
    parts = [
        [layout.wrapped(words) for words in _sentences(report)],
        _draw_weeks(report),
        _draw_intervals(report),
        _draw_decks(report, layout),
        _draw_topics(report, layout),
        _draw_hardest(report, layout),
    ]
    lines = [line for part in parts if part for line in ("", *part)]
    return lines[1:]


def _sentences(report: StatsReport) -> list[str]:
    from prepdeck.cli.wording import count_words, day_words

    total = report.total
    active = sum(day.effort.reviews > 0 for day in report.days)
    if not total.reviews:
        begun = "Nothing was answered yet." if report.since is None else "Nothing was answered since then."
        return [f"{begun} {count_words(report.unseen, 'card')} wait to be seen; prepdeck review begins."]
    first = day_words(report.days[0].first, report.today)
    done = (
        f"Since {first}: {count_words(total.reviews, 'answer')}, {total.new} of them on new cards, "
        f"{count_words(round(total.minutes), 'minute')} on {count_words(active, 'day')}; "
        f"streak {count_words(report.streak.days, 'day')}, best {report.streak.best}."
    )
    tomorrow, week = report.forecast[1], sum(report.forecast[1:8])
    coming = f"Due: {report.forecast[0]} today, {tomorrow} tomorrow, {week} over the next seven days."
    return [done, _kept_words(report), coming]


def _kept_words(report: StatsReport) -> str:
    from prepdeck.progress.tallies import ENOUGH_ANSWERS

    kept, goal = report.total.kept, f"goal {report.goal:.0%}"
    if kept.share is None or kept.answered < ENOUGH_ANSWERS:
        return (
            f"Retention appears after {ENOUGH_ANSWERS} reviews of cards seen before; you have {kept.answered} ({goal})."
        )
    return f"Retention {kept.share:.1%} of {kept.answered:,} first answers of a day on cards seen before ({goal})."


def _share(kept: Kept) -> str:
    return "-" if kept.share is None else f"{kept.share:.0%}"


def _draw_weeks(report: StatsReport) -> list[str]:
    from prepdeck.cli.wording import day_words

    rows = [("Seven days to", "Kept", "Answers", "New", "Minutes")]
    rows += [
        (
            day_words(week.last, report.today),
            _share(week.effort.kept),
            f"{week.effort.reviews:,}",
            f"{week.effort.new:,}",
            f"{week.effort.minutes:.0f}",
        )
        for week in report.weeks[-WEEKS_DRAWN:]
    ]
    return _columns(rows) if report.total.reviews else []


def _draw_intervals(report: StatsReport) -> list[str]:
    rows = [("Interval", "Cards"), ("not seen yet", f"{report.unseen:,}")]
    return _columns([*rows, *((each.words, f"{each.cards:,}") for each in report.intervals)])


def _name(text: str, layout: Layout) -> str:
    from prepdeck.text.cells import shorten
    from prepdeck.text.cleaning import clean_line

    ellipsis = "..." if layout.ascii_only else "…"
    return shorten(clean_line(text), max(LEAST_NAME, layout.width - NUMBERS), ellipsis=ellipsis)


def _draw_decks(report: StatsReport, layout: Layout) -> list[str]:
    rows = [("Deck", "Due", "New", "Cards", "Seen", "Mature", "Kept", "Min")]
    for each in report.decks:
        standing = (str(each.due), str(each.new), f"{each.cards:,}", f"{each.seen:,}", f"{each.mature:,}")
        rows.append((_name(each.deck, layout), *standing, _share(each.effort.kept), f"{each.effort.minutes:.0f}"))
    return _columns(rows)


def _draw_topics(report: StatsReport, layout: Layout) -> list[str]:
    rows = [("Topic", "Cards", "Seen", "Mature", "Kept", "Answers", "Min")]
    for each in report.topics:
        standing = (f"{each.cards:,}", f"{each.seen:,}", f"{each.mature:,}", _share(each.effort.kept))
        done = (f"{each.effort.reviews:,}", f"{each.effort.minutes:.0f}")
        rows.append((_name(each.title, layout), *standing, *done))
    return _columns(rows) if report.topics else []


def _draw_hardest(report: StatsReport, layout: Layout) -> list[str]:
    if not report.hardest:
        return []
    rows = [("Hardest card", "Forgotten", "Recall", "Interval", "")]
    for each in report.hardest:
        days = f"{each.interval} d"
        mark = "leech" if each.is_leech else ""
        rows.append((_name(str(each.card), layout), str(each.lapses), f"{each.recall:.0%}", days, mark))
    lines = _columns(rows, left=frozenset({4}))
    return [*lines, "prepdeck leeches says what to do about leeches."] if report.leeches else lines


def _columns(rows: Sequence[tuple[str, ...]], left: frozenset[int] = frozenset()) -> list[str]:
    from prepdeck.cli.columns import draw_columns

    return draw_columns(rows, right=frozenset(range(1, len(rows[0]))) - left)
