"""The order of a round: what was forgotten most comes first, topics alternate, near-twins stand apart."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from itertools import islice
from typing import Final, TypeAlias

from prepdeck.scheduling.load import Candidate, Load
from prepdeck.scheduling.memory import Learned, Unseen

LOOK_AHEAD: Final = 8
"""Among so many cards the next one is chosen; the order by need stays nearly what it was."""
TWINS_APART: Final = 5
"""Places between two cards that read alike, where there is a choice: seen together, one answers the other."""
DUE_BEFORE_NEW: Final = 2
"""Due cards that open a round before its first new card."""

_SCAFFOLD: Final = frozenset(
    {
        "a", "an", "and", "are", "as", "at", "by", "do", "does", "for", "from", "has", "have", "how", "if", "in",
        "is", "it", "its", "many", "much", "of", "on", "one", "or", "that", "the", "their", "this", "to", "what",
        "when", "which", "who", "why", "with", "you", "your",
    }
)  # fmt: skip
"""Words of nearly every question, by which no two are alike."""

Topic: TypeAlias = tuple[str, str | None]
"""A subject over all decks: the deck and its topic, or the deck alone."""


def queue_of(load: Load) -> tuple[Candidate, ...]:
    """Return the cards of a day in the order they are asked: due ones by need, new ones spread among them."""
    due = arrange(most_overdue_first(load.due, load.study_day))
    if not load.new:
        return due
    opening, rest = due[:DUE_BEFORE_NEW], due[DUE_BEFORE_NEW:]
    return (*opening, *arrange(mixed(rest, load.new), after=opening))


def most_overdue_first(due: Sequence[Candidate], today: date) -> tuple[Candidate, ...]:
    """Return learned cards by how late they are for their interval, those due later than today last.

    Days overdue by interval is a cheap stand-in for what an answer gains: a card of 2 days that is 4 days late has
    faded more than one of 60 days that is 10 days late. Equally late cards come in an order that looks shuffled and
    stays the same all day.
    """
    return tuple(sorted(due, key=lambda candidate: (-_lateness(candidate, today), _shuffle_key(candidate))))


def _lateness(candidate: Candidate, today: date) -> float:
    memory = candidate.memory
    return (today - memory.due).days / max(1, memory.interval) if isinstance(memory, Learned) else 0.0


def _shuffle_key(candidate: Candidate) -> bytes:
    repetition = candidate.memory.repetition if isinstance(candidate.memory, Learned) else 0
    return blake2b(f"{candidate.card}:{repetition}".encode(), digest_size=8).digest()


def mixed(due: Sequence[Candidate], new: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return due cards with new ones spread evenly among them, both in their order."""
    queue: list[Candidate] = []
    taken = 0
    for number, candidate in enumerate(new):
        before = (2 * number + 1) * len(due) // (2 * len(new))
        queue += due[taken:before]
        queue.append(candidate)
        taken = before
    return (*queue, *due[taken:])


@dataclass(frozen=True, slots=True)
class _Entry:
    candidate: Candidate
    place: int
    topic: Topic
    words: frozenset[str]

    @property
    def is_new(self) -> bool:
        return isinstance(self.candidate.memory, Unseen)


def arrange(candidates: Sequence[Candidate], *, after: Sequence[Candidate] = ()) -> tuple[Candidate, ...]:
    """Return the same cards with topics alternating and near-twins apart, the order otherwise kept.

    Each next card is the first of the next eight whose topic differs from the one before and that reads like none of
    the last four; where there is none, the twin gives way before the topic does. New cards of one deck keep their
    order, in which their author teaches. Without a topic a card counts under its deck.

    Args:
        candidates: Cards in the order of need.
        after: Cards that are asked before them.
    """
    coming = (_entry(candidate, place) for place, candidate in enumerate(candidates))
    before = [_entry(candidate, 0) for candidate in after[1 - TWINS_APART :]]
    topic = before[-1].topic if before else None
    recent = deque((entry.words for entry in before), maxlen=TWINS_APART - 1)
    window = list(islice(coming, LOOK_AHEAD))
    arranged: list[Candidate] = []
    while window:
        entry = window.pop(_pick(window, topic, recent, len(arranged)))
        arranged.append(entry.candidate)
        topic = entry.topic
        recent.append(entry.words)
        window.extend(islice(coming, 1))
    return tuple(arranged)


def _pick(window: Sequence[_Entry], topic: Topic | None, recent: Sequence[frozenset[str]], placed: int) -> int:
    """Return the place in the window of the card that comes next."""
    best, best_rank = 0, 4
    passed_new: set[str] = set()
    for number, entry in enumerate(window):
        if entry.is_new:
            deck = entry.candidate.card.deck
            if deck in passed_new:
                continue
            passed_new.add(deck)
        # A card that was passed over for long no longer waits for its twins to be far away.
        waited = placed - entry.place >= LOOK_AHEAD
        is_twin = not waited and any(_are_twins(entry.words, words) for words in recent)
        rank = 2 * (entry.topic == topic) + is_twin
        if rank == 0:
            return number
        if rank < best_rank:
            best, best_rank = number, rank
    return best


def _are_twins(words: frozenset[str], others: frozenset[str]) -> bool:
    common = len(words & others)
    return common > 0 and 2 * common >= len(words) + len(others) - common


def _entry(candidate: Candidate, place: int) -> _Entry:
    return _Entry(candidate, place, (candidate.card.deck, candidate.topic), _words_of(candidate.title))


def _words_of(title: str) -> frozenset[str]:
    words = frozenset(re.findall(r"\w+", title.casefold()))
    return words - _SCAFFOLD or words
