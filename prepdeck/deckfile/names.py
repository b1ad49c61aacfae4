"""Fields that name cards."""

from __future__ import annotations

from prepdeck.cards.ids import is_slug
from prepdeck.deckfile.fault import Fault, quoted
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.nodes import Listing, Node, Scalar
from prepdeck.deckfile.scalars import SLUG_HELP, written


def pass_over(_notes: Findings, _name: str, _node: Node) -> None:
    """Read nothing: the kind of a card was looked at before its other fields."""


def read_was(notes: Findings, name: str, node: Node) -> tuple[tuple[str | None, str], ...] | None:
    """Return earlier names of a card as deck and card; the deck is None when it is this one."""
    if isinstance(node, Scalar):
        was = _read_name(notes, name, node)
        return None if was is None else (was,)
    if not isinstance(node, Listing):
        written(notes, name, node, "old-id")
        return None
    names = [_read_name(notes, f"an entry of {name}", item) for item in node.items]
    return tuple(dict.fromkeys(was for was in names if was is not None))


def _read_name(notes: Findings, name: str, node: Node) -> tuple[str | None, str] | None:
    text = written(notes, name, node, "old-id")
    if text is None:
        return None
    deck, slash, card = text.rpartition("/")
    if is_slug(card) and (is_slug(deck) if slash else True):
        return (deck or None, card)
    fault = Fault(
        "E034",
        f"{name} is not a card name: {quoted(text)}",
        "not a card name",
        help=f"write old-id, or old-deck/old-id; in each part {SLUG_HELP}",
    )
    notes.report(node, fault)
    return None
