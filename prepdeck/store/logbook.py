"""The two append-only logs and what follows from them, within one open transaction; the mocks stand beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from prepdeck.cards.ids import CardId
from prepdeck.errors import SettingsError
from prepdeck.host.clock import to_milliseconds
from prepdeck.progress.retention import Kept
from prepdeck.scheduling.handling import UNTOUCHED, Handling, handling_after, treat
from prepdeck.scheduling.memory import UNSEEN, Learned, Memory, Unseen
from prepdeck.scheduling.review import Answered, Entry, Review, ReviewKind, step
from prepdeck.scheduling.scheduler import SM2, Scheduler
from prepdeck.scheduling.schedulers import scheduler_of
from prepdeck.store.catalogue import Catalogue
from prepdeck.store.glance import SCHEDULER_FACT, kept_key
from prepdeck.store.histories import (
    HANDLING_KINDS,
    MEMORY_KINDS,
    Keyed,
    entries_of,
    entry_of,
    in_order,
    treatment_of,
)
from prepdeck.store.ids import next_id
from prepdeck.store.log_reading import LogReading
from prepdeck.store.mapping import (
    Action,
    ActionKind,
    action_to_row,
    handling_to_row,
    memory_to_row,
    review_to_row,
)
from prepdeck.store.schema import MEMORY_FIELDS
from prepdeck.store.shelving import Shelving
from prepdeck.store.tables import actions, handlings, memories, reviews
from prepdeck.store.voiding import IS_VOIDED

if TYPE_CHECKING:
    from prepdeck.store.mocks import MockShelf

REPLAYED_ONE_BY_ONE: Final = 100
"""Cards from which on all histories are read at once instead of one after the other."""

MIXED_KEY: Final = "mixed"
"""Stands for the scheduler when some memories follow another one than the rest; no scheduler has this key."""

_KINDS: Final = {kind.value: kind for kind in ReviewKind}
_newest_ids: Final = select(func.max(reviews.c.id)).union_all(select(func.max(actions.c.id)))
_answers: Final = select(
    reviews.c.deck, reviews.c.card, reviews.c.study_day, reviews.c.id, reviews.c.quality, reviews.c.kind
).where(~IS_VOIDED)
_forget_memory: Final = delete(memories).where(
    memories.c.deck == bindparam("of_deck"), memories.c.card == bindparam("of_card")
)
_new_memory: Final = upsert(memories)
# Not a delete and an insert: those would turn the card unseen and seen again.
_remember: Final = _new_memory.on_conflict_do_update(
    index_elements=[memories.c.deck, memories.c.card], set_={name: _new_memory.excluded[name] for name in MEMORY_FIELDS}
)
_forget_handling: Final = delete(handlings).where(
    handlings.c.deck == bindparam("of_deck"), handlings.c.card == bindparam("of_card")
)
_new_handling: Final = upsert(handlings)
_keep_handling: Final = _new_handling.on_conflict_do_update(
    index_elements=[handlings.c.deck, handlings.c.card],
    set_={name: _new_handling.excluded[name] for name in handling_to_row(UNTOUCHED)},
)


class Logbook(LogReading):
    """What may be read and appended within one transaction.

    Args:
        connection: An open transaction; writing needs one that began IMMEDIATE.
        scheduler: What decides when a card comes back.
    """

    def __init__(self, connection: Connection, scheduler: Scheduler = SM2) -> None:
        super().__init__(connection)
        self._given = scheduler
        self.catalogue = Catalogue(connection)
        """Small facts about the database."""
        self.shelving = Shelving(connection)
        """Keeps what deck files hold."""

    @cached_property
    def mocks(self) -> MockShelf:
        """Mocks, and loops of mocks; their rooms are only loaded where they are asked for."""
        from prepdeck.store.mocks import MockShelf

        return MockShelf(self._connection, self.new_names)

    @cached_property
    def scheduler(self) -> Scheduler:
        """What decides when a card comes back: what the kept memories follow, also when another program chose it.

        Where that cannot be loaded, it is the scheduler that was given.
        """
        if self._kept_key == self._given.key:
            return self._given
        try:
            return scheduler_of(self._kept_key)
        except SettingsError:
            return self._given

    @cached_property
    def _kept_key(self) -> str:
        return kept_key(self.raw)

    def _admit_own_way(self) -> None:
        """Note down that a memory is kept by another scheduler than the rest, so that the next start mends that."""
        if self.scheduler.key != self._kept_key:
            self.catalogue.keep_fact(SCHEDULER_FACT, MIXED_KEY)

    # Writing

    def append_review(self, review: Review, written_at: datetime, proposed_id: str | None = None) -> Review:
        """Append a review under a fresh id and keep the memory that follows; return it as stored.

        A `proposed_id` that is the log's already means that an earlier try was stored after all: that review is
        returned and nothing is written.

        Args:
            review: The review; its own id is ignored.
            written_at: The moment of writing, which the fresh id carries; `review.at` may lie long before.
            proposed_id: The id an earlier try may have been stored under.
        """
        if proposed_id is not None:
            stored = self.review(proposed_id)
            if stored is not None:
                return stored
        stored = replace(review, id=self.fresh_id(written_at, proposed_id))
        self._connection.execute(insert(reviews), review_to_row(stored))
        self.keep_memory(stored.card, stored.after)
        return stored

    def append_action(  # noqa: PLR0913 - the columns of an action
        self,
        kind: ActionKind,
        moment: datetime,
        study_day: date,
        *,
        card: CardId | None = None,
        target: str | None = None,
        details: str = "",
    ) -> Action:
        """Append an action that is its own undo step, and nothing else; return it as stored."""
        fresh = self.fresh_id(moment)
        action = Action(fresh, moment, study_day, kind, card, target, fresh, details)
        self._connection.execute(insert(actions), action_to_row(action))
        return action

    def append_actions(
        self, kind: ActionKind, moment: datetime, study_day: date, items: Sequence[tuple[CardId | None, str]]
    ) -> list[Action]:
        """Append actions that are one undo step, and keep what follows from them; return them as stored.

        None stands before the last entry of its card, so that replay meets the entries in the order they were made: on
        a clock that was set back it counts on that entry's study day.

        Args:
            kind: What each of them does.
            moment: When it happened.
            study_day: The study day it is.
            items: The card of each, and its details.
        """
        newer = self.new_names()
        ids = self._fresh_ids(moment, len(items))
        stored = []
        for fresh, (named, details) in zip(ids, items, strict=True):
            card = None if named is None else newer.get(named, named)
            day = study_day if card is None else self._day_reached(card, study_day)
            action = Action(fresh, moment, day, kind, card, None, ids[0], details)
            self._connection.execute(insert(actions), action_to_row(action))
            self._keep_what_follows(action)
            stored.append(action)
        return stored

    def _day_reached(self, card: CardId, study_day: date) -> date:
        """Return the study day of a card's last entry, or the given one when that is later."""
        memory = self.memory_of(card)
        newest = self.newest_change(card, study_day, (*MEMORY_KINDS, *HANDLING_KINDS))
        known = memory.last if isinstance(memory, Learned) else study_day
        return max(study_day, known, newest.study_day if newest is not None else study_day)

    def _keep_what_follows(self, action: Action) -> None:
        """Keep what an entry that is the newest of its card changes."""
        if action.card is None:
            return
        entry, treatment = entry_of(action), treatment_of(action)
        # What is no answer means the same under every scheduler.
        if entry is not None:
            self.keep_memory(action.card, step(self.memory_of(action.card), entry))
        if treatment is not None:
            self.keep_handling(action.card, treat(self.handling_of(action.card), treatment))

    def take_back(self, entries: Sequence[Review | Action], moment: datetime, study_day: date) -> list[Action]:
        """Append the entries that take a step back, as one step, and keep what follows without it.

        Args:
            entries: The step, as `newest_step` returns it.
            moment: When it happens.
            study_day: The study day it is; none counts before the entry it takes back.
        """
        ids = self._fresh_ids(moment, len(entries))
        undos = [
            Action(id_, moment, max(study_day, entry.study_day), ActionKind.UNDO, entry.card, entry.id, ids[0])
            for id_, entry in zip(ids, entries, strict=True)
        ]
        if undos:
            self._connection.execute(insert(actions), [action_to_row(undo) for undo in undos])
        answered = [entry.card for entry in entries if isinstance(entry, Review) or entry.kind in MEMORY_KINDS]
        handled = [entry.card for entry in entries if isinstance(entry, Action) and entry.kind in HANDLING_KINDS]
        newer = self.new_names()
        self._keep_memories_replayed({newer.get(card, card) for card in answered if card is not None})
        self._keep_handlings_replayed({newer.get(card, card) for card in handled if card is not None})
        return undos

    def fresh_id(self, moment: datetime, proposed_id: str | None = None) -> str:
        """Return an id larger than every one in both logs: the proposed one if it is."""
        newest = max((row[0] for row in self._connection.execute(_newest_ids) if row[0]), default=None)
        if proposed_id is not None and (newest is None or proposed_id > newest):
            return proposed_id
        return next_id(to_milliseconds(moment), newest)

    def _fresh_ids(self, moment: datetime, count: int) -> list[str]:
        """Return so many ids that grow, each larger than every one in both logs."""
        ids: list[str] = []
        for _ in range(count):
            ids.append(next_id(to_milliseconds(moment), ids[-1]) if ids else self.fresh_id(moment))
        return ids

    # What follows from the logs

    def keep_memory(self, card: CardId, memory: Memory) -> None:
        """Keep what is known of a card."""
        self._admit_own_way()
        if isinstance(memory, Unseen):
            self._connection.execute(_forget_memory, {"of_deck": card.deck, "of_card": card.card})
        else:
            self._connection.execute(_remember, {"deck": card.deck, "card": card.card, **memory_to_row(memory)})

    def keep_handling(self, card: CardId, handling: Handling) -> None:
        """Keep what was done to a card."""
        if handling == UNTOUCHED:
            self._connection.execute(_forget_handling, {"of_deck": card.deck, "of_card": card.card})
        else:
            row = {"deck": card.deck, "card": card.card, **handling_to_row(handling)}
            self._connection.execute(_keep_handling, row)

    def keep_all_memories(self, found: Mapping[CardId, Memory]) -> None:
        """Replace the whole cache of memories."""
        self._admit_own_way()
        self._connection.execute(delete(memories))
        rows = [{"deck": card.deck, "card": card.card, **memory_to_row(memory)} for card, memory in found.items()]
        if rows:
            self._connection.execute(insert(memories), rows)

    def keep_all_handlings(self, found: Mapping[CardId, Handling]) -> None:
        """Replace the whole cache of handlings."""
        self._connection.execute(delete(handlings))
        rows = [{"deck": card.deck, "card": card.card, **handling_to_row(each)} for card, each in found.items()]
        if rows:
            self._connection.execute(insert(handlings), rows)

    def _keep_memories_replayed(self, cards: Collection[CardId]) -> None:
        found = self.all_replayed() if len(cards) > REPLAYED_ONE_BY_ONE else {}
        for card in cards:
            self.keep_memory(card, found.get(card, UNSEEN) if found else self.replayed(card))

    def _keep_handlings_replayed(self, cards: Collection[CardId]) -> None:
        found = self.all_handlings_replayed() if len(cards) > REPLAYED_ONE_BY_ONE else {}
        for card in cards:
            self.keep_handling(card, found.get(card, UNTOUCHED) if found else self.handling_replayed(card))

    # Replay

    def history_of(self, card: CardId) -> list[Entry]:
        """Return what happened to a card in replay order, undone entries left out."""
        names = self.names_of(card)
        return entries_of(self.reviews(of=names), self.actions(of=names))

    def replayed(self, card: CardId) -> Memory:
        """Return the memory of one card as its history gives it."""
        return self.scheduler.replay(self.history_of(card))

    def all_replayed(self, scheduler: Scheduler | None = None) -> dict[CardId, Memory]:
        """Return the memory of every card as the two logs give it; unseen ones are left out.

        Args:
            scheduler: What decides; None for what the kept memories follow.
        """
        deciding = scheduler or self.scheduler
        newer = self.new_names()
        histories: dict[CardId, list[Keyed]] = {}
        days: dict[str, date] = {}
        for deck, card, day, id_, quality, kind in self._connection.execute(_answers):
            if day not in days:
                days[day] = date.fromisoformat(day)
            name = CardId(deck, card)
            entry = Answered(days[day], quality, _KINDS[kind] if kind in _KINDS else ReviewKind(kind))
            histories.setdefault(newer.get(name, name), []).append(((day, id_), entry))
        for action in self.actions_in_force(MEMORY_KINDS):
            change = entry_of(action)
            if action.card is not None and change is not None:
                key = (action.study_day.isoformat(), action.id)
                histories.setdefault(newer.get(action.card, action.card), []).append((key, change))
        replayed = {card: deciding.replay(in_order(history)) for card, history in histories.items()}
        return {card: memory for card, memory in replayed.items() if not isinstance(memory, Unseen)}

    def handling_replayed(self, card: CardId) -> Handling:
        """Return what was done to one card as the log gives it."""
        done = (treatment_of(action) for action in self.actions(of=self.names_of(card)) if not action.voided)
        return handling_after(treatment for treatment in done if treatment is not None)

    def all_handlings_replayed(self) -> dict[CardId, Handling]:
        """Return what was done to every card as the log gives it; untouched ones are left out."""
        newer = self.new_names()
        found: dict[CardId, Handling] = {}
        for action in self.actions_in_force(HANDLING_KINDS):
            treatment = treatment_of(action)
            if action.card is not None and treatment is not None:
                name = newer.get(action.card, action.card)
                found[name] = treat(found.get(name, UNTOUCHED), treatment)
        return {card: handling for card, handling in found.items() if handling != UNTOUCHED}


__all__ = ["Action", "ActionKind", "Kept", "Logbook", "entries_of"]
