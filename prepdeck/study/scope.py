"""Which cards are meant by decks, track, topic and tag."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from prepdeck.cards.ids import CardId
from prepdeck.errors import NotFound
from prepdeck.scheduling.load import UNMEASURED, Candidate
from prepdeck.scheduling.memory import UNSEEN, Memory
from prepdeck.scheduling.pace import Pace
from prepdeck.study.library import Library, LoadedDeck
from prepdeck.study.request import Scope


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What holds today, whatever the learner asks for."""

    held_back: Collection[CardId] = ()
    """Cards that are not asked, though they are meant: suspended ones and those buried today."""
    daily: Sequence[LoadedDeck] | None = None
    """The decks asked when the scope names none; None for all but the optional ones."""
    pace: Pace = UNMEASURED
    """How long the learner takes."""


def candidates_of(
    library: Library, scope: Scope, memories: Mapping[CardId, Memory], circumstances: Circumstances | None = None
) -> tuple[Candidate, ...]:
    """Return the cards in scope, decks and cards in their order, with what is known of them.

    Args:
        library: All decks.
        scope: Which cards are meant.
        memories: What is known of each card that was answered.
        circumstances: What holds today.

    Raises:
        NotFound: When a deck, track, topic or tag does not exist.
    """
    circumstances = circumstances or Circumstances()
    daily, held_back = circumstances.daily, circumstances.held_back
    usual = [loaded for loaded in library.decks if not loaded.deck.optional] if daily is None else list(daily)
    decks = [library.deck(slug) for slug in dict.fromkeys(scope.decks)] or usual
    if scope.track is not None:
        _must_exist("track", scope.track, (loaded.deck.track.value for loaded in library.decks))
        decks = [loaded for loaded in decks if loaded.deck.track.value == scope.track]
    candidates = tuple(_all(library, decks, memories, circumstances.pace))
    if scope.topic is not None:
        _must_exist("topic", scope.topic, (each.topic for each in candidates if each.topic))
        candidates = tuple(each for each in candidates if each.topic == scope.topic)
    if scope.tag is not None:
        _must_exist("tag", scope.tag, (tag for each in candidates for tag in each.tags))
        candidates = tuple(each for each in candidates if scope.tag in each.tags)
    return tuple(each for each in candidates if each.card not in held_back) if held_back else candidates


def _all(
    library: Library, decks: Iterable[LoadedDeck], memories: Mapping[CardId, Memory], pace: Pace
) -> Iterable[Candidate]:
    for each in library.outlines([loaded.deck.id for loaded in decks]):
        memory = memories.get(each.card, UNSEEN)
        yield Candidate(
            each.card, memory, each.kind, each.topic, each.tags, each.seconds, each.weight, each.title, pace
        )


def _must_exist(what: str, word: str, known: Iterable[str]) -> None:
    names = sorted(set(known))
    if word in names:
        return
    near = difflib.get_close_matches(word, names, n=1)
    listed = ", ".join(names[:20]) or "none"
    raise NotFound(f"no {what} {word}", f"did you mean {near[0]}?" if near else f"known: {listed}")
