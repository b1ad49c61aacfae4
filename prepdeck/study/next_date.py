"""The next interview date as it is set on a screen: one field for the day, one for the company."""

from __future__ import annotations

import re
from datetime import date, timedelta

from prepdeck.errors import UsageError
from prepdeck.scheduling.dates import InterviewDate
from prepdeck.study.desk import Desk
from prepdeck.study.interviews import add_interview, interviews, move_interview


def read_day(words: str, today: date) -> date:
    """Return a day as it is typed: `2026-12-10`, or `+21` for so many days from today.

    Raises:
        UsageError: When it is neither.
    """
    words = words.strip()
    try:
        if re.fullmatch(r"\+\d{1,5}", words, re.ASCII):
            return today + timedelta(days=int(words))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words, re.ASCII):
            return date.fromisoformat(words)
    except (ValueError, OverflowError):
        pass
    raise UsageError(f"{words[:40]!r} is not a day", "write it like 2026-12-10, or +21 for so many days from today")


def set_next_date(desk: Desk, words: str, company: str) -> InterviewDate:
    """Move the next interview of that company to a day, or add one where it has none ahead.

    Raises:
        UsageError: When the words are no day, or the day makes no plan.
    """
    today = desk.today()
    day = read_day(words, today)
    ahead = [each for each in interviews(desk) if each.interview.is_ahead(today)]
    mine = [each for each in ahead if each.interview.company.casefold() == company.strip().casefold()]
    if mine:
        return move_interview(desk, str(mine[0].number), day).interview
    return add_interview(desk, day, company).interview
