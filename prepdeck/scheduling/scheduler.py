"""What decides when a card comes back: SM-2, or another scheduler that a learner chose."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol, TypeAlias

from prepdeck.scheduling import review
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.memory import Memory
from prepdeck.scheduling.review import Answered, Entry, ReviewKind
from prepdeck.scheduling.schedulers import SM2_KEY

History: TypeAlias = Callable[[], Iterable[Entry]]
"""Gives a card's entries so far, oldest first; only a scheduler that needs them asks."""


class Scheduler(Protocol):
    """What decides when a card comes back; a memory is what it makes of a card's history, and nothing else."""

    @property
    def key(self) -> str:
        """Its name with every choice that changes a memory; kept beside the memories it made."""

    @property
    def title(self) -> str:
        """Its name for people."""

    def replay(self, entries: Iterable[Entry]) -> Memory:
        """Return the memory that follows from a whole history, oldest entry first."""

    def answer(self, history: History, memory: Memory, entry: Entry) -> Memory:
        """Return the memory after one more entry.

        Args:
            history: Gives the entries before this one.
            memory: What followed from them.
            entry: What came next.

        Raises:
            EarlierDay: When the entry is an answer on a day before the card's last study day.
        """

    def preview(
        self, history: History, memory: Memory, today: date, kind: ReviewKind = ReviewKind.SCHEDULED
    ) -> dict[Grade, Memory]:
        """Return the four futures of a card, one for each button, by the very rules that will answer it.

        Args:
            history: Gives the card's entries so far.
            memory: What followed from them.
            today: The study day.
            kind: What an answer would be taken for.
        """


@dataclass(frozen=True, slots=True)
class Sm2Scheduler:
    """SM-2: the memory itself holds all it needs."""

    @property
    def key(self) -> str:
        """Its name; it has no choices."""
        return SM2_KEY

    @property
    def title(self) -> str:
        """Its name for people."""
        return "SM-2"

    def replay(self, entries: Iterable[Entry]) -> Memory:
        """Return the memory that follows from a whole history, oldest entry first."""
        return review.replay(entries)

    def answer(self, history: History, memory: Memory, entry: Entry) -> Memory:  # noqa: ARG002 - the memory says all
        """Return the memory after one more entry."""
        return review.step(memory, entry)

    def preview(
        self,
        history: History,  # noqa: ARG002 - the memory says all
        memory: Memory,
        today: date,
        kind: ReviewKind = ReviewKind.SCHEDULED,
    ) -> dict[Grade, Memory]:
        """Return the four futures of a card."""
        return {grade: review.step(memory, Answered(today, grade.quality, kind)) for grade in Grade}


SM2: Final = Sm2Scheduler()
"""The scheduler of everyone who chose no other."""
