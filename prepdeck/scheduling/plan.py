"""The plan for an interview date: how many new cards today, which cards in which order, and when to stop.

SM-2 says what is due; the plan never edits its rules. It paces new cards so that all are introduced in the first part
of the time, gives every card a last look shortly before the day, and spends each minute where it wins most recall.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Final, NamedTuple, TypeAlias

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.curve import Curve
from prepdeck.scheduling.gain import Prospect, Worth
from prepdeck.scheduling.memory import Learned, Memory
from prepdeck.scheduling.pace import Pace
from prepdeck.scheduling.recall import Strength

INTRODUCED_BY: Final = 0.6
"""The share of the time after which every card has been seen once, if the minutes allow it."""
STRETCH: Final = 1.3
"""The window of last looks holds the time for all of them, and a third more."""
SECONDS: Final = 60.0
"""Seconds of a minute."""

Share = Callable[[date], float]
"""What part of the usual minutes a day has: 1, less on easy days, 0 in a break."""


class Intensity(Enum):
    """How hard the plan works for the last points of recall."""

    LIGHT = "light"
    """Stops early: a minute must win 0.04 cards."""
    BALANCED = "balanced"
    """A minute must win 0.02 cards."""
    FULL = "full"
    """Uses every minute that wins anything."""

    @property
    def floor(self) -> float:
        """Cards of recall on the day that a minute must win."""
        return {Intensity.LIGHT: 0.04, Intensity.BALANCED: 0.02, Intensity.FULL: 0.0}[self]


class Reason(Enum):
    """Why a card is asked today."""

    NEW = "new"
    """It is today's share of the unseen cards."""
    DUE = "due"
    """SM-2 says so."""
    LAST_LOOK = "last look"
    """The interview is near and it was not looked at since the window opened."""
    SPARE = "spare"
    """There are minutes to spare, and it wins most."""
    OUTSIDE = "outside"
    """It belongs to no interview ahead and is asked as on any day."""


class PlanCard(NamedTuple):
    """A card as the plan sees it."""

    card: CardId
    """Its name."""
    kind: str
    """Its kind, for the time it takes."""
    memory: Memory
    """What the scheduler knows."""
    strength: Strength | None
    """How firmly it is remembered; None for an unseen card."""
    last: date | None
    """The study day of its last answer; None for an unseen card."""
    weight: float = 1.0
    """How often interviews ask it, 1 for usual."""
    target: float | None = None
    """The author's target time in seconds."""


class Pick(NamedTuple):
    """A card to study today."""

    card: CardId
    """Which."""
    reason: Reason
    """Why."""
    seconds: float
    """About how long it takes."""
    worth: Worth | None
    """What it wins; None for a card outside every scope."""
    is_new: bool = False
    """Whether it is a first look."""


@dataclass(frozen=True, slots=True)
class Aim:
    """One interview date and the cards in its scope."""

    day: date
    """The day of the interview; study days lie before it."""
    start: date
    """The day the plan began."""
    cards: tuple[PlanCard, ...]
    """The cards in scope, decks and cards in order."""

    def left(self, today: date) -> int:
        """Return how many study days are left, today included."""
        return (self.day - today).days


@dataclass(frozen=True, slots=True)
class Frame:
    """What the plan of a day works with."""

    minutes: float
    """Minutes a usual day has."""
    pace: Pace
    """How long answers take."""
    curve: Curve
    """How fast the learner forgets."""
    intensity: Intensity = Intensity.BALANCED
    """When to stop."""
    share_of: Share = lambda _: 1.0
    """What part of its usual minutes a day has."""
    focus: bool = False
    """Whether to leave out what cannot be seen twice."""


@dataclass(frozen=True, slots=True)
class Sofar:
    """A study day as far as it has gone."""

    day: date
    """The study day."""
    introduced: int = 0
    """Cards of the aims seen for the first time today already."""
    spent_seconds: float = 0.0
    """Time spent today already."""
    room_seconds: float | None = None
    """Time to fill, instead of what is left of the day's minutes."""


@dataclass(frozen=True, slots=True)
class Need:
    """What it takes to see every card of an aim once more, and new ones twice."""

    seconds: float
    """The time it takes."""
    available: float
    """The time there is."""
    unseen: int
    """Cards never answered."""
    cards: int
    """All cards in scope."""
    reachable: int
    """Cards that can at least be seen once."""

    @property
    def fits(self) -> bool:
        """Whether the time is enough."""
        return self.seconds <= self.available


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What to study on one day."""

    day: date
    """The study day."""
    picks: tuple[Pick, ...]
    """Cards in the order of their worth."""
    quota: int
    """How many new cards the day should bring, those of today's earlier rounds included."""

    @property
    def seconds(self) -> float:
        """About how long they take."""
        return sum(pick.seconds for pick in self.picks)


def study_seconds(frame: Frame, first: date, days: int) -> float:
    """Return the seconds of so many days from `first` on."""
    return sum(frame.share_of(first + timedelta(days=each)) for each in range(days)) * frame.minutes * SECONDS


def room_of(sofar: Sofar, frame: Frame) -> float:
    """Return the seconds that are left of a day."""
    if sofar.room_seconds is not None:
        return sofar.room_seconds
    return frame.share_of(sofar.day) * frame.minutes * SECONDS - sofar.spent_seconds


def window_of(aim: Aim, frame: Frame) -> int:
    """Return how many days before the interview last looks begin: time for every card, and a third more."""
    per_day = frame.minutes * SECONDS
    total = sum(frame.pace.times(card.kind, card.target).review for card in aim.cards)
    wanted = max(1, round(STRETCH * total / per_day)) if per_day > 0 else 1
    room, window = 0.0, 0
    longest = max(1, (aim.day - aim.start).days)
    while room < wanted and window < longest:
        window += 1
        room += frame.share_of(aim.day - timedelta(days=window))
    return window


def quota_of(aim: Aim, today: date, unseen: int) -> int:
    """Return how many new cards a day should bring, so that all are introduced in the first 60 % of the time."""
    rest = (1.0 - INTRODUCED_BY) * (aim.day - aim.start).days
    return math.ceil(unseen / max(1.0, aim.left(today) - rest))


def need_of(aim: Aim, today: date, frame: Frame) -> Need:
    """Return what the aim takes and what there is (SCHEDULING: `unseen x c_new + cards x c_rev`)."""
    pace = frame.pace
    unseen = [card for card in aim.cards if card.strength is None]
    firsts = [pace.times(card.kind, card.target).first for card in unseen]
    reviews = sum(pace.times(card.kind, card.target).review for card in aim.cards)
    available = study_seconds(frame, today, aim.left(today))
    room, reachable = available, len(aim.cards) - len(unseen)
    for seconds in sorted(firsts):
        room -= seconds
        if room < 0:
            break
        reachable += 1
    return Need(sum(firsts) + reviews, available, len(unseen), len(aim.cards), reachable)


Memo: TypeAlias = dict[CardId, tuple[tuple[Strength, int, int, int], Worth]]
"""Worths found before, each with what it depends on beside the learner: strength, gap, days left and window."""


def plan_day(
    aims: Sequence[Aim], sofar: Sofar, frame: Frame, outside: Iterable[Pick] = (), memo: Memo | None = None
) -> DayPlan:
    """Return what to study on a day.

    Args:
        aims: The interviews ahead, each card in at most one of them.
        sofar: The study day, and what was done on it.
        frame: Minutes, pace, curve.
        outside: Cards of no aim that the day asks as on any other; they come after what the aims must have.
        memo: Worths that an earlier plan of the same round found; filled here. One answer changes what is known of the
            learner too little to look at every other card again.
    """
    today = sofar.day
    must: list[tuple[float, Pick]] = []
    spare: list[tuple[float, Pick]] = []
    quota = 0
    share = frame.share_of(today)
    room = room_of(sofar, frame)
    sorted_aims = [aim for aim in aims if aim.left(today) > 0 and aim.cards]
    memo = {} if memo is None else memo
    rankings = [_Ranking(aim, today, frame, memo) for aim in sorted_aims]
    for ranking in rankings:
        allowed = math.ceil(quota_of(ranking.aim, today, len(ranking.unseen) + sofar.introduced) * share)
        quota += allowed
        must += ranking.firsts(max(0, allowed - sofar.introduced))
        must += ranking.musts()
    budget = _Budget(room, frame.intensity.floor)
    budget.take(must)
    for pick in outside:
        budget.add(pick)
    if budget.room > 0:
        for ranking in rankings:
            spare += ranking.spares()
        budget.take(spare)
    if budget.room > 0 and frame.intensity is Intensity.FULL:
        taken = {pick.card for pick in budget.picks}
        more = (each for ranking in rankings for each in ranking.firsts(len(ranking.unseen)))
        budget.take([each for each in more if each[1].card not in taken])
    return DayPlan(today, tuple(budget.picks), quota)


class _Seen(NamedTuple):
    card: PlanCard
    strength: Strength
    gap: int


class _Budget:
    """Fills a day: best first, as long as half of a card's time fits."""

    def __init__(self, room: float, floor: float) -> None:
        self.room = room
        self.picks: list[Pick] = []
        self._floor = floor

    def take(self, ranked: list[tuple[float, Pick]]) -> None:
        ranked.sort(key=lambda each: -each[0])
        for per_minute, pick in ranked:
            if per_minute <= self._floor or self.room <= 0:
                return
            self.add(pick)

    def add(self, pick: Pick) -> None:
        if pick.seconds / 2 <= self.room:
            self.picks.append(pick)
            self.room -= pick.seconds


class _Ranking:
    """The cards of one aim on one day, by group, with their worth."""

    def __init__(self, aim: Aim, today: date, frame: Frame, memo: Memo) -> None:
        self.aim = aim
        self._pace = frame.pace
        left = aim.left(today)
        window = window_of(aim, frame)
        self._prospect = Prospect(frame.curve, left, window)
        self._memo = memo
        self._frame = (left, window)
        opened = aim.day - timedelta(days=window)
        looks = left <= window
        self.unseen: list[PlanCard] = []
        self._musts: list[tuple[_Seen, Reason]] = []
        self._spares: list[_Seen] = []
        for card in aim.cards:
            memory, last = card.memory, card.last
            if card.strength is None or last is None:
                self.unseen.append(card)
                continue
            if last >= today:
                continue  # answered today: a second answer would be a drill
            known = _Seen(card, card.strength, (today - last).days)
            if isinstance(memory, Learned) and memory.due <= today:
                self._musts.append((known, Reason.DUE))
            elif looks and last < opened:
                self._musts.append((known, Reason.LAST_LOOK))
            else:
                self._spares.append(known)
        if frame.focus:
            self.unseen = _focused(self.unseen, aim, today, frame)

    def firsts(self, count: int) -> list[tuple[float, Pick]]:
        """Return the new cards of today: by weight, then in the order of their decks."""
        if count <= 0:
            return []
        shares = self._pace.first_shares
        known: dict[tuple[str, float | None, float], Worth] = {}
        chosen = sorted(self.unseen, key=lambda card: -card.weight)[:count]
        ranked = []
        for card in chosen:
            key = (card.kind, card.target, card.weight)
            worth = known.get(key)
            if worth is None:
                seconds = self._pace.times(card.kind, card.target).first
                worth = known[key] = self._prospect.of_unseen(shares, seconds, card.weight)
            ranked.append((worth.per_minute, Pick(card.card, Reason.NEW, worth.seconds, worth, is_new=True)))
        return ranked

    def musts(self) -> list[tuple[float, Pick]]:
        """Return what is due, and the last looks."""
        return [self._ranked(card, reason) for card, reason in self._musts]

    def spares(self) -> list[tuple[float, Pick]]:
        """Return every other seen card."""
        return [self._ranked(card, Reason.SPARE) for card in self._spares]

    def _ranked(self, seen: _Seen, reason: Reason) -> tuple[float, Pick]:
        card = seen.card
        key = (seen.strength, seen.gap, *self._frame)
        known = self._memo.get(card.card)
        if known is not None and known[0] == key:
            worth = known[1]
        else:
            times = self._pace.times(card.kind, card.target)
            worth = self._prospect.of_seen(seen.strength, seen.gap, times.passed, times.failed, card.weight)
            self._memo[card.card] = (key, worth)
        return worth.per_minute, Pick(card.card, reason, worth.seconds, worth)


def _focused(unseen: list[PlanCard], aim: Aim, today: date, frame: Frame) -> list[PlanCard]:
    """Return the unseen cards that can be seen twice in the time there is, by weight."""
    pace = frame.pace
    seen = (card for card in aim.cards if card.strength is not None)
    room = study_seconds(frame, today, aim.left(today))
    room -= sum(pace.times(card.kind, card.target).review for card in seen)
    kept = []
    for card in sorted(unseen, key=lambda each: -each.weight):
        room -= pace.times(card.kind, card.target).first + pace.times(card.kind, card.target).review
        if room < 0:
            break
        kept.append(card.card)
    chosen = frozenset(kept)
    return [card for card in unseen if card.card in chosen]
