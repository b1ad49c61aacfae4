"""A file of stories read before and after an edit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from prepdeck.cards.ids import CardId
from prepdeck.cards.spoken import Story
from prepdeck.deckfile.problem import Severity
from prepdeck.deckfile.reading import Reading, not_a_deck, read_deck
from prepdeck.errors import NotFound
from prepdeck.host.writing import FileUnwritable


def read_stories(path: Path, data: bytes) -> Reading:
    """Return what a file of stories holds.

    Raises:
        FileUnwritable: When it holds no deck that an edit could be put into.
    """
    reading = read_deck(str(path), data)
    other = not_a_deck(reading)
    if other is not None or reading.root is None or reading.deck is None:
        fault = other or next((one for one in reading.problems if one.severity is Severity.ERROR), None)
        where = f"{path}:{fault.line}:{fault.column}: {fault.message}" if fault else f"{path} holds no deck"
        raise FileUnwritable(where, "prepdeck lint shows more; nothing was written")
    return reading


def story_in(reading: Reading, card: CardId, path: Path) -> Story:
    """Return a story of a file.

    Raises:
        NotFound: When there is none of that name without a fault.
    """
    cards = reading.deck.cards if reading.deck is not None else ()
    found = next((each for each in cards if each.id == card), None)
    if found is None or not isinstance(found.body, Story):
        raise NotFound(f"{path} holds no good story {card.card}", "prepdeck lint shows what is wrong with the file")
    return found.body


def differs_only(before: Reading, after: Reading, card: CardId) -> bool:
    """Tell whether nothing but one card is another one now, and nothing new is wrong."""
    old, new = before.deck, after.deck
    if old is None or new is None or _errors(after) > _errors(before):
        return False
    others = [tuple(each for each in deck.cards if each.id != card) for deck in (old, new)]
    return others[0] == others[1] and replace(old, cards=()) == replace(new, cards=())


def _errors(reading: Reading) -> int:
    return sum(problem.severity is Severity.ERROR for problem in reading.problems)
