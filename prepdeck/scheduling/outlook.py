"""Where the plan leads: the days up to the interview, played once against a learner drawn from its own estimates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

from prepdeck.cards.ids import CardId
from prepdeck.scheduling import sm2
from prepdeck.scheduling.aim import Aim, Frame, Pick, PlanCard, Sofar
from prepdeck.scheduling.curve import Curve
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.memory import UNSEEN, Memory
from prepdeck.scheduling.need import room_of, window_of
from prepdeck.scheduling.plan import plan_day
from prepdeck.scheduling.recall import first_strength, next_strength

SPARE_ROOM = 1.5
"""A day is planned for so many times its minutes: one that goes faster than usual has something to go on with."""


@dataclass(frozen=True, slots=True)
class ForeseenDay:
    """One day of the plan."""

    day: date
    """The study day."""
    reviews: int
    """Cards seen before that it asks."""
    new: int
    """First looks."""
    minutes: float
    """About how long it takes."""
    recall: float
    """Weighted recall on the day of the interview if study ended with this day, unseen cards at 0; 0-1."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Where the plan leads if it is kept."""

    days: tuple[ForeseenDay, ...]
    """The study days left."""
    recall: float
    """Expected weighted recall on the day, unseen cards at 0; 0-1."""
    by_card: Mapping[CardId, float]
    """Expected recall of each card in scope of the nearest interview."""
    unseen: int
    """Cards in scope that will not be seen."""
    unlooked: int
    """Seen cards that got no last look, because the minutes did not suffice or because it would win too little."""

    @property
    def minutes(self) -> float:
        """All days together."""
        return sum(day.minutes for day in self.days)


def look_out(
    aims: Sequence[Aim],
    sofar: Sofar,
    frame: Frame,
    roll: Callable[[], float],
    outside: Mapping[date, Sequence[Pick]] = MappingProxyType({}),
) -> Outlook:
    """Return the plan day by day up to the first aim's interview.

    Args:
        aims: The interviews ahead, the nearest first; the days up to that one are played.
        sofar: The study day it begins with, and what was done on it.
        frame: Minutes, pace, curve; what happens follows that curve.
        roll: Returns a number from 0 up to but not including 1; the `random` of some dice does.
        outside: What decks of no interview ask for from each day on; what a day has no room for waits for the next.
    """
    first = aims[0]
    frame = replace(frame, share_of=cache(frame.share_of))
    states = [list(aim.cards) for aim in aims]
    places = {card.card: (group, place) for group, cards in enumerate(states) for place, card in enumerate(cards)}
    days: list[ForeseenDay] = []
    waiting: list[Pick] = []
    for offset in range(max(0, first.left(sofar.day))):
        day = sofar.day + timedelta(days=offset)
        now = [replace(aim, cards=tuple(cards)) for aim, cards in zip(aims, states, strict=True)]
        start = Sofar(day) if offset else sofar
        room = room_of(start, frame)
        # As in a real round, what is left of the minutes decides at each card, and what comes after it waits in line.
        waiting += outside.get(day, ())
        plan = plan_day(now, replace(start, room_seconds=SPARE_ROOM * room), frame, waiting)
        seconds, new, reviews = 0.0, 0, 0
        asked: set[CardId] = set()
        for pick in plan.picks:
            if seconds + pick.seconds / 2 > room:
                continue
            if pick.card in places:
                group, at = places[pick.card]
                states[group][at], taken = _studied(states[group][at], day, frame, roll)
            else:
                taken = pick.seconds
            asked.add(pick.card)
            seconds += taken
            new += pick.is_new
            reviews += not pick.is_new
        waiting = [pick for pick in waiting if pick.card not in asked]
        recall = recall_on(states[0], first.day, frame.curve)
        days.append(ForeseenDay(day, reviews, new, seconds / 60.0, recall))
    return _summed(replace(first, cards=tuple(states[0])), days, frame)


def recall_on(cards: Iterable[PlanCard], day: date, curve: Curve) -> float:
    """Return the weighted mean recall of some cards on a day if they are left alone, unseen ones at 0; 0-1."""
    total = won = 0.0
    for card in cards:
        total += card.weight
        if card.strength is not None and card.last is not None:
            won += card.weight * curve.recall(max(0, (day - card.last).days), card.strength.stability)
    return won / total if total else 0.0


def _summed(aim: Aim, days: list[ForeseenDay], frame: Frame) -> Outlook:
    opened = aim.day - timedelta(days=window_of(aim, frame))
    return Outlook(
        days=tuple(days),
        recall=recall_on(aim.cards, aim.day, frame.curve),
        by_card={card.card: recall_on([card], aim.day, frame.curve) for card in aim.cards},
        unseen=sum(card.strength is None for card in aim.cards),
        unlooked=sum(card.last is not None and card.last < opened for card in aim.cards),
    )


def _studied(card: PlanCard, day: date, frame: Frame, roll: Callable[[], float]) -> tuple[PlanCard, float]:
    """Return a card after it was studied on a day, and the seconds that took."""
    times = frame.pace.times(card.kind, card.target)
    if card.strength is None or card.last is None:
        grade = _drawn(frame.pace.first_shares, roll)
        memory: Memory = sm2.answer(UNSEEN, grade.quality, day)
        after = card._replace(memory=memory, strength=first_strength(grade), last=day)
        return after, times.first
    gap = (day - card.last).days
    recalled = roll() < frame.curve.recall(gap, card.strength.stability)
    grade = _drawn(frame.pace.pass_shares, roll) if recalled else Grade.AGAIN
    memory = sm2.answer_early_in_plan(card.memory, grade.quality, day)
    strength = next_strength(card.strength, grade, gap)
    return card._replace(memory=memory, strength=strength, last=day), times.passed if recalled else times.failed


def _drawn(shares: Mapping[Grade, float], roll: Callable[[], float]) -> Grade:
    rolled = roll() * sum(shares.values())
    for grade, share in shares.items():
        rolled -= share
        if rolled < 0:
            return grade
    return Grade.GOOD
