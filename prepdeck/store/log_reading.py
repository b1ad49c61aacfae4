"""What can be read of the two append-only logs, and of what follows from them, within one open transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, cast

from sqlalchemy import Connection, Table, and_, bindparam, case, func, literal, or_, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from prepdeck.cards.ids import CardId
from prepdeck.progress.retention import Kept
from prepdeck.scheduling.grade import PASSING_QUALITY
from prepdeck.scheduling.handling import UNTOUCHED, Handling
from prepdeck.scheduling.memory import UNSEEN, Memory
from prepdeck.scheduling.review import SPACED_KINDS, Review
from prepdeck.store.histories import MEMORY_KINDS, NEVER_UNDONE
from prepdeck.store.mapping import (
    Action,
    ActionKind,
    action_from_row,
    handling_from_row,
    memory_from_row,
    review_from_row,
)
from prepdeck.store.shelf import Shelf
from prepdeck.store.tables import actions, cards, handlings, memories, reviews
from prepdeck.store.voiding import IS_TAKEN_BACK, IS_VOIDED

NAMES_AT_ONCE: Final = 400
"""Names asked for in one query; SQLite takes a limited number of values."""

_memory: Final = select(memories).where(memories.c.deck == bindparam("deck"), memories.c.card == bindparam("card"))
_handling: Final = select(handlings).where(handlings.c.deck == bindparam("deck"), handlings.c.card == bindparam("card"))
_held_back: Final = select(handlings.c.deck, handlings.c.card).where(
    or_(handlings.c.suspended == 1, handlings.c.buried_on == bindparam("today"))
)
_renames: Final = select(actions).where(actions.c.kind == ActionKind.RENAME.value).order_by(actions.c.id)
_newest_day: Final = select(func.max(actions.c.study_day))
_newest_review: Final = select(reviews).where(~IS_VOIDED).order_by(reviews.c.id.desc()).limit(1)
_undoable: Final = (actions.c.kind.not_in([kind.value for kind in NEVER_UNDONE]), ~IS_TAKEN_BACK)
_newest_action: Final = select(actions).where(*_undoable).order_by(actions.c.id.desc()).limit(1)
# The first entry of a step lends it its id, so no entry of it stands before that id.
_of_step: Final = (
    select(actions)
    .where(actions.c.id >= bindparam("of_step"), actions.c.step == bindparam("of_step"), *_undoable)
    .order_by(actions.c.id)
)
_days: Final = (
    select(reviews.c.study_day, func.count())
    .where(~IS_VOIDED, reviews.c.study_day >= bindparam("since"))
    .group_by(reviews.c.study_day)
)
_span: Final = select(  # one query each: for both at once SQLite would read the whole index
    select(func.min(reviews.c.study_day)).scalar_subquery(), select(func.max(reviews.c.study_day)).scalar_subquery()
)
_introduced: Final = select(func.count()).where(
    reviews.c.study_day == bindparam("day"),
    reviews.c.before_due.is_(None),
    reviews.c.after_due.is_not(None),
    ~IS_VOIDED,
)


class LogReading:
    """What may be read within one transaction.

    Args:
        connection: An open transaction.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

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

    def handling_of(self, card: CardId) -> Handling:
        """Return what was done to a card apart from answering it."""
        row = self._connection.execute(_handling, {"deck": card.deck, "card": card.card}).mappings().one_or_none()
        return UNTOUCHED if row is None else handling_from_row(row)

    def all_handlings(self) -> dict[CardId, Handling]:
        """Return what was done to every card that something was done to."""
        rows = self._connection.execute(select(handlings)).mappings()
        return {CardId(row["deck"], row["card"]): handling_from_row(row) for row in rows}

    def held_back_on(self, today: date) -> frozenset[CardId]:
        """Return the cards that are not asked on a study day: suspended ones, and those buried on that day."""
        return frozenset(CardId(*row) for row in self._connection.execute(_held_back, {"today": today.isoformat()}))

    def last_moment_of(self, card: CardId) -> int | None:
        """Return the latest moment of the card's reviews in milliseconds, undone ones left out."""
        newest = select(func.max(reviews.c.at_ms)).where(_named(reviews, self.names_of(card)), ~IS_VOIDED)
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
        query = select(reviews, IS_VOIDED.label("voided")).order_by(reviews.c.study_day, reviews.c.id).limit(limit)
        if after is not None:
            place = tuple_(literal(after.study_day.isoformat()), literal(after.id))
            query = query.where(tuple_(reviews.c.study_day, reviews.c.id) > place)
        if of:
            query = query.where(_named(reviews, of))
        if since is not None:
            query = query.where(reviews.c.study_day >= since.isoformat())
        for row in self._connection.execute(query).mappings():
            yield review_from_row(row, voided=bool(row["voided"]))

    def actions(self, *, of: Sequence[CardId] = (), since: date | None = None) -> Iterator[Action]:
        """Yield the actions in replay order, undone ones marked."""
        query = select(actions, IS_TAKEN_BACK.label("voided")).order_by(actions.c.study_day, actions.c.id)
        if of:
            query = query.where(_named(actions, of))
        if since is not None:
            query = query.where(actions.c.study_day >= since.isoformat())
        for row in self._connection.execute(query).mappings():
            yield action_from_row(row, voided=bool(row["voided"]))

    def actions_in_force(self, kinds: Sequence[ActionKind]) -> list[Action]:
        """Return the actions of some kinds that were not taken back, in replay order."""
        query = select(actions).where(actions.c.kind.in_([kind.value for kind in kinds]), ~IS_TAKEN_BACK)
        rows = self._connection.execute(query.order_by(actions.c.study_day, actions.c.id)).mappings()
        return [action_from_row(row) for row in rows]

    def newest_change(self, card: CardId, after: date, kinds: Sequence[ActionKind] = MEMORY_KINDS) -> Action | None:
        """Return the newest action of some kinds in force on a card that counts on a later study day than `after`.

        There is one when the clock was set back, or when the moment of an answer lies in the past.
        """
        newest: str | None = self._connection.execute(_newest_day).scalar()
        if newest is None or newest <= after.isoformat():
            return None
        query = select(actions).where(
            _named(actions, self.names_of(card)),
            actions.c.study_day > after.isoformat(),
            actions.c.kind.in_([kind.value for kind in kinds]),
            ~IS_TAKEN_BACK,
        )
        latest_first = query.order_by(actions.c.study_day.desc(), actions.c.id.desc()).limit(1)
        row = self._connection.execute(latest_first).mappings().one_or_none()
        return None if row is None else action_from_row(row)

    def review(self, id: str) -> Review | None:  # noqa: A002 - the word of the log
        """Return the review of that id, or None."""
        query = select(reviews, IS_VOIDED.label("voided")).where(reviews.c.id == id)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else review_from_row(row, voided=bool(row["voided"]))

    def newest_review(self) -> Review | None:
        """Return the newest review that was not taken back."""
        row = self._connection.execute(_newest_review).mappings().one_or_none()
        return None if row is None else review_from_row(row, voided=False)

    def newest_step(self) -> tuple[Review | Action, ...]:
        """Return the entries of the learner's last step, which an undo takes back together; none when there is none."""
        review = self.newest_review()
        row = self._connection.execute(_newest_action).mappings().one_or_none()
        if row is None or (review is not None and review.id > row["id"]):
            return () if review is None else (review,)
        rows = self._connection.execute(_of_step, {"of_step": row["step"]}).mappings()
        return tuple(action_from_row(each) for each in rows)

    def standing_step(self, step: str) -> tuple[Action, ...]:
        """Return the entries of a step of the action log that was not taken back; none when it was, or never was."""
        rows = self._connection.execute(_of_step, {"of_step": step}).mappings()
        return tuple(action_from_row(each) for each in rows)

    def reviews_by_day(self, since: date) -> dict[date, int]:
        """Return how many reviews each study day holds, undone ones left out."""
        rows = self._connection.execute(_days, {"since": since.isoformat()})
        return {date.fromisoformat(day): count for day, count in rows}

    def span(self) -> tuple[date, date] | None:
        """Return the first and the last study day with reviews, undone ones included; None while there are none."""
        first, last = self._connection.execute(_span).one()
        return None if first is None else (date.fromisoformat(first), date.fromisoformat(last))

    def seconds_on(self, day: date) -> float:
        """Return how long the answers of a study day took."""
        query = select(func.sum(reviews.c.elapsed_ms)).where(reviews.c.study_day == day.isoformat(), ~IS_VOIDED)
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
                reviews.c.kind.in_([kind.value for kind in SPACED_KINDS]),
                ~IS_VOIDED,
            )
            .group_by(reviews.c.deck)
        )
        return {deck: Kept(int(good), count) for deck, good, count in self._connection.execute(query)}


def _end_of(old: CardId, newer: Mapping[CardId, CardId]) -> CardId:
    seen = {old}
    name = newer[old]
    while name in newer and name not in seen:
        seen.add(name)
        name = newer[name]
    return name


def _named(table: Table, names: Sequence[CardId]) -> ColumnElement[bool]:
    """Return the test whether an entry stands under one of some names."""
    if not names:
        return literal(value=False)
    return or_(*(and_(table.c.deck == name.deck, table.c.card == name.card) for name in names))
