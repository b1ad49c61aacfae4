"""The decks as they were last taken in: read with the standard library alone, so that a quick count needs no more."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from prepdeck.cards.ids import CardId

_FILE_COLUMNS: Final = (
    "path", "stamp", "checked_ns", "content", "reader", "deck",
    "held", "header", "cards", "errors", "warnings", "problem",
)  # fmt: skip
_ENTRY: Final = (
    "SELECT deck, card, kind, title, fingerprint, tags, line, retired, source "
    "FROM cards LEFT JOIN entries ON entries.number = cards.number"
)


@dataclass(frozen=True, slots=True)
class FileRow:
    """What is remembered of a file that was read as a deck."""

    path: str
    """The file, without links."""
    stamp: str
    """Its size, times and place on the disk."""
    checked_ns: int
    """When that was looked up."""
    content: str
    """Hash of its bytes."""
    reader: str
    """The program that read it."""
    deck: str | None
    """Slug of its deck; None when it holds none."""
    held: bool
    """Whether the cards of that deck are remembered as they stand in this file."""
    header: str
    """The fields of its deck as JSON."""
    cards: int
    """How many good cards it holds."""
    errors: int
    """Faults that leave something out."""
    warnings: int
    """Things worth a look."""
    problem: str | None
    """Why it is left out whole; None for a deck, and for what lies beside decks on purpose."""

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of its deck."""
        found: dict[str, Any] = json.loads(self.header)
        return found


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """A card as it last stood in a deck."""

    card: CardId
    """Its name."""
    kind: str
    """Its kind."""
    title: str
    """Its front as one line."""
    fingerprint: str
    """Hash of its content."""
    tags: tuple[str, ...]
    """Its labels, the deck's own first."""
    line: int
    """Its line in the file."""
    retired: bool
    """Whether no deck holds it any more."""
    source: str | None
    """Its YAML; None for a card that went before YAML was kept."""


class Shelf:
    """Looks at decks and cards within one transaction; only reads.

    Args:
        raw: A connection with an open transaction.
    """

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    def files(self) -> dict[str, FileRow]:
        """Return every remembered file by its path."""
        rows = self._raw.execute(f"SELECT {', '.join(_FILE_COLUMNS)} FROM deck_files")
        return {row["path"]: _file_row(row) for row in map(_by_name, rows)}

    def entry(self, card: CardId) -> StoredEntry | None:
        """Return a card by its name, retired ones too."""
        row = self._raw.execute(f"{_ENTRY} WHERE deck = ? AND card = ?", (card.deck, card.card)).fetchone()
        return None if row is None else _entry(row)

    def entries(self, deck: str) -> list[StoredEntry]:
        """Return the cards of a deck in its order."""
        return [
            _entry(row)
            for row in self._raw.execute(f"{_ENTRY} WHERE deck = ? AND retired = 0 ORDER BY position", (deck,))
        ]

    def outlines(
        self, decks: Sequence[str]
    ) -> Iterator[tuple[CardId, str, str | None, tuple[str, ...], int | None, str, int, int | None]]:
        """Yield name, kind, topic, tags, target time, title, weight and level of cards, one deck after the other."""
        query = (
            "SELECT card, kind, topic, tags, seconds, title, weight, level FROM cards "
            "WHERE deck = ? AND retired = 0 ORDER BY position"
        )
        for deck in decks:
            for card, kind, topic, tags, seconds, title, weight, level in self._raw.execute(query, (deck,)):
                yield CardId(deck, card), kind, topic, tags_of(tags), seconds, title, weight, level

    def of_kind(self, kind: str, decks: Sequence[str]) -> list[StoredEntry]:
        """Return the cards of one kind in some decks, decks and cards in order."""
        query = f"{_ENTRY} WHERE deck = ? AND retired = 0 AND kind = ? ORDER BY position"
        return [_entry(row) for deck in decks for row in self._raw.execute(query, (deck, kind))]

    def named(self, words: str, decks: Sequence[str], *, exact: bool) -> list[CardId]:
        """Return the cards whose name or id is `words`, or begins with it, decks and cards in order."""
        if exact:
            test, bound = "card = ? OR deck || '/' || card = ?", (words, words)
        else:
            length = str(len(words))
            test, bound = (
                f"substr(card, 1, {length}) = ? OR substr(deck || '/' || card, 1, {length}) = ?",
                (words, words),
            )
        query = f"SELECT deck, card, position FROM cards WHERE retired = 0 AND ({test})"
        order = {deck: place for place, deck in enumerate(decks)}
        found = [row for row in self._raw.execute(query, bound) if row[0] in order]
        return [CardId(row[0], row[1]) for row in sorted(found, key=lambda row: (order[row[0]], row[2]))]


def _file_row(row: dict[str, Any]) -> FileRow:
    row["held"] = bool(row["held"])
    return FileRow(**row)


def _by_name(row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(_FILE_COLUMNS, row, strict=True))


def _entry(row: tuple[Any, ...]) -> StoredEntry:
    deck, card, kind, title, fingerprint, tags, line, retired, source = row
    return StoredEntry(CardId(deck, card), kind, title, fingerprint, tags_of(tags), line, bool(retired), source)


def tags_of(text: str) -> tuple[str, ...]:
    """Return the labels in a row."""
    return () if text == "[]" else tuple(json.loads(text))
