"""What waits on a study day: due cards, today's new cards, and about how long they take."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Final

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.memory import Learned, Memory, Unseen

SECONDS_BY_KIND: Final = {
    "basic": 25,
    "cloze": 15,
    "choice": 25,
    "numeric": 50,
    "code": 600,
    "design": 420,
    "star": 180,
    "story": 120,
}
"""About how long a review takes, until enough answers were measured."""
NEW_CARD_FACTOR: Final = 1.6
"""A first look takes longer than a review."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A card that may be asked, with what is known of it."""

    card: CardId
    """Its name."""
    memory: Memory
    """What the scheduler knows."""
    kind: str
    """Card kind, for the time it takes."""
    topic: str | None = None
    """Its one subject."""
    tags: tuple[str, ...] = ()
    """Its labels."""
    target_seconds: int | None = None
    """The author's target time."""

    @property
    def estimated_seconds(self) -> float:
        """About how long one answer takes."""
        seconds = float(self.target_seconds or SECONDS_BY_KIND.get(self.kind, 30))
        return seconds * NEW_CARD_FACTOR if isinstance(self.memory, Unseen) else seconds


@dataclass(frozen=True, slots=True)
class Load:
    """What waits on one study day."""

    study_day: date
    """The day."""
    due: tuple[Candidate, ...]
    """Learned cards due by then, in the order they are asked."""
    new: tuple[Candidate, ...]
    """What is left of the day's new cards, in the order they are asked."""
    unfinished: tuple[Candidate, ...]
    """Cards of today's drill that still come back."""

    @property
    def minutes(self) -> int:
        """About how long due and new cards take together, rounded up."""
        seconds = sum(candidate.estimated_seconds for candidate in (*self.due, *self.new))
        return -(-int(seconds) // 60)


def load_of(candidates: Sequence[Candidate], today: date, *, new_left: int, ahead_days: int = 0) -> Load:
    """Return what waits on `today`.

    Due cards come longest overdue first, cards of one due day in an order that looks shuffled and never changes
    within the day; new cards take turns between decks, each deck in the order of its file.

    Args:
        candidates: Every card that may be asked, decks and cards in their own order.
        today: The study day.
        new_left: How many new cards the day still allows.
        ahead_days: Also take learned cards due up to so many days after today.
    """
    due = []
    new = []
    unfinished = []
    for candidate in candidates:
        match candidate.memory:
            case Unseen():
                new.append(candidate)
            case Learned(last=last, drilling=True) if last == today:
                unfinished.append(candidate)
            case Learned(last=last) if last >= today:
                pass  # answered today already; a second answer would be a drill
            case Learned(due=day) if (day - today).days <= ahead_days:
                due.append((day, _shuffle_key(candidate), candidate))
            case Learned():
                pass
    due.sort(key=lambda row: row[:2])
    return Load(
        study_day=today,
        due=tuple(candidate for _, _, candidate in due),
        new=tuple(_take_turns(new, new_left)),
        unfinished=tuple(unfinished),
    )


def _shuffle_key(candidate: Candidate) -> bytes:
    repetition = candidate.memory.repetition if isinstance(candidate.memory, Learned) else 0
    return blake2b(f"{candidate.card}:{repetition}".encode(), digest_size=8).digest()


def _take_turns(new: Iterable[Candidate], count: int) -> list[Candidate]:
    decks: dict[str, deque[Candidate]] = defaultdict(deque)
    for candidate in new:
        decks[candidate.card.deck].append(candidate)
    picked: list[Candidate] = []
    while len(picked) < count and decks:
        for deck in list(decks):
            picked.append(decks[deck].popleft())
            if not decks[deck]:
                del decks[deck]
            if len(picked) == count:
                break
    return picked


def fit_minutes(candidates: Sequence[Candidate], minutes: float) -> tuple[Candidate, ...]:
    """Return the first of `candidates` that fit into `minutes`; the last one may stand out by half its time."""
    left = minutes * 60.0
    fitting = []
    for candidate in candidates:
        if left < candidate.estimated_seconds / 2:
            break
        left -= candidate.estimated_seconds
        fitting.append(candidate)
    return tuple(fitting)
