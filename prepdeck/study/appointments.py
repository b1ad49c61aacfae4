"""The list of interviews: numbered, with the decks and cards in scope, and found by number or date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from prepdeck.errors import Ambiguous, NotFound, UsageError
from prepdeck.scheduling.dates import InterviewDate, past_undecided
from prepdeck.study.interview_scope import cards_in, decks_in_reach
from prepdeck.study.library import Library

MOST_LISTED: Final = 12
"""How many interviews an error names."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """An interview as lists show it."""

    number: int
    """Its place in the list, from 1."""
    interview: InterviewDate
    """When, with whom, about what."""
    decks: tuple[str, ...]
    """The decks in scope that are here, in order."""
    cards: int
    """How many cards those hold."""


def appointments_of(library: Library, dates: Iterable[InterviewDate]) -> tuple[Appointment, ...]:
    """Return the list of some interviews, in their order."""
    listed = []
    for number, interview in enumerate(dates, 1):
        decks = decks_in_reach(library, interview.reach)
        listed.append(Appointment(number, interview, decks, cards_in(library, decks)))
    return tuple(listed)


def find_in(listed: Sequence[Appointment], which: str) -> Appointment:
    """Return the interview meant by its date, or by its number in the list.

    Raises:
        NotFound: When there is none.
        Ambiguous: When two are on that day.
        UsageError: When the words are neither a day nor a number.
    """
    word = which.strip()
    if re.fullmatch(r"\d{1,4}", word, re.ASCII):
        what = f"interview {word}"
        fitting = [each for each in listed if each.number == int(word)]
    else:
        day = _day_in(word)
        what = f"interview on {word}"
        fitting = [each for each in listed if each.interview.date == day]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        named = " or ".join(f"{each.number} ({each.interview.company or 'no company'})" for each in fitting)
        raise Ambiguous(f"{len(fitting)} interviews are on {word}", f"say which by its number: {named}")
    known = ", ".join(f"{each.number} ({each.interview.date})" for each in listed[:MOST_LISTED])
    raise NotFound(f"no {what}", f"known: {known}" if known else "none was added yet: prepdeck interview add DATE")


def _day_in(word: str) -> date:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", word, re.ASCII):
        try:
            return date.fromisoformat(word)
        except ValueError:
            pass
    raise UsageError(
        f"{word[:60]!r} names no interview", "write its date like 2026-12-10, or its number in prepdeck interview list"
    )


def handle_of(interview: InterviewDate, listed: Sequence[Appointment]) -> str:
    """Return the word that means an interview: its date, or its number when others are on that day."""
    same_day = [each for each in listed if each.interview.date == interview.date]
    if len(same_day) == 1:
        return interview.date.isoformat()
    return next(str(each.number) for each in same_day if each.interview.key == interview.key)


def notes_on(listed: Sequence[Appointment], today: date) -> tuple[str, ...]:
    """Return what the learner should hear: interviews to decide about, and plans without a card."""
    empty = [each.interview for each in listed if each.interview.is_ahead(today) and not each.cards]
    return (
        *questions_on((each.interview for each in listed), today),
        *(
            f"the interview of {_named(each, today)} has no card in scope: "
            f"prepdeck interview scope {handle_of(each, listed)} --all takes every deck in"
            for each in empty
        ),
    )


def questions_on(dates: Iterable[InterviewDate], today: date) -> tuple[str, ...]:
    """Return what is to be asked about interviews that are over: the learner decides once what becomes of their decks.

    Args:
        dates: Every interview of the list, in its order.
        today: The study day.
    """
    listed = [Appointment(number, interview, (), 0) for number, interview in enumerate(dates, 1)]
    undecided = past_undecided((each.interview for each in listed), today)
    return tuple(_question(each, handle_of(each, listed), today) for each in undecided)


def _question(interview: InterviewDate, handle: str, today: date) -> str:
    then = "is today; afterwards" if interview.date == today else "is over:"
    return (
        f"the interview of {_named(interview, today)} {then} prepdeck interview done {handle} "
        "--release goes back to normal intervals, --archive puts its decks away"
    )


def _named(interview: InterviewDate, today: date) -> str:
    day = interview.date
    year = "" if day.year == today.year else f" {day.year}"
    company = f" ({interview.company})" if interview.company else ""
    return f"{day:%a} {day.day} {day:%b}{year}{company}"
