"""How it went and what is coming: retention, reviews, forecast, intervals, hard cards, by deck and topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from prepdeck.host.writing import create_file
from prepdeck.progress.days import MATURE_INTERVAL, heat_of, streak_of
from prepdeck.progress.intervals import interval_bins
from prepdeck.progress.tallies import Effort, Tally, days_of, effort_of, efforts_by, spans_of
from prepdeck.store.appointments import interview_dates
from prepdeck.store.logbook import Logbook
from prepdeck.store.standing import due_days
from prepdeck.store.statistics import (
    Holding,
    Lapsed,
    holdings,
    lapsed_cards,
    learned_intervals,
    reviews_by_day,
    tallies_since,
)
from prepdeck.study.day import DeckDay, question_of
from prepdeck.study.desk import Desk
from prepdeck.study.overview import DAYS_KEPT, WEEKS_SHOWN, facts_of, forecast_from, what_waits_at
from prepdeck.study.stats_report import DeckStats, HardCard, StatsReport, TopicStats

DAYS_FORECAST = 30
"""Study days of the forecast, today first."""
MOST_HARD = 10
"""So many of the hardest cards are named."""
WEEK = 7
"""Days that one week of retention sums up; the last week ends today."""


def stats(desk: Desk, since: date | None = None, decks: Sequence[str] = ()) -> StatsReport:
    """Return how it went, how the cards stand, and what is coming.

    Args:
        desk: The opened desk.
        since: The first study day to look at; None for all.
        decks: Slugs of the decks to look at; none means every deck.

    Raises:
        NotFound: When there is no deck of a name.
    """
    today = desk.today()
    wanted = tuple(dict.fromkeys(desk.library.deck(slug).deck.id for slug in decks))
    known = facts_of(desk.library)
    names = wanted or tuple(facts.slug for facts in known)
    waiting = {row.slug: row for row in what_waits_at(desk).decks}
    with desk.store.reading() as log:
        by_day = reviews_by_day(log.raw, wanted)
        month = today - timedelta(days=DAYS_KEPT)
        found = tallies_since(log.raw, date.min if since is None else min(since, month))
        everything = [each for each in found if not wanted or each.deck in wanted]
        daily = wanted or question_of(known, desk.settings, today, interview_dates(log.raw)).daily
        until = today + timedelta(days=min(DAYS_FORECAST - 1, (date.max - today).days))
        coming = due_days(log.raw, today, until, daily)
        held = [each for each in holdings(log.raw) if each.deck in names]
        learned = [row for row in learned_intervals(log.raw) if row[0] in names]
        hard = _hard_cards(desk, log, names)
    tallies = [each for each in everything if since is None or each.day >= since]
    first = since or min((each.day for each in tallies), default=today)
    days = days_of(tallies, min(first, today), today)
    lengths: Counter[int] = Counter()
    mature: Counter[tuple[str, str | None]] = Counter()
    for deck, topic, interval, cards in learned:
        lengths[interval] += cards
        mature[deck, topic] += cards if interval >= MATURE_INTERVAL else 0
    return StatsReport(
        today=today,
        since=since,
        names=names,
        is_filtered=bool(wanted),
        goal=desk.settings.retention_goal,
        total=effort_of(tallies),
        month=effort_of(each for each in everything if each.day >= month).kept,
        days=days,
        weeks=spans_of(days, WEEK),
        streak=streak_of(by_day, today),
        heat=heat_of(by_day, today, WEEKS_SHOWN),
        forecast=forecast_from(coming, today, DAYS_FORECAST),
        intervals=interval_bins(lengths),
        decks=_by_deck(desk, {name: waiting[name] for name in names}, held, mature, tallies),
        topics=_by_topic(desk, names, held, mature, tallies),
        hardest=hard[:MOST_HARD],
        leeches=tuple(card for card in hard if card.is_leech),
    )


def _hard_cards(desk: Desk, log: Logbook, names: Sequence[str]) -> tuple[HardCard, ...]:
    limit, today = desk.settings.leech_lapses, desk.today()
    found = lapsed_cards(log.raw, frozenset(names), 5 * MOST_HARD, limit)
    learner = desk.forecasts.learner(log) if found else None

    def hard(each: Lapsed) -> HardCard:
        recall = learner.recall_on(each.card, today) if learner is not None else 0.0
        is_leech = each.lapses >= limit
        return HardCard(
            each.card, each.title, each.lapses, recall, each.interval, each.due, each.suspended, is_leech=is_leech
        )

    return tuple(sorted(map(hard, found), key=lambda card: (-card.lapses, card.recall, str(card.card))))


def _by_deck(
    desk: Desk,
    waiting: Mapping[str, DeckDay],
    held: Sequence[Holding],
    mature: Counter[tuple[str, str | None]],
    tallies: Sequence[Tally],
) -> tuple[DeckStats, ...]:
    efforts = efforts_by(tallies, lambda each: each.deck)
    rows = []
    for name, day in waiting.items():
        deck = desk.library.deck(name).deck
        unseen = sum(each.cards - each.seen for each in held if each.deck == name)
        ripe = sum(cards for (slug, _), cards in mature.items() if slug == name)
        effort = efforts.get(name, Effort())
        rows.append(DeckStats(name, deck.title, day.cards, day.cards - unseen, ripe, day.due, day.new, effort))
    return tuple(rows)


def _by_topic(
    desk: Desk,
    names: Sequence[str],
    held: Sequence[Holding],
    mature: Counter[tuple[str, str | None]],
    tallies: Sequence[Tally],
) -> tuple[TopicStats, ...]:
    efforts = efforts_by(tallies, lambda each: (each.deck, each.topic))
    rows: list[TopicStats] = []
    for name in names:
        deck = desk.library.deck(name).deck
        titles: dict[str | None, str] = {topic.id: topic.title for topic in deck.topics}
        order = list(titles)
        mine = [each for each in held if each.deck == name]
        mine.sort(key=lambda each: order.index(each.topic) if each.topic in order else len(order))
        rows += [
            TopicStats(
                each.topic,
                name,
                titles.get(each.topic, each.topic or deck.title),
                each.cards,
                each.seen,
                mature[name, each.topic],
                efforts.get((name, each.topic), Effort()),
            )
            for each in mine
        ]
    return tuple(rows)


def save_table(path: Path, text: str) -> None:
    """Write a table or picture into a file that is not there yet.

    Raises:
        FileExists: When something of that name is there.
        FileUnwritable: When it cannot be written.
    """
    create_file(path, text.encode("utf-8"))


def stats_of_window(desk: Desk, window: int | None, decks: Sequence[str] = ()) -> StatsReport:
    """Return how it went over a window, how the cards stand, and what is coming.

    Args:
        desk: The opened desk.
        window: Days to look back, today and as many before it; None for all.
        decks: Slugs of the decks to look at; none means every deck.
    """
    since = None if window is None else desk.today() - timedelta(days=window)
    return stats(desk, since, decks)
