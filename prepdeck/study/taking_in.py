"""Changed decks taken into the store: new cards, new names, new meanings, cards that went or came back."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from prepdeck.cards.card import Card
from prepdeck.cards.ids import CardId
from prepdeck.cards.words import words_of
from prepdeck.errors import StoreError
from prepdeck.host.clock import machine_ns
from prepdeck.scheduling.memory import Learned
from prepdeck.store.logbook import Logbook
from prepdeck.store.mapping import ActionKind
from prepdeck.store.shelving import CardRow, Changes, Renaming
from prepdeck.store.store import Store
from prepdeck.study.comparing import Comparison, Holding, Reader, compare
from prepdeck.study.headers import deck_of
from prepdeck.study.library import LONGEST_TITLE, DeckCards, Library, LoadedDeck, Source
from prepdeck.study.stored_cards import StoredCards
from prepdeck.study.survey import Sighting, bundled_key, reader_stamp
from prepdeck.text.counts import counted

BUNDLED_FACT = "bundled"
"""The fact that names the folder whose bundled decks were last taken in."""
SETTLED_NS = 60_000_000_000
"""Nanoseconds; a file left alone for so long gets a stamp that is trusted."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What changed decks changed, by today's names of the cards."""

    new: tuple[CardId, ...] = ()
    """Never met before."""
    reworded: tuple[CardId, ...] = ()
    """Their content is another."""
    renamed: tuple[CardId, ...] = ()
    """They carry on the history of an older name in their deck."""
    moved: tuple[CardId, ...] = ()
    """They carry on the history of a name in another deck."""
    retired: tuple[CardId, ...] = ()
    """No deck holds them any more; their history stays."""
    returned: tuple[CardId, ...] = ()
    """They had been retired, and have their schedule back."""
    is_first: bool = False
    """Whether no card was ever met before."""

    @property
    def words(self) -> str | None:
        """The change in one sentence; None when there is nothing to say."""
        parts = [
            counted(len(self.new), "new card") if self.new else "",
            f"{len(self.reworded)} reworded" if self.reworded else "",
            f"{len(self.renamed)} renamed" if self.renamed else "",
            f"{len(self.moved)} moved" if self.moved else "",
            f"{len(self.retired)} retired" if self.retired else "",
            f"{len(self.returned)} back" if self.returned else "",
        ]
        told = ", ".join(part for part in parts if part)
        return f"decks changed: {told}" if told and not self.is_first else None


def take_in(
    store: Store, sightings: Sequence[Sighting], moment: datetime, today: date, reader: Reader | None = None
) -> tuple[Library, TakenIn]:
    """Bring the store up to the deck files, in one transaction and only when something changed.

    Args:
        store: The database.
        sightings: The files of this run.
        moment: The moment it is.
        today: The study day it is.
        reader: One that may have read some of the files already.

    Returns:
        The library of this run, and what changed.

    Raises:
        StoreError: When decks changed and the store cannot be written.
    """
    reader = reader or Reader()
    with store.reading() as log:
        found = compare(sightings, log.shelf.files(), reader)
    taken = TakenIn()
    if not found.is_clean:
        with store.writing() as log:
            # Another program may have taken the same change in meanwhile; what was read is not read again.
            found = compare(sightings, log.shelf.files(), reader)
            if not found.is_clean:
                taken = _write(log, found, moment, today)
    _remember_touched(store, found)
    return _library(store, found), taken


def _write(log: Logbook, found: Comparison, moment: datetime, today: date) -> TakenIn:
    is_first = not log.shelving.knows_cards()
    names = log.new_names()
    changes = _keep_decks(log, found)
    renamed = _log_renames(log, moment, today)
    if log.new_names() != names:
        log.keep_all_memories(log.all_replayed())
        log.keep_all_handlings(log.all_handlings_replayed())
    for card, revision in (_raised(changes, found) | _raised_with_name(renamed)).items():
        _log_revision(log, card, revision, moment, today)
    for row in found.restamped:
        log.shelving.restamp([row])
    return _summary(changes, renamed, is_first=is_first)


def _keep_decks(log: Logbook, found: Comparison) -> list[Changes]:
    held = {row.deck: row for row in log.shelf.files().values() if row.held}
    for path in (*found.forgotten, *_bundled_elsewhere(log, found)):
        log.shelving.forget_file(path)
    changes = []
    for holding in found.fresh:
        row = holding.row
        if row is None:
            continue
        log.shelving.keep_file(row)
        if row.held and row.deck is not None:
            before = held.get(row.deck)
            afresh = before is None or before.reader != reader_stamp()
            changes.append(log.shelving.keep_cards(row.deck, _rows(holding), afresh=afresh))
    changes += [log.shelving.keep_cards(deck, ()) for deck in log.shelving.unheld_decks()]
    return changes


def _bundled_elsewhere(log: Logbook, found: Comparison) -> list[str]:
    """Return the bundled decks of a program that ran from another folder before: this one brings its own.

    Such a folder may stay for ever, as `uvx` keeps every version it ran. A deck that a newer version lacks would else
    seem to be one that is only not asked for, and its names would never be free for the cards that carry them on.
    """
    if not any(holding.sighting.source == Source.BUNDLED.value for holding in found.holdings):
        return []
    folder, before = bundled_key(), log.catalogue.fact(BUNDLED_FACT)
    if folder == before:
        return []
    log.catalogue.keep_fact(BUNDLED_FACT, folder)
    here = {holding.sighting.key for holding in found.holdings}
    elsewhere = (path for path in log.shelf.files() if before is not None and path.startswith(before + os.sep))
    return [path for path in elsewhere if path not in here]


def _rows(holding: Holding) -> list[CardRow]:
    from prepdeck.deckfile.excerpt import cut

    reading = holding.reading
    if reading is None or reading.deck is None:
        return []
    return [
        _row(card, position, reading.places[card.id], cut(reading, card.id))
        for position, card in enumerate(reading.deck.cards)
    ]


def _row(card: Card, position: int, line: int, source: str) -> CardRow:
    words = words_of(card)
    return CardRow(
        card=card.id,
        kind=card.kind,
        title=words[0][:LONGEST_TITLE],
        revision=card.revision,
        fingerprint=card.fingerprint,
        position=position,
        line=line,
        topic=card.topic,
        level=card.level,
        ask=card.ask.value if card.ask else None,
        weight=card.weight,
        seconds=card.seconds,
        tags=card.tags,
        was=card.was,
        source=source,
        words=words,
    )


def _log_renames(log: Logbook, moment: datetime, today: date) -> list[Renaming]:
    """Log who carries on which older name's history; return what is new."""
    claims: dict[CardId, list[Renaming]] = {}
    for renaming in log.shelving.renamings():
        claims.setdefault(renaming.old, []).append(renaming)
    known = dict(log.all_renames())
    fresh = []
    for old, renamings in claims.items():
        # Of two cards that claim one name the first has it, and keeps it while it claims it.
        if known.get(old) not in [each.card for each in renamings]:
            log.append_action(ActionKind.RENAME, moment, today, card=renamings[0].card, details=str(old))
            fresh.append(renamings[0])
    return fresh


def _raised(changes: Iterable[Changes], found: Comparison) -> dict[CardId, int]:
    """Return the cards whose meaning changed, with the number their author gave it."""
    raised = {card for each in changes for card in each.raised}
    cards = (card for each in found.fresh if each.reading and each.reading.deck for card in each.reading.deck.cards)
    return {card.id: card.revision for card in cards if card.id in raised} if raised else {}


def _raised_with_name(renamed: Iterable[Renaming]) -> dict[CardId, int]:
    """Return the cards whose meaning changed together with their name."""
    return {each.card: each.revision for each in renamed if each.is_raised}


def _log_revision(log: Logbook, card: CardId, revision: int, moment: datetime, today: date) -> None:
    """Make a learned card due; its history stays."""
    memory = log.memory_of(card)
    if isinstance(memory, Learned):
        # Never before the last answer, so that replay meets the entries in the order they were made.
        log.append_action(ActionKind.REVISION, moment, max(today, memory.last), card=card, details=str(revision))
        log.keep_memory(card, log.replayed(card))


def _summary(changes: Sequence[Changes], renamed: Sequence[Renaming], *, is_first: bool) -> TakenIn:
    carried = {each.card for each in renamed}
    left = {each.old for each in renamed}
    return TakenIn(
        new=tuple(card for each in changes for card in each.new if card not in carried),
        reworded=tuple(card for each in changes for card in each.reworded),
        renamed=tuple(each.card for each in renamed if each.old.deck == each.card.deck),
        moved=tuple(each.card for each in renamed if each.old.deck != each.card.deck),
        retired=tuple(card for each in changes for card in each.retired if card not in left),
        returned=tuple(card for each in changes for card in each.returned),
        is_first=is_first,
    )


def _remember_touched(store: Store, found: Comparison) -> None:
    """Remember new stamps of unchanged files, if that can be had for nothing: they save only the next look a hash."""
    now = machine_ns()
    settled = {holding.sighting.key for holding in found.holdings if holding.sighting.newest_ns + SETTLED_NS <= now}
    rows = [row for row in found.restamped if row.path in settled]
    if rows and found.is_clean:
        with suppress(StoreError), store.writing(patience_ms=0) as log:
            log.shelving.restamp(rows)


def _library(store: Store, found: Comparison) -> Library:
    cards = StoredCards(store, {each.row.deck: each.sighting for each in found.chosen if each.row and each.row.deck})
    decks = []
    for holding in found.chosen:
        row, sighting = holding.row, holding.sighting
        if row is not None and row.deck is not None:
            deck = deck_of(row.deck, row.fields, DeckCards(cards, row.deck, row.cards))
            decks.append(LoadedDeck(deck, sighting.path, Source(sighting.source), row.errors, row.warnings))
    return Library(decks, cards, found.arrangement.unreadable, found.arrangement.notes)
