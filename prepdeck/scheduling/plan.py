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
LONG_SECONDS: Final = 120.0
"""A card that takes longer is asked when it wins what so many seconds must win: no minute of a problem that takes three
quarters of an hour wins 0.02 cards, and yet it is to be seen."""

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
    introduced_by_aim: tuple[int, ...] = ()
    """The same as `introduced` for each aim alone, in their order; when left out, each aim counts all of them."""

    def introduced_of(self, place: int) -> int:
        """Return how many cards of the aim at that place were seen for the first time today already."""
        return self.introduced_by_aim[place] if self.introduced_by_aim else self.introduced


@dataclass(frozen=True, slots=True)
class Need:
    """What it takes to give every card of an aim the looks it needs: a last one, and new cards a first one too."""

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
    too_long: int = 0
    """Unseen cards whose first look takes more than twice the minutes of any day left: no day asks them."""

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
    longest = max(1, (aim.day - aim.start).days)
    total = sum(frame.pace.times(card.kind, card.target).review for card in aim.cards)
    wanted = max(1, round(min(STRETCH * total / per_day, longest))) if per_day > 0 else 1
    room, window = 0.0, 0
    while room < wanted and window < longest:
        window += 1
        room += frame.share_of(aim.day - timedelta(days=window))
    return window


def quota_of(aim: Aim, today: date, unseen: int, share_of: Share = lambda _: 1.0) -> int:
    """Return how many new cards a day should bring, so that all are introduced in the first 60 % of the time.

    A day with a part of the usual minutes counts as that part of a day, and brings that part of the new cards.
    """
    share = share_of(today)
    if share <= 0:
        return 0
    past = sum(share_of(aim.start + timedelta(days=each)) for each in range((today - aim.start).days))
    left = sum(share_of(today + timedelta(days=each)) for each in range(aim.left(today)))
    days = max(share, left - (1.0 - INTRODUCED_BY) * (past + left))
    # Nine cards in 1.8 days are five a day, where binary floats say a little more.
    return math.ceil(round(unseen * share / days, 9))


def need_of(aim: Aim, today: date, frame: Frame) -> Need:
    """Return what the aim takes and what there is (SCHEDULING: `unseen x c_new + cards x c_rev`).

    Cards that had their last look already need nothing more.
    """
    pace = frame.pace
    opened = aim.day - timedelta(days=window_of(aim, frame))
    unseen = [card for card in aim.cards if card.strength is None]
    firsts = sorted(pace.times(card.kind, card.target).first for card in unseen)
    waiting = (card for card in aim.cards if card.strength is None or card.last is None or card.last < opened)
    reviews = sum(pace.times(card.kind, card.target).review for card in waiting)
    days = [study_seconds(frame, today + timedelta(days=each), 1) for each in range(aim.left(today))]
    fitting = [seconds for seconds in firsts if seconds / 2 <= max(days, default=0.0)]
    available = sum(days)
    room, reachable = available, len(aim.cards) - len(unseen)
    for seconds in fitting:
        room -= seconds
        if room < 0:
            break
        reachable += 1
    too_long = len(firsts) - len(fitting)
    return Need(sum(firsts) + reviews, available, len(unseen), len(aim.cards), reachable, too_long)


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
    memo = {} if memo is None else memo
    places = [place for place, aim in enumerate(aims) if aim.left(today) > 0 and aim.cards]
    rankings = [_Ranking(aims[place], today, frame, memo) for place in places]
    budget = _Budget(room_of(sofar, frame), frame.intensity.floor)
    must: list[tuple[float, Pick]] = []
    counts: list[int] = []
    quota = 0
    for place, ranking in zip(places, rankings, strict=True):
        introduced = sofar.introduced_of(place)
        allowed = quota_of(aims[place], today, len(ranking.unseen) + introduced, frame.share_of)
        quota += allowed
        counts.append(max(0, allowed - introduced))
        must += ranking.firsts(counts[-1], budget)
        must += ranking.musts()
    budget.take(must)
    # What is too long for the rest of the day leaves its place to a shorter card.
    missing = [count - ranking.introduced(budget) for count, ranking in zip(counts, rankings, strict=True)]
    _introduce(rankings, missing, budget)
    for pick in outside:
        budget.add(pick)
    if budget.room > 0:
        budget.take([each for ranking in rankings for each in ranking.spares()])
    if frame.intensity is Intensity.FULL:
        _introduce(rankings, [len(ranking.unseen) for ranking in rankings], budget)
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
        self.taken: set[CardId] = set()
        self._floor = floor

    def fits(self, seconds: float) -> bool:
        return seconds / 2 <= self.room

    def take(self, ranked: list[tuple[float, Pick]]) -> None:
        ranked.sort(key=lambda each: -each[0])
        for per_minute, pick in ranked:
            if self.room <= 0:
                return
            if per_minute * max(1.0, pick.seconds / LONG_SECONDS) > self._floor:
                self.add(pick)

    def add(self, pick: Pick) -> None:
        if self.fits(pick.seconds):
            self.picks.append(pick)
            self.taken.add(pick.card)
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
            if last >= today or (isinstance(memory, Learned) and memory.last >= today):
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

    def firsts(self, count: int, budget: _Budget) -> list[tuple[float, Pick]]:
        """Return so many new cards that still fit into the day: by weight, then in the order of their decks."""
        if count <= 0:
            return []
        shares = self._pace.first_shares
        known: dict[tuple[str, float | None, float], Worth] = {}
        ranked: list[tuple[float, Pick]] = []
        for card in sorted(self.unseen, key=lambda card: -card.weight):
            seconds = self._pace.times(card.kind, card.target).first
            if card.card in budget.taken or not budget.fits(seconds):
                continue
            key = (card.kind, card.target, card.weight)
            worth = known.get(key)
            if worth is None:
                worth = known[key] = self._prospect.of_unseen(shares, seconds, card.weight)
            ranked.append((worth.per_minute, Pick(card.card, Reason.NEW, worth.seconds, worth, is_new=True)))
            if len(ranked) == count:
                break
        return ranked

    def introduced(self, budget: _Budget) -> int:
        """Return how many new cards the day has taken so far."""
        return sum(card.card in budget.taken for card in self.unseen)

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


def _introduce(rankings: Sequence[_Ranking], counts: Sequence[int], budget: _Budget) -> None:
    """Take so many further new cards of each aim."""
    if budget.room > 0:
        chosen = (ranking.firsts(count, budget) for ranking, count in zip(rankings, counts, strict=True))
        budget.take([each for firsts in chosen for each in firsts])


def _focused(unseen: list[PlanCard], aim: Aim, today: date, frame: Frame) -> list[PlanCard]:
    """Return the unseen cards that can be seen twice in the time there is, by weight."""
    pace = frame.pace
    seen = (card for card in aim.cards if card.strength is not None)
    room = study_seconds(frame, today, aim.left(today))
    room -= sum(pace.times(card.kind, card.target).review for card in seen)
    kept = []
    for card in sorted(unseen, key=lambda each: -each.weight):
        times = pace.times(card.kind, card.target)
        if times.first + times.review <= room:
            room -= times.first + times.review
            kept.append(card.card)
    chosen = frozenset(kept)
    return [card for card in unseen if card.card in chosen]
