"""What a plan is made for: interviews with their cards, what is known of the learner, and how far today has gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.curve import Curve
from prepdeck.scheduling.gain import Worth
from prepdeck.scheduling.memory import Memory
from prepdeck.scheduling.pace import Pace
from prepdeck.scheduling.recall import Strength

Share = Callable[[date], float]
"""What part of the usual minutes a day has: 1, less on easy days, 0 in a break."""


class Intensity(Enum):
    """How hard the plan works for the last points of recall."""

    LIGHT = "light"
    """Stops early: a minute must win 0.04 cards."""
    BALANCED = "balanced"
    """A minute must win 0.02 cards."""
    FULL = "full"
    """Uses every minute that wins anything."""

    @property
    def floor(self) -> float:
        """Cards of recall on the day that a minute must win."""
        return {Intensity.LIGHT: 0.04, Intensity.BALANCED: 0.02, Intensity.FULL: 0.0}[self]


class Reason(Enum):
    """Why a card is asked today."""

    NEW = "new"
    """It is today's share of the unseen cards."""
    DUE = "due"
    """SM-2 says so."""
    LAST_LOOK = "last look"
    """The interview is near and it was not looked at since the window opened."""
    SPARE = "spare"
    """There are minutes to spare, and it wins most."""
    OUTSIDE = "outside"
    """It belongs to no interview ahead and is asked as on any day."""


class PlanCard(NamedTuple):
    """A card as the plan sees it."""

    card: CardId
    """Its name."""
    kind: str
    """Its kind, for the time it takes."""
    memory: Memory
    """What the scheduler knows."""
    strength: Strength | None
    """How firmly it is remembered; None for an unseen card."""
    last: date | None
    """The study day of its last answer; None for an unseen card."""
    weight: float = 1.0
    """How often interviews ask it, 1 for usual."""
    target: float | None = None
    """The author's target time in seconds."""


class Pick(NamedTuple):
    """A card to study today."""

    card: CardId
    """Which."""
    reason: Reason
    """Why."""
    seconds: float
    """About how long it takes."""
    worth: Worth | None
    """What it wins; None for a card outside every scope."""
    is_new: bool = False
    """Whether it is a first look."""


@dataclass(frozen=True, slots=True)
class Aim:
    """One interview date and the cards in its scope."""

    day: date
    """The day of the interview; study days lie before it."""
    start: date
    """The day the plan began."""
    cards: tuple[PlanCard, ...]
    """The cards in scope, decks and cards in order."""

    def left(self, today: date) -> int:
        """Return how many study days are left, today included."""
        return (self.day - today).days


@dataclass(frozen=True, slots=True)
class Frame:
    """What the plan of a day works with."""

    minutes: float
    """Minutes a usual day has."""
    pace: Pace
    """How long answers take."""
    curve: Curve
    """How fast the learner forgets."""
    intensity: Intensity = Intensity.BALANCED
    """When to stop."""
    share_of: Share = lambda _: 1.0
    """What part of its usual minutes a day has."""
    focus: bool = False
    """Whether to leave out what cannot be seen twice."""


@dataclass(frozen=True, slots=True)
class Sofar:
    """A study day as far as it has gone."""

    day: date
    """The study day."""
    introduced: int = 0
    """Cards of the aims seen for the first time today already."""
    spent_seconds: float = 0.0
    """Time spent today already."""
    room_seconds: float | None = None
    """Time to fill, instead of what is left of the day's minutes."""
    introduced_by_aim: tuple[int, ...] = ()
    """The same as `introduced` for each aim alone, in their order; when left out, each aim counts all of them."""

    def introduced_of(self, place: int) -> int:
        """Return how many cards of the aim at that place were seen for the first time today already."""
        return self.introduced_by_aim[place] if self.introduced_by_aim else self.introduced
