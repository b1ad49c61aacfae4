"""Which decks an interview asks about: what may be said, and what it comes to with the decks that are here."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from prepdeck.cards.deck import Track
from prepdeck.errors import NotFound, UsageError
from prepdeck.scheduling.dates import Reach
from prepdeck.study.library import Library


@dataclass(frozen=True, slots=True)
class ScopeChange:
    """What was said of a scope; None leaves that side as it was."""

    tracks: tuple[str, ...] | None = None
    """Tracks in scope."""
    decks: tuple[str, ...] | None = None
    """Decks in scope beside them."""
    without: tuple[str, ...] | None = None
    """Decks out of scope."""
    everything: bool = False
    """Begin from the whole daily queue instead of from the scope before."""

    def of(self, before: Reach) -> Reach:
        """Return the scope after the change: a deck named now on one side leaves the other, where it stood before."""
        known = Reach() if self.everything else before
        return Reach(
            known.tracks if self.tracks is None else _once(self.tracks),
            _left(known.decks, self.without) if self.decks is None else _once(self.decks),
            _left(known.without, self.decks) if self.without is None else _once(self.without),
        )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _left(words: Iterable[str], gone: Iterable[str] | None) -> tuple[str, ...]:
    """Return the words that are not named elsewhere now."""
    named = set(gone or ())
    return tuple(word for word in words if word not in named)


def decks_in_reach(library: Library, reach: Reach) -> tuple[str, ...]:
    """Return the decks in scope that are here, in order; optional ones belong only when they are named."""
    return tuple(
        each.deck.id
        for each in library.decks
        if reach.covers(each.deck.id, each.deck.track.value) and (not each.deck.optional or each.deck.id in reach.decks)
    )


def cards_in(library: Library, decks: Iterable[str]) -> int:
    """Return how many cards some decks hold."""
    return sum(len(library.deck(deck).deck.cards) for deck in decks)


def check_reach(library: Library, reach: Reach, before: Reach | None = None) -> None:
    """Refuse a scope that holds no card, names what is not here, or contradicts itself.

    Args:
        library: The decks that are here.
        reach: The scope.
        before: What it was; decks it named may have gone meanwhile.

    Raises:
        NotFound: When a track or deck does not exist.
        UsageError: When it contradicts itself, or nothing is in it.
    """
    known = before or Reach()
    for track in reach.tracks:
        _track_must_exist(track)
    for deck in (*reach.decks, *reach.without):
        if deck not in (*known.decks, *known.without):
            library.deck(deck)
    both = next((deck for deck in reach.decks if deck in reach.without), None)
    if both is not None:
        raise UsageError(f"{both} is both in and out of scope", "name it with --deck or with --without")
    decks = decks_in_reach(library, reach)
    if not decks:
        raise UsageError("no deck is in scope, so there is nothing to plan", "prepdeck due lists the decks")
    if not cards_in(library, decks):
        raise UsageError("the decks in scope hold no card, so there is nothing to plan", "prepdeck due counts cards")


def _track_must_exist(track: str) -> None:
    names = [each.value for each in Track]
    if track not in names:
        near = difflib.get_close_matches(track, names, n=1)
        raise NotFound(f"no track {track}", f"did you mean {near[0]}?" if near else f"tracks: {', '.join(names)}")
