"""The plan of prepdeck as a strategy: the very functions that plan a learner's day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from operator import itemgetter
from typing import Final

from prepdeck.cards.ids import CardId
from prepdeck.scheduling import sm2
from prepdeck.scheduling.aim import Aim, Frame, Intensity, PlanCard, Sofar
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.learner import Learner
from prepdeck.scheduling.memory import UNSEEN, Learned, Memory
from prepdeck.scheduling.pace import SECONDS_BY_KIND
from prepdeck.scheduling.plan import plan_day
from prepdeck.scheduling.simulation.setting import Setting
from prepdeck.scheduling.simulation.strategy import MakeStrategy, Strategy

_ORIGIN: Final = date(2000, 1, 1)
_KIND: Final = "basic"
_AMPLE: Final = 2.0
"""The day is planned for so many times its minutes; whoever plays it stops when they are over."""


class PlanEngine:
    """Studies by the plan, one interview ahead.

    Args:
        setting: Cards, days and minutes.
        intensity: When the plan stops.
    """

    __slots__ = ("_cards", "_ids", "_intensity", "_learner", "_memories", "_places", "_queue", "_setting", "_weights")

    def __init__(self, setting: Setting, intensity: Intensity) -> None:
        self._setting = setting
        self._intensity = intensity
        self._ids = [CardId("deck", str(card)) for card in range(setting.cards)]
        self._places = {name: card for card, name in enumerate(self._ids)}
        self._memories: list[Memory] = [UNSEEN] * setting.cards
        self._learner = Learner()
        self._queue: Iterator[int] = iter(())
        # A plan weighs against the usual card.
        usual = sum(setting.weights) / setting.cards if setting.weights else 1.0
        self._weights = [weight / usual for weight in setting.weights] or [1.0] * setting.cards
        answers = [(past.day, card, past.grade) for card in range(setting.cards) for past in setting.past_of(card)]
        answers.sort(key=itemgetter(0))
        for day, card, grade in answers:
            self._take(card, grade, None, day)

    def open_day(self, today: int) -> None:
        """Plan the day."""
        day = _date(today)
        start = _date(0)
        aim = Aim(_date(self._setting.days), start, tuple(self._card(card) for card in range(self._setting.cards)))
        frame = Frame(self._setting.minutes, self._learner.pace, self._learner.curve, self._intensity)
        sofar = Sofar(day, room_seconds=_AMPLE * self._setting.minutes * 60.0)
        picks = plan_day([aim], sofar, frame).picks
        self._queue = iter([self._places[pick.card] for pick in picks])

    def next_card(self, today: int, seconds_left: float) -> int | None:
        """Return the next card of the plan."""
        del today, seconds_left
        return next(self._queue, None)

    def answered(self, card: int, grade: Grade, seconds: float, today: int) -> bool:
        """Learn from the answer; a failure is drilled at once, until it is good."""
        memory = self._memories[card]
        is_repeat = isinstance(memory, Learned) and memory.last == _date(today)
        self._take(card, grade, seconds, today)
        drilled = self._memories[card]
        if is_repeat:
            return isinstance(drilled, Learned) and drilled.drilling
        return grade is Grade.AGAIN

    def _take(self, card: int, grade: Grade, seconds: float | None, today: int) -> None:
        day, memory, quality = _date(today), self._memories[card], grade.quality
        # Answers from before the plan were ordinary ones.
        answer = sm2.answer if today < 0 else sm2.answer_early_in_plan
        self._memories[card] = answer(memory, quality, day)
        length = self._setting.length_of(card)
        usual_seconds = None if seconds is None else seconds / length
        self._learner.answered(self._ids[card], _KIND, day, quality, usual_seconds)

    def _card(self, card: int) -> PlanCard:
        name = self._ids[card]
        trace = self._learner.traces.get(name)
        strength, last = (None, None) if trace is None else (trace.strength, trace.last)
        target = SECONDS_BY_KIND[_KIND] * self._setting.length_of(card)
        return PlanCard(name, _KIND, self._memories[card], strength, last, self._weights[card], target)


def plan_of(intensity: Intensity) -> MakeStrategy:
    """Return a maker of the plan at an intensity."""

    def make(setting: Setting) -> Strategy:
        return PlanEngine(setting, intensity)

    return make


def _date(day: int) -> date:
    return _ORIGIN + timedelta(days=day)
