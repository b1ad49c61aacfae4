"""Days, numbers and memories in the words of the command line."""

from __future__ import annotations

from datetime import date, datetime
from typing import assert_never

from prepdeck.scheduling.memory import Learned, Memory, Unseen


def count_words(count: int, noun: str, plural: str | None = None) -> str:
    """Return a count with its noun: `1 day`, `6 days`."""
    word = noun if count == 1 else plural or f"{noun}s"
    return f"{count:,} {word}"


def day_words(day: date, today: date) -> str:
    """Return a day as people say it: `Sat 28 Nov`, with the year when it is another one."""
    text = f"{day:%a} {day.day} {day:%b}"
    return text if day.year == today.year else f"{text} {day.year}"


def distance_words(day: date, today: date) -> str:
    """Return how far away a day is: `today`, `tomorrow`, `in 6 days`, `3 days ago`."""
    days = (day - today).days
    match days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case -1:
            return "yesterday"
        case _ if days > 0:
            return f"in {count_words(days, 'day')}"
        case _:
            return f"{count_words(-days, 'day')} ago"


def moment_words(moment: datetime) -> str:
    """Return a moment on the clock it was taken from: `2026-11-22 09:14`."""
    return f"{moment:%Y-%m-%d %H:%M}"


def easiness_words(hundredths: int) -> str:
    """Return an easiness with its two decimals: `2.50`."""
    return f"{hundredths // 100}.{hundredths % 100:02d}"


def memory_words(memory: Memory, today: date) -> str:
    """Return what is known of a card as one line."""
    match memory:
        case Unseen():
            return "unseen"
        case Learned():
            due = f"due {day_words(memory.due, today)} ({distance_words(memory.due, today)})"
            rest = (
                f"interval {count_words(memory.interval, 'day')}",
                f"easiness {easiness_words(memory.easiness)}",
                f"repetition {memory.repetition}",
                f"lapses {memory.lapses}",
            )
            return ", ".join(("learned", due, *rest))
        case _:
            assert_never(memory)
