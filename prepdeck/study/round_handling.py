"""What a learner does to the card of a round apart from grading it, and cards that may no longer be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import Final, TypeAlias

from prepdeck.cards.ids import CardId
from prepdeck.errors import UsageError
from prepdeck.store.mapping import ActionKind
from prepdeck.study import handling
from prepdeck.study.desk import Desk
from prepdeck.study.handling import Handled
from prepdeck.study.reviewing import Sitting
from prepdeck.text.counts import counted

Verb: TypeAlias = Callable[[Desk, Sequence[str]], Handled]
"""Something done to cards."""


class Step(Enum):
    """What can be done to the card asked now with one key."""

    BURY = "bury"
    SUSPEND = "suspend"
    FLAG = "flag"
    UNFLAG = "unflag"

    @property
    def holds_back(self) -> bool:
        """Whether it takes the card out of the round."""
        return self in {Step.BURY, Step.SUSPEND}


_VERBS: Final[Mapping[Step, Verb]] = {
    Step.BURY: handling.bury,
    Step.SUSPEND: handling.suspend,
    Step.FLAG: handling.flag,
    Step.UNFLAG: handling.unflag,
}
_DONE: Final = {
    ActionKind.BURY: "Buried {card} until tomorrow; u brings it back.",
    ActionKind.SUSPEND: "Suspended {card}; u brings it back.",
    ActionKind.FLAG: "Flagged {card}.",
    ActionKind.UNFLAG: "Took the flag off {card}.",
    ActionKind.NOTE: "Kept the note on {card}.",
}
_FOUND: Final = {
    ActionKind.BURY: "{card} was buried already.",
    ActionKind.SUSPEND: "{card} was suspended already.",
    ActionKind.FLAG: "{card} was flagged already.",
    ActionKind.UNFLAG: "{card} bore no flag any more.",
    ActionKind.NOTE: "The note on {card} stays as it was.",
}


def handle_current(desk: Desk, sitting: Sitting, step: Step) -> tuple[Sitting, str]:
    """Bury, suspend, flag or unflag the card asked now; when this returns, it is on the disk.

    Returns:
        The round as it goes on, and what was done, for people.

    Raises:
        UsageError: When the round is over.
        NotFound: When no deck holds the card any more; nothing is written.
        StoreError: When it could not be stored; the same call may be tried again.
    """
    card = _current(sitting)
    done = _VERBS[step](desk, [str(card)])
    return _after(sitting, card, done, leaves=step.holds_back)


def note_current(desk: Desk, sitting: Sitting, text: str) -> tuple[Sitting, str]:
    """Write something down beside the card asked now; an empty text takes the note away.

    Raises:
        UsageError: When the round is over, or the text is too long.
        NotFound: When no deck holds the card any more; nothing is written.
        StoreError: When it could not be stored; the same call may be tried again.
    """
    card = _current(sitting)
    done = handling.note(desk, str(card), text)
    sitting, words = _after(sitting, card, done, leaves=False)
    if done.changed and not done.cards[0].handling.note:
        words = f"Took the note off {done.cards[0].card}."
    return sitting, words


def _current(sitting: Sitting) -> CardId:
    if sitting.current is None:
        raise UsageError("the round is over", "begin another one")
    return sitting.current


def _after(sitting: Sitting, card: CardId, done: Handled, *, leaves: bool) -> tuple[Sitting, str]:
    """Return the round after a step; a card that is held back now leaves it."""
    name = done.cards[0].card
    words = (_DONE if done.changed else _FOUND)[done.kind].format(card=name)
    if not leaves:
        return sitting, words
    left, plan = sitting.round.without(card), sitting.plan
    if plan is not None:  # or the next answer would plan it in again
        candidates = {other: each for other, each in plan.candidates.items() if other not in {card, name}}
        plan = replace(plan, candidates=candidates)
    kept = (*sitting.held_back, (name, sitting.round)) if done.changed else sitting.held_back
    return replace(sitting, round=left, held_back=kept, plan=plan), words


def skip_gone(desk: Desk, sitting: Sitting) -> tuple[Sitting, str]:
    """Return the round at the first card that may still be asked, and a sentence about those left out before it.

    Another program may have suspended, buried, renamed or removed cards since the round was put together.
    """
    today = desk.today()
    gone: list[tuple[CardId, str]] = []
    while (card := sitting.current) is not None:
        with desk.store.reading() as log:
            name = card if desk.library.get(card) is not None else log.name_now(card)
            known = log.handling_of(name)
        if known.suspended:
            gone.append((name, "is suspended now"))
        elif known.is_buried(today):
            gone.append((name, "is buried for today"))
        elif desk.library.get(name) is None:
            gone.append((name, "is in no deck any more"))
        elif name != card:
            sitting = replace(sitting, round=sitting.round.without(card).asking(name))
            continue
        else:
            break
        sitting = replace(sitting, round=sitting.round.without(card))
    return sitting, _gone_words(gone)


def _gone_words(gone: Sequence[tuple[CardId, str]]) -> str:
    match gone:
        case []:
            return ""
        case [(card, why)]:
            return f"{card} {why}, so it left the round."
        case _:
            return f"{counted(len(gone), 'card')} left the round: suspended, buried or in no deck any more."
