"""Coming back after a gap: late cards spread over the next study days, so that no day is a wall."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.load import Candidate
from prepdeck.scheduling.memory import Learned
from prepdeck.scheduling.recall import recall_after
from prepdeck.scheduling.sm2 import later
from prepdeck.scheduling.week import Week

MISSED_DAYS: Final = 7
"""Study days without a review after which spreading is offered."""
FARTHEST: Final = 60
"""Days; late cards are spread no farther than this."""
WAIT: Final = 7
"""Days of waiting by which cards are compared: about what a spread makes them wait."""


@dataclass(frozen=True, slots=True)
class SpreadDay:
    """One study day of a spread."""

    day: date
    """The day."""
    late: int
    """Late cards asked on it."""
    due: int
    """Cards that fall due on it anyway."""
    minutes: int
    """About how long both take, rounded up."""


@dataclass(frozen=True, slots=True)
class Comeback:
    """Late cards spread over days."""

    minutes: float
    """Minutes meant for a usual day."""
    late: int
    """How many cards are late."""
    days: tuple[SpreadDay, ...]
    """The days that ask late cards, in order."""
    moves: tuple[tuple[CardId, date], ...]
    """Cards that get another due day, and which; those asked today keep theirs."""

    @property
    def placed(self) -> int:
        """How many late cards have a day."""
        return sum(day.late for day in self.days)

    @property
    def left(self) -> int:
        """How many late cards find no day within sixty; they stay due."""
        return self.late - self.placed

    @property
    def per_day(self) -> int:
        """About how many late cards a day asks."""
        return -(-self.placed // len(self.days)) if self.days else 0


def is_offered(last_review_day: date | None, today: date, late: int) -> bool:
    """Tell whether spreading is offered: a week of days was missed, and cards are late."""
    return late > 0 and is_long_gap(last_review_day, today)


def is_long_gap(last_review_day: date | None, today: date) -> bool:
    """Tell whether so many study days were missed that coming back may need help; nobody comes back who never began."""
    return last_review_day is not None and (today - last_review_day).days > MISSED_DAYS


def is_late(candidate: Candidate, today: date) -> bool:
    """Tell whether a card was due before today."""
    return isinstance(candidate.memory, Learned) and candidate.memory.due < today


def spread_over(candidates: Sequence[Candidate], today: date, minutes: float, week: Week) -> Comeback:
    """Return the late ones among some cards spread over the coming study days.

    No day takes more late cards than fit beside what falls due on it anyway; the last one may stand out by half its
    time, and an empty day takes one card however long it is. Easy days take half, breaks nothing. A card that finds no
    day keeps its old one: it stays due, nothing is lost.

    Args:
        candidates: Learned cards due within the next sixty days, the late ones too.
        today: The study day.
        minutes: Minutes meant for a usual day.
        week: Which days are easier, and which are free.
    """
    late = [each for each in candidates if is_late(each, today)]
    waiting = deque(sorted(late, key=lambda each: (-_lost_by_waiting(each, today), each.card)))
    anyway = _due_anyway(candidates, today)
    days = []
    moves = []
    for day in _days_from(today):
        if not waiting:
            break
        due = anyway.get(day, ())
        seconds = sum(each.estimated_seconds for each in due)
        placed = _take_fitting(waiting, 60.0 * minutes * week.share_of(day), seconds, is_empty=not due)
        if placed:
            seconds += sum(each.estimated_seconds for each in placed)
            days.append(SpreadDay(day, len(placed), len(due), -(-int(seconds) // 60)))
            moves += [(each.card, day) for each in placed if day > today]
    return Comeback(minutes, len(late), tuple(days), tuple(moves))


def _lost_by_waiting(candidate: Candidate, today: date) -> float:
    """Return how much recall a card loses for each second of its answer while it waits another week.

    The interval stands in for the memory's stability, the days until recall is 0.9. A young card that is a little late
    loses most and comes first; one forgotten long ago has little left to lose, and a firm one fades slowly, so both can
    wait. What interviews ask more often counts for more.
    """
    memory = candidate.memory
    if not isinstance(memory, Learned):
        return 0.0
    days, stability = (today - memory.last).days, max(1, memory.interval)
    lost = recall_after(days, stability) - recall_after(days + WAIT, stability)
    return candidate.weight * lost / candidate.estimated_seconds


def _due_anyway(candidates: Iterable[Candidate], today: date) -> Mapping[date, list[Candidate]]:
    by_day: dict[date, list[Candidate]] = defaultdict(list)
    for each in candidates:
        if isinstance(each.memory, Learned) and each.memory.due >= today:
            by_day[each.memory.due].append(each)
    return by_day


def _days_from(today: date) -> Iterable[date]:
    return sorted({later(today, days) for days in range(FARTHEST)})


def _take_fitting(waiting: deque[Candidate], most_seconds: float, seconds: float, *, is_empty: bool) -> list[Candidate]:
    placed: list[Candidate] = []
    while waiting:
        next_seconds = waiting[0].estimated_seconds
        alone = is_empty and not placed and most_seconds > 0
        if not alone and seconds + next_seconds / 2 > most_seconds:
            break
        placed.append(waiting.popleft())
        seconds += next_seconds
    return placed
