"""What files hold, kept row by row within one open transaction.

Rows go to the driver as they are: ten thousand cards are one statement, which Core would take apart and check for each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection

from prepdeck.cards.ids import CardId
from prepdeck.store.shelf import FileRow

_CONTENT: Final = (
    "kind", "title", "revision", "fingerprint", "retired", "position", "line",
    "topic", "level", "ask", "weight", "seconds", "tags", "was",
)  # fmt: skip
_INSERT: Final = (
    f"INSERT INTO cards (number, deck, card, {', '.join(_CONTENT)}, seen) VALUES (?, ?, ?{', ?' * len(_CONTENT)}, ?)"
)
_UPDATE: Final = f"UPDATE cards SET {', '.join(f'{name} = ?' for name in _CONTENT)} WHERE number = ?"
_BEFORE: Final = (
    f"SELECT card, cards.number, {', '.join(_CONTENT)}, source "
    "FROM cards LEFT JOIN entries ON entries.number = cards.number WHERE deck = ?"
)
_RETIRED, _REVISION, _FINGERPRINT, _TAGS = (
    _CONTENT.index(name) for name in ("retired", "revision", "fingerprint", "tags")
)

_SEEN: Final = "EXISTS (SELECT 1 FROM memories WHERE memories.deck = cards.deck AND memories.card = cards.card)"


@dataclass(frozen=True, slots=True)
class CardRow:
    """A card as it stands in a file."""

    card: CardId
    """Its name."""
    kind: str
    """Its kind as decks write it."""
    title: str
    """Its front as one line, shortened for lists."""
    revision: int
    """The number its author gave its meaning."""
    fingerprint: str
    """Hash of its content."""
    position: int
    """Its place in the file."""
    line: int
    """Its line in the file."""
    topic: str | None
    """Its one subject."""
    level: int | None
    """1-3."""
    ask: str | None
    """What its front asks for."""
    weight: int
    """1-3."""
    seconds: int | None
    """Target time."""
    tags: tuple[str, ...]
    """Its labels, the deck's own first."""
    was: tuple[CardId, ...]
    """Earlier names."""
    source: str
    """Its YAML."""
    words: tuple[str, str, str]
    """Title, body and names as search reads them."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """A card that carries on the history of an older name, which no card bears now."""

    old: CardId
    """The older name."""
    card: CardId
    """The card."""
    revision: int
    """The number its author gave its meaning."""
    is_raised: bool
    """Whether that number is above those under every older name that was met."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a deck's file changed."""

    new: tuple[CardId, ...] = ()
    """Never met before."""
    reworded: tuple[CardId, ...] = ()
    """Their content is another."""
    retired: tuple[CardId, ...] = ()
    """No deck holds them any more."""
    returned: tuple[CardId, ...] = ()
    """They had been retired."""
    raised: tuple[CardId, ...] = ()
    """Their author raised the revision."""


class Shelving:
    """Writes decks and cards.

    Args:
        connection: A transaction that began IMMEDIATE.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep_file(self, row: FileRow) -> None:
        """Remember what a file holds; of the files with one deck only one is held."""
        if row.held:
            self._run("UPDATE deck_files SET held = 0 WHERE deck = ? AND path != ?", [(row.deck, row.path)])
        values = (
            row.path, row.stamp, row.checked_ns, row.content, row.reader, row.deck,
            int(row.held), row.header, row.cards, row.errors, row.warnings, row.problem,
        )  # fmt: skip
        self._run(f"INSERT OR REPLACE INTO deck_files VALUES ({', '.join('?' * len(values))})", [values])

    def forget_file(self, path: str) -> None:
        """Forget a file that is gone, or that cannot be opened now."""
        self._run("DELETE FROM deck_files WHERE path = ?", [(path,)])

    def restamp(self, rows: Iterable[FileRow]) -> None:
        """Remember when files were last found to hold what they held."""
        self._run(
            "UPDATE deck_files SET stamp = ?, checked_ns = ? WHERE path = ? AND content = ?",
            [(row.stamp, row.checked_ns, row.path, row.content) for row in rows],
        )

    def keep_cards(self, deck: str, rows: Sequence[CardRow], *, afresh: bool = False) -> Changes:
        """Bring the cards of a deck to what its file holds; those that are not in it any more are retired.

        Args:
            deck: Its slug.
            rows: Every good card in its order; none when no file holds the deck.
            afresh: Whether everything is written again, as for a program that reads or searches in another way.
        """
        before = {row[0]: row[1:] for row in self._rows(_BEFORE, (deck,))}
        now = {row.card.card for row in rows}
        gone = [card for card, old in before.items() if card not in now and not old[1 + _RETIRED]]
        self._run("UPDATE cards SET retired = 1 WHERE deck = ? AND card = ?", [(deck, card) for card in gone])
        fresh = [row for row in rows if row.card.card not in before]
        self._insert(deck, fresh)
        changes = self._update([row for row in rows if row.card.card in before], before, afresh=afresh)
        return Changes(
            new=tuple(row.card for row in fresh), retired=tuple(CardId(deck, card) for card in gone), **changes
        )

    def _insert(self, deck: str, rows: Sequence[CardRow]) -> None:
        if not rows:
            return
        first = self._rows("SELECT coalesce(max(number), 0) + 1 FROM cards")[0][0]
        numbered = list(enumerate(rows, first))
        seen = {row[0] for row in self._rows("SELECT card FROM memories WHERE deck = ?", (deck,))}
        self._run(
            _INSERT,
            [
                (number, row.card.deck, row.card.card, *_content(row, row.revision), int(row.card.card in seen))
                for number, row in numbered
            ],
        )
        self._write_words(numbered)

    def _update(
        self, rows: Sequence[CardRow], before: Mapping[str, Sequence[Any]], *, afresh: bool
    ) -> dict[str, tuple[CardId, ...]]:
        changed: list[tuple[Any, ...]] = []
        rewritten: list[tuple[int, CardRow]] = []
        reworded, returned, raised = [], [], []
        for row in rows:
            number, *old, source = before[row.card.card]
            # A revision that went down again, as after a checkout of an older file, says nothing new of the meaning.
            content = _content(row, max(row.revision, old[_REVISION]))
            if content != tuple(old):
                changed.append((*content, number))
            if afresh or source != row.source or content[_TAGS] != old[_TAGS]:
                rewritten.append((number, row))
            if old[_RETIRED]:
                returned.append(row.card)
            elif row.fingerprint != old[_FINGERPRINT]:
                reworded.append(row.card)
            if row.revision > old[_REVISION]:
                raised.append(row.card)
        self._run(_UPDATE, changed)
        for table in ("words WHERE rowid", "card_tags WHERE number"):
            self._run(f"DELETE FROM {table} = ?", [(number,) for number, _ in rewritten])
        self._write_words(rewritten)
        return {"reworded": tuple(reworded), "returned": tuple(returned), "raised": tuple(raised)}

    def _write_words(self, numbered: Sequence[tuple[int, CardRow]]) -> None:
        self._run("INSERT OR REPLACE INTO entries VALUES (?, ?)", [(number, row.source) for number, row in numbered])
        self._run(
            "INSERT INTO words (rowid, title, body, name) VALUES (?, ?, ?, ?)",
            [(number, *row.words) for number, row in numbered],
        )
        self._run(
            "INSERT INTO card_tags VALUES (?, ?)", [(tag, number) for number, row in numbered for tag in row.tags]
        )

    def renamings(self) -> list[Renaming]:
        """Return every older name that a card of some deck declares and no card bears now."""
        query = "SELECT deck, card, was, revision FROM cards WHERE was != '' AND retired = 0 ORDER BY number"
        named = "SELECT revision, retired FROM cards WHERE deck = ? AND card = ?"
        found = []
        for deck, card, was, revision in self._rows(query):
            met = {old: self._rows(named, (old.deck, old.card)) for old in map(CardId.parse, was.split(" "))}
            revisions = [row[0] for rows in met.values() for row in rows]
            is_raised = bool(revisions) and revision > max(revisions)
            free = (old for old, rows in met.items() if not rows or rows[0][1])
            found += [Renaming(old, CardId(deck, card), revision, is_raised) for old in free]
        return found

    def unheld_decks(self) -> list[str]:
        """Return the decks that have cards and no file: it went, or they were met before files were remembered."""
        held = "SELECT deck FROM deck_files WHERE held = 1"
        query = f"SELECT DISTINCT deck FROM cards WHERE retired = 0 AND deck NOT IN ({held}) ORDER BY deck"
        return [row[0] for row in self._rows(query)]

    def knows_cards(self) -> bool:
        """Tell whether any card was ever met."""
        return bool(self._rows("SELECT EXISTS (SELECT 1 FROM cards)")[0][0])

    def count_unmarked(self) -> int:
        """Return how many cards are marked as answered and are not, or the other way round."""
        count: int = self._rows(f"SELECT count(*) FROM cards WHERE seen != {_SEEN}")[0][0]
        return count

    def mend(self) -> None:
        """Derive what follows from the rest again: which cards were answered, and the full-text index."""
        self._connection.exec_driver_sql(f"UPDATE cards SET seen = {_SEEN} WHERE seen != {_SEEN}")
        self._run("INSERT INTO words (words) VALUES (?)", [("rebuild",)])

    def _rows(self, query: str, bound: tuple[Any, ...] = ()) -> Sequence[Any]:
        return self._connection.exec_driver_sql(query, bound).fetchall()

    def _run(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            self._connection.exec_driver_sql(statement, rows)


def _content(row: CardRow, revision: int) -> tuple[Any, ...]:
    return (
        row.kind, row.title, revision, row.fingerprint, 0, row.position, row.line, row.topic, row.level, row.ask,
        row.weight, row.seconds, json.dumps(row.tags, ensure_ascii=False) if row.tags else "[]",
        " ".join(map(str, row.was)),
    )  # fmt: skip
