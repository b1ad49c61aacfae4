"""What home says, from its report: today, the decks, how ready one is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from prepdeck.text.counts import counted
from prepdeck.tui.rows import Row, Tone, muted, row, strong
from prepdeck.tui.screens.today_words import day_lines
from prepdeck.tui.widgets.countdown import CountdownFacts
from prepdeck.tui.widgets.decks import DeckLine
from prepdeck.tui.widgets.ready import ReadyLine
from prepdeck.tui.widgets.today import TodayFacts
from prepdeck.tui.widgets.today_lines import TodayLine
from prepdeck.tui.words import show_day

if TYPE_CHECKING:
    from prepdeck.road.today import TodayPlan
    from prepdeck.study.overview import HomeReport
    from prepdeck.study.readiness import Readiness

TARGET = 0.85
"""Recall that counts as ready; a test holds it to the one of the readiness."""
TRACK_NAMES = {
    "ml-fundamentals": "ML fundamentals",
    "algorithms": "Algorithms",
    "system-design": "System design",
    "star": "STAR stories",
    "other": "Other decks",
}
"""What people call the tracks."""
NOTHING_SEEN = "How ready you are shows here after your first answers."
"""Said while no card was answered."""


def today_facts(report: HomeReport, folder: str) -> TodayFacts:
    """Return what the box Today says; `folder` is where decks belong."""
    day = report.day
    return TodayFacts(
        due=day.due if day.plan is None else day.plan.reviews,
        is_planned=day.plan is not None,
        new=day.new,
        minutes=day.minutes,
        done=report.done_today,
        unfinished=day.unfinished,
        decks=len(day.decks),
        folder=folder,
        spent=round(report.seconds_today / 60),
        minutes_a_day=report.minutes_a_day,
        tomorrow=report.tomorrow,
        can_wait=day.can_wait,
    )


def others_of(day: TodayPlan) -> list[TodayLine]:
    """Return what today asks beside cards, whose counts home has from its report."""
    from prepdeck.road.today import LineKind

    cards = {LineKind.REVIEW.value, LineKind.NEW.value}
    return [line for line in day_lines(day) if line.name not in cards]


def lines_of(report: HomeReport, author_key: str) -> list[DeckLine]:
    """Return the rows of the deck list: everything due, each deck, each file that could not be read.

    Args:
        report: What home shows.
        author_key: The key that opens a deck; empty for none.
    """
    day = report.day
    opens = f", {author_key} opens" if author_key else ""
    everything = DeckLine(
        None,
        "All due cards",
        due=day.due,
        new=day.new,
        cards=sum(deck.cards for deck in day.decks),
        mature=sum(deck.mature for deck in day.decks),
        kept=report.kept,
    )
    decks = [
        DeckLine(
            deck.slug,
            deck.title,
            due=deck.due,
            new=deck.new,
            cards=deck.cards,
            mature=deck.mature,
            kept=deck.kept,
            fault=counted(deck.errors, "error") + opens if deck.errors else "",
            is_daily=not deck.optional,
        )
        for deck in day.decks
    ]
    broken = [
        DeckLine(None, Path(path).name, fault=message, is_unreadable=True, path=path)
        for path, message in report.unreadable
    ]
    return [everything, *decks, *broken] if decks or broken else []


def title_row(words: str, *more: str) -> Row:
    """Return the left side of a title bar: the page, and quieter words behind it."""
    return row(strong(words, Tone.PRIMARY), *(muted(f"  {word}") for word in more))


def rights_of(report: HomeReport) -> tuple[Row, ...]:
    """Return the right side of home's title bar, longest first."""
    streak = row("streak ", strong(str(report.streak.days), Tone.ACCENT))
    days = " day" if report.streak.days == 1 else " days"
    done = row("goal ", strong(str(report.done_today)), f"/{report.done_today + report.day.waiting}")
    day = muted(show_day(report.day.study_day))
    return (
        row(day, "   ", *streak.pieces, f"{days}   ", *done.pieces, " today"),
        row(*streak.pieces, "  ", *done.pieces),
        done,
    )


def countdown_facts(report: HomeReport, ready: Readiness | None, date_key: str) -> CountdownFacts:
    """Return what the box Interview says; `date_key` sets a day."""
    interview = report.interview
    return CountdownFacts(
        today=report.day.study_day,
        day=None if interview is None else interview.date,
        company="" if interview is None else interview.company,
        alone=None if ready is None else ready.alone,
        kept=None if ready is None else ready.kept,
        date_key=date_key,
    )


def ready_lines(ready: Readiness | None) -> list[ReadyLine]:
    """Return the lines of the box Readiness: none before the first answer."""
    tracks = ready.tracks if ready is not None and any(part.seen for part in ready.tracks) else ()
    return [ReadyLine(TRACK_NAMES.get(part.name or "", part.name or ""), part.recall, TARGET) for part in tracks]


def offers_of(report: HomeReport) -> tuple[str, ...]:
    """Return what home says once: what is asked about interviews that are over, and how late cards can be spread."""
    if report.day.comeback is None:
        return report.asking
    from prepdeck.study.comeback import offer_words

    return (*report.asking, offer_words(report.day.comeback))
