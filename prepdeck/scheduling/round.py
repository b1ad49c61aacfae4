"""One sitting of reviews: what is asked next, and the same-day drill."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.grade import DRILL_ENDS_AT, PASSING_QUALITY

CARDS_BETWEEN: Final = 3
"""How many other cards are asked before a failed one comes back, if there are so many."""


class HardDrill(Enum):
    """Whether a card graded hard comes back in the round."""

    SPARE = "spare"
    """At the end, when minutes are left."""
    ON = "on"
    """At the end, always."""
    OFF = "off"
    """Never."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A failed card on its way back."""

    card: CardId
    """Which."""
    ready_at: int
    """Comes back once so many answers were given in the round."""


@dataclass(frozen=True, slots=True)
class Round:
    """One sitting: the queue, the pile of failed cards, the pile of hard ones; `answered` returns the next value."""

    queue: tuple[CardId, ...]
    """Cards still to be asked for the first time, next one first."""
    failed: tuple[Waiting, ...] = ()
    """Cards graded again, in the order they come back."""
    hard: tuple[CardId, ...] = ()
    """Cards graded hard, asked last."""
    answers: int = 0
    """Answers given so far, drills included."""
    finished: int = 0
    """Cards that will not come back in this round."""
    elapsed_seconds: float = 0.0
    """Time the answers took."""
    budget_seconds: float | None = None
    """Time the learner meant to spend; None for no end."""
    hard_drill: HardDrill = HardDrill.SPARE
    """Whether hard cards come back."""

    @property
    def current(self) -> CardId | None:
        """The card to ask now, or None when the round is over."""
        if self.failed and self.failed[0].ready_at <= self.answers:
            return self.failed[0].card
        if self.queue:
            return self.queue[0]
        if self.failed:
            return self.failed[0].card
        if self.hard and self._drills_hard:
            return self.hard[0]
        return None

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to ask."""
        return self.current is None

    @property
    def left(self) -> int:
        """How many cards are still to be asked, the current one included."""
        return len(self.queue) + len(self.failed) + (len(self.hard) if self._drills_hard else 0)

    @property
    def total(self) -> int:
        """How many cards the round holds."""
        return self.finished + len(self.queue) + len(self.failed) + len(self.hard)

    @property
    def _drills_hard(self) -> bool:
        match self.hard_drill:
            case HardDrill.ON:
                return True
            case HardDrill.OFF:
                return False
            case HardDrill.SPARE:
                return self.budget_seconds is None or self.elapsed_seconds < self.budget_seconds

    def answered(self, quality: int, elapsed_seconds: float) -> Round:
        """Return the round after the current card was graded.

        Args:
            quality: 0-5.
            elapsed_seconds: How long the answer took.

        Raises:
            ValueError: When the round is over.
        """
        card = self.current
        if card is None:
            message = "the round is over"
            raise ValueError(message)
        after = replace(
            self.without(card),
            answers=self.answers + 1,
            elapsed_seconds=self.elapsed_seconds + max(0.0, elapsed_seconds),
        )
        if quality < PASSING_QUALITY:
            back = Waiting(card, after.answers + CARDS_BETWEEN)
            return replace(after, failed=(*after.failed, back))
        if quality < DRILL_ENDS_AT and self.hard_drill is not HardDrill.OFF:
            return replace(after, hard=(*after.hard, card))
        return replace(after, finished=after.finished + 1)

    def holds(self, card: CardId) -> bool:
        """Tell whether `card` is still to be asked."""
        return card in self.queue or card in self.hard or any(waiting.card == card for waiting in self.failed)

    def without(self, card: CardId) -> Round:
        """Return the round with `card` taken off every pile, as when it was buried or left its deck."""
        return replace(
            self,
            queue=tuple(other for other in self.queue if other != card),
            failed=tuple(waiting for waiting in self.failed if waiting.card != card),
            hard=tuple(other for other in self.hard if other != card),
        )

    def asking(self, card: CardId) -> Round:
        """Return the round with `card` asked next, as after an undo that reached back before the round began."""
        bare = self.without(card)
        failed = tuple(replace(waiting, ready_at=max(waiting.ready_at, self.answers + 1)) for waiting in bare.failed)
        return replace(bare, queue=(card, *bare.queue), failed=failed)


def round_of(
    queue: tuple[CardId, ...],
    *,
    failed: tuple[CardId, ...] = (),
    hard: tuple[CardId, ...] = (),
    budget_seconds: float | None = None,
    hard_drill: HardDrill = HardDrill.SPARE,
) -> Round:
    """Return a round that begins: cards of today's unfinished drill come back among the first."""
    return Round(
        queue=queue,
        failed=tuple(Waiting(card, CARDS_BETWEEN) for card in failed),
        hard=hard,
        budget_seconds=budget_seconds,
        hard_drill=hard_drill,
    )
