"""Interview dates: add, list, change, finish, remove; each change is one transaction and one undo step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from prepdeck.errors import UsageError
from prepdeck.scheduling.dates import (
    LONGEST_COMPANY,
    Added,
    Change,
    Changed,
    Finished,
    InterviewDate,
    Outcome,
    Reach,
    Removed,
    archived_decks,
    fold,
    fresh_key,
    remembered,
)
from prepdeck.store.appointments import changes_from, details_of
from prepdeck.store.glance import interview_details
from prepdeck.store.logbook import Logbook
from prepdeck.store.mapping import ActionKind
from prepdeck.study.appointments import Appointment, appointments_of, find_in, notes_on
from prepdeck.study.desk import Desk
from prepdeck.study.interview_scope import ScopeChange, check_reach
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted

MOST_DAYS_AHEAD: Final = 3 * 365 + 1
"""Three years; what a plan says of a later day is not worth reading."""


@dataclass(frozen=True, slots=True)
class _Entries:
    """What the log says about interviews."""

    changes: tuple[Change, ...]
    """Every change that was not taken back, in replay order."""
    last_day: date | None
    """The study day of the last one."""

    @property
    def dates(self) -> tuple[InterviewDate, ...]:
        """The interviews that follow, earliest first."""
        return fold(self.changes)


def interviews(desk: Desk) -> tuple[Appointment, ...]:
    """Return every interview that was not removed, earliest first."""
    with desk.store.reading() as log:
        return appointments_of(desk.library, _entries(log).dates)


def find_interview(desk: Desk, which: str) -> Appointment:
    """Return the interview meant by its date, or by its number in the list.

    Raises:
        NotFound: When there is none, or two are on that day.
        UsageError: When the words are neither a day nor a number.
    """
    return find_in(interviews(desk), which)


def add_interview(  # noqa: PLR0913 - an interview has its day, its company and three sides of its scope
    desk: Desk,
    day: date,
    company: str = "",
    *,
    tracks: Sequence[str] = (),
    decks: Sequence[str] = (),
    without: Sequence[str] = (),
) -> Appointment:
    """Add an interview; the schedule aims at it from now on.

    Args:
        desk: The opened desk.
        day: When it is; at least one study day ahead.
        company: Who asks; empty when nobody needs telling apart.
        tracks: Tracks in scope.
        decks: Decks in scope beside them; neither tracks nor decks mean the whole daily queue.
        without: Decks out of scope.

    Raises:
        NotFound: When a track or deck does not exist.
        UsageError: When the day, the company or the scope makes no plan.
    """
    today = desk.today()
    name = _checked_company(company)
    reach = ScopeChange(tuple(tracks), tuple(decks), tuple(without)).of(Reach())
    check_reach(desk.library, reach)
    _check_day(day, today)
    with desk.store.writing() as log:
        entries = _entries(log)
        _check_room(entries.dates, day, name)
        key = fresh_key(entries.changes, day, name)
        made = InterviewDate(day, today, name, reach.tracks, reach.decks, reach.without, key=key)
        return _appended(desk, log, entries, Added(made))


def change_scope(desk: Desk, which: str, change: ScopeChange) -> Appointment:
    """Change which decks an interview asks about.

    Raises:
        NotFound: When there is no such interview, track or deck.
        UsageError: When the scope makes no plan.
    """
    with desk.store.writing() as log:
        entries = _entries(log)
        found = _find(desk, entries, which)
        reach = change.of(found.interview.reach)
        if reach == found.interview.reach:
            return found
        check_reach(desk.library, reach, before=found.interview.reach)
        return _appended(desk, log, entries, Changed(found.interview.key, found.interview.date, reach))


def move_interview(desk: Desk, which: str, day: date) -> Appointment:
    """Move an interview to another day; its plan goes on.

    Raises:
        NotFound: When there is no such interview.
        UsageError: When the new day makes no plan, or the interview is over and decided about.
    """
    with desk.store.writing() as log:
        entries = _entries(log)
        found = _find(desk, entries, which)
        interview = found.interview
        if interview.outcome is not None:
            raise UsageError(
                f"the interview of {interview.date} is over, and it was decided about",
                f"prepdeck interview add {day} adds another one",
            )
        _check_day(day, desk.today())
        if day == interview.date:
            return found
        _check_room(entries.dates, day, interview.company)
        return _appended(desk, log, entries, Changed(interview.key, day))


def finish_interview(desk: Desk, which: str, outcome: Outcome) -> Appointment:
    """Decide what becomes of the decks of an interview that took place, today or before; a second time decides anew.

    Raises:
        NotFound: When there is no such interview.
        UsageError: When it is still ahead.
    """
    with desk.store.writing() as log:
        entries = _entries(log)
        found = _find(desk, entries, which)
        check_is_over(found, desk.today())
        if found.interview.outcome is outcome:
            return found
        return _appended(desk, log, entries, Finished(found.interview.key, outcome))


def check_is_over(appointment: Appointment, today: date) -> None:
    """Refuse to decide about an interview that is still ahead.

    Raises:
        UsageError: When it is.
    """
    left = appointment.interview.days_left(today)
    if left > 0:
        number = appointment.number
        raise UsageError(
            f"the interview of {appointment.interview.date} is still {counted(left, 'day')} ahead",
            f"prepdeck interview remove {number} takes it off the list, move {number} DATE gives it another day",
        )


def remove_interview(desk: Desk, which: str) -> Appointment:
    """Take an interview off the list, and return it as it was there.

    Raises:
        NotFound: When there is no such interview.
    """
    with desk.store.writing() as log:
        entries = _entries(log)
        found = _find(desk, entries, which)
        _append(desk, log, entries, Removed(found.interview.key))
        return found


def archived(desk: Desk) -> frozenset[str]:
    """Return the decks that interviews which are over put away; they stay out of the daily queue."""
    with desk.store.reading() as log:
        dates = _entries(log).dates
    return archived_decks(dates, {each.deck.id: each.deck.track.value for each in desk.library.decks}, desk.today())


def interview_notes(desk: Desk) -> tuple[str, ...]:
    """Return what the learner should hear about interviews: the ones to decide about, and plans without a card."""
    return notes_on(interviews(desk), desk.today())


def _entries(log: Logbook) -> _Entries:
    entries = interview_details(log.raw)
    return _Entries(changes_from(entries), date.fromisoformat(entries[-1][0]) if entries else None)


def _find(desk: Desk, entries: _Entries, which: str) -> Appointment:
    return find_in(appointments_of(desk.library, entries.dates), which)


def _append(desk: Desk, log: Logbook, entries: _Entries, change: Change) -> tuple[Change, ...]:
    """Append the entry of a change; return all changes.

    An addition counts on the day it is made, for its plan begins then. Any other change counts no earlier than the last
    entry, so that a clock that was set back does not put it behind what it changes.
    """
    changes = (*entries.changes, change)
    today = desk.today()
    day = today if isinstance(change, Added) else max(today, entries.last_day or today)
    details = details_of(change, remembered(changes)[change.key])
    log.append_action(ActionKind.INTERVIEW, desk.clock.now(), day, details=details)
    return changes


def _appended(desk: Desk, log: Logbook, entries: _Entries, change: Change) -> Appointment:
    """Append the entry of a change; return the interview as it is listed then."""
    listed = appointments_of(desk.library, fold(_append(desk, log, entries, change)))
    return next(each for each in listed if each.interview.key == change.key)


def _check_day(day: date, today: date) -> None:
    days = (day - today).days
    if days == 0:
        raise UsageError(f"{day} is today; a plan needs at least one study day before the interview")
    if days < 0:
        raise UsageError(f"{day} is past, {counted(-days, 'day')} ago; a plan needs a day ahead")
    if days > MOST_DAYS_AHEAD:
        raise UsageError(
            f"{day} is more than three years ahead; what a plan says of so late a day is not worth following",
            "until it comes nearer, the daily queue is the best plan",
        )


def _check_room(dates: Iterable[InterviewDate], day: date, company: str) -> None:
    """Refuse a second interview that nothing tells apart from the first.

    Raises:
        UsageError: When one of that day and company is there.
    """
    for each in dates:
        if each.date == day and each.company.casefold() == company.casefold():
            whose = f" with {company}" if company else ""
            raise UsageError(
                f"an interview{whose} on {day} is there already", "--company tells apart two interviews of one day"
            )


def _checked_company(words: str) -> str:
    company = clean_line(words).strip()
    if len(company) > LONGEST_COMPANY:
        raise UsageError(f"the company has {len(company)} characters, {LONGEST_COMPANY} is the most")
    return company


__all__ = [
    "Appointment",
    "Outcome",
    "ScopeChange",
    "add_interview",
    "archived",
    "change_scope",
    "check_is_over",
    "find_interview",
    "finish_interview",
    "interview_notes",
    "interviews",
    "move_interview",
    "remove_interview",
]
