"""What a candidate did about one question of a mock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from prepdeck.cards.ids import CardId
from prepdeck.interview.marks import Rater

PARTS: Final = ("situation", "task", "action", "result", "reflection")
"""The five parts of a story, in the order they are told."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a draft against tests."""

    clock_ms: int
    """What the clock of the mock had used by then."""
    passed: int
    """How many tests passed."""
    of: int
    """How many there were; 0 when nothing could be run."""
    words: str = ""
    """What failed first, or why nothing was run."""

    @property
    def has_passed(self) -> bool:
        """Whether every test passed."""
        return 0 < self.of == self.passed


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a candidate did about one question; what was written stands on the mock's sheets."""

    options: tuple[int, ...] = ()
    """Picked options of a choice card, by their place on it."""
    is_said: bool = False
    """Whether the candidate says to have answered aloud."""
    story: CardId | None = None
    """The story picked for a behavioural prompt."""
    told_ms: Mapping[str, int] = field(default_factory=dict)
    """Milliseconds for each part of a story told aloud."""
    hints: int = 0
    """How many hints were shown."""
    clarified: tuple[int, ...] = ()
    """Clarifications asked for, by their place on the card, in the order they were asked."""
    is_twisted: bool = False
    """Whether the requirement was changed."""
    probes: int = 0
    """How many probes were asked."""
    runs: tuple[Run, ...] = ()
    """Runs against the visible tests."""
    judged: Run | None = None
    """The run of the last draft against the hidden tests, once the mock is over."""
    levels: Mapping[Rater, int] = field(default_factory=dict)
    """The mark for this answer, 1-4, by who gave it."""

    @property
    def told_total_ms(self) -> int:
        """Milliseconds of the whole story."""
        return sum(self.told_ms.values())
