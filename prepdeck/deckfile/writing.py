"""Cards and decks written as YAML in canonical form: `fmt` leaves what stands here as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from prepdeck.cards.card import Card
from prepdeck.cards.deck import Deck
from prepdeck.deckfile.fields import Value, Word, fields_of, header_of
from prepdeck.deckfile.formatting import canonical_text
from prepdeck.deckfile.order import HEADER, card_order, in_order
from prepdeck.deckfile.quoting import STEP, WIDTH, key_text, scalar

LONGEST_IN_BRACES = 40
"""Characters of the longest text of a table that still stands in braces."""

_ALWAYS_BELOW = frozenset({"topics", "outline", "tests"})
"""Tables that never stand in braces."""


def write_deck(deck: Deck) -> str:
    """Return the deck as a file; reading it gives an equal deck."""
    rows = [f"{name}:{write_value(value, '', name)}" for name, value in _sorted(header_of(deck), HEADER)]
    if not deck.cards:
        return "\n".join((*rows, "cards: []", ""))
    cards = [write_card(card, tags=deck.tags) for card in deck.cards]
    # What does not fit its line, such as a long list of numbers, is broken as `fmt` breaks it.
    return canonical_text("\n".join((*rows, "cards:", "".join(cards))), is_deck=True)


def write_card(card: Card, indent: str = "", *, tags: Sequence[str] = ()) -> str:
    """Return the card as an entry of the list of cards, with a line end behind its last line.

    Args:
        card: What is written.
        indent: Indentation of the dash.
        tags: What the deck gives to every card, and so is not written again.
    """
    return write_entry(fields_of(card, tags), card.kind, indent)


def write_entry(fields: Mapping[str, Value], kind: str, indent: str = "") -> str:
    """Return the fields of a card of one kind as an entry of the list of cards."""
    inner = indent + STEP
    rows = [f"{inner}{name}:{write_value(value, inner, name)}" for name, value in _sorted(fields, card_order(kind))]
    rows[0] = f"{indent}- {rows[0][len(inner) :]}"
    return "\n".join((*rows, ""))


def write_value(value: Value, indent: str, name: str = "", *, flow: bool = False) -> str:
    """Return what stands behind `name:`, blank or line end included.

    Args:
        value: What the field holds.
        indent: Indentation of the name.
        name: The field, which takes columns of its line and may never stand in braces.
        flow: Whether it has to stay on the line.
    """
    taken = len(indent) + len(name) + 2
    if isinstance(value, str):
        return f" {_text(value, indent, flow=flow, taken=taken)}"
    if flow or (name not in _ALWAYS_BELOW and _fits(value, taken)):
        return f" {write_flow(value)}"
    if isinstance(value, Mapping):
        inner = indent + STEP
        return "".join(f"\n{inner}{key_text(key)}:{write_value(one, inner, key)}" for key, one in value.items())
    return "".join(f"\n{indent}- {_item(one, indent + STEP)}" for one in value)


def write_flow(value: Value) -> str:
    """Return a value on one line, as it stands inside brackets."""
    if isinstance(value, str):
        return _text(value, "", flow=True, taken=0)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key_text(key)}: {write_flow(one)}" for key, one in value.items()) + "}"
    return f"[{', '.join(map(write_flow, value))}]"


def _item(value: Value, indent: str) -> str:
    """Return what stands behind the dash of a list entry; `indent` is that of the text behind the dash."""
    if isinstance(value, str):
        return _text(value, indent[: -len(STEP)], flow=False, taken=len(indent))
    if _fits(value, len(indent)) or not value:
        return write_flow(value)
    if isinstance(value, Mapping):
        rows = [f"{indent}{key_text(key)}:{write_value(one, indent, key)}" for key, one in value.items()]
        return "\n".join(rows)[len(indent) :]
    # Lists of lists are data: rows of a table, arguments of a call.
    return write_flow(value)


def _text(text: str, indent: str, *, flow: bool, taken: int) -> str:
    return str(text) if isinstance(text, Word) else scalar(text, indent, flow=flow, taken=taken)


def _fits(value: Value, taken: int) -> bool:
    """Tell whether a list or table reads well on one line."""
    if isinstance(value, Mapping) and not all(_is_short(one) for one in value.values()):
        return False
    if isinstance(value, Sequence) and any(isinstance(one, str) and "\n" in one for one in value):
        return False
    return taken + len(write_flow(value)) <= WIDTH


def _is_short(value: Value) -> bool:
    if isinstance(value, str):
        return isinstance(value, Word) or (len(value) <= LONGEST_IN_BRACES and "\n" not in value)
    return all(_is_short(one) for one in (value.values() if isinstance(value, Mapping) else value))


def _sorted(fields: Mapping[str, Value], order: tuple[str, ...]) -> list[tuple[str, Value]]:
    return [(name, fields[name]) for name in in_order(fields, order)]
