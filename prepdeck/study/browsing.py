"""Looking through cards: a list of any length read page by page, one card looked at, several handled at once."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final, assert_never

from prepdeck.cards.ids import CardId
from prepdeck.errors import NotFound, UsageError
from prepdeck.store.listing import ListedCard, listed_cards
from prepdeck.store.search import matching
from prepdeck.study import handling
from prepdeck.study.desk import Desk
from prepdeck.study.handling import Handled
from prepdeck.study.records import CardRecord, show_card
from prepdeck.study.reviewing import CardView, view_card
from prepdeck.study.searching import Piece, nearest_filter, pattern_of, pieces_of, read_query, where_of
from prepdeck.text.cleaning import clean_line
from prepdeck.text.markdown import inline_line

MOST_AT_ONCE: Final = 20_000
"""Cards that one step may handle."""
_ROWS_AT_ONCE: Final = 10_000
"""Rows that one statement names; SQLite takes 32,766."""
LONGEST_TITLE: Final = 400
"""Characters of a front that a list looks at; more never fit a line."""


class Standing(Enum):
    """Where a card stands; of several the first that holds."""

    RETIRED = "retired"
    SUSPENDED = "suspended"
    BURIED = "buried"
    LEECH = "leech"
    DUE = "due"
    NEW = "new"
    WAITING = "waiting"


class Deed(Enum):
    """What can be done to several cards."""

    SUSPEND = "suspend"
    """Suspend them, or ask them again when all are suspended."""
    FLAG = "flag"
    """Flag them, or take the flags away when all have one."""
    BURY = "bury"
    """Leave them out until tomorrow."""
    RESET = "reset"
    """Make them new again."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The cards that a search found, by their rows in the store."""

    words: str
    """What was searched for, as it was typed."""
    numbers: Sequence[int]
    """Their rows, in order."""
    is_whole: bool
    """Whether these are all."""
    total: int
    """How many cards the decks hold."""
    pattern: re.Pattern[str] | None = None
    """What finds the words in a text."""
    nearest: str | None = None
    """When nothing was found: the nearest tag, deck or topic as a filter."""


@dataclass(frozen=True, slots=True)
class CardLine:
    """One line of the list."""

    card: CardId
    """Its name."""
    kind: str
    """Its kind."""
    title: tuple[Piece, ...]
    """Its front as one plain line."""
    standing: Standing
    """Where it stands."""
    days: int | None
    """Days until it is due, negative when it is late; None for a new card."""
    easiness: int | None
    """In hundredths; None for a new card."""
    interval: int | None
    """Days; None for a new card."""
    is_flagged: bool
    """Whether the learner marked it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A card that is looked at."""

    record: CardRecord
    """Its facts and its history."""
    view: CardView | None
    """The card as it would be asked; None for one that no deck holds."""
    path: Path | None
    """Its file; None for one that no deck holds."""
    line: int
    """Its line in that file."""
    is_buried: bool
    """Whether it is left out today."""


def list_cards(desk: Desk, words: str, limit: int | None = None) -> Listing:
    """Return the cards that some words and filters find: those of `find_cards`, and in its order.

    Args:
        desk: The desk.
        words: As they were typed; nothing finds every card.
        limit: At most so many, which is quicker; None for all.

    Raises:
        UsageError: When a filter does not exist or its value cannot be, with what was probably meant.
    """
    query = read_query(words)[1]
    most = None if limit is None else limit + 1
    with desk.store.reading() as log:
        numbers = array("q", matching(log.raw, query, where_of(desk), most))
        nearest = None if numbers else nearest_filter(desk, log.raw, query)
    is_whole = limit is None or len(numbers) <= limit
    total = sum(len(loaded.deck.cards) for loaded in desk.library.decks)
    return Listing(words, numbers[:limit], is_whole, total, pattern_of(query), nearest)


def fault_at(words: str) -> tuple[int, int] | None:
    """Return where the first filter that cannot be stands in some words: its first character, and the one behind it."""
    for part in re.finditer(r"\S+", words):
        try:
            read_query(part[0])
        except UsageError:
            return part.span()
    return None


def read_lines(desk: Desk, listing: Listing, first: int, count: int) -> tuple[CardLine, ...]:
    """Return some lines of a list; a card that the store lost meanwhile is left out."""
    with desk.store.reading() as log:
        found = listed_cards(log.raw, listing.numbers[first : first + count])
    return tuple(_line(desk, each, listing) for each in found)


def names_in(desk: Desk, listing: Listing) -> tuple[CardId, ...]:
    """Return the names of all cards of a list.

    Raises:
        UsageError: When there are more than one step may handle.
    """
    if len(listing.numbers) > MOST_AT_ONCE:
        raise UsageError(
            f"{len(listing.numbers):,} cards are too many to select at once",
            f"search for at most {MOST_AT_ONCE:,} of them",
        )
    with desk.store.reading() as log:
        parts = range(0, len(listing.numbers), _ROWS_AT_ONCE)
        rows = (listed_cards(log.raw, listing.numbers[first : first + _ROWS_AT_ONCE]) for first in parts)
        return tuple(each.card for part in rows for each in part)


def look_at(desk: Desk, card: CardId) -> Sight:
    """Return a card with everything a preview tells.

    Raises:
        NotFound: When neither a deck nor the log knows it.
    """
    record = show_card(desk, str(card))
    is_buried = record.handling.is_buried(desk.today())
    try:
        path, line = desk.library.line_of(record.id)
        return Sight(record, view_card(desk, record.id), path, line, is_buried)
    except NotFound:
        return Sight(record, None, None, 0, is_buried)


def handle(desk: Desk, deed: Deed, cards: Sequence[CardId]) -> Handled:
    """Do one thing to some cards, as one step that one undo takes back.

    Raises:
        NotFound: When no deck holds one of them; nothing is written.
    """
    names = [str(card) for card in cards]
    match deed:
        case Deed.SUSPEND:
            return (handling.unsuspend if _all(desk, cards, "suspended") else handling.suspend)(desk, names)
        case Deed.FLAG:
            return (handling.unflag if _all(desk, cards, "flagged") else handling.flag)(desk, names)
        case Deed.BURY:
            return handling.bury(desk, names)
        case Deed.RESET:
            return handling.reset(desk, names)
        case _:
            assert_never(deed)


def handled_words(handled: Handled) -> str:
    """Return a sentence about what was done, or why there was nothing to do."""
    changed = handled.changed
    about = _about([each.card for each in changed or handled.cards])
    is_are = "is" if len(handled.cards) == 1 else "are"
    match handled.kind.value:
        case "suspend":
            words = f"Suspended {about}: not asked until unsuspended.", f"{about} {is_are} suspended already."
        case "unsuspend":
            words = f"Unsuspended {about}: asked again when due.", f"{about} {is_are} not suspended."
        case "bury":
            words = f"Buried {about}: not asked until tomorrow.", f"{about} {is_are} buried already."
        case "flag":
            words = f"Flagged {about}: is:flagged lists what is flagged.", f"{about} {is_are} flagged already."
        case "unflag":
            words = f"Took the flag of {about} away.", f"{about} {is_are} not flagged."
        case _:
            words = (
                f"Reset {about}: new again, all reviews stay in the log.",
                f"{about} {is_are} new: nothing to reset.",
            )
    if not changed:
        return words[1]
    left = len(handled.cards) - len(changed)
    return words[0] + (f" {left} needed nothing." if left else "")


def _about(cards: Sequence[CardId]) -> str:
    return str(cards[0]) if len(cards) == 1 else f"{len(cards):,} cards"


def _all(desk: Desk, cards: Sequence[CardId], what: str) -> bool:
    with desk.store.reading() as log:
        return all(getattr(log.handling_of(card), what) for card in cards)


def _line(desk: Desk, each: ListedCard, listing: Listing) -> CardLine:
    today = desk.today()
    return CardLine(
        card=each.card,
        kind=each.kind,
        title=pieces_of(inline_line(clean_line(each.title[:LONGEST_TITLE])), listing.pattern),
        standing=_standing(desk, each),
        days=(each.due - today).days if each.due is not None else None,
        easiness=each.easiness,
        interval=each.interval,
        is_flagged=each.is_flagged,
    )


def _standing(desk: Desk, each: ListedCard) -> Standing:
    today = desk.today()
    checks = (
        (each.is_retired, Standing.RETIRED),
        (each.is_suspended, Standing.SUSPENDED),
        (each.buried_on == today, Standing.BURIED),
        (each.lapses >= desk.settings.leech_lapses, Standing.LEECH),
        (each.due is None, Standing.NEW),
        (each.due is not None and each.due <= today, Standing.DUE),
    )
    return next((standing for holds, standing in checks if holds), Standing.WAITING)
