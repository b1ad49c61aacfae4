"""What the statistics say, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from prepdeck.cards.ids import CardId
from prepdeck.progress.days import Streak
from prepdeck.progress.intervals import IntervalBin
from prepdeck.progress.retention import Kept
from prepdeck.progress.tallies import Effort, Stretch


@dataclass(frozen=True, slots=True)
class DeckStats:
    """How one deck stands, and what was done in it."""

    deck: str
    """Slug."""
    title: str
    """What people read."""
    cards: int
    """All its cards."""
    seen: int
    """Answered at least once."""
    mature: int
    """With an interval of at least 21 days."""
    due: int
    """Learned cards due today."""
    new: int
    """Its share of what is left of today's new cards."""
    effort: Effort
    """What was done since the day asked for."""


@dataclass(frozen=True, slots=True)
class TopicStats:
    """How one topic of a deck stands, and what was done in it."""

    topic: str | None
    """Slug; None for the cards of a deck that have no topic."""
    deck: str
    """Slug of the deck."""
    title: str
    """What people call the topic."""
    cards: int
    """All its cards."""
    seen: int
    """Answered at least once."""
    mature: int
    """With an interval of at least 21 days."""
    effort: Effort
    """What was done since the day asked for."""


@dataclass(frozen=True, slots=True)
class HardCard:
    """A card that was forgotten."""

    card: CardId
    """Its name."""
    title: str
    """Its front."""
    lapses: int
    """How often it was forgotten after it was learned."""
    recall: float
    """How likely it is recalled today, 0-1."""
    interval: int
    """Days after which it comes back."""
    due: date
    """When it comes back."""
    suspended: bool
    """Whether it is not asked any more."""
    is_leech: bool
    """Whether it was forgotten too often."""


@dataclass(frozen=True, slots=True)
class StatsReport:
    """How it went since a day, how the cards stand, and what is coming."""

    today: date
    """The study day."""
    since: date | None
    """The first study day looked at; None for the first with an answer."""
    names: tuple[str, ...]
    """Slugs of the decks looked at, in order."""
    is_filtered: bool
    """Whether the learner named the decks."""
    goal: float
    """Share of cards the learner wants to keep."""
    total: Effort
    """Everything since that day."""
    month: Kept
    """True retention over the last 30 days, whatever the day asked for."""
    days: tuple[Stretch, ...]
    """Each study day since then, idle ones too, today last."""
    weeks: tuple[Stretch, ...]
    """The same by seven days that end today."""
    streak: Streak
    """Days in a row, over the whole log."""
    heat: tuple[tuple[int | None, ...], ...]
    """Reviews per day: 26 weeks, Monday first."""
    forecast: tuple[int, ...]
    """Cards due on each of the next 30 days; what is due today or overdue stands first."""
    intervals: tuple[IntervalBin, ...]
    """Learned cards by interval."""
    decks: tuple[DeckStats, ...]
    """Every deck looked at."""
    topics: tuple[TopicStats, ...]
    """Every topic of these decks."""
    hardest: tuple[HardCard, ...]
    """The cards forgotten most often; among equals the least likely to be recalled first."""
    leeches: tuple[HardCard, ...]
    """All cards forgotten too often, in the same order."""

    @property
    def unseen(self) -> int:
        """Cards never answered."""
        return sum(deck.cards - deck.seen for deck in self.decks)

    @property
    def mature(self) -> int:
        """Cards with an interval of at least 21 days."""
        return sum(deck.mature for deck in self.decks)
