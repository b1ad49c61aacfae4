"""Entries of the two logs as the histories that cards have: what each means for a memory, and for a handling."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, TypeAlias

from prepdeck.scheduling.handling import Buried, Flagged, Noted, Suspended, Treatment
from prepdeck.scheduling.review import Answered, Entry, Rescheduled, Reset, Review, Revised
from prepdeck.store.mapping import Action, ActionKind

Keyed: TypeAlias = tuple[tuple[str, str], Entry]
"""An entry of a history with its place in replay order: (study day, id)."""
MEMORY_KINDS: Final = (
    ActionKind.REVISION,
    ActionKind.RESET,
    ActionKind.SET_DUE,
    ActionKind.POSTPONE,
    ActionKind.SPREAD,
    ActionKind.PULL,
)
"""Actions that change what is known of a card, or when it is due."""
HANDLING_KINDS: Final = (
    ActionKind.SUSPEND,
    ActionKind.UNSUSPEND,
    ActionKind.BURY,
    ActionKind.FLAG,
    ActionKind.UNFLAG,
    ActionKind.NOTE,
)
"""Actions that decide whether a card is asked, or say something beside it."""
NEVER_UNDONE: Final = (ActionKind.UNDO, ActionKind.REVISION, ActionKind.RENAME)
"""Actions that no undo takes back: they follow from decks, or are undos themselves."""


def entry_of(action: Action) -> Entry | None:
    """Return what an action means for the memory of its card; None when that stays as it is.

    Raises:
        ValueError: When it should name a day and does not.
    """
    match action.kind:
        case ActionKind.REVISION:
            return Revised(action.study_day)
        case ActionKind.RESET:
            return Reset(action.study_day)
        case ActionKind.SET_DUE | ActionKind.POSTPONE | ActionKind.SPREAD | ActionKind.PULL:
            return Rescheduled(action.study_day, date.fromisoformat(action.details))
        case _:
            return None


def treatment_of(action: Action) -> Treatment | None:
    """Return what an action means for the handling of its card; None when that stays as it is.

    Raises:
        ValueError: When it should name a day and names something else.
    """
    match action.kind:
        case ActionKind.SUSPEND | ActionKind.UNSUSPEND:
            return Suspended(action.kind is ActionKind.SUSPEND)
        case ActionKind.BURY:
            # The day stands in the details: on a clock that was set back the entry itself counts on a later one.
            return Buried(date.fromisoformat(action.details) if action.details else action.study_day)
        case ActionKind.FLAG | ActionKind.UNFLAG:
            return Flagged(action.kind is ActionKind.FLAG)
        case ActionKind.NOTE:
            return Noted(action.details)
        case _:
            return None


def entries_of(answers: Iterable[Review], others: Iterable[Action]) -> list[Entry]:
    """Return a history in replay order, (study day, id), undone entries left out."""
    keyed: list[Keyed] = [
        ((review.study_day.isoformat(), review.id), Answered(review.study_day, review.quality, review.kind))
        for review in answers
        if not review.voided
    ]
    for action in others:
        entry = None if action.voided else entry_of(action)
        if entry is not None:
            keyed.append(((action.study_day.isoformat(), action.id), entry))
    return in_order(keyed)


def in_order(keyed: list[Keyed]) -> list[Entry]:
    """Return entries by their key, (study day, id)."""
    return [entry for _, entry in sorted(keyed, key=lambda pair: pair[0])]
