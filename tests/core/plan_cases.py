"""Any log and any settings: what a plan starts from, drawn for the properties of plans and outlooks."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import strategies as st

from prepdeck.cards.ids import CardId
from prepdeck.scheduling import sm2
from prepdeck.scheduling.aim import Aim, Frame, Intensity, PlanCard, Sofar
from prepdeck.scheduling.learner import Learner
from prepdeck.scheduling.memory import UNSEEN, Memory
from prepdeck.scheduling.need import window_of
from prepdeck.scheduling.outlook import Outlook, look_out
from prepdeck.scheduling.pace import SECONDS_BY_KIND, Event

TODAY = date(2026, 3, 2)
LONGEST_LOG = 120
"""Days a log goes back."""


@dataclass(frozen=True, slots=True)
class Case:
    """What a plan starts from."""

    aims: tuple[Aim, ...]
    sofar: Sofar
    frame: Frame
    shares: tuple[float, ...]
    """By day from `TODAY` on: the part of the minutes it has; they begin again when they end."""

    @property
    def cards(self) -> dict[CardId, PlanCard]:
        """Every card of every aim by its name."""
        return {card.card: card for aim in self.aims for card in aim.cards}

    def room(self, day: date) -> float:
        """Return the seconds a day has."""
        return self.frame.minutes * 60 * self.frame.share_of(day)

    @property
    def longest(self) -> float:
        """The seconds of the longest event of any card."""
        pace = self.frame.pace
        return max(pace.seconds(each.kind, event, each.target) for each in self.cards.values() for event in Event)

    @property
    def total(self) -> float:
        """The seconds it takes to ask every card on one day, all of them forgotten."""
        pace = self.frame.pace
        return sum(max(pace.times(each.kind, each.target)) for each in self.cards.values())

    def days_in_window(self, aim: Aim) -> list[float]:
        """Return the seconds of each day that is left to give last looks, breaks left out."""
        days = min(window_of(aim, self.frame), aim.left(TODAY))
        return [room for each in range(days) if (room := self.room(aim.day - timedelta(days=each + 1)))]

    def outlook(self, seed: int = 1) -> Outlook:
        """Return where its plan leads, with dice of that number."""
        return look_out(self.aims, self.sofar, self.frame, random.Random(seed).random)


@dataclass(slots=True)
class Log:
    """What answers, in any order and with any holes, leave behind."""

    learner: Learner
    memories: dict[CardId, Memory]

    def answer(self, card: CardId, kind: str, day: date, quality: int, seconds: float | None) -> None:
        before = self.memories.get(card, UNSEEN)
        self.memories[card] = sm2.answer_early_in_plan(before, quality, day)
        self.learner.answered(card, kind, day, quality, seconds)

    def forget(self, card: CardId) -> None:
        self.memories.pop(card, None)
        self.learner.forgot(card)


@st.composite
def logs(draw: st.DrawFn, kinds: Sequence[str]) -> Log:
    """Answers of any quality on any days, drills, resets, gaps of months; seconds missing, none at all or hours."""
    log = Log(Learner(), {})
    ago = sorted(draw(st.lists(st.integers(0, LONGEST_LOG), max_size=40)), reverse=True)
    for days in ago:
        number = draw(st.integers(0, len(kinds) - 1))
        card = name_of(number)
        if draw(st.integers(0, 19)) == 0:
            log.forget(card)
            continue
        seconds = draw(st.none() | st.sampled_from([0.0, 4.0, 30.0, 700.0, 1e6]))
        log.answer(card, kinds[number], TODAY - timedelta(days=days), draw(st.integers(0, 5)), seconds)
    return log


def name_of(number: int) -> CardId:
    """Return the name of a made-up card."""
    return CardId("deck", f"c{number}")


def card_of(log: Log, number: int, kind: str, weight: float = 1.0, target: float | None = None) -> PlanCard:
    """Return a made-up card as plans see it."""
    trace = log.learner.traces.get(name_of(number))
    memory = log.memories.get(name_of(number), UNSEEN)
    strength, last = (None, None) if trace is None else (trace.strength, trace.last)
    return PlanCard(name_of(number), kind, memory, strength, last, weight, target)


any_minutes = st.sampled_from([0.0, 1e-300, 0.5, 5.0, 15.0, 60.0, 1440.0]) | st.floats(0.0, 120.0)
any_shares = st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=9).map(tuple) | st.just((1.0,))
targets = {kind: [None, *(seconds * factor for factor in (0.5, 3.0))] for kind, seconds in SECONDS_BY_KIND.items()}


@st.composite
def cases(draw: st.DrawFn, *, minutes: st.SearchStrategy[float] = any_minutes) -> Case:
    """Any log and any settings, for one interview ahead or two."""
    count = draw(st.integers(1, 14))
    kinds = [draw(st.sampled_from(["basic", "cloze", "code", "star"])) for _ in range(count)]
    log = draw(logs(kinds))
    cards = [
        card_of(log, number, kind, draw(st.sampled_from([0.5, 1.0, 1.5])), draw(st.sampled_from(targets[kind])))
        for number, kind in enumerate(kinds)
    ]
    shares = draw(any_shares)
    split = draw(st.just(count) | st.integers(0, count))
    first_day = draw(st.integers(1, 25))
    aims = [
        Aim(TODAY + timedelta(days=first_day), TODAY - timedelta(days=draw(st.integers(0, 60))), tuple(cards[:split]))
    ]
    if split < count:
        later = TODAY + timedelta(days=first_day + draw(st.integers(0, 25)))
        aims.append(Aim(later, TODAY - timedelta(days=draw(st.integers(0, 60))), tuple(cards[split:])))
    frame = Frame(
        draw(minutes),
        log.learner.pace,
        log.learner.curve,
        draw(st.sampled_from(Intensity)),
        share_of=lambda day: shares[(day - TODAY).days % len(shares)],
        focus=draw(st.booleans()),
    )
    introduced = draw(st.integers(0, 3))
    sofar = Sofar(TODAY, introduced, draw(st.sampled_from([0.0, 0.0, 100.0, 5000.0])))
    return Case(tuple(aims), sofar, frame, shares)
