"""Interviews in the words and shapes of the command line."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any, Final

from prepdeck.cli.wording import count_words, day_words, distance_words
from prepdeck.errors import UsageError
from prepdeck.scheduling.dates import InterviewDate, Outcome
from prepdeck.study.appointments import Appointment
from prepdeck.study.interview_rounds import RealRound
from prepdeck.text.cleaning import clean_line

DECIDED: Final = {Outcome.RELEASED: "released", Outcome.ARCHIVED: "archived"}
"""What the list says of an interview that was decided about."""
HEADINGS: Final = ("No", "Day", "", "Company", "Scope", "Cards", "Outcome")
"""Over the columns of the list."""


def day_meant(words: str, today: date) -> date:
    """Return a day as it is typed: `2026-12-10`, or `+21` for so many days from today.

    Raises:
        UsageError: When it is neither.
    """
    try:
        if re.fullmatch(r"\+\d{1,5}", words, re.ASCII):
            return today + timedelta(days=int(words))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words, re.ASCII):
            return date.fromisoformat(words)
    except (ValueError, OverflowError):
        pass
    raise UsageError(f"{words[:60]!r} is not a day", "write it like 2026-12-10, or +21 for so many days from today")


def named_words(interview: InterviewDate, today: date) -> str:
    """Return which interview is meant: `the interview with Acme on Thu 10 Dec`."""
    company = f" with {clean_line(interview.company)}" if interview.company else ""
    return f"the interview{company} on {day_words(interview.date, today)}"


def scope_words(interview: InterviewDate) -> str:
    """Return what an interview is about."""
    parts = [*(f"track {track}" for track in interview.tracks), *(f"deck {deck}" for deck in interview.decks)]
    without = f" without {', '.join(interview.without)}" if interview.without else ""
    return (", ".join(parts) or "every deck of the daily queue") + without


def described(each: Appointment, today: date) -> tuple[str, str]:
    """Return an interview as two lines: when it is, and what is in its scope."""
    held = f"{count_words(each.cards, 'card')} in {count_words(len(each.decks), 'deck')}"
    return (
        f"{named_words(each.interview, today)}, {distance_words(each.interview.date, today)}",
        f"in scope: {scope_words(each.interview)}; {held}",
    )


def decision_words(done: Appointment, archived: frozenset[str], today: date) -> str:
    """Return what was decided about an interview, and what that did to the decks in scope.

    Args:
        done: The interview, with its outcome.
        archived: Every deck that is out of the daily queue now.
        today: The study day.
    """
    over = f"{named_words(done.interview, today)} is over"
    if done.interview.outcome is not Outcome.ARCHIVED:
        return f"{over}: its decks go back to normal intervals"
    away = sum(deck in archived for deck in done.decks)
    left = len(done.decks) - away
    if not away:
        return f"{over}: its decks stay in the daily queue, for another interview asks about them"
    staying = f"; another interview keeps {count_words(left, 'deck')} there" if left else ""
    return f"{over}: {count_words(away, 'deck')} out of the daily queue{staying}"


def list_row(each: Appointment, today: date) -> tuple[str, ...]:
    """Return an interview as the cells of a line of the list."""
    interview = each.interview
    undecided = "" if interview.date > today else "undecided"
    return (
        str(each.number),
        day_words(interview.date, today),
        distance_words(interview.date, today),
        interview.company,
        scope_words(interview),
        str(each.cards),
        undecided if interview.outcome is None else DECIDED[interview.outcome],
    )


def interview_json(each: Appointment, today: date) -> dict[str, Any]:
    """Return an interview under the keys of the JSON contract."""
    interview = each.interview
    return {
        "number": each.number,
        "date": interview.date.isoformat(),
        "company": interview.company,
        "days_left": interview.days_left(today),
        "tracks": list(interview.tracks),
        "decks": list(interview.decks),
        "without": list(interview.without),
        "cards": each.cards,
        "outcome": None if interview.outcome is None else interview.outcome.value,
        "added": interview.added.isoformat(),
    }


def round_text(number: int, each: RealRound) -> str:
    """Return one round of a real interview, with its questions below."""
    head = f"{number:>3}  {each.day.isoformat()}  {each.company}  {each.round}".rstrip()
    lines = [f"{head}: {each.result}" if each.result else head]
    lines += [f"       {at}. {question}" for at, question in enumerate(each.questions, 1)]
    return "\n".join((*lines, *([f"       {each.notes}"] if each.notes else [])))


def round_json(each: RealRound) -> dict[str, Any]:
    """Return one round of a real interview as data."""
    return {
        "id": each.id,
        "day": each.day.isoformat(),
        "company": each.company,
        "round": each.round,
        "questions": list(each.questions),
        "result": each.result,
        "notes": each.notes,
    }
