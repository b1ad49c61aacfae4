"""What a learner does to cards apart from answering them: each verb is one transaction and one undo step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from prepdeck.cards.ids import CardId
from prepdeck.errors import UsageError
from prepdeck.scheduling.handling import POSTPONED_DAYS, UNTOUCHED, Handling
from prepdeck.scheduling.memory import LONGEST_INTERVAL, Learned, Memory
from prepdeck.scheduling.sm2 import later
from prepdeck.store.mapping import ActionKind
from prepdeck.study.desk import Desk
from prepdeck.study.meaning import living_card, living_cards
from prepdeck.text.cleaning import clean

LONGEST_NOTE: Final = 2_000
"""Characters of a note."""


@dataclass(frozen=True, slots=True)
class HandledCard:
    """What a verb made of one card."""

    card: CardId
    """Its name."""
    is_changed: bool
    """Whether there was anything to do."""
    before: Memory
    """What was known of it before."""
    after: Memory
    """What is known of it now."""
    handling: Handling
    """What was done to it so far, this included."""
    found: Handling = UNTOUCHED
    """What had been done to it before."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What a verb did."""

    kind: ActionKind
    """The verb."""
    today: date
    """The study day it was done on."""
    cards: tuple[HandledCard, ...]
    """Each card that was named, once."""

    @property
    def changed(self) -> tuple[HandledCard, ...]:
        """The cards there was anything to do for; none when nothing was written."""
        return tuple(each for each in self.cards if each.is_changed)


@dataclass(frozen=True, slots=True)
class _Card:
    """A card before anything is done to it."""

    card: CardId
    memory: Memory
    handling: Handling


_Plan: TypeAlias = Callable[[_Card], str | None]
"""Returns the details of the entry to make for a card, or None when there is nothing to do."""


def suspend(desk: Desk, words: Sequence[str]) -> Handled:
    """Stop asking some cards, until they are unsuspended.

    Raises:
        NotFound: When one of the words fits no card, or several; nothing is written.
    """
    return _handle(desk, ActionKind.SUSPEND, words, lambda each: None if each.handling.suspended else "")


def unsuspend(desk: Desk, words: Sequence[str]) -> Handled:
    """Ask some cards again that were suspended.

    Raises:
        NotFound: When one of the words fits no card, or several; nothing is written.
    """
    return _handle(desk, ActionKind.UNSUSPEND, words, lambda each: "" if each.handling.suspended else None)


def bury(desk: Desk, words: Sequence[str]) -> Handled:
    """Leave some cards out until the next study day.

    Raises:
        NotFound: When one of the words fits no card, or several; nothing is written.
    """
    today = desk.today()
    day = today.isoformat()
    return _handle(desk, ActionKind.BURY, words, lambda each: None if each.handling.is_buried(today) else day)


def reset(desk: Desk, words: Sequence[str]) -> Handled:
    """Begin some cards anew: their schedule goes, their reviews stay in the log.

    Raises:
        NotFound: When one of the words fits no card, or several; nothing is written.
    """
    return _handle(desk, ActionKind.RESET, words, lambda each: "" if isinstance(each.memory, Learned) else None)


def set_due(desk: Desk, words: Sequence[str], day: date) -> Handled:
    """Ask some learned cards on a day of the learner's choice; what SM-2 knows of them stays.

    Raises:
        NotFound: When one of the words fits no card, or several; nothing is written.
        UsageError: When the day lies in the past or too far away, or a card is new.
    """
    today = desk.today()
    if day < today:
        raise UsageError(f"{day} is past; today is {today}", "name today or a later day, or +3 for in three days")
    if day > later(today, LONGEST_INTERVAL):
        raise UsageError(f"{day} is more than {LONGEST_INTERVAL:,} days away", "prepdeck suspend CARD stops asking it")
    return _handle(desk, ActionKind.SET_DUE, words, lambda each: _moved(each, day))


def postpone(desk: Desk, words: Sequence[str], days: int = POSTPONED_DAYS) -> Handled:
    """Put some learned cards off by so many days from the day they are due, or from today when that is past.

    Raises:
        NotFound: When one of the words fits no card, or several; nothing is written.
        UsageError: When the days are too few or too many, a card would come back too far away, or is new.
    """
    if not 1 <= days <= LONGEST_INTERVAL:
        raise UsageError(f"cannot postpone by {days} days", f"from 1 to {LONGEST_INTERVAL:,} days can be")
    today = desk.today()

    def plan(each: _Card) -> str | None:
        day = later(max(today, _learned(each).due), days)
        if (day - today).days > LONGEST_INTERVAL:
            raise UsageError(
                f"{each.card} would be due on {day}, more than {LONGEST_INTERVAL:,} days away; nothing was written",
                f"prepdeck suspend {each.card} stops asking it",
            )
        return _moved(each, day)

    return _handle(desk, ActionKind.POSTPONE, words, plan)


def flag(desk: Desk, words: Sequence[str]) -> Handled:
    """Mark some cards to come back to them.

    Raises:
        NotFound: When one of the words fits no card, or several; nothing is written.
    """
    return _handle(desk, ActionKind.FLAG, words, lambda each: None if each.handling.flagged else "")


def unflag(desk: Desk, words: Sequence[str]) -> Handled:
    """Take the mark of some cards away.

    Raises:
        NotFound: When one of the words fits no card, or several; nothing is written.
    """
    return _handle(desk, ActionKind.UNFLAG, words, lambda each: "" if each.handling.flagged else None)


def note(desk: Desk, word: str, text: str) -> Handled:
    """Write something down beside a card, instead of what stood there; an empty text takes the note away.

    Raises:
        NotFound: When the word fits no card, or several.
        UsageError: When the text is too long.
    """
    written = clean(text).strip()
    if len(written) > LONGEST_NOTE:
        raise UsageError(
            f"the note has {len(written):,} characters", f"a note has at most {LONGEST_NOTE:,}; nothing was written"
        )
    return _handle(desk, ActionKind.NOTE, [word], lambda each: None if each.handling.note == written else written)


def note_of(desk: Desk, word: str) -> tuple[CardId, str]:
    """Return the card meant and what was written down beside it; empty when nothing was.

    Raises:
        NotFound: When the word fits no card, or several.
    """
    card = living_card(desk, word)
    with desk.store.reading() as log:
        return card, log.handling_of(card).note


def _handle(desk: Desk, kind: ActionKind, words: Sequence[str], plan: _Plan) -> Handled:
    """Do one thing to some cards, all or none of them."""
    meant = living_cards(desk, words)
    now, today = desk.clock.now(), desk.today()
    with desk.store.writing() as log:
        newer = log.new_names()
        names = dict.fromkeys(newer.get(card, card) for card in meant)
        cards = [_Card(card, log.memory_of(card), log.handling_of(card)) for card in names]
        details = {each.card: plan(each) for each in cards}
        log.append_actions(kind, now, today, [(card, text) for card, text in details.items() if text is not None])
        done = tuple(
            HandledCard(
                card=each.card,
                is_changed=details[each.card] is not None,
                before=each.memory,
                after=log.memory_of(each.card),
                handling=log.handling_of(each.card),
                found=each.handling,
            )
            for each in cards
        )
    return Handled(kind, today, done)


def _moved(each: _Card, day: date) -> str | None:
    """Return the day a learned card is moved to, or None when it is due then already."""
    memory = _learned(each)
    due = max(day, later(memory.last, 1))
    return None if memory.due == due else due.isoformat()


def _learned(each: _Card) -> Learned:
    """Return what is known of a learned card.

    Raises:
        UsageError: When the card is new: never answered, or reset since.
    """
    if isinstance(each.memory, Learned):
        return each.memory
    raise UsageError(
        f"{each.card} is new, so it has no due day; nothing was written",
        f"review it first (prepdeck review {each.card.deck}), or leave it out: prepdeck bury, prepdeck suspend",
    )
