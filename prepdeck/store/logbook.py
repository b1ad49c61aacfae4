"""The two append-only logs and the memory that follows from them, within one open transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final, TypeAlias, cast

from sqlalchemy import Connection, and_, bindparam, case, delete, exists, func, insert, literal, or_, select, tuple_
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.sql.elements import ColumnElement

from prepdeck.cards.ids import CardId
from prepdeck.host.clock import to_milliseconds
from prepdeck.progress.retention import Kept
from prepdeck.scheduling.grade import PASSING_QUALITY
from prepdeck.scheduling.memory import UNSEEN, Memory, Unseen
from prepdeck.scheduling.review import Answered, Entry, Review, ReviewKind, Revised, replay
from prepdeck.store.catalogue import Catalogue
from prepdeck.store.ids import next_id
from prepdeck.store.mapping import (
    Action,
    ActionKind,
    action_from_row,
    action_to_row,
    memory_from_row,
    memory_to_row,
    review_from_row,
    review_to_row,
)
from prepdeck.store.schema import MEMORY_FIELDS
from prepdeck.store.shelf import Shelf
from prepdeck.store.shelving import Shelving
from prepdeck.store.tables import actions, cards, memories, reviews

Keyed: TypeAlias = tuple[tuple[str, str], Entry]
"""An entry of a history with its place in replay order: (study day, id)."""
NAMES_AT_ONCE: Final = 400
"""Names asked for in one query; SQLite takes a limited number of values."""

_voids: Final = actions.alias("voids")
_is_voided: Final = exists().where(and_(_voids.c.kind == ActionKind.UNDO.value, _voids.c.target == reviews.c.id))
_newest_ids: Final = select(func.max(reviews.c.id)).union_all(select(func.max(actions.c.id)))
_memory: Final = select(memories).where(memories.c.deck == bindparam("deck"), memories.c.card == bindparam("card"))
_forget: Final = delete(memories).where(
    memories.c.deck == bindparam("of_deck"), memories.c.card == bindparam("of_card")
)
_new_memory: Final = upsert(memories)
# Not a delete and an insert: those would turn the card unseen and seen again.
_remember: Final = _new_memory.on_conflict_do_update(
    index_elements=[memories.c.deck, memories.c.card], set_={name: _new_memory.excluded[name] for name in MEMORY_FIELDS}
)
_renames: Final = select(actions).where(actions.c.kind == ActionKind.RENAME.value).order_by(actions.c.id)
_newest_review: Final = select(reviews).where(~_is_voided).order_by(reviews.c.id.desc()).limit(1)
_days: Final = (
    select(reviews.c.study_day, func.count())
    .where(~_is_voided, reviews.c.study_day >= bindparam("since"))
    .group_by(reviews.c.study_day)
)
_answers: Final = select(
    reviews.c.deck, reviews.c.card, reviews.c.study_day, reviews.c.id, reviews.c.quality, reviews.c.kind
).where(~_is_voided)
_introduced: Final = select(func.count()).where(
    reviews.c.study_day == bindparam("day"),
    reviews.c.before_due.is_(None),
    reviews.c.after_due.is_not(None),
    ~_is_voided,
)


class Logbook:
    """What may be read and appended within one transaction.

    Args:
        connection: An open transaction; writing needs one that began IMMEDIATE.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.catalogue = Catalogue(connection)
        """Small facts about the database."""
        self.shelving = Shelving(connection)
        """Keeps what deck files hold."""

    @property
    def raw(self) -> sqlite3.Connection:
        """The driver's connection, for what only reads and is shared with the quick count."""
        return cast("sqlite3.Connection", self._connection.connection.dbapi_connection)

    @property
    def shelf(self) -> Shelf:
        """The decks as they were last taken in."""
        return Shelf(self.raw)

    # Names

    def new_names(self) -> dict[CardId, CardId]:
        """Return by old name the name that carries its history on; chains are followed to their end."""
        newer = dict(self.all_renames())
        if not newer:
            return {}
        living = self._living(list(newer))
        # A name that lives again in a deck has its own history back.
        newer = {old: new for old, new in newer.items() if old not in living}
        return {old: _end_of(old, newer) for old in newer}

    def _living(self, names: Sequence[CardId]) -> set[CardId]:
        """Return those of some names that a card of a deck bears."""
        found: set[CardId] = set()
        for start in range(0, len(names), NAMES_AT_ONCE):
            asked = [(name.deck, name.card) for name in names[start : start + NAMES_AT_ONCE]]
            query = select(cards.c.deck, cards.c.card).where(
                tuple_(cards.c.deck, cards.c.card).in_(asked), cards.c.retired == 0
            )
            found |= {CardId(*row) for row in self._connection.execute(query)}
        return found

    def all_renames(self) -> list[tuple[CardId, CardId]]:
        """Return every rename ever declared as (old name, new name), oldest first."""
        declared = (action_from_row(row) for row in self._connection.execute(_renames).mappings())
        return [(CardId.parse(action.details), action.card) for action in declared if action.card is not None]

    def names_of(self, card: CardId) -> tuple[CardId, ...]:
        """Return every name the card's history stands under: its own and the older ones."""
        return (card, *(old for old, new in self.new_names().items() if new == card))

    def name_now(self, card: CardId) -> CardId:
        """Return the name a card of the log has today."""
        return self.new_names().get(card, card)

    # Reading

    def memory_of(self, card: CardId) -> Memory:
        """Return what is known of a card."""
        row = self._connection.execute(_memory, {"deck": card.deck, "card": card.card}).mappings().one_or_none()
        return UNSEEN if row is None else memory_from_row(row)

    def all_memories(self) -> dict[CardId, Memory]:
        """Return what is known of every card that was ever answered."""
        rows = self._connection.execute(select(memories)).mappings()
        return {CardId(row["deck"], row["card"]): memory_from_row(row) for row in rows}

    def last_moment_of(self, card: CardId) -> int | None:
        """Return the latest moment of the card's reviews in milliseconds, undone ones left out."""
        newest = select(func.max(reviews.c.at_ms)).where(_stands_under(self.names_of(card)), ~_is_voided)
        moment: int | None = self._connection.execute(newest).scalar()
        return moment

    def reviews(
        self,
        *,
        of: Sequence[CardId] = (),
        since: date | None = None,
        after: Review | None = None,
        limit: int | None = None,
    ) -> Iterator[Review]:
        """Yield the reviews in replay order, undone ones marked; at most `limit`, behind the review `after`."""
        query = select(reviews, _is_voided.label("voided")).order_by(reviews.c.study_day, reviews.c.id).limit(limit)
        if after is not None:
            place = tuple_(literal(after.study_day.isoformat()), literal(after.id))
            query = query.where(tuple_(reviews.c.study_day, reviews.c.id) > place)
        if of:
            query = query.where(_stands_under(of))
        if since is not None:
            query = query.where(reviews.c.study_day >= since.isoformat())
        for row in self._connection.execute(query).mappings():
            yield review_from_row(row, voided=bool(row["voided"]))

    def actions(self, *, of: Sequence[CardId] = (), since: date | None = None) -> Iterator[Action]:
        """Yield the actions in replay order."""
        query = select(actions).order_by(actions.c.study_day, actions.c.id)
        if of:
            query = query.where(or_(*(and_(actions.c.deck == card.deck, actions.c.card == card.card) for card in of)))
        if since is not None:
            query = query.where(actions.c.study_day >= since.isoformat())
        for row in self._connection.execute(query).mappings():
            yield action_from_row(row)

    def review(self, id: str) -> Review | None:  # noqa: A002 - the word of the log
        """Return the review of that id, or None."""
        query = select(reviews, _is_voided.label("voided")).where(reviews.c.id == id)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else review_from_row(row, voided=bool(row["voided"]))

    def newest_review(self) -> Review | None:
        """Return the review that an undo would take back."""
        row = self._connection.execute(_newest_review).mappings().one_or_none()
        return None if row is None else review_from_row(row, voided=False)

    def reviews_by_day(self, since: date) -> dict[date, int]:
        """Return how many reviews each study day holds, undone ones left out."""
        rows = self._connection.execute(_days, {"since": since.isoformat()})
        return {date.fromisoformat(day): count for day, count in rows}

    def seconds_on(self, day: date) -> float:
        """Return how long the answers of a study day took."""
        query = select(func.sum(reviews.c.elapsed_ms)).where(reviews.c.study_day == day.isoformat(), ~_is_voided)
        return (self._connection.execute(query).scalar() or 0) / 1000

    def introduced_on(self, day: date) -> int:
        """Return how many cards were seen for the first time on a study day."""
        count: int = self._connection.execute(_introduced, {"day": day.isoformat()}).scalar_one()
        return count

    def kept_by_deck(self, since: date) -> dict[str, Kept]:
        """Return true retention by deck since a study day."""
        passed = func.sum(case((reviews.c.quality >= PASSING_QUALITY, 1), else_=0))
        query = (
            select(reviews.c.deck, passed, func.count())
            .where(
                reviews.c.study_day >= since.isoformat(),
                reviews.c.before_due.is_not(None),
                reviews.c.kind.in_([ReviewKind.SCHEDULED.value, ReviewKind.EARLY.value]),
                ~_is_voided,
            )
            .group_by(reviews.c.deck)
        )
        return {deck: Kept(int(good), count) for deck, good, count in self._connection.execute(query)}

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

    def void(self, review: Review, moment: datetime, study_day: date) -> Action:
        """Append the entry that takes a review back, and keep the memory that follows without it."""
        entry = self.append_action(ActionKind.UNDO, moment, study_day, card=review.card, target=review.id)
        card = self.name_now(review.card)
        self.keep_memory(card, self.replayed(card))
        return entry

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
        """Append an action that is its own undo step; return it as stored."""
        fresh = self.fresh_id(moment)
        action = Action(fresh, moment, study_day, kind, card, target, fresh, details)
        self._connection.execute(insert(actions), action_to_row(action))
        return action

    def fresh_id(self, moment: datetime, proposed_id: str | None = None) -> str:
        """Return an id larger than every one in both logs: the proposed one if it is."""
        newest = max((row[0] for row in self._connection.execute(_newest_ids) if row[0]), default=None)
        if proposed_id is not None and (newest is None or proposed_id > newest):
            return proposed_id
        return next_id(to_milliseconds(moment), newest)

    def keep_memory(self, card: CardId, memory: Memory) -> None:
        """Keep what is known of a card."""
        if isinstance(memory, Unseen):
            self._connection.execute(_forget, {"of_deck": card.deck, "of_card": card.card})
        else:
            self._connection.execute(_remember, {"deck": card.deck, "card": card.card, **memory_to_row(memory)})

    # Replay

    def replayed(self, card: CardId) -> Memory:
        """Return the memory of one card as its history gives it."""
        names = self.names_of(card)
        return replay(entries_of(self.reviews(of=names), self.actions(of=names)))

    def all_replayed(self) -> dict[CardId, Memory]:
        """Return the memory of every card as the two logs give it; unseen ones are left out."""
        newer = self.new_names()
        histories: dict[CardId, list[Keyed]] = {}
        days: dict[str, date] = {}
        for deck, card, day, id_, quality, kind in self._connection.execute(_answers):
            if day not in days:
                days[day] = date.fromisoformat(day)
            name = CardId(deck, card)
            entry = Answered(days[day], quality, cram=kind == ReviewKind.CRAM.value)
            histories.setdefault(newer.get(name, name), []).append(((day, id_), entry))
        for action in self.actions():
            if action.card is not None and action.kind is ActionKind.REVISION:
                key = (action.study_day.isoformat(), action.id)
                histories.setdefault(newer.get(action.card, action.card), []).append((key, Revised(action.study_day)))
        replayed = {card: replay(in_order(history)) for card, history in histories.items()}
        return {card: memory for card, memory in replayed.items() if not isinstance(memory, Unseen)}

    def keep_all_memories(self, found: Mapping[CardId, Memory]) -> None:
        """Replace the whole cache."""
        self._connection.execute(delete(memories))
        rows = [{"deck": card.deck, "card": card.card, **memory_to_row(memory)} for card, memory in found.items()]
        if rows:
            self._connection.execute(insert(memories), rows)


def entries_of(answers: Iterable[Review], others: Iterable[Action]) -> list[Entry]:
    """Return a history in replay order, (study day, id), undone entries left out."""
    keyed: list[Keyed] = []
    for review in answers:
        if not review.voided:
            entry = Answered(review.study_day, review.quality, cram=review.kind is ReviewKind.CRAM)
            keyed.append(((review.study_day.isoformat(), review.id), entry))
    keyed.extend(
        ((action.study_day.isoformat(), action.id), Revised(action.study_day))
        for action in others
        if action.kind is ActionKind.REVISION
    )
    return in_order(keyed)


def in_order(keyed: list[Keyed]) -> list[Entry]:
    """Return entries by their key, (study day, id)."""
    return [entry for _, entry in sorted(keyed, key=lambda pair: pair[0])]


def _end_of(old: CardId, newer: Mapping[CardId, CardId]) -> CardId:
    seen = {old}
    name = newer[old]
    while name in newer and name not in seen:
        seen.add(name)
        name = newer[name]
    return name


def _stands_under(names: Sequence[CardId]) -> ColumnElement[bool]:
    if not names:
        return literal(value=False)
    return or_(*(and_(reviews.c.deck == name.deck, reviews.c.card == name.card) for name in names))


__all__ = ["Action", "ActionKind", "Kept", "Logbook", "entries_of"]
