"""What waits today, deck by deck, and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING

from prepdeck.cards.ids import CardId
from prepdeck.progress.days import Streak, heat_of, streak_of
from prepdeck.progress.retention import Kept
from prepdeck.scheduling.dates import InterviewDate
from prepdeck.scheduling.load import Candidate, load_of
from prepdeck.scheduling.memory import UNSEEN
from prepdeck.scheduling.need import SECONDS
from prepdeck.store.appointments import interview_dates
from prepdeck.store.glance import Glance, Question, learned_until, look, waiting_on
from prepdeck.store.logbook import Logbook
from prepdeck.store.standing import Standing, due_days, standing_of
from prepdeck.study.aims import Draft, draft_plan
from prepdeck.study.appointments import questions_on
from prepdeck.study.day import Day, DeckDay, DeckFacts, PlanShare, day_of, question_of
from prepdeck.study.desk import Desk
from prepdeck.study.library import Library
from prepdeck.study.planning import PlanReport, plan_report, plan_today, whole_minutes
from prepdeck.study.today import comeback_at
from prepdeck.study.undoing import step_words

if TYPE_CHECKING:
    from prepdeck.road.today import TodayPlan
    from prepdeck.study.road import RoadPage

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
    asking: tuple[str, ...] = ()
    """What is to be asked about interviews that are over."""
    interview: InterviewDate | None = None
    """The next interview ahead."""
    minutes_a_day: float = 0.0
    """Minutes the learner means to spend today."""


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything the plan screen shows."""

    today: date
    """The study day."""
    plan: PlanReport | None
    """The plan up to the next interview; None when none is ahead."""
    usual_minutes: float
    """Minutes a day as the settings have them."""
    undoable: str | None
    """What an undo would take back."""
    road: RoadPage
    """The road as the learner stands on it."""
    day: TodayPlan
    """What today asks, fitted to its minutes."""


def what_waits_at(desk: Desk, *, offers: bool = False) -> Day:
    """Return what waits today; with `offers` also whether late cards are worth spreading over days."""
    decks = facts_of(desk.library)
    with desk.store.reading() as log:
        asked, seen, plan = look_at_day(desk, log, decks)
        comeback = comeback_at(log.raw, asked, desk.settings) if offers else None
    return day_of(decks, asked.today, seen, comeback, plan)


def look_at_day(
    desk: Desk, log: Logbook, decks: Sequence[DeckFacts], minutes: float | None = None
) -> tuple[Question, Glance, PlanShare | None]:
    """Return what the counts of a day need; while an interview is ahead its plan says which cards are new today."""
    today = desk.today()
    dates = interview_dates(log.raw)
    asked = question_of(decks, desk.settings, today, dates)
    if not any(each.is_ahead(today) for each in dates) or not desk.settings.week.share_of(today):
        return asked, look(log.raw, asked), None  # in a break nothing is planned; what is due may be reviewed
    draft = draft_plan(desk, log, minutes=minutes)
    plan = plan_today(draft)
    new = [_unseen(draft, pick.card) for pick in plan.picks if pick.is_new]
    minutes = whole_minutes(plan.seconds / SECONDS)
    chosen = frozenset(pick.card for pick in plan.picks)
    new_minutes = round(sum(pick.seconds for pick in plan.picks if pick.is_new) / SECONDS)
    share = PlanShare(len(plan.picks) - len(new), len(new), minutes, chosen, min(new_minutes, minutes))
    waiting = waiting_on(log.raw, today, asked.daily, new_left=0)
    return asked, Glance((*waiting, *new), len(new)), share


def _unseen(draft: Draft, card: CardId) -> Candidate:
    outline = draft.outlines[card]
    pace = draft.learner.pace
    return Candidate(card, UNSEEN, outline.kind, outline.topic, outline.tags, outline.seconds, pace=pace)


def day_report(desk: Desk) -> DayReport:
    """Return what waits today, and how far each deck is learned."""
    decks = facts_of(desk.library)
    with desk.store.reading() as log:
        asked, seen, plan = look_at_day(desk, log, decks)
        standing = standing_of(log.raw, asked.today - timedelta(days=DAYS_KEPT))
    return _report(day_of(decks, asked.today, seen, plan=plan), standing)


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
    left, offer, wait = day.unfinished, day.comeback, day.can_wait
    return DayReport(day.study_day, day.due, day.new, day.minutes, rows, left, offer, day.plan, wait)


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
            loaded.deck.track.value,
        )
        for loaded in library.decks
    ]


def home_report(desk: Desk) -> HomeReport:
    """Return everything the home screen shows."""
    today = desk.today()
    decks = facts_of(desk.library)
    with desk.store.reading() as log:
        question, seen, plan = look_at_day(desk, log, decks)
        standing = standing_of(log.raw, today - timedelta(days=DAYS_KEPT))
        coming = due_days(log.raw, today, _last_of(today, DAYS_AHEAD), question.daily)
        by_day = log.reviews_by_day(date.min)
        seconds = log.seconds_on(today)
        comeback = comeback_at(log.raw, question, desk.settings)
        newest = log.newest_step()
        dates = interview_dates(log.raw)
    forecast = forecast_from(coming, today, DAYS_AHEAD)
    kept = standing.kept.values()
    total = Kept(sum(each.passed for each in kept), sum(each.answered for each in kept))
    return HomeReport(
        day=_report(day_of(decks, today, seen, comeback, plan), standing),
        done_today=by_day.get(today, 0),
        seconds_today=seconds,
        streak=streak_of(by_day, today),
        heat=heat_of(by_day, today, WEEKS_SHOWN),
        forecast=forecast,
        kept=total.share,
        tomorrow=forecast[1],
        undoable=step_words(newest) if newest else None,
        unreadable=desk.library.unreadable,
        asking=questions_on(dates, today),
        interview=next((each for each in dates if each.is_ahead(today)), None),
        minutes_a_day=desk.settings.minutes_on(today),
    )


def minutes_tomorrow(desk: Desk) -> int:
    """Return about how many minutes the cards take that come tomorrow, those buried today among them, rounded up."""
    today = desk.today()
    tomorrow = _last_of(today, 2)
    with desk.store.reading() as log:
        daily = question_of(facts_of(desk.library), desk.settings, today, interview_dates(log.raw)).daily
        today_already = {each.card for each in learned_until(log.raw, today, today, daily)}
        coming = learned_until(log.raw, tomorrow, tomorrow, daily)
    return load_of([each for each in coming if each.card not in today_already], tomorrow, new_left=0).minutes


def plan_page(desk: Desk, minutes: float | None = None) -> PlanPage:
    """Return everything the plan screen shows.

    Args:
        desk: The opened desk.
        minutes: Minutes a day to try instead of the setting; the setting stays.
    """
    from prepdeck.study.road import road_page
    from prepdeck.study.today_plan import today_plan

    with desk.store.reading() as log:
        newest = log.newest_step()
    road = road_page(desk)
    return PlanPage(
        today=desk.today(),
        plan=plan_report(desk, minutes),
        usual_minutes=desk.settings.minutes_a_day,
        undoable=step_words(newest) if newest else None,
        road=road,
        day=today_plan(desk, road, minutes),
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


__all__ = [
    "Day",
    "DayReport",
    "DeckRow",
    "HomeReport",
    "PlanPage",
    "day_report",
    "home_report",
    "minutes_tomorrow",
    "plan_page",
    "what_waits_at",
]
