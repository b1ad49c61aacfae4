"""Rows of the log, written past prepdeck so that a long history is there at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from benchmarks.homes import NOW, Home
from prepdeck.cards.ids import CardId
from prepdeck.scheduling.memory import Memory
from prepdeck.scheduling.review import Review, ReviewKind
from prepdeck.scheduling.sm2 import answer
from prepdeck.store.database import connect
from prepdeck.store.ids import next_id
from prepdeck.store.mapping import memory_to_row, review_to_row

GOOD = 4
"""The quality of every answer."""
SECONDS = 12.5
"""How long every answer took."""
EVENING = datetime.fromisoformat(NOW)
"""When the history ends."""
DAYS_A_ROUND = 40
"""Within so many days every card is answered once."""


def insert_of(table: str, row: Mapping[str, Any]) -> str:
    """Return the statement that inserts rows like `row`, or replaces them where they are."""
    return f"INSERT OR REPLACE INTO {table} ({', '.join(row)}) VALUES ({', '.join(f':{name}' for name in row)})"


def write_history(home: Home, cards: Sequence[CardId], rounds: int, begin: Memory) -> None:
    """Write some rounds of good answers to every card, and the memory that follows.

    Args:
        home: Where; its database exists.
        cards: The cards.
        rounds: How often each is answered, the last time within 40 days.
        begin: What was known of each card before.
    """
    learned = dict.fromkeys(cards, begin)
    reviews = [review_to_row(review) for review in _history(learned, rounds)]
    memories = [{"deck": card.deck, "card": card.card, **memory_to_row(memory)} for card, memory in learned.items()]
    with closing(connect(home.database)) as raw:
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(insert_of("reviews", reviews[0]), reviews)
        raw.executemany(insert_of("memories", memories[0]), memories)
        raw.execute("COMMIT")


def _history(learned: dict[CardId, Memory], rounds: int) -> Iterator[Review]:
    """Yield the reviews, oldest first, and leave in `learned` what is known after them."""
    newest = None
    for turn in range(rounds):
        for number, card in enumerate(learned):
            moment = EVENING - timedelta(days=(rounds - turn) * DAYS_A_ROUND - number * DAYS_A_ROUND // len(learned))
            newest = next_id(int(moment.timestamp() * 1000), newest)
            before = learned[card]
            learned[card] = answer(before, GOOD, moment.date())
            yield Review(
                id=newest,
                card=card,
                at=moment,
                study_day=moment.date(),
                quality=GOOD,
                elapsed_seconds=SECONDS,
                kind=ReviewKind.SCHEDULED,
                wording=0,
                before=before,
                after=learned[card],
            )
