"""The truth: what a made-up person remembers, presses and takes; schedulers never see into it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.recall import EASIEST, HARDEST, Strength, factor_of, first_strength, next_strength
from prepdeck.scheduling.simulation import habits, spreads
from prepdeck.scheduling.simulation.dice import Dice, place_of
from prepdeck.scheduling.simulation.person import Person
from prepdeck.scheduling.simulation.setting import Setting
from prepdeck.scheduling.simulation.truth import EXPONENTS, Truth

_FIRST: Final = habits.added_up(habits.FIRST)
_PASSED: Final = habits.added_up(habits.PASSED)
_REPEATED: Final = {grade: habits.added_up(row) for grade, row in habits.REPEATED.items()}

_PASS_GROWTH: Final = 2.2
"""Exponential truth: what a pass after a full stability adds, in stabilities."""
_LAPSE_LEFT: Final = 0.3
"""Exponential truth: share of the stability a failure leaves."""
_LEAST: Final = 1.0
"""Exponential truth: days; no failure leaves less."""


class Mind:
    """What one person remembers of every card.

    Args:
        person: Whose mind it is.
        setting: The cards, with what was answered before the first day.
        dice_of: Returns the dice a card's answers are drawn with. Each card has its own, so that two schedulers meet
            the same luck for as long as they do the same with a card.
    """

    __slots__ = ("_dice", "_dice_of", "_exponent", "_factor", "_last", "_person", "_setting", "_strengths")

    def __init__(self, person: Person, setting: Setting, dice_of: Callable[[int], Dice]) -> None:
        self._person = person
        self._setting = setting
        self._dice_of = dice_of
        self._dice: dict[int, Dice] = {}
        self._strengths: list[Strength | None] = [None] * setting.cards
        self._last = [0] * setting.cards
        self._exponent = EXPONENTS.get(person.truth, 1.0) * person.forgetting
        self._factor = factor_of(self._exponent)
        for card in range(setting.cards):
            for past in setting.past_of(card):
                self._take(card, past.grade, past.day)

    def is_seen(self, card: int) -> bool:
        """Tell whether the card was ever answered."""
        return self._strengths[card] is not None

    def recall(self, card: int, day: int) -> float:
        """Return the true chance of recall; 0 for a card nobody has seen."""
        strength = self._strengths[card]
        return 0.0 if strength is None else self._chance(strength.stability, day - self._last[card])

    def _chance(self, stability: float, days: int) -> float:
        if self._person.truth is Truth.EXPONENTIAL:
            return float(0.9 ** (days * self._person.forgetting / stability))
        return float((1.0 + self._factor * days / stability) ** -self._exponent)

    def look(self, card: int, day: int) -> tuple[Grade, float]:
        """Answer the card for the first time on a day; return the button and the seconds."""
        dice = self._dice_for(card)
        if self._strengths[card] is None:
            grade = habits.GRADES[place_of(self._person.first_rolls[card], _FIRST)]
            seconds = habits.FIRST_SECONDS
        else:
            seconds = habits.LATER_SECONDS
            grade = Grade.AGAIN
            luck, button = dice.random(), dice.random()
            if luck < self.recall(card, day):
                grade = habits.GRADES[1 + place_of(button, _PASSED)]
        self._take(card, grade, day)
        return grade, self._seconds(card, seconds, grade, dice)

    def repeat(self, card: int, before: Grade, day: int) -> tuple[Grade, float]:
        """Answer the card again on the same day, after the button `before`; return the button and the seconds."""
        dice = self._dice_for(card)
        grade = habits.GRADES[place_of(dice.random(), _REPEATED[before])]
        self._take(card, grade, day)
        return grade, self._seconds(card, habits.FIRST_SECONDS, grade, dice)

    def _dice_for(self, card: int) -> Dice:
        dice = self._dice.get(card)
        if dice is None:
            dice = self._dice[card] = self._dice_of(card)
        return dice

    def _seconds(self, card: int, published: tuple[float, ...], grade: Grade, dice: Dice) -> float:
        jitter = math.exp(dice.gauss(0.0, spreads.SECONDS))
        usual = published[habits.GRADES.index(grade)] * habits.SLOWNESS * self._setting.length_of(card)
        return usual * self._person.speed * jitter

    def _take(self, card: int, grade: Grade, day: int) -> None:
        before = self._strengths[card]
        if before is None:
            stability, difficulty = first_strength(grade)
            stability *= self._person.start * self._person.starts[card]
            difficulty = min(max(difficulty + self._person.difficulties[card], EASIEST), HARDEST)
            self._strengths[card] = Strength(stability, difficulty)
        else:
            self._strengths[card] = self._after(before, grade, day - self._last[card])
        self._last[card] = day

    def _after(self, before: Strength, grade: Grade, days: int) -> Strength:
        if days < 1:
            return self._after_repeat(before, grade)
        if self._person.truth is Truth.EXPONENTIAL:
            return _own_rule(before, grade, days, self._person.growth)
        after = next_strength(before, grade, days, self._chance(before.stability, days))
        if grade is Grade.AGAIN:
            return after
        gained = (after.stability - before.stability) * self._person.growth
        return Strength(before.stability + gained, after.difficulty)

    def _after_repeat(self, before: Strength, grade: Grade) -> Strength:
        """Return the strength after a repeat within the day: it may help a little, by FSRS-6's formula, never harm.

        FSRS-6 takes a second failure on one day as more forgetting. What is lost was lost before the first look of the
        day, so the truth takes it as the same failure seen twice.
        """
        if self._person.truth is Truth.EXPONENTIAL:
            return before
        return Strength(max(before.stability, next_strength(before, grade, 0).stability), before.difficulty)


def _own_rule(before: Strength, grade: Grade, days: int, growth: float) -> Strength:
    stability, difficulty = before
    if grade is Grade.AGAIN:
        return Strength(max(_LEAST, stability * _LAPSE_LEFT), difficulty)
    spaced = min(1.0, days / stability)
    return Strength(stability * (1.0 + _PASS_GROWTH * growth * spaced), difficulty)
