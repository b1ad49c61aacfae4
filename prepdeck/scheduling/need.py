"""How much there is to do until an interview, and how much of it today: time, last looks, quota of new cards."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from prepdeck.scheduling.aim import Aim, Frame, Share, Sofar

INTRODUCED_BY: Final = 0.6
"""The share of the time after which every card has been seen once, if the minutes allow it."""
STRETCH: Final = 1.3
"""The window of last looks holds the time for all of them, and a third more."""
SECONDS: Final = 60.0
"""Seconds of a minute."""


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
