"""What a plan comes to, in one or two sentences: whether it fits, what would help, and what to expect on the day."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Final, Protocol

from prepdeck.scheduling.need import Need, study_seconds, window_of
from prepdeck.scheduling.outlook import Outlook
from prepdeck.study.aims import Draft
from prepdeck.text.counts import counted

MOST_DROPPED: Final = 3
"""A suggestion names at most so many decks to leave out."""
LARGEST_SHARE_DROPPED: Final = 2 / 3
"""A suggestion leaves at least a third of the cards in."""
MOST_ADVISED: Final = 720
"""Nobody is told to study more minutes a day than this."""

NO_CARD: Final = (
    "No card is in its scope today: its decks are gone, or all their cards are suspended, buried or asked for a nearer "
    "interview. prepdeck search is:suspended lists suspended cards, prepdeck interview scope changes the decks."
)
"""Said of a plan without cards."""
ALL_BREAK: Final = (
    "every day up to the interview is in a break, so nothing is planned; prepdeck config breaks shows the breaks, and "
    "changes them."
)
"""Said of a plan without a day."""


class Effect(Protocol):
    """What other minutes a day would lead to."""

    @property
    def minutes(self) -> float:
        """Minutes a day."""

    @property
    def unseen(self) -> int:
        """Cards that would not be seen."""


def message_of(draft: Draft, outlook: Outlook, need: Need, levers: Sequence[Effect], *, fits: bool) -> str:
    """Return what a plan comes to.

    Args:
        draft: What the plan is made of.
        outlook: Where it leads.
        need: What its first interview takes.
        levers: What other minutes would lead to.
        fits: Whether all cards can be seen, and once more.
    """
    aim = draft.aims[0]
    if not aim.cards:
        return NO_CARD
    if not need.available:
        head = ALL_BREAK.capitalize() if fits else f"It does not fit: {ALL_BREAK}"
        return f"{head} {_expected(outlook)}"
    if fits:
        return f"It fits: {_time_words(draft)}. Keep this up, and {_expected(outlook, start='')}"
    if outlook.unseen:
        head = f"{outlook.unseen:,} of {counted(need.cards, 'card')} will not be seen"
    else:
        head = f"every card will be seen, but not all {need.cards:,} a second time"
    long = f" {_too_long(need.too_long)}" if need.too_long else ""
    cure = _cure(draft, need, levers)
    return f"It does not fit: {head} with {_time_words(draft)}; {cure}.{long} {_expected(outlook)}"


def _too_long(cards: int) -> str:
    return f"{counted(cards, 'card')} {'takes' if cards == 1 else 'take'} longer than any day has minutes."


def _expected(outlook: Outlook, *, start: str = "As it is, ") -> str:
    return f"{start}you will know about {outlook.recall:.0%} on the day."


def _time_words(draft: Draft) -> str:
    """Return the time there is: `20 min a day for 18 study days`, with what easy days and breaks take away."""
    frame, aim = draft.frame, draft.aims[0]
    shares = [frame.share_of(draft.today + timedelta(days=each)) for each in range(aim.left(draft.today))]
    breaks = sum(share <= 0 for share in shares)
    easy = " (less on easy days)" if any(0 < share < 1 for share in shares) else ""
    off = f" and {counted(breaks, 'day')} of break" if breaks else ""
    return f"{_minutes(frame.minutes)} a day{easy} for {counted(len(shares) - breaks, 'study day')}{off}"


def _cure(draft: Draft, need: Need, levers: Sequence[Effect]) -> str:
    """Return which minutes or which decks would make it fit."""
    frame = draft.frame
    if need.fits and not need.too_long:
        # The minutes suffice in all, but not on the days on which new cards have their turn.
        enough = next((each for each in levers if each.minutes > frame.minutes and not each.unseen), None)
        return f"add {_minutes(enough.minutes - frame.minutes)} a day" if enough else _OTHERWISE
    more = _minutes_missing(draft, need)
    ways = []
    dropped = _droppable(draft, need)
    if dropped:
        ways.append(f"leave out {_listed(dropped)}")
    if frame.minutes + more <= MOST_ADVISED:
        ways.append(f"add {_minutes(more)} a day")
    return " or ".join(ways) or _OTHERWISE


_OTHERWISE: Final = "a later date or fewer decks would help"


def _minutes_missing(draft: Draft, need: Need) -> int:
    """Return how many minutes more a day would hold all that is needed, and the longest of its cards."""
    aim, frame = draft.aims[0], draft.frame
    left = aim.left(draft.today)
    one = replace(frame, minutes=1.0)
    wanted = need.seconds / study_seconds(one, draft.today, left)
    if need.too_long:
        fullest = max(study_seconds(one, draft.today + timedelta(days=each), 1) for each in range(left))
        unseen = (card for card in aim.cards if card.strength is None)
        longest = max(frame.pace.times(card.kind, card.target).first for card in unseen)
        wanted = max(wanted, longest / 2 / fullest)
    return max(1, math.ceil(wanted - frame.minutes))


def _droppable(draft: Draft, need: Need) -> list[str]:
    """Return the fewest decks without which it fits, those asked least first; none when no such few would do."""
    aim = draft.aims[0]
    seconds, weights = _needs_by_deck(draft)
    excess = need.seconds - need.available
    most = LARGEST_SHARE_DROPPED * len(aim.cards)
    alone = [deck for deck in seconds if excess <= seconds[deck] and len(weights[deck]) <= most]
    if need.too_long:
        return []
    if alone:
        return [min(alone, key=lambda deck: seconds[deck])]
    dropped: list[str] = []
    for deck in sorted(seconds, key=lambda each: (sum(weights[each]) / len(weights[each]), -seconds[each])):
        if excess <= 0 or len(dropped) == MOST_DROPPED:
            break
        dropped.append(deck)
        excess -= seconds[deck]
    return dropped if excess <= 0 and sum(len(weights[deck]) for deck in dropped) <= most else []


def _needs_by_deck(draft: Draft) -> tuple[dict[str, float], dict[str, list[float]]]:
    """Return the seconds that each deck still takes, and the weights of its cards."""
    aim, pace = draft.aims[0], draft.frame.pace
    opened = aim.day - timedelta(days=window_of(aim, draft.frame))
    seconds: dict[str, float] = defaultdict(float)
    weights: dict[str, list[float]] = defaultdict(list)
    for card in aim.cards:
        deck, times = card.card.deck, pace.times(card.kind, card.target)
        weights[deck].append(card.weight)
        if card.strength is None or card.last is None:
            seconds[deck] += times.first + times.review
        elif card.last < opened:
            seconds[deck] += times.review
        else:
            seconds[deck] += 0.0
    return seconds, weights


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _minutes(minutes: float) -> str:
    return f"{minutes:g} min"
