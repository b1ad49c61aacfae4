"""What waits today, counted without opening more than is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from prepdeck.host.clock import wall_of
from prepdeck.host.settings import Settings
from prepdeck.scheduling.load import load_of
from prepdeck.scheduling.study_day import study_day
from prepdeck.store.glance import DOUBTS, Glance, Question, Snapshot, fact_of, glancing, interview_details, look
from prepdeck.store.shelf import Shelf
from prepdeck.study.ahead import ahead_words
from prepdeck.study.comparing import Comparison, compare_unread
from prepdeck.study.following import SCHEDULER_FACT, SM2_KEY, key_wanted, missing_words
from prepdeck.study.options import Options
from prepdeck.study.surroundings import Surroundings, look_around, store_path
from prepdeck.study.survey import look_over

if TYPE_CHECKING:
    from prepdeck.scheduling.comeback import Comeback
    from prepdeck.scheduling.dates import InterviewDate


@dataclass(frozen=True, slots=True)
class DeckDay:
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
    errors: int
    """Faults in its file."""
    warnings: int
    """Things worth a look in its file."""
    optional: bool
    """Whether it stays out of the daily queue."""


@dataclass(frozen=True, slots=True)
class PlanShare:
    """What is left of today's plan for an interview ahead."""

    reviews: int
    """Cards seen before: due ones that fit, last looks, and what minutes to spare are best spent on."""
    new: int
    """First looks."""
    minutes: int
    """About how long they take."""


@dataclass(frozen=True, slots=True)
class Day:
    """What waits on a study day."""

    study_day: date
    """The day."""
    due: int
    """Learned cards due."""
    new: int
    """What is left of the day's new cards."""
    minutes: int
    """About how long they take."""
    decks: tuple[DeckDay, ...]
    """Every deck, in order."""
    unfinished: int
    """Cards of today's drill that still come back."""
    comeback: Comeback | None = None
    """Late cards spread over days, where that was asked for and is worth offering."""
    plan: PlanShare | None = None
    """What is left of today's plan; None while no interview is ahead."""

    @property
    def waiting(self) -> int:
        """How many cards a round would ask: those of the plan, else due and new ones, and those that come back."""
        share = self.due + self.new if self.plan is None else self.plan.reviews + self.plan.new
        return share + self.unfinished


@dataclass(frozen=True, slots=True)
class DeckFacts:
    """What is known of a deck before its cards are looked at."""

    slug: str
    """Its name."""
    title: str
    """What people read."""
    cards: int
    """All its cards."""
    errors: int
    """Faults in its file."""
    warnings: int
    """Things worth a look in its file."""
    optional: bool
    """Whether it stays out of the daily queue."""
    track: str
    """The part of an interview it prepares for."""


def question_of(
    decks: Sequence[DeckFacts], settings: Settings, today: date, dates: Collection[InterviewDate] = ()
) -> Question:
    """Return what the counts of a day depend on.

    Args:
        decks: Every deck.
        settings: What the learner chose.
        today: The study day.
        dates: All interviews: one ahead takes the optional decks in that it names, one that is over may put decks away.
    """
    archived = _archived(decks, today, dates)
    named = {slug for each in dates if each.is_ahead(today) for slug in each.decks}
    daily = (deck.slug for deck in decks if not deck.optional or deck.slug in named)
    return Question(today, tuple(slug for slug in daily if slug not in archived), settings.new_on(today))


def _archived(decks: Iterable[DeckFacts], today: date, dates: Collection[InterviewDate]) -> frozenset[str]:
    if not dates:
        return frozenset()
    from prepdeck.scheduling.dates import archived_decks

    return archived_decks(dates, {deck.slug: deck.track for deck in decks}, today)


def _dates_at(raw: Snapshot) -> tuple[InterviewDate, ...]:
    """Return all interviews; without any, as most days are, nothing is loaded for them."""
    if not interview_details(raw):
        return ()
    from prepdeck.store.appointments import interview_dates

    return interview_dates(raw)


def day_of(
    decks: Iterable[DeckFacts],
    today: date,
    seen: Glance,
    comeback: Comeback | None = None,
    plan: PlanShare | None = None,
) -> Day:
    """Return what waits today, from the decks, what the database says, and what the plan asks if there is one."""
    load = load_of(seen.waiting, today, new_left=seen.new_left)
    due = Counter(each.card.deck for each in load.due)
    new = Counter(each.card.deck for each in load.new)
    return Day(
        study_day=today,
        due=len(load.due),
        new=len(load.new),
        minutes=load.minutes if plan is None else plan.minutes,
        decks=tuple(
            DeckDay(
                slug=deck.slug,
                title=deck.title,
                due=due[deck.slug],
                new=new[deck.slug],
                cards=deck.cards,
                errors=deck.errors,
                warnings=deck.warnings,
                optional=deck.optional,
            )
            for deck in decks
        ),
        unfinished=len(load.unfinished),
        comeback=comeback,
        plan=plan,
    )


def what_waits(options: Options, *, offers: bool = False, only_due: bool = False) -> tuple[Day, tuple[str, ...]]:
    """Return what waits today, and sentences worth saying once.

    Reads through the standard library while the deck files are those last taken in; only otherwise is the store opened,
    which takes in changed decks, upgrades, or says what is wrong.

    Args:
        options: What the command line said.
        offers: Whether to look too whether late cards are worth spreading over days, and what is to be asked.
        only_due: Whether only due cards matter, so that new ones need not be right.

    Raises:
        StoreError: When the database cannot be used.
    """
    surroundings = look_around(options)
    found = _glance(surroundings, offers=offers, only_due=only_due)
    if found is not None:
        return found
    from prepdeck.study.desk import open_desk
    from prepdeck.study.overview import what_waits_at

    with open_desk(options) as desk:
        day = what_waits_at(desk, offers=offers)
        with desk.store.reading() as log:
            questions = _questions(_dates_at(log.raw), day.study_day) if offers else ()
        return day, (*desk.notes, *questions)


def _glance(surroundings: Surroundings, *, offers: bool, only_due: bool) -> tuple[Day, tuple[str, ...]] | None:
    """Return what waits today, or None when that takes more than a look."""
    sightings = look_over(surroundings.roots)
    settings = surroundings.settings
    today = study_day(wall_of(surroundings.clock.now()), settings.day_start)
    with glancing(store_path(surroundings)) as raw:
        if raw is None:
            return None
        try:
            if (fact_of(raw, SCHEDULER_FACT) or SM2_KEY) != key_wanted(settings):
                return None
            found = compare_unread(sightings, Shelf(raw).files())
            if found is None:
                return None
            decks = _facts_of(found)
            dates = _dates_at(raw)
            is_planned = any(each.is_ahead(today) for each in dates) and settings.week.share_of(today) > 0
            if is_planned and not only_due:
                return None  # how many new cards a day brings is for the plan to say, which reads the whole log
            asked = question_of(decks, settings, today, dates)
            seen = look(raw, asked)
            comeback = comeback_at(raw, asked, settings) if offers else None
            ahead = ahead_words(raw, today)
            questions = _questions(dates, today) if offers else ()
        except DOUBTS:
            return None
        told = (*missing_words(settings), *([ahead] if ahead else []), *questions)
        notes = (*settings.problems, *found.arrangement.notes, *told)
        return day_of(decks, today, seen, comeback), notes


def _questions(dates: Sequence[InterviewDate], today: date) -> tuple[str, ...]:
    if all(each.is_ahead(today) or each.outcome is not None for each in dates):
        return ()
    from prepdeck.study.appointments import questions_on

    return questions_on(dates, today)


def comeback_at(raw: Snapshot, asked: Question, settings: Settings) -> Comeback | None:
    """Return late cards spread over days when that is worth offering, within an open transaction."""
    from prepdeck.study.comeback import offer_at

    return offer_at(raw, asked.today, asked.daily, settings)


def deck_titles(options: Options) -> dict[str, str]:
    """Return the title of every deck by its name; no deck file is read while they are those last taken in."""
    surroundings = look_around(options)
    with glancing(store_path(surroundings)) as raw, suppress(*DOUBTS):
        found = compare_unread(look_over(surroundings.roots), Shelf(raw).files()) if raw is not None else None
        if found is not None:
            return {deck.slug: deck.title for deck in _facts_of(found)}
    from prepdeck.study.discovery import read_roots
    from prepdeck.study.library import library_of

    return {loaded.deck.id: loaded.deck.title for loaded in library_of(read_roots(surroundings.roots)).decks}


def _facts_of(found: Comparison) -> list[DeckFacts]:
    facts = []
    for row in (holding.row for holding in found.chosen):
        if row is not None and row.deck is not None:
            fields = row.fields
            title, optional, track = fields["title"], fields["optional"], fields["track"]
            facts.append(DeckFacts(row.deck, title, row.cards, row.errors, row.warnings, optional, track))
    return facts
