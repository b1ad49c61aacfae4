"""The rule of texts that nobody has written yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, assert_never

from prepdeck.deckfile.fault import Fault
from prepdeck.deckfile.nodes import Listing, Node, Refused, Scalar, Table
from prepdeck.deckfile.rules.subject import Remark
from prepdeck.text.counts import counted

MARK: Final = re.compile(r"\s*TODO\b")
"""How the texts begin that `prepdeck new` leaves to the author."""


def judge_leftovers(root: Table) -> Iterator[Remark]:
    """Yield where words are still missing: the first place of each card, and of each field of the deck itself."""
    for name, value in root.entries.items():
        for node in value.items if name == "cards" and isinstance(value, Listing) else (value,):
            left = list(_unwritten(node))
            if left:
                message = f"{counted(len(left), 'text')} {'is' if len(left) == 1 else 'are'} still to be written here"
                yield left[0], Fault("W249", message, "not written yet", help="write it, or delete its field")


def _unwritten(node: Node) -> Iterator[Scalar]:
    match node:
        case Scalar():
            if MARK.match(node.text):
                yield node
        case Listing():
            for item in node.items:
                yield from _unwritten(item)
        case Table():
            for value in node.entries.values():
                yield from _unwritten(value)
        case Refused():
            pass
        case _:
            assert_never(node)
