"""The order in which `fmt` and everything that writes decks puts fields.

A card says first what it is, then what it asks, and last what surrounds the answer, so that a reader of the file meets
the front within a few lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

HEADER: Final = (
    *("deck", "title", "track", "description", "phases", "skills", "optional", "tags"),
    *("author", "license", "version", "topics", "cards"),
)
"""Fields of a deck."""

HEAD: Final = (
    "id",
    "was",
    "kind",
    "topic",
    "level",
    "tags",
    "ask",
    "weight",
    "seconds",
    "revision",
    "volatile",
    "as_of",
)
"""Fields of every card that stand before its own."""

TAIL: Final = ("hints", "why", "verify", "refs")
"""Fields of every card that stand behind its own."""

OWN: Final[Mapping[str, tuple[str, ...]]] = {
    "basic": ("front", "back", "points", "variants", "followups"),
    "cloze": ("text",),
    "choice": ("front", "options"),
    "numeric": ("front", "answer", "unit", "tolerance", "check", "steps"),
    "code": (
        *("front", "language", "entry", "shape", "compare", "requires", "minutes", "fixture", "starter", "reference"),
        *("property", "tests", "large_input", "mutants", "complexity"),
    ),
    "design": (
        *("front", "family", "formats", "clarifications", "numbers", "outline", "probes", "pitfalls", "twist"),
        "rubric",
    ),
    "star": ("front", "competency", "probes", "strong_signals", "weak_signals", "rubric"),
    "story": ("title", "competencies", "situation", "task", "action", "result", "metric", "reflection"),
}
"""Fields of one kind of card."""


def card_order(kind: str) -> tuple[str, ...]:
    """Return the fields of a card of one kind in order."""
    return (*HEAD, *OWN.get(kind, ()), *TAIL)


def in_order(names: Iterable[str], order: tuple[str, ...]) -> list[str]:
    """Return `names` sorted by `order`; names it does not hold keep their order behind the others."""
    places = {name: place for place, name in enumerate(order)}
    return sorted(names, key=lambda name: places.get(name, len(places)))
