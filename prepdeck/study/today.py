"""What waits today, counted without opening more than is needed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from prepdeck.host.clock import wall_of
from prepdeck.host.settings import Settings
from prepdeck.scheduling.study_day import study_day
from prepdeck.store.glance import DOUBTS, Question, Snapshot, fact_of, glancing, interview_details, look
from prepdeck.store.shelf import Shelf
from prepdeck.study.ahead import ahead_words
from prepdeck.study.comparing import Comparison, compare_unread
from prepdeck.study.day import Day, DeckFacts, day_of, question_of
from prepdeck.study.following import SCHEDULER_FACT, SM2_KEY, key_wanted, missing_words
from prepdeck.study.options import Options
from prepdeck.study.queue_wishes import QueueWish, queue_wish
from prepdeck.study.surroundings import Surroundings, look_around, store_path
from prepdeck.study.survey import look_over

if TYPE_CHECKING:
    from prepdeck.scheduling.comeback import Comeback
    from prepdeck.scheduling.dates import InterviewDate


def _dates_at(raw: Snapshot) -> tuple[InterviewDate, ...]:
    """Return all interviews; without any, as most days are, nothing is loaded for them."""
    if not interview_details(raw):
        return ()
    from prepdeck.store.appointments import interview_dates

    return interview_dates(raw)


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
            decks = _facts_of(found, queue_wish(raw, settings.leave_out))
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
            return {deck.slug: deck.title for deck in _facts_of(found, QueueWish())}
    from prepdeck.study.discovery import read_roots
    from prepdeck.study.library import library_of

    return {loaded.deck.id: loaded.deck.title for loaded in library_of(read_roots(surroundings.roots)).decks}


def _facts_of(found: Comparison, wish: QueueWish) -> list[DeckFacts]:
    facts = []
    for row in (holding.row for holding in found.chosen):
        if row is not None and row.deck is not None:
            fields = row.fields
            title, track = fields["title"], fields["track"]
            optional = wish.is_optional(row.deck, optional=fields["optional"])
            facts.append(DeckFacts(row.deck, title, row.cards, row.errors, row.warnings, optional, track))
    return facts
