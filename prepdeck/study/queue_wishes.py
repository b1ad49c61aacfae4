"""Which decks a learner wants in the daily queue, whatever authors said; read by light verbs, so it loads little."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from prepdeck.store.glance import Snapshot, choice_details

Choices: TypeAlias = tuple[tuple[str, str], ...]
"""Study day and details of every choice of a deck that stands, in replay order."""


@dataclass(frozen=True, slots=True)
class QueueWish:
    """Which decks a learner wants in the daily queue, and which not."""

    left_out: frozenset[str] = frozenset()
    """Decks that stay out until one asks for them by name."""
    taken_in: frozenset[str] = frozenset()
    """Optional decks that are asked every day."""

    def is_optional(self, deck: str, *, optional: bool) -> bool:
        """Tell whether a deck stays out, which its author wants or not."""
        return deck in self.left_out or (optional and deck not in self.taken_in)


def queue_wish(raw: Snapshot, left_out: Collection[str]) -> QueueWish:
    """Return what the settings and the choices of the road say, within an open transaction.

    Args:
        raw: The open transaction.
        left_out: Decks that the settings leave out; a choice does not take them in.
    """
    chosen, others = choices_of(details for _day, details in choice_details(raw))
    return QueueWish(frozenset(left_out) | (others - chosen), chosen - frozenset(left_out))


def choices_of(details: Iterable[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the decks that are chosen and those they were chosen from; the last choice of a phase counts.

    An entry that makes no sense, of a later prepdeck or another program, is passed over.
    """
    by_phase: dict[str, tuple[str, tuple[str, ...]]] = {}
    for text in details:
        try:
            told = json.loads(text)
            if told["do"] != "choose":
                continue
            by_phase[str(told["phase"])] = (str(told["deck"]), tuple(map(str, told["others"])))
        except (ValueError, TypeError, KeyError, RecursionError):
            continue
    chosen = frozenset(deck for deck, _ in by_phase.values() if deck)
    return chosen, frozenset(each for deck, others in by_phase.values() if deck for each in others)
