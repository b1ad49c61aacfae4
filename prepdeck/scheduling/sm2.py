"""SM-2, the canonical reading: an explicit sentence of Wozniak's 1990 text wins; where it is silent, his listing does.

Easiness is kept in whole hundredths, so that no float drifts: the seventh five in a row is 420 days times 3.1, which is
1302 days, where binary floats say 1303.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from prepdeck.scheduling.grade import DRILL_ENDS_AT, PASSING_QUALITY, Grade, is_quality
from prepdeck.scheduling.memory import (
    EASINESS_AT_START,
    EASINESS_FLOOR,
    LONGEST_INTERVAL,
    UNSEEN,
    Learned,
    Memory,
    Unseen,
)

EASINESS_STEP: Final = (-80, -54, -32, -14, 0, 10)
"""Hundredths by quality 0-5: `EF + (0.1 - (5-q)(0.08 + (5-q)0.02))` of Wozniak 1990; applied to passes only."""
FIRST_INTERVAL: Final = 1
"""Days after the first pass."""
SECOND_INTERVAL: Final = 6
"""Days after the second pass."""


class EarlierDay(ValueError):
    """An answer on a day before the card's last study day."""


def answer(memory: Memory, quality: int, today: date) -> Learned:
    """Return what is known of a card after it was answered on the study day `today`.

    A second answer on one study day is a drill: it decides whether the card comes back today and changes nothing else.
    Early and late answers count from today.

    Args:
        memory: What was known before.
        quality: 0-5.
        today: The study day of the answer.

    Raises:
        ValueError: When `quality` is not 0-5.
        EarlierDay: When `today` lies before the card's last study day.
    """
    if not is_quality(quality):
        message = f"quality must be 0-5, not {quality}"
        raise ValueError(message)
    match memory:
        case Unseen():
            before = Learned(0, EASINESS_AT_START, 0, today, today, drilling=False, lapses=0)
            return _schedule(before, quality, today, lapsed=False)
        case Learned(last=last) if today < last:
            message = f"the card was answered on {last}; {today} lies before that"
            raise EarlierDay(message)
        case Learned(last=last) if today == last:
            return replace(memory, drilling=memory.drilling and quality < DRILL_ENDS_AT)
        case Learned():
            return _schedule(memory, quality, today, lapsed=quality < PASSING_QUALITY)


def is_early_pass(memory: Memory, quality: int, today: date) -> bool:
    """Tell whether an answer passes a learned card before its due day, and for the first time on its study day."""
    return isinstance(memory, Learned) and memory.last < today < memory.due and quality >= PASSING_QUALITY


def answer_early_in_plan(memory: Memory, quality: int, today: date) -> Learned:
    """Return what is known of a card after an answer under a plan for a date.

    A pass before the due day keeps the interval: the plan asked too early for SM-2 to learn anything from it. Any other
    answer is an ordinary one, as a merged log may hold it.
    """
    if not isinstance(memory, Learned) or not is_early_pass(memory, quality, today):
        return answer(memory, quality, today)
    due = later(today, max(FIRST_INTERVAL, memory.interval))
    return replace(memory, due=due, last=today, drilling=quality < DRILL_ENDS_AT)


def _schedule(before: Learned, quality: int, today: date, *, lapsed: bool) -> Learned:
    if quality < PASSING_QUALITY:
        repetition, interval, easiness = 0, FIRST_INTERVAL, before.easiness
    else:
        repetition = before.repetition + 1
        interval = _interval(repetition, before)
        easiness = max(EASINESS_FLOOR, before.easiness + EASINESS_STEP[quality])
    return Learned(
        repetition=repetition,
        easiness=easiness,
        interval=interval,
        due=later(today, interval),
        last=today,
        drilling=quality < DRILL_ENDS_AT,
        lapses=before.lapses + lapsed,
    )


def _interval(repetition: int, before: Learned) -> int:
    if repetition == 1:
        return FIRST_INTERVAL
    if repetition == 2:  # noqa: PLR2004 - SM-2's second pass
        return SECOND_INTERVAL
    rounded_up = -(-before.interval * before.easiness // 100)
    return min(rounded_up, LONGEST_INTERVAL)


def later(day: date, days: int) -> date:
    """Return the day `days` after `day`, stopping at the calendar's last day."""
    return min(day, date.max - timedelta(days=days)) + timedelta(days=days)


def preview(memory: Memory, today: date) -> dict[Grade, Learned]:
    """Return the four futures of a card, one for each button, by the very function that will answer it."""
    return {grade: answer(memory, grade.quality, today) for grade in Grade}


def revise(memory: Memory, today: date) -> Memory:
    """Return the memory of a card whose meaning changed: due today at the latest, history kept.

    A card answered today already is due tomorrow, for a second answer on one study day would be a drill.
    """
    match memory:
        case Unseen():
            return UNSEEN
        case Learned():
            earliest = max(today, later(memory.last, 1))
            return replace(memory, due=min(memory.due, earliest))


def reschedule(memory: Memory, due: date) -> Memory:
    """Return the memory of a card that is asked on another day: never on the day of its last answer, or before.

    What SM-2 knows of the card stays, and an unseen card has no due day that could change.
    """
    match memory:
        case Unseen():
            return UNSEEN
        case Learned():
            return replace(memory, due=max(due, later(memory.last, 1)))
