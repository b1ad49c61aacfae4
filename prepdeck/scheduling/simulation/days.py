"""One learner studies with one scheduler until the interview."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from prepdeck.scheduling.simulation.mind import Mind
from prepdeck.scheduling.simulation.setting import Setting
from prepdeck.scheduling.simulation.strategy import Strategy

_PRIOR_CARDS: Final = 10
"""Cards' worth of belief in the first guess of how long a card takes."""
_PRIOR_NEW: Final = 45.0
_PRIOR_SEEN: Final = 35.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    recalls: tuple[float, ...]
    """By card: the true chance of recall on the day of the interview; 0 for cards never seen."""
    weights: tuple[float, ...]
    """By card: how much it counts; none for all alike."""
    unseen: int
    """Cards never seen."""
    minutes_by_day: tuple[float, ...]
    """Minutes studied, day by day."""

    @property
    def recall(self) -> float:
        """Mean recall over all cards."""
        return sum(self.recalls) / len(self.recalls)

    @property
    def weighted_recall(self) -> float:
        """Mean recall, each card by its weight."""
        if not self.weights:
            return self.recall
        return sum(map(float.__mul__, self.recalls, self.weights)) / sum(self.weights)

    @property
    def minutes(self) -> float:
        """Minutes in all."""
        return sum(self.minutes_by_day)

    @property
    def longest_day(self) -> float:
        """Minutes of the longest day."""
        return max(self.minutes_by_day)


class _Usual:
    """How long a card usually takes with its repeats, learned as the days pass; the same for every scheduler."""

    __slots__ = ("_cards", "_seconds")

    def __init__(self) -> None:
        self._cards = {False: _PRIOR_CARDS, True: _PRIOR_CARDS}
        self._seconds = {False: _PRIOR_NEW * _PRIOR_CARDS, True: _PRIOR_SEEN * _PRIOR_CARDS}

    def seconds(self, *, seen: bool) -> float:
        return self._seconds[seen] / self._cards[seen]

    def learn(self, seconds: float, *, seen: bool) -> None:
        self._cards[seen] += 1
        self._seconds[seen] += seconds


def play(strategy: Strategy, mind: Mind, setting: Setting, missed: AbstractSet[int] = frozenset()) -> Outcome:
    """Return what comes of studying every day until the interview.

    A day ends when the scheduler has nothing more to ask, or when half the next card's usual time does not fit. A card
    longer than usual that does not fit is passed over, for a shorter one behind it may.

    Args:
        strategy: The scheduler, fresh.
        mind: The learner, fresh.
        setting: Cards, days and minutes, as the scheduler was told.
        missed: Days on which the learner does not study, as nobody knows beforehand.
    """
    usual = _Usual()
    minutes = [
        0.0 if today in missed else _study(today, strategy, mind, setting, usual) / 60.0
        for today in range(setting.days)
    ]
    return Outcome(
        recalls=tuple(mind.recall(card, setting.days) for card in range(setting.cards)),
        weights=setting.weights,
        unseen=sum(not mind.is_seen(card) for card in range(setting.cards)),
        minutes_by_day=tuple(minutes),
    )


def _study(today: int, strategy: Strategy, mind: Mind, setting: Setting, usual: _Usual) -> float:
    """Return the seconds studied."""
    spent, budget = 0.0, setting.minutes * 60.0
    strategy.open_day(today)
    while (card := strategy.next_card(today, budget - spent)) is not None:
        seen = mind.is_seen(card)
        length = setting.length_of(card)
        needed = usual.seconds(seen=seen) / 2.0
        if budget - spent < needed * min(1.0, length):
            break
        if budget - spent < needed * length:
            continue
        seconds = _ask(card, today, strategy, mind)
        usual.learn(seconds / length, seen=seen)
        spent += seconds
    return spent


def _ask(card: int, today: int, strategy: Strategy, mind: Mind) -> float:
    """Ask a card until the scheduler is done with it for now; return the seconds."""
    grade, total = mind.look(card, today)
    again = strategy.answered(card, grade, total, today)
    while again:
        grade, seconds = mind.repeat(card, grade, today)
        total += seconds
        again = strategy.answered(card, grade, seconds, today)
    return total
