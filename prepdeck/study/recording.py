"""Single answers, stored: with a screen or without one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from prepdeck.cards.ids import CardId
from prepdeck.errors import AnswerRefused
from prepdeck.host.clock import to_milliseconds, wall_of
from prepdeck.scheduling.grade import PASSING_QUALITY
from prepdeck.scheduling.memory import Memory, Unseen, leech_is_announced
from prepdeck.scheduling.review import Answered, Review, ReviewKind
from prepdeck.scheduling.study_day import live_study_day, study_day
from prepdeck.store.logbook import Logbook
from prepdeck.study.desk import Desk
from prepdeck.study.leeches import leech_words
from prepdeck.study.review_days import day_reached, kind_at, last_day

LONGEST_ANSWER_SECONDS = 86_400.0
"""A longer answer is a forgotten window; it is kept as a day."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer on its way to the log."""

    card: CardId
    """The card that was asked."""
    quality: int
    """0-5."""
    at: datetime | None
    """When it was given, aware; None for now."""
    elapsed_seconds: float | None
    """How long it took."""
    wording: int = 0
    """Which wording was shown."""
    cram: bool = False
    """Whether the schedule is left alone."""


def record_answer(
    desk: Desk, card_id: CardId, quality: int, *, at: datetime | None = None, seconds: float | None = None
) -> Review:
    """Record one review without a screen; when this returns, it is on the disk.

    Args:
        desk: The opened desk.
        card_id: A card of the library.
        quality: 0-5.
        at: When it happened, aware; None for now.
        seconds: How long it took.

    Raises:
        AnswerRefused: When `at` lies before the card's last review; nothing is written.
        StoreError: When it could not be stored.
    """
    return record(desk, Answer(card_id, quality, at, seconds))


def record(desk: Desk, answer: Answer, ticket: str | None = None) -> Review:
    """Store an answer; a ticket given again stores it once only."""
    now = desk.clock.now()
    moment = now if answer.at is None else answer.at.astimezone()
    seconds = answer.elapsed_seconds
    with desk.store.writing() as log:
        before = log.memory_of(answer.card)
        if isinstance(before, Unseen):
            # Another program may have taken in a new name since the card was asked; its history stands under that one.
            answer = replace(answer, card=log.name_now(answer.card))
            before = log.memory_of(answer.card)
        day = _day_of(desk, log, answer, moment, before)
        kind = ReviewKind.CRAM if answer.cram else kind_at(desk, log, answer.card, before, day)
        if kind is ReviewKind.EARLY_PLAN and answer.quality < PASSING_QUALITY:
            kind = ReviewKind.EARLY
        entry = Answered(day, answer.quality, kind)
        after = log.scheduler.answer(lambda: log.history_of(answer.card), before, entry)
        review = Review(
            id="",
            card=answer.card,
            at=moment,
            study_day=day,
            quality=answer.quality,
            elapsed_seconds=None if seconds is None else min(max(0.0, seconds), LONGEST_ANSWER_SECONDS),
            kind=kind,
            wording=answer.wording,
            before=before,
            after=after,
        )
        stored = log.append_review(review, now, ticket)
    if leech_is_announced(stored.before, stored.after, desk.settings.leech_lapses):
        desk.notes.append(leech_words(stored))
    return stored


def _day_of(desk: Desk, log: Logbook, answer: Answer, moment: datetime, before: Memory) -> date:
    """Return the study day an answer counts on, and say so when the clock was set back."""
    last = last_day(before)
    wall = wall_of(moment)
    day = study_day(wall, desk.settings.day_start)
    if answer.at is None:
        day, set_back = live_study_day(wall, day_reached(log, answer.card, before, day), desk.settings.day_start)
        if set_back and day == last:
            desk.notes.append(
                f"the clock stands before {answer.card}'s last review; this answer counts on {last}, "
                "as a drill that leaves the schedule alone"
            )
        elif set_back:
            desk.notes.append(
                f"the clock stands before the last change of {answer.card}'s schedule; this answer counts on {day}"
            )
        return day
    last_ms = log.last_moment_of(answer.card)
    if (last_ms is not None and to_milliseconds(moment) < last_ms) or (last is not None and day < last):
        raise AnswerRefused(
            f"{moment.isoformat()} lies before the last review of {answer.card}; nothing was written",
            f"prepdeck log --card {answer.card} shows the reviews",
        )
    change = log.newest_change(answer.card, day)
    if change is not None:
        raise AnswerRefused(
            f"{moment.isoformat()} lies before the {change.kind.value} of {answer.card} on {change.study_day}; "
            "nothing was written",
            f"prepdeck log --all --card {answer.card} shows everything that happened to it",
        )
    return day
