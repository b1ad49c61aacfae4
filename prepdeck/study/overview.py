"""What waits today, deck by deck, and what was done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, timedelta

from prepdeck.progress.days import Streak, heat_of, streak_of
from prepdeck.progress.retention import Kept
from prepdeck.store.glance import look
from prepdeck.store.standing import Standing, due_days, standing_of
from prepdeck.study.desk import Desk
from prepdeck.study.library import Library
from prepdeck.study.today import Day, DeckDay, DeckFacts, day_of, question_of

WEEKS_SHOWN = 26
"""Weeks of the heat map."""
DAYS_AHEAD = 14
"""Days of the due forecast."""
DAYS_KEPT = 30
"""Days that retention looks back."""


@dataclass(frozen=True, slots=True)
class DeckRow(DeckDay):
    """One deck today, and how far it is learned."""

    seen: int
    """Cards answered at least once."""
    mature: int
    """Cards with an interval of at least 21 days."""
    kept: float | None
    """True retention over the last 30 days, 0-1."""


@dataclass(frozen=True, slots=True)
class DayReport(Day):
    """What waits on a study day, and how far each deck is learned."""

    decks: tuple[DeckRow, ...]
    """Every deck, in order."""


@dataclass(frozen=True, slots=True)
class HomeReport:
    """Everything the home screen shows."""

    day: DayReport
    """What waits today."""
    done_today: int
    """Reviews of today."""
    seconds_today: float
    """How long they took."""
    streak: Streak
    """Days in a row."""
    heat: tuple[tuple[int | None, ...], ...]
    """Reviews per day: 26 weeks, Monday first."""
    forecast: tuple[int, ...]
    """Cards due on each of the next 14 days; what is due today stands first."""
    kept: float | None
    """True retention over the last 30 days, 0-1."""
    tomorrow: int
    """Cards due tomorrow."""
    undoable: str | None
    """What an undo would take back."""
    unreadable: tuple[tuple[str, str], ...]
    """Deck files left out, with the reason."""


def what_waits_at(desk: Desk) -> Day:
    """Return what waits today."""
    today, decks = desk.today(), facts_of(desk.library)
    with desk.store.reading() as log:
        seen = look(log.raw, question_of(decks, desk.settings, today))
    return day_of(decks, today, seen)


def day_report(desk: Desk) -> DayReport:
    """Return what waits today, and how far each deck is learned."""
    today, decks = desk.today(), facts_of(desk.library)
    with desk.store.reading() as log:
        seen = look(log.raw, question_of(decks, desk.settings, today))
        standing = standing_of(log.raw, today - timedelta(days=DAYS_KEPT))
    return _report(day_of(decks, today, seen), standing)


def _report(day: Day, standing: Standing) -> DayReport:
    rows = tuple(
        DeckRow(
            **{each.name: getattr(deck, each.name) for each in fields(DeckDay)},
            seen=deck.cards - standing.unseen.get(deck.slug, 0),
            mature=standing.mature.get(deck.slug, 0),
            kept=standing.kept[deck.slug].share if deck.slug in standing.kept else None,
        )
        for deck in day.decks
    )
    return DayReport(day.study_day, day.due, day.new, day.minutes, rows, day.unfinished)


def facts_of(library: Library) -> list[DeckFacts]:
    """Return what is known of each deck before its cards are looked at."""
    return [
        DeckFacts(
            loaded.deck.id,
            loaded.deck.title,
            len(loaded.deck.cards),
            loaded.errors,
            loaded.warnings,
            loaded.deck.optional,
        )
        for loaded in library.decks
    ]


def home_report(desk: Desk) -> HomeReport:
    """Return everything the home screen shows."""
    today = desk.today()
    decks = facts_of(desk.library)
    question = question_of(decks, desk.settings, today)
    with desk.store.reading() as log:
        seen = look(log.raw, question)
        standing = standing_of(log.raw, today - timedelta(days=DAYS_KEPT))
        coming = due_days(log.raw, _last_of(today, DAYS_AHEAD), question.daily)
        by_day = log.reviews_by_day(date.min)
        seconds = log.seconds_on(today)
        newest = log.newest_review()
    forecast = forecast_from(coming, today, DAYS_AHEAD)
    kept = standing.kept.values()
    total = Kept(sum(each.passed for each in kept), sum(each.answered for each in kept))
    return HomeReport(
        day=_report(day_of(decks, today, seen), standing),
        done_today=by_day.get(today, 0),
        seconds_today=seconds,
        streak=streak_of(by_day, today),
        heat=heat_of(by_day, today, WEEKS_SHOWN),
        forecast=forecast,
        kept=total.share,
        tomorrow=forecast[1],
        undoable=f"{newest.grade.value} on {newest.card}" if newest else None,
        unreadable=desk.library.unreadable,
    )


def forecast_from(due: Mapping[date, int], today: date, days: int) -> tuple[int, ...]:
    """Return how many cards fall due on each of the next `days` study days; overdue ones count on the first."""
    counts = [0] * days
    for day, count in due.items():
        offset = max(0, (day - today).days)
        if offset < days:
            counts[offset] += count
    return tuple(counts)


def _last_of(today: date, days: int) -> date:
    return today + timedelta(days=min(days - 1, (date.max - today).days))


__all__ = ["Day", "DayReport", "DeckRow", "HomeReport", "day_report", "home_report", "what_waits_at"]
