"""What waits today, deck by deck, and what was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from prepdeck.progress.days import Streak, forecast_of, heat_of, streak_of
from prepdeck.progress.retention import Kept
from prepdeck.store.glance import Glance
from prepdeck.store.logbook import Logbook
from prepdeck.study.desk import Desk
from prepdeck.study.request import Scope
from prepdeck.study.scope import candidates_of
from prepdeck.study.today import DAYS_KEPT, DayReport, DeckRow, report_of

WEEKS_SHOWN = 26
"""Weeks of the heat map."""
DAYS_AHEAD = 14
"""Days of the due forecast."""


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


def day_report(desk: Desk) -> DayReport:
    """Return what waits today."""
    today = desk.today()
    with desk.store.reading() as log:
        seen = _look(log, today)
    return report_of(desk.library, desk.settings, today, seen)


def _look(log: Logbook, today: date) -> Glance:
    return Glance(
        decks_digest=None,
        memories=log.all_memories(),
        introduced=log.introduced_on(today),
        kept=log.kept_by_deck(today - timedelta(days=DAYS_KEPT)),
    )


def home_report(desk: Desk) -> HomeReport:
    """Return everything the home screen shows."""
    today = desk.today()
    with desk.store.reading() as log:
        seen = _look(log, today)
        by_day = log.reviews_by_day(date.min)
        seconds = log.seconds_on(today)
        newest = log.newest_review()
    daily = candidates_of(desk.library, Scope(), seen.memories)
    forecast = forecast_of((each.memory for each in daily), today, DAYS_AHEAD)
    total = Kept(sum(each.passed for each in seen.kept.values()), sum(each.answered for each in seen.kept.values()))
    return HomeReport(
        day=report_of(desk.library, desk.settings, today, seen),
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


__all__ = ["DayReport", "DeckRow", "HomeReport", "day_report", "home_report"]
