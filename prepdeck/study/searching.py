"""Cards and stories found by words and filters, as they are printed and browsed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, get_args

from prepdeck.cards.card import Body
from prepdeck.cards.ids import CardId
from prepdeck.errors import UsageError
from prepdeck.store.glance import Snapshot
from prepdeck.store.search import Found, Phrase, Query, Where, search, tags_in
from prepdeck.study.desk import Desk
from prepdeck.text.cleaning import clean_line

FILTERS: Final = ("deck", "tag", "kind", "topic", "is")
"""Words that may stand before a colon."""
STATES: Final = ("due", "new", "leech", "flagged", "suspended", "buried", "retired")
"""What may stand behind `is:`."""
KINDS: Final = tuple(body.__name__.lower() for body in get_args(Body))
"""What may stand behind `kind:`."""
MOST_WORDS: Final = 20
"""Words of a query; more are left out."""
LONGEST_QUERY: Final = 500
"""Characters of a query; more are left out."""
AROUND: Final = 60
"""Characters of a snippet before and behind the match."""

_PART = re.compile(r'(?:(?P<name>[a-z]+):)?(?:"(?P<quoted>[^"]*)(?P<end>"|$)|(?P<plain>\S+))')
_TOKEN = re.compile(r"[^\W_]+")
_RUNNING_ON = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Letters of scripts without blanks between words, Thai to Han: the index takes a whole sentence for one word."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text."""

    text: str
    """Its characters, on one line and clean."""
    is_match: bool
    """Whether it is what was searched for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A card that was found."""

    card: CardId
    """Its name."""
    deck_title: str
    """What people call its deck."""
    kind: str
    """Its kind."""
    topic: str | None
    """Slug of its one subject."""
    title: tuple[Piece, ...]
    """Its front as one line of Markdown source."""
    snippet: tuple[Piece, ...]
    """Where the words stand in the rest of the card; empty when they stand in the title alone."""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found."""

    query: str
    """What was searched for, clean."""
    hits: tuple[Hit, ...]
    """The best ones first; without words in the order of the decks."""
    has_more: bool
    """Whether there are more hits than were asked for."""
    nearest: str | None = None
    """When nothing was found: the nearest tag, deck or topic as a filter, such as `tag:attention`."""


def find_cards(desk: Desk, words: str, limit: int = 50) -> SearchResult:
    """Return the cards and stories that hold all words and pass all filters; any text is a query.

    Raises:
        UsageError: When a filter does not exist or its value cannot be, with what was probably meant.
    """
    text, query = read_query(words)
    titles = {loaded.deck.id: loaded.deck.title for loaded in desk.library.decks}
    with desk.store.reading() as log:
        found, has_more = search(log.raw, query, where_of(desk), max(0, limit))
        nearest = None if found else nearest_filter(desk, log.raw, query)
    pattern = pattern_of(query)
    hits = tuple(_hit(each, titles.get(each.card.deck, each.card.deck), pattern) for each in found)
    return SearchResult(text, hits, has_more, nearest)


def read_query(words: str) -> tuple[str, Query]:
    """Return some words as they were typed, but clean, and what they ask for; behind a blank the last one is whole.

    Raises:
        UsageError: When a filter does not exist or its value cannot be.
    """
    text = clean_line(words[:LONGEST_QUERY]).strip()
    return text, query_of(text, is_open=words[-1:] not in {" ", ""})


def where_of(desk: Desk) -> Where:
    """Return what a search depends on beside its words."""
    decks = tuple(loaded.deck.id for loaded in desk.library.decks)
    return Where(decks, desk.today(), desk.settings.leech_lapses)


def nearest_filter(desk: Desk, raw: Snapshot, query: Query) -> str | None:
    """Return the nearest tag, deck or topic as a filter, for a query that found nothing."""
    topics = [topic.id for loaded in desk.library.decks for topic in loaded.deck.topics]
    decks = tuple(loaded.deck.id for loaded in desk.library.decks)
    return _nearest(query, {"deck": decks, "tag": tags_in(raw), "topic": topics})


def query_of(text: str, *, is_open: bool = True) -> Query:
    """Return what a text asks for; in quotes, everything is text.

    Args:
        text: As it was typed.
        is_open: Whether the last word may go on, as while it is being typed.

    Raises:
        UsageError: When a filter does not exist or its value cannot be.
    """
    texts: list[Phrase] = []
    filters: dict[str, list[str]] = {name: [] for name in FILTERS}
    for name, value, may_go_on in _parts(text):
        if name is None:
            texts.append(Phrase(value, goes_on=may_go_on and is_open))
        else:
            filters[name].append(value)
    _check_values("kind", filters["kind"], KINDS)
    _check_values("is", filters["is"], STATES)
    phrases = tuple(phrase for phrase in texts if _TOKEN.search(phrase.text) and not _RUNNING_ON.search(phrase.text))
    return Query(
        phrases=phrases[:MOST_WORDS],
        literals=tuple(phrase.text.lower() for phrase in texts if _needs_signs(phrase.text))[:MOST_WORDS],
        decks=tuple(filters["deck"]),
        tags=tuple(filters["tag"]),
        kinds=tuple(filters["kind"]),
        topics=tuple(filters["topic"]),
        states=frozenset(filters["is"]),
    )


def _needs_signs(text: str) -> bool:
    """Tell whether the index knows too little of a word: `C++` is more than a C, while `kv-cache` is kv and cache."""
    says_little = len("".join(_TOKEN.findall(text))) < 2 and not text.isalnum()  # noqa: PLR2004 - a single letter
    return says_little or _RUNNING_ON.search(text) is not None


def _parts(text: str) -> Iterator[tuple[str | None, str, bool]]:
    """Yield each part of a query as (name of its filter, value, whether it ends the text and may go on)."""
    for match in _PART.finditer(text):
        name, plain = match["name"], match["plain"]
        value = plain if plain is not None else match["quoted"]
        goes_on = match.end() == len(text) and match["end"] != '"'
        if name is None:
            if value:
                yield None, value, goes_on
        elif name in FILTERS:
            if value:
                yield name, value, False
        else:
            _refuse_near_miss(name)
            yield None, match[0], goes_on


def _refuse_near_miss(name: str) -> None:
    near = _closest(name, FILTERS, 0.7)
    if near is not None:
        known = ", ".join(f"{each}:" for each in FILTERS)
        raise UsageError(
            f"no filter {name}:", f'did you mean {near}:? there are {known} (text goes in quotes: "{name}:")'
        )


def _check_values(name: str, values: Iterable[str], known: Sequence[str]) -> None:
    for value in values:
        if value not in known:
            near = _closest(value, known, 0.6)
            listed = ", ".join(f"{name}:{each}" for each in known)
            raise UsageError(
                f"no filter {name}:{value}", f"did you mean {name}:{near}?" if near else f"there are {listed}"
            )


def _closest(word: str, known: Sequence[str], cutoff: float) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, known, n=1, cutoff=cutoff)), None)


def _nearest(query: Query, known: dict[str, Sequence[str]]) -> str | None:
    """Return the filter with the name that comes nearest to what was asked for."""
    from difflib import SequenceMatcher

    asked = [*query.decks, *query.tags, *query.topics, *(phrase.text for phrase in query.phrases)]
    best, found = 0.6, None
    filters: dict[str, Sequence[str]] = {"deck": query.decks, "tag": query.tags, "topic": query.topics}
    for filter_name, names in known.items():
        for name in (each for each in names if each not in filters[filter_name]):
            for word in asked:
                matcher = SequenceMatcher(None, word.lower(), name.lower())
                if matcher.quick_ratio() > best and matcher.ratio() > best:
                    best, found = matcher.ratio(), (filter_name, name)
    if found is None:
        return None
    filter_name, name = found
    return f'{filter_name}:"{name}"' if " " in name else f"{filter_name}:{name}"


def pattern_of(query: Query) -> re.Pattern[str] | None:
    """Return what finds the words of a query in a text."""
    parts = [re.escape(literal) for literal in query.literals]
    for phrase in query.phrases:
        if phrase.text.lower() in query.literals:
            continue
        tokens = r"[\W_]+".join(re.escape(token) for token in _TOKEN.findall(phrase.text))
        end = "" if phrase.goes_on else r"(?![^\W_])"
        parts.append(rf"(?<![^\W_]){tokens}{end}")
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _hit(found: Found, deck_title: str, pattern: re.Pattern[str] | None) -> Hit:
    snippet: tuple[Piece, ...] = ()
    match = pattern.search(found.body) if pattern is not None else None
    if pattern is not None and match is not None:
        start, end = max(0, match.start() - AROUND), match.end() + AROUND
        # Not in the middle of a word, unless the word is endless.
        start = min(start + found.body[start : match.start()].find(" ") + 1, match.start()) if start else 0
        cut = found.body[start:end] if end >= len(found.body) else found.body[start:end].rpartition(" ")[0]
        if len(cut) < match.end() - start:
            cut = found.body[start:end]
        shown = (
            f"{'...' if start else ''}{clean_line(cut).strip()}{'...' if start + len(cut) < len(found.body) else ''}"
        )
        snippet = pieces_of(shown, pattern)
    return Hit(found.card, deck_title, found.kind, found.topic, pieces_of(clean_line(found.title), pattern), snippet)


def pieces_of(text: str, pattern: re.Pattern[str] | None) -> tuple[Piece, ...]:
    """Return a text, with what was searched for in pieces of its own."""
    pieces = []
    done = 0
    for match in pattern.finditer(text) if pattern is not None else ():
        pieces += [Piece(text[done : match.start()], False), Piece(match[0], True)]
        done = match.end()
    return tuple(piece for piece in (*pieces, Piece(text[done:], False)) if piece.text)


def plain(pieces: Iterable[Piece]) -> str:
    """Return pieces as one text."""
    return "".join(piece.text for piece in pieces)
