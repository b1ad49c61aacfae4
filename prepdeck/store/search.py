"""Full-text search over the cards that were taken in: every query is bounded, however common its words are."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from prepdeck.cards.ids import CardId

COMMON: Final = 500
"""Hits that are ranked; of more, the first so many in the order of the decks."""
COMMON_WORD: Final = 5_000
"""Cards with a word from which on its rank says little and costs much."""
EVERY: Final = 1 << 40
"""More cards than there can be."""
MOST_TAGS: Final = 2_000
"""Tags that are looked through for the nearest one."""
TITLE_WEIGHT, BODY_WEIGHT, NAME_WEIGHT = 8.0, 1.0, 4.0
"""How much a word counts by where it stands."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand behind each other."""

    text: str
    """As it was typed."""
    goes_on: bool = False
    """Whether its last word is only a beginning."""

    @property
    def matched(self) -> str:
        """The phrase in the language of the index, with nothing in it that the index obeys."""
        quoted = self.text.replace('"', '""')
        return f'"{quoted}"*' if self.goes_on else f'"{quoted}"'


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for; everything empty finds every card."""

    phrases: tuple[Phrase, ...] = ()
    """All of them must stand in a card."""
    literals: tuple[str, ...] = ()
    """What the index cannot find, such as `++` or a word between others of Japanese; all must stand in a card."""
    decks: tuple[str, ...] = ()
    """Only cards of these."""
    tags: tuple[str, ...] = ()
    """Only cards with all of these."""
    kinds: tuple[str, ...] = ()
    """Only cards of one of these kinds."""
    topics: tuple[str, ...] = ()
    """Only cards of one of these topics."""
    states: frozenset[str] = frozenset()
    """Of `due`, `new`, `leech`, `flagged`, `suspended`, `buried` and `retired`; all must hold."""


@dataclass(frozen=True, slots=True)
class Found:
    """A card that was found."""

    card: CardId
    """Its name."""
    kind: str
    """Its kind."""
    title: str
    """Its front as one line."""
    topic: str | None
    """Its one subject."""
    body: str
    """Everything else that search reads of it."""


@dataclass(frozen=True, slots=True)
class Where:
    """What a search depends on beside its words."""

    decks: Sequence[str]
    """Slugs of the decks of this run, in order."""
    today: date
    """The study day."""
    leech_lapses: int
    """Lapses that make a leech."""


@dataclass(slots=True)
class _Conditions:
    """Parts of a WHERE with their values."""

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, part: str, *values: Any) -> None:
        self.parts.append(part)
        self.values += values

    @property
    def text(self) -> str:
        return " AND ".join(self.parts)


def search(raw: sqlite3.Connection, query: Query, where: Where, limit: int) -> tuple[list[Found], bool]:
    """Return the best hits, and whether there are more, within an open transaction."""
    tests = _conditions(query, where)
    numbers = _by_words(raw, query, tests) if query.phrases or query.literals else _by_order(raw, tests, where, limit)
    return _rows(raw, numbers[:limit]), len(numbers) > limit


def matching(raw: sqlite3.Connection, query: Query, where: Where, limit: int | None = None) -> list[int]:
    """Return the numbers of all cards that are found, in the order of `search`, within an open transaction.

    Args:
        raw: A connection with an open transaction.
        query: What is searched for.
        where: What that depends on.
        limit: At most so many, which is quicker; None for all.
    """
    tests = _conditions(query, where)
    most = EVERY if limit is None else limit
    if not query.phrases and not query.literals:
        return _by_order(raw, tests, where, most)[:most]
    numbers = _by_words(raw, query, tests)
    if len(numbers) > COMMON and most > len(numbers):
        source, bound = _source(raw, query, tests)
        rest = f"SELECT words.rowid {source} LIMIT ? OFFSET ?"
        numbers += [row[0] for row in raw.execute(rest, (*bound, most - len(numbers), len(numbers)))]
    return numbers[:most]


def _conditions(query: Query, where: Where) -> _Conditions:
    tests = _Conditions()
    if "retired" in query.states:
        tests.add("c.retired = 1")
        # One whose history another card carries on did not go; it only changed its name.
        tests.add("c.deck || '/' || c.card NOT IN (SELECT details FROM actions WHERE kind = 'rename')")
        decks = query.decks
    else:
        tests.add("c.retired = 0")
        decks = tuple(deck for deck in where.decks if not query.decks or deck in query.decks)
    if decks or "retired" not in query.states:
        tests.add(f"c.deck IN ({_places(decks)})", *decks)
    if query.kinds:
        tests.add(f"c.kind IN ({_places(query.kinds)})", *query.kinds)
    if query.topics:
        tests.add(f"c.topic IN ({_places(query.topics)})", *query.topics)
    for tag in query.tags:
        tests.add("EXISTS (SELECT 1 FROM card_tags AS t WHERE t.tag = ? AND t.number = c.number)", tag)
    if "new" in query.states:
        tests.add("c.seen = 0")
    _add_memory_states(tests, query.states, where)
    return tests


def _add_memory_states(tests: _Conditions, states: frozenset[str], where: Where) -> None:
    memory = "EXISTS (SELECT 1 FROM memories AS m WHERE m.deck = c.deck AND m.card = c.card AND {})"
    handling = "EXISTS (SELECT 1 FROM handlings AS h WHERE h.deck = c.deck AND h.card = c.card AND {})"
    today = where.today.isoformat()
    if "due" in states:
        tests.add(memory.format("m.due <= ?"), today)
        if not states & {"suspended", "buried"}:
            tests.add("NOT " + handling.format("(h.suspended = 1 OR h.buried_on = ?)"), today)
    if "leech" in states:
        tests.add(memory.format("m.lapses >= ?"), where.leech_lapses)
    if "flagged" in states:
        tests.add(handling.format("h.flagged = 1"))
    if "suspended" in states:
        tests.add(handling.format("h.suspended = 1"))
    if "buried" in states:
        tests.add(handling.format("h.buried_on = ?"), today)


def _places(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _by_order(raw: sqlite3.Connection, tests: _Conditions, where: Where, limit: int) -> list[int]:
    """Return the numbers of cards that no words are asked of, decks and cards in order."""
    statement = f"SELECT c.number FROM cards AS c WHERE {tests.text} AND c.deck = ? ORDER BY c.position LIMIT ?"
    others = (row[0] for row in raw.execute("SELECT DISTINCT deck FROM cards WHERE retired = 1 ORDER BY deck"))
    numbers: list[int] = []
    for deck in dict.fromkeys((*where.decks, *others)):
        numbers += [row[0] for row in raw.execute(statement, (*tests.values, deck, limit + 1 - len(numbers)))]
        if len(numbers) > limit:
            break
    return numbers


def _source(raw: sqlite3.Connection, query: Query, tests: _Conditions) -> tuple[str, tuple[Any, ...]]:
    """Return where cards with some words come from, in the order of the index, with the values asked for."""
    match = " AND ".join(phrase.matched for phrase in query.phrases)
    hits = _Conditions(["words MATCH ?"], [match]) if match else _Conditions(["1"])
    for literal in query.literals:
        hits.add("instr(lower(words.title || ' ' || words.body || ' ' || words.name), ?)", literal)
    if query.decks:
        # Cards of a deck stand together in the index; without this a common word is looked up in all other decks too.
        span = f"SELECT min(number), max(number) FROM cards WHERE deck IN ({_places(query.decks)})"
        first, last = raw.execute(span, query.decks).fetchone()
        hits.add("words.rowid BETWEEN ? AND ?", first or 0, last or 0)
    # CROSS JOIN: SQLite would otherwise begin with the cards and ask the index about each.
    source = f"FROM words CROSS JOIN cards AS c ON c.number = words.rowid WHERE {hits.text} AND {tests.text}"
    return source, (*hits.values, *tests.values)


def _by_words(raw: sqlite3.Connection, query: Query, tests: _Conditions) -> list[int]:
    """Return the numbers of cards with some words, the best first."""
    source, bound = _source(raw, query, tests)
    found = raw.execute(f"SELECT words.rowid, words.title {source} LIMIT ?", (*bound, COMMON + 1)).fetchall()
    if query.phrases and len(found) <= COMMON and all(_is_rare(raw, phrase) for phrase in query.phrases):
        rank = f"bm25(words, {TITLE_WEIGHT}, {BODY_WEIGHT}, {NAME_WEIGHT})"
        return [row[0] for row in raw.execute(f"SELECT words.rowid {source} ORDER BY {rank}, words.rowid", bound)]
    wanted = [phrase.text.lower() for phrase in query.phrases]
    found.sort(key=lambda row: -sum(text in row[1].lower() for text in wanted))
    return [row[0] for row in found]


def _is_rare(raw: sqlite3.Connection, phrase: Phrase) -> bool:
    """Tell whether a phrase stands in so few cards that ranking by it is quick."""
    probe = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1 OFFSET ?"
    return raw.execute(probe, (phrase.matched, COMMON_WORD)).fetchone() is None


def _rows(raw: sqlite3.Connection, numbers: Sequence[int]) -> list[Found]:
    query = (
        "SELECT c.number, c.deck, c.card, c.kind, c.title, c.topic, w.body "
        f"FROM cards AS c JOIN words AS w ON w.rowid = c.number WHERE c.number IN ({_places_of(numbers)})"
    )
    rows = {row[0]: row[1:] for row in raw.execute(query, tuple(numbers))}
    ordered = (rows[number] for number in numbers if number in rows)
    return [Found(CardId(deck, card), kind, title, topic, body) for deck, card, kind, title, topic, body in ordered]


def _places_of(numbers: Sequence[int]) -> str:
    return ", ".join("?" * len(numbers))


def tags_in(raw: sqlite3.Connection) -> list[str]:
    """Return every tag, stepping from one to the next in the index instead of looking at every card."""
    query = (
        "WITH RECURSIVE each (tag) AS (SELECT min(tag) FROM card_tags UNION ALL SELECT "
        "(SELECT min(tag) FROM card_tags WHERE tag > each.tag) FROM each WHERE each.tag IS NOT NULL) "
        "SELECT tag FROM each WHERE tag IS NOT NULL LIMIT ?"
    )
    return [row[0] for row in raw.execute(query, (MOST_TAGS,))]
