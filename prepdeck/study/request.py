"""What a round should hold; light, so that the interface can be told before anything is opened."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Scope:
    """Cards by deck, track, topic and tag; everything that is None or empty leaves all in."""

    decks: tuple[str, ...] = ()
    """Slugs of decks; optional decks belong only when named."""
    track: str | None = None
    """A track of decks."""
    topic: str | None = None
    """A topic of cards."""
    tag: str | None = None
    """A tag of cards."""


@dataclass(frozen=True, slots=True)
class RoundRequest:
    """What a round should hold."""

    scope: Scope = field(default_factory=Scope)
    """Which cards."""
    minutes: float | None = None
    """Stop filling the queue at so many minutes."""
    limit: int | None = None
    """At most so many cards."""
    new: int | None = None
    """At most so many new cards, instead of what is left of the day's."""
    ahead_days: int = 0
    """Also learned cards due in the next so many days."""
    cram: bool = False
    """Practice every card in scope and leave the schedule alone."""
    only_new: bool = False
    """New cards only."""
