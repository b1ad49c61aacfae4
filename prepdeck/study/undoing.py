"""Undo: the learner's last step taken back, whatever it was, and told in words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from prepdeck.cards.ids import CardId
from prepdeck.errors import NotFound, UsageError
from prepdeck.scheduling.review import Review
from prepdeck.store.mapping import Action, ActionKind
from prepdeck.study.ahead import ahead_words
from prepdeck.study.desk import Desk, reload_decks
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted

INTERVIEW_WORDS: Final = {"add": "added", "change": "changed", "remove": "removed", "done": "marked as done"}
"""What happened to an interview date, by the word its entry holds."""
BESIDE_THE_SCHEDULE: Final = (
    ActionKind.FLAG,
    ActionKind.UNFLAG,
    ActionKind.NOTE,
    ActionKind.INTERVIEW,
    ActionKind.ROUND,
    ActionKind.ROAD,
    ActionKind.CHOICE,
)
"""Actions that leave alone when a card is asked."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What an undo took back."""

    words: str
    """For people, such as `good on probability/base-rate` or `suspend of 3 cards`."""
    card: CardId | None
    """The card it was about, if it was about one."""
    at: datetime
    """When the undone step happened."""
    review: Review | None = field(default=None, compare=False)
    """The review that no longer counts, if it was one."""
    cards: tuple[CardId, ...] = field(default=(), compare=False)
    """Every card it was about, as they are called now."""
    moves_cards: bool = field(default=False, compare=False)
    """Whether it had changed when its cards are asked, which a flag or a note does not."""


def undo(desk: Desk, count: int = 1) -> tuple[Undone, ...]:
    """Take back the last `count` steps of the learner, newest first, in one transaction.

    A step is a review, or everything one command did.

    Raises:
        NotFound: When there is nothing to undo.
        UsageError: When `count` is not positive.
    """
    if count < 1:
        raise UsageError(f"cannot undo {count} actions", "prepdeck undo 2 takes back the last two")
    now, today = desk.clock.now(), desk.today()
    undone: list[Undone] = []
    changes_queue = False
    with desk.store.writing() as log:
        warned = ahead_words(log.raw, today)
        newer = log.new_names()
        while len(undone) < count and (step := log.newest_step()):
            log.take_back(step, now, today)
            cards = tuple(newer.get(entry.card, entry.card) for entry in step if entry.card is not None)
            first = step[0]
            changes_queue |= isinstance(first, Action) and first.kind is ActionKind.CHOICE
            undone.append(
                Undone(
                    words=step_words(step),
                    card=cards[0] if len(step) == 1 and cards else None,
                    at=first.at,
                    review=first if isinstance(first, Review) else None,
                    cards=cards,
                    moves_cards=isinstance(first, Review) or first.kind not in BESIDE_THE_SCHEDULE,
                )
            )
        warning = ahead_words(log.raw, today)
    if not undone:
        raise NotFound("there is nothing to undo")
    if changes_queue:  # a chosen deck leaves the daily queue, or comes back
        reload_decks(desk)
    if warning != warned and warned in desk.notes:  # what was taken back may be what it warned of
        desk.notes.remove(warned)
        desk.notes += [warning] if warning else []
    return tuple(undone)


def step_words(step: Sequence[Review | Action]) -> str:
    """Return what a step did, for people."""
    first = step[0]
    if isinstance(first, Review):
        return f"{first.grade.value} on {first.card}"
    about = str(first.card) if len(step) == 1 else counted(len(step), "card")
    match first.kind:
        case ActionKind.INTERVIEW:
            return interview_words(first.details)
        case ActionKind.NOTE:
            return f"note on {about}"
        case ActionKind.PULL:
            return f"mock pull of {about}"
        case ActionKind.ROUND:
            return "note on a real interview"
        case ActionKind.ROAD | ActionKind.CHOICE:
            from prepdeck.study.road_log import deed_words

            return deed_words(step[-1].details if isinstance(step[-1], Action) else "")
        case kind:
            return f"{kind.value} of {about}"


def interview_words(details: str) -> str:
    """Return what an entry about an interview did; one that makes no sense is told without its date."""
    try:
        told = json.loads(details)
        what, day = INTERVIEW_WORDS[told["do"]], told["date"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return "interview date"
    return f"interview date {clean_line(str(day))[:10]} {what}"
