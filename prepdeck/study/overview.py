"""What waits today, deck by deck, and what was done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from prepdeck.progress.days import MATURE_INTERVAL, Streak, forecast_of, heat_of, streak_of
from prepdeck.scheduling.load import Load, load_of
from prepdeck.scheduling.memory import Learned
from prepdeck.store.logbook import Kept
from prepdeck.study.desk import Desk
from prepdeck.study.scope import Scope, candidates_of

WEEKS_SHOWN = 26
"""Weeks of the heat map."""
DAYS_AHEAD = 14
"""Days of the due forecast."""
DAYS_KEPT = 30
"""Days that retention looks back."""


@dataclass(frozen=True, slots=True)
class DeckRow:
    """One deck today."""

    slug: str
    """Its name."""
    title: str
    """What people read."""
    due: int
    """Learned cards due."""
    new: int
    """Its share of what is left of today's new cards."""
    cards: int
    """All its cards."""
    seen: int
    """Cards answered at least once."""
    mature: int
    """Cards with an interval of at least 21 days."""
    kept: float | None
    """True retention over the last 30 days, 0-1."""
    errors: int
    """Faults in its file."""
    warnings: int
    """Things worth a look in its file."""
    optional: bool
    """Whether it stays out of the daily queue."""


@dataclass(frozen=True, slots=True)
class DayReport:
    """What waits on a study day."""

    study_day: date
    """The day."""
    due: int
    """Learned cards due."""
    new: int
    """What is left of the day's new cards."""
    minutes: int
    """About how long they take."""
    decks: tuple[DeckRow, ...]
    """Every deck, in order."""
    unfinished: int
    """Cards of today's drill that still come back."""


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
        memories = log.all_memories()
        introduced = log.introduced_on(today)
        kept = log.kept_by_deck(today - timedelta(days=DAYS_KEPT))
    daily = candidates_of(desk.library, Scope(), memories)
    load = load_of(daily, today, new_left=max(0, desk.settings.new_a_day - introduced))
    return _report(desk, load, kept, {card: memory for card, memory in memories.items() if isinstance(memory, Learned)})


def _report(desk: Desk, load: Load, kept: dict[str, Kept], learned: dict[object, Learned]) -> DayReport:
    due = Counter(each.card.deck for each in load.due)
    new = Counter(each.card.deck for each in load.new)
    rows = []
    for loaded in desk.library.decks:
        slug = loaded.deck.id
        seen = [learned[card.id] for card in loaded.deck.cards if card.id in learned]
        rows.append(
            DeckRow(
                slug=slug,
                title=loaded.deck.title,
                due=due[slug],
                new=new[slug],
                cards=len(loaded.deck.cards),
                seen=len(seen),
                mature=sum(memory.interval >= MATURE_INTERVAL for memory in seen),
                kept=kept[slug].share if slug in kept else None,
                errors=loaded.errors,
                warnings=loaded.warnings,
                optional=loaded.deck.optional,
            )
        )
    return DayReport(
        study_day=load.study_day,
        due=len(load.due),
        new=len(load.new),
        minutes=load.minutes,
        decks=tuple(rows),
        unfinished=len(load.unfinished),
    )


def home_report(desk: Desk) -> HomeReport:
    """Return everything the home screen shows."""
    day = day_report(desk)
    today = day.study_day
    with desk.store.reading() as log:
        by_day = log.reviews_by_day(date.min)
        seconds = log.seconds_on(today)
        memories = log.all_memories()
        newest = log.newest_review()
        kept = log.kept_by_deck(today - timedelta(days=DAYS_KEPT))
    daily = candidates_of(desk.library, Scope(), memories)
    forecast = forecast_of((each.memory for each in daily), today, DAYS_AHEAD)
    total = Kept(sum(each.passed for each in kept.values()), sum(each.answered for each in kept.values()))
    return HomeReport(
        day=day,
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
