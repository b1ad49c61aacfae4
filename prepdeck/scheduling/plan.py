"""The plan for an interview date: how many new cards today, which cards in which order, and when to stop.

SM-2 says what is due; the plan never edits its rules. It paces new cards so that all are introduced in the first part
of the time, gives every card a last look shortly before the day, and spends each minute where it wins most recall.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple, TypeAlias

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.aim import Aim, Frame, Intensity, Pick, PlanCard, Reason, Sofar
from prepdeck.scheduling.gain import Prospect, Worth
from prepdeck.scheduling.memory import Learned
from prepdeck.scheduling.need import quota_of, room_of, study_seconds, window_of
from prepdeck.scheduling.recall import Strength

LONG_SECONDS: Final = 120.0
"""A card that takes longer is asked when it wins what so many seconds must win: no minute of a problem that takes three
quarters of an hour wins 0.02 cards, and yet it is to be seen."""


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
