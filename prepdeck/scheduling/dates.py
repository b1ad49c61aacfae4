"""Interview dates: which decks each of them asks about, and what follows from all that was said of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final, TypeAlias, assert_never

LONGEST_COMPANY: Final = 80
"""Characters; a name is for one line of a list."""


class Outcome(Enum):
    """What becomes of the decks in scope once an interview is over."""

    RELEASED = "release"
    """They go back to normal intervals."""
    ARCHIVED = "archive"
    """They leave the daily queue."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Which decks an interview asks about; naming neither track nor deck means every deck of the daily queue."""

    tracks: tuple[str, ...] = ()
    """Tracks in scope."""
    decks: tuple[str, ...] = ()
    """Decks in scope beside the tracks."""
    without: tuple[str, ...] = ()
    """Decks out of scope, whatever else is said."""

    def covers(self, deck: str, track: str) -> bool:
        """Tell whether a deck of some track is in scope."""
        if deck in self.without:
            return False
        return not (self.tracks or self.decks) or track in self.tracks or deck in self.decks


@dataclass(frozen=True, slots=True)
class InterviewDate:
    """One interview the schedule aims at, or aimed at."""

    date: dt.date
    """The day of the interview; the plan's study days are those before it."""
    added: dt.date
    """The study day on which it was added: the start of its plan."""
    company: str = ""
    """Who asks, as the learner wrote it; tells apart two interviews of one day."""
    tracks: tuple[str, ...] = ()
    """Tracks in scope."""
    decks: tuple[str, ...] = ()
    """Decks in scope beside the tracks; with neither, every deck of the daily queue is in scope."""
    without: tuple[str, ...] = ()
    """Decks out of scope, whatever else is said."""
    outcome: Outcome | None = None
    """What became of its decks; None while it is ahead or undecided."""
    removed: bool = False
    """Whether it was taken off the list; `fold` leaves such ones out."""
    key: str = ""
    """Its name in the action log, which stays when it is moved."""

    @property
    def reach(self) -> Reach:
        """Its scope."""
        return Reach(self.tracks, self.decks, self.without)

    def covers(self, deck: str, track: str) -> bool:
        """Tell whether a deck of some track is in scope."""
        return self.reach.covers(deck, track)

    def is_ahead(self, today: dt.date) -> bool:
        """Tell whether it is still to come: there is at least one study day before it."""
        return self.date > today and not self.removed and self.outcome is None

    def days_left(self, today: dt.date) -> int:
        """Return how many study days are left before it, today among them; negative once it is past."""
        return (self.date - today).days


@dataclass(frozen=True, slots=True)
class Added:
    """An interview was added."""

    interview: InterviewDate
    """As it was at first."""

    @property
    def key(self) -> str:
        """The name of the interview in the log."""
        return self.interview.key


@dataclass(frozen=True, slots=True)
class Changed:
    """An interview was moved, or asks about other decks."""

    key: str
    """The interview."""
    date: dt.date
    """Its day from now on."""
    reach: Reach | None = None
    """Its scope from now on; None leaves it."""


@dataclass(frozen=True, slots=True)
class Finished:
    """An interview is over, and the learner decided about its decks."""

    key: str
    """The interview."""
    outcome: Outcome
    """What becomes of them."""


@dataclass(frozen=True, slots=True)
class Removed:
    """An interview was taken off the list."""

    key: str
    """The interview."""


Change: TypeAlias = Added | Changed | Finished | Removed
"""One entry about interviews in the action log, undone ones left out."""


def fold(changes: Iterable[Change]) -> tuple[InterviewDate, ...]:
    """Return the interviews that follow from all changes, earliest first; removed ones are left out."""
    return tuple(sorted((each for each in remembered(changes).values() if not each.removed), key=_place))


def remembered(changes: Iterable[Change]) -> dict[str, InterviewDate]:
    """Return every interview ever added by its key, removed ones marked.

    Additions come first wherever they stand: a change made while the clock was set back lies before the addition it is
    about. A change to an interview that nobody added says nothing. Two logs that were merged may add one key twice; the
    later entry says what the interview is, the earlier day is when its plan began.
    """
    changes = tuple(changes)
    interviews: dict[str, InterviewDate] = {}
    for change in changes:
        if isinstance(change, Added):
            known = interviews.get(change.key, change.interview)
            interviews[change.key] = replace(change.interview, added=min(known.added, change.interview.added))
    for change in changes:
        if change.key in interviews:
            interviews[change.key] = _changed(interviews[change.key], change)
    return interviews


def _changed(interview: InterviewDate, change: Change) -> InterviewDate:
    match change:
        case Added():
            return interview
        case Changed(date=day, reach=reach):
            reach = reach or interview.reach
            return replace(interview, date=day, tracks=reach.tracks, decks=reach.decks, without=reach.without)
        case Finished(outcome=outcome):
            return replace(interview, outcome=outcome)
        case Removed():
            return replace(interview, removed=True)
        case _:
            assert_never(change)


def fresh_key(changes: Iterable[Change], day: dt.date, company: str) -> str:
    """Return a key that no change bears: the day and a running number, so that the same words give the same key.

    The company is part of it: two machines that add different interviews on one day stay apart when they are merged.
    """
    taken = {change.key for change in changes}
    named = f" {company}" if company else ""
    number = 1
    while f"{day}#{number}{named}" in taken:
        number += 1
    return f"{day}#{number}{named}"


def date_for(dates: Iterable[InterviewDate], deck: str, track: str, today: dt.date) -> InterviewDate | None:
    """Return the interview that decides about a deck: the nearest one ahead that covers it, or None."""
    ahead = (each for each in dates if each.is_ahead(today) and each.covers(deck, track))
    return min(ahead, key=_place, default=None)


def past_undecided(dates: Iterable[InterviewDate], today: dt.date) -> tuple[InterviewDate, ...]:
    """Return the interviews whose day has come and whose decks nobody decided about, earliest first."""
    past = (each for each in dates if each.date <= today and each.outcome is None and not each.removed)
    return tuple(sorted(past, key=_place))


def archived_decks(dates: Iterable[InterviewDate], decks: Mapping[str, str], today: dt.date) -> frozenset[str]:
    """Return the decks that leave the daily queue because the last interview about them is over and put them away.

    A date ahead takes a deck back, and a later interview that was released, or is not decided yet, keeps it.

    Args:
        dates: All interviews.
        decks: The track of each deck.
        today: The study day.
    """
    standing = [each for each in dates if not each.removed]
    if not any(each.outcome is Outcome.ARCHIVED for each in standing):
        return frozenset()
    return frozenset(deck for deck, track in decks.items() if _is_archived(standing, deck, track, today))


def _is_archived(standing: Iterable[InterviewDate], deck: str, track: str, today: dt.date) -> bool:
    covering = [each for each in standing if each.covers(deck, track)]
    if not covering or any(each.is_ahead(today) for each in covering):
        return False
    last = max(each.date for each in covering)
    return all(each.outcome is Outcome.ARCHIVED for each in covering if each.date == last)


def _place(interview: InterviewDate) -> tuple[dt.date, str, str]:
    """Return what lists of interviews are ordered by."""
    return interview.date, interview.company.casefold(), interview.key
