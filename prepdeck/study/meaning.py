"""Which card some words mean, also by a name that it bore once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepdeck.cards.ids import CardId
from prepdeck.errors import NotFound

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from prepdeck.store.logbook import Logbook
    from prepdeck.study.desk import Desk


def living_card(desk: Desk, words: str) -> CardId:
    """Return the card of a deck that some words mean.

    Raises:
        NotFound: When no deck holds it.
        Ambiguous: When several cards fit.
    """
    with desk.store.reading() as log:
        remembered = _remembered(desk, log, words)
    if remembered is None:
        return desk.library.find(words).id
    if desk.library.get(remembered) is None:
        raise NotFound(
            f"no open deck holds {remembered}",
            f"prepdeck show {remembered} prints what is kept of it, prepdeck due lists the decks",
        )
    return remembered


def living_cards(desk: Desk, words: Sequence[str]) -> list[CardId]:
    """Return the cards of decks that some words mean, in their order; a name written in full costs one look.

    Raises:
        NotFound: When no deck holds one of them.
        Ambiguous: When several cards fit one of them.
    """
    with desk.store.reading() as log:
        decks = {loaded.deck.id for loaded in desk.library.decks}
        held = [_held(log, word, decks) for word in words]
    return [card or living_card(desk, word) for card, word in zip(held, words, strict=True)]


def _held(log: Logbook, words: str, decks: Container[str]) -> CardId | None:
    """Return the card of some decks that bears a full name; None for other words."""
    try:
        card = CardId.parse(words.strip())
    except ValueError:
        return None
    entry = log.shelf.entry(card) if card.deck in decks else None
    return None if entry is None or entry.retired else card


def known_card(desk: Desk, log: Logbook, words: str) -> CardId:
    """Return the card that some words mean: one of a deck, or one that the log remembers by its full name.

    Raises:
        NotFound: When neither knows it.
        Ambiguous: When several cards fit.
    """
    remembered = _remembered(desk, log, words)
    return desk.library.find(words).id if remembered is None else remembered


def _remembered(desk: Desk, log: Logbook, words: str) -> CardId | None:
    """Return the card meant by a full name that no card of a deck bears now; None when the name was never met.

    The beginning of another card's name is no reason to take that one: whoever writes a name in full means it.
    """
    try:
        written = CardId.parse(words.strip())
    except ValueError:
        return None
    if desk.library.get(written) is not None:
        return None
    today = log.name_now(written)
    return today if today != written or log.shelf.entry(written) is not None else None
