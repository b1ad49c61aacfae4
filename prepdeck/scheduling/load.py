"""What waits on a study day: due cards, today's new cards, and about how long they take."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.memory import Learned, Memory, Unseen
from prepdeck.scheduling.pace import Pace

UNMEASURED: Final = Pace()
"""How long answers take before any was measured."""


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
    weight: int = 2
    """How often interviews ask it, 1-3."""
    title: str = ""
    """Its front as one line, where the order of cards matters; counts go without."""

    pace: Pace = field(default=UNMEASURED, compare=False, repr=False)
    """How long the learner takes, as far as it was measured."""

    @property
    def estimated_seconds(self) -> float:
        """About how long the card takes today, its repeats included."""
        times = self.pace.times(self.kind, self.target_seconds)
        return times.first if isinstance(self.memory, Unseen) else times.review


@dataclass(frozen=True, slots=True)
class Load:
    """What waits on one study day."""

    study_day: date
    """The day."""
    due: tuple[Candidate, ...]
    """Learned cards due by then, in the order of the decks."""
    new: tuple[Candidate, ...]
    """What is left of the day's new cards, in the order they are learned."""
    unfinished: tuple[Candidate, ...]
    """Cards of today's drill that still come back."""

    @property
    def minutes(self) -> int:
        """About how long due and new cards take together, rounded up."""
        seconds = sum(candidate.estimated_seconds for candidate in (*self.due, *self.new))
        return -(-int(seconds) // 60)


def load_of(candidates: Sequence[Candidate], today: date, *, new_left: int, ahead_days: int = 0) -> Load:
    """Return what waits on `today`; new cards take turns between decks, each deck in the order of its file.

    A round asks them in the order of `arranging`, which a count goes without.

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
                due.append(candidate)
            case Learned():
                pass
    return Load(
        study_day=today,
        due=tuple(due),
        new=tuple(_take_turns(new, new_left)),
        unfinished=tuple(unfinished),
    )


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
