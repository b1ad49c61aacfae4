"""Changed decks taken into the store: new cards, new names, new meanings, cards that went or came back."""

from __future__ import annotations

from datetime import date, datetime

from prepdeck.cards.card import Card
from prepdeck.cards.ids import CardId
from prepdeck.scheduling.memory import UNSEEN, Learned
from prepdeck.store.catalogue import KnownCard
from prepdeck.store.logbook import Logbook
from prepdeck.store.mapping import ActionKind
from prepdeck.store.store import Store
from prepdeck.study.library import Library

DIGEST_FACT = "decks"
"""The fact that names the decks last taken in."""
LONGEST_TITLE = 300
"""Characters of a front kept for cards that vanish."""


def take_in(store: Store, library: Library, moment: datetime, today: date) -> None:
    """Bring the store up to the decks, in one transaction and only when something changed."""
    digest = library.digest
    with store.reading() as log:
        if log.catalogue.fact(DIGEST_FACT) == digest:
            return
    with store.writing() as log:
        before = log.catalogue.all()
        names = log.new_names()
        _keep_cards(log, library, before)
        _log_renames(log, library, moment, today)
        if log.new_names() != names:
            log.keep_all_memories(log.all_replayed())
        for card in _log_revisions(log, library, before, moment, today):
            log.keep_memory(card, log.replayed(card))
        log.catalogue.keep_fact(DIGEST_FACT, digest)


def _keep_cards(log: Logbook, library: Library, before: dict[CardId, KnownCard]) -> None:
    now = {card.id: _known(card, before.get(card.id)) for card in library.cards}
    gone = [
        KnownCard(known.card, known.kind, known.title, known.revision, known.fingerprint, retired=True)
        for known in before.values()
        if known.card not in now and not known.retired
    ]
    log.catalogue.keep([*(known for id_, known in now.items() if before.get(id_) != known), *gone])


def _known(card: Card, before: KnownCard | None) -> KnownCard:
    # A revision that went down again, as after a checkout of an older file, says nothing new about the meaning.
    revision = max(card.revision, before.revision) if before else card.revision
    return KnownCard(card.id, card.kind, card.title[:LONGEST_TITLE], revision, card.fingerprint)


def _log_renames(log: Logbook, library: Library, moment: datetime, today: date) -> None:
    known = dict(log.all_renames())
    for card in library.cards:
        for old in card.was:
            if library.get(old) is None and known.get(old) != card.id:
                log.append_action(ActionKind.RENAME, moment, today, card=card.id, details=str(old))


def _log_revisions(
    log: Logbook, library: Library, before: dict[CardId, KnownCard], moment: datetime, today: date
) -> set[CardId]:
    """Log the meanings that changed; return the cards they make due."""
    touched: set[CardId] = set()
    for card in library.cards:
        known = before.get(card.id)
        memory = log.memory_of(card.id) if known is not None and card.revision > known.revision else UNSEEN
        if isinstance(memory, Learned):
            # Never before the last answer, so that replay meets the entries in the order they were made.
            day = max(today, memory.last)
            log.append_action(ActionKind.REVISION, moment, day, card=card.id, details=str(card.revision))
            touched.add(card.id)
    return touched
