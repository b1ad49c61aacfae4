"""What a rule of cards looks at, and how it points at a place of the file."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple, TypeAlias

from prepdeck.cards.card import Card
from prepdeck.deckfile.fault import Fault
from prepdeck.deckfile.nodes import Listing, Node, Scalar, Table

Remark: TypeAlias = "tuple[Node, Fault]"
"""What a rule says, and the value it says it of."""

WORD = re.compile(r"\w+")
"""A word, for comparing texts without their punctuation."""


class Subject(NamedTuple):
    """One card with its place in the file; a named tuple, since one is made for every card."""

    card: Card
    """The card."""
    table: Table
    """Its fields with their places."""
    text: str
    """The text of the file."""
    today: date
    """The day on which the rules are asked."""
    strict: bool
    """Whether fields that bundled decks always have are asked for."""

    def value(self, name: str) -> Node:
        """Return the value of a field, or the head of the card when it has none."""
        return self.table.entries.get(name) or self.head

    @property
    def head(self) -> Node:
        """The card's id, which stands for the whole card."""
        return self.table.entries.get("id") or self.table

    def entry(self, name: str, index: int) -> Node:
        """Return one entry of a field that holds a list."""
        return entry_of(self.value(name), index)

    def part(self, node: Node, sample: str) -> Node:
        """Return where `sample` stands inside a value; the whole value when its spelling in the file differs."""
        start = self.text.find(sample, node.start, node.end) if sample else -1
        return node if start < 0 else Scalar(sample, start, start + len(sample), "")


def entry_of(node: Node, index: int) -> Node:
    """Return one entry of a list, or `node` itself when it has none such."""
    return node.items[index] if isinstance(node, Listing) and index < len(node.items) else node


def field_of(node: Node, name: str) -> Node:
    """Return a field of a table, or `node` itself when it has none such."""
    return node.entries.get(name, node) if isinstance(node, Table) else node


def words_of(text: str) -> str:
    """Return the words of a text in lower case, each between single spaces, for whole-word comparisons."""
    return f" {' '.join(WORD.findall(text.casefold()))} "
