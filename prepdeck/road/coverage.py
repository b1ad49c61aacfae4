"""How far the cards of the road are: by deck, and by tool."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from prepdeck.cards.roadmap import Roadmap, RoadPhase


@dataclass(frozen=True, slots=True)
class DeckShare:
    """What is known of one deck of the road."""

    slug: str
    """Its name."""
    title: str
    """What people read."""
    cards: int = 0
    """Cards that may be asked; 0 when the deck is not here."""
    seen: int = 0
    """Answered at least once."""
    weight: float = 0.0
    """Weights of its cards together."""
    known: float = 0.0
    """Weights of its cards, each times the recall to expect."""
    held_back: int = 0
    """Cards that are suspended, or buried today; they count nowhere else."""
    is_here: bool = False
    """Whether the deck is among those found."""
    is_queued: bool = False
    """Whether it is in the daily queue."""

    @property
    def recall(self) -> float | None:
        """Mean recall by weight on the day, unseen cards at 0; 0-1, None without cards."""
        return self.known / self.weight if self.weight else None


def decks_counted(phase: RoadPhase, chosen: str | None) -> tuple[str, ...]:
    """Return the decks that count for a phase: of a choice the chosen one, and none before there is one."""
    return tuple(slug for slug in phase.decks if slug not in phase.choose_one or slug == chosen)


@dataclass(frozen=True, slots=True)
class ToolCover:
    """How far the cards about one tool are."""

    name: str
    """As people write it."""
    decks: tuple[DeckShare, ...]
    """The decks that cover it."""

    @property
    def cards(self) -> int:
        """Cards of these decks."""
        return sum(deck.cards for deck in self.decks)

    @property
    def seen(self) -> int:
        """Those of them that were answered at least once."""
        return sum(deck.seen for deck in self.decks)


def tool_covers(roadmap: Roadmap, decks: Mapping[str, DeckShare]) -> tuple[ToolCover, ...]:
    """Return how far the cards about each tool are, in the order of the road."""
    return tuple(
        ToolCover(tool.name, tuple(decks[slug] for slug in tool.decks if slug in decks)) for tool in roadmap.tools
    )
