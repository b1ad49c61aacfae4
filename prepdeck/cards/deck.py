"""The cards of one YAML file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from prepdeck.cards.card import Card


class Track(Enum):
    """The part of an interview a deck prepares for."""

    ML_FUNDAMENTALS = "ml-fundamentals"
    ALGORITHMS = "algorithms"
    SYSTEM_DESIGN = "system-design"
    STAR = "star"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Topic:
    """One subject of a deck."""

    id: str
    """Slug."""
    title: str
    """What people read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """The good cards of one deck file, in the order of the file."""

    id: str
    """Slug, unique among decks."""
    title: str
    """What people read."""
    cards: Sequence[Card]
    """In file order: a tuple, or a sequence that reads them when they are first looked at."""
    track: Track = Track.OTHER
    """The part of an interview it prepares for."""
    description: str | None = None
    """A sentence or two."""
    phases: tuple[int, ...] = ()
    """Roadmap phases it serves, 1-8."""
    skills: tuple[str, ...] = ()
    """Roadmap skills it serves."""
    optional: bool = False
    """True: not in the daily queue until the learner chooses it."""
    tags: tuple[str, ...] = ()
    """Given to every card."""
    topics: tuple[Topic, ...] = ()
    """In learning order."""
    author: str | None = None
    """Who wrote it."""
    license: str | None = None
    """Under which terms."""
    version: str | None = None
    """As the author counts."""
