"""What waits on a study day, deck by deck, from what the database says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from prepdeck.cards.ids import CardId
from prepdeck.host.settings import Settings
from prepdeck.scheduling.load import load_of
from prepdeck.store.glance import Glance, Question

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
    chosen: frozenset[CardId] = frozenset()
    """All of them."""
    new_minutes: int = 0
    """Minutes that first looks take of it."""


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
    can_wait: int = 0
    """Due cards that today's plan leaves for another day."""

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
        can_wait=0 if plan is None else sum(each.card not in plan.chosen for each in load.due),
    )
