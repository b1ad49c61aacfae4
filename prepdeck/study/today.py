"""What waits today, counted without opening more than is needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from prepdeck.host.settings import Settings
from prepdeck.scheduling.load import load_of
from prepdeck.scheduling.study_day import study_day
from prepdeck.store.glance import DOUBTS, Glance, Question, glancing, look
from prepdeck.store.shelf import Shelf
from prepdeck.study.comparing import Comparison, compare_unread
from prepdeck.study.options import Options
from prepdeck.study.surroundings import Surroundings, look_around, store_path
from prepdeck.study.survey import look_over


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


def question_of(decks: Iterable[DeckFacts], settings: Settings, today: date) -> Question:
    """Return what the counts of a day depend on."""
    return Question(today, tuple(deck.slug for deck in decks if not deck.optional), settings.new_a_day)


def day_of(decks: Iterable[DeckFacts], today: date, seen: Glance) -> Day:
    """Return what waits today, from the decks and what the database says."""
    load = load_of(seen.waiting, today, new_left=seen.new_left)
    due = Counter(each.card.deck for each in load.due)
    new = Counter(each.card.deck for each in load.new)
    return Day(
        study_day=today,
        due=len(load.due),
        new=len(load.new),
        minutes=load.minutes,
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
    )


def what_waits(options: Options) -> tuple[Day, tuple[str, ...]]:
    """Return what waits today, and sentences worth saying once.

    Reads through the standard library while the deck files are those last taken in; only otherwise is the store opened,
    which takes in changed decks, upgrades, or says what is wrong.

    Raises:
        StoreError: When the database cannot be used.
    """
    surroundings = look_around(options)
    found = _glance(surroundings)
    if found is not None:
        return found
    from prepdeck.study.desk import open_desk
    from prepdeck.study.overview import what_waits_at

    with open_desk(options) as desk:
        return what_waits_at(desk), tuple(desk.notes)


def _glance(surroundings: Surroundings) -> tuple[Day, tuple[str, ...]] | None:
    """Return what waits today, or None when that takes more than a look."""
    sightings = look_over(surroundings.roots)
    settings = surroundings.settings
    today = study_day(surroundings.clock.now(), settings.day_start)
    with glancing(store_path(surroundings)) as raw:
        if raw is None:
            return None
        try:
            found = compare_unread(sightings, Shelf(raw).files())
            if found is None:
                return None
            decks = _facts_of(found)
            seen = look(raw, question_of(decks, settings, today))
        except DOUBTS:
            return None
        return day_of(decks, today, seen), (*settings.problems, *found.arrangement.notes)


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
            facts.append(DeckFacts(row.deck, fields["title"], row.cards, row.errors, row.warnings, fields["optional"]))
    return facts
