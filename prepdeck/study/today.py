"""What waits today, counted without opening more than is needed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from prepdeck.host.settings import Settings
from prepdeck.progress.days import MATURE_INTERVAL
from prepdeck.scheduling.load import load_of
from prepdeck.scheduling.memory import Learned
from prepdeck.scheduling.study_day import study_day
from prepdeck.store.glance import Glance, glance_at
from prepdeck.study.discovery import read_roots
from prepdeck.study.library import Library, library_of
from prepdeck.study.options import Options
from prepdeck.study.request import Scope
from prepdeck.study.scope import candidates_of
from prepdeck.study.surroundings import look_around, store_path

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


def report_of(library: Library, settings: Settings, today: date, seen: Glance) -> DayReport:
    """Return what waits today, from the decks and what the database says."""
    daily = candidates_of(library, Scope(), seen.memories)
    load = load_of(daily, today, new_left=max(0, settings.new_a_day - seen.introduced))
    due = Counter(each.card.deck for each in load.due)
    new = Counter(each.card.deck for each in load.new)
    rows = []
    for loaded in library.decks:
        slug = loaded.deck.id
        memories = [seen.memories.get(card.id) for card in loaded.deck.cards]
        learned = [memory for memory in memories if isinstance(memory, Learned)]
        rows.append(
            DeckRow(
                slug=slug,
                title=loaded.deck.title,
                due=due[slug],
                new=new[slug],
                cards=len(loaded.deck.cards),
                seen=len(learned),
                mature=sum(memory.interval >= MATURE_INTERVAL for memory in learned),
                kept=seen.kept[slug].share if slug in seen.kept else None,
                errors=loaded.errors,
                warnings=loaded.warnings,
                optional=loaded.deck.optional,
            )
        )
    return DayReport(
        study_day=today,
        due=len(load.due),
        new=len(load.new),
        minutes=load.minutes,
        decks=tuple(rows),
        unfinished=len(load.unfinished),
    )


def what_waits(options: Options) -> tuple[DayReport, tuple[str, ...]]:
    """Return what waits today, and sentences worth saying once.

    Reads through the standard library while the decks are those last taken in; only otherwise is the store opened,
    which takes in changed decks, upgrades, or says what is wrong.

    Raises:
        StoreError: When the database cannot be used.
    """
    surroundings = look_around(options)
    today = study_day(surroundings.clock.now(), surroundings.settings.day_start)
    seen = glance_at(store_path(surroundings), today, DAYS_KEPT)
    if seen is not None:
        library = library_of(read_roots(surroundings.roots))
        if library.digest == seen.decks_digest:
            notes = (*surroundings.settings.problems, *library.notes)
            return report_of(library, surroundings.settings, today, seen), notes
    from prepdeck.study.desk import open_desk
    from prepdeck.study.overview import day_report

    with open_desk(options) as desk:
        return day_report(desk), tuple(desk.notes)
