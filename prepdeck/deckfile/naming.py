"""Ids for cards that have none: a few words of what they ask, as a slug."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

from prepdeck.cards.ids import is_slug
from prepdeck.deckfile.nodes import Listing, Node, Scalar, Table

LONGEST = 40
"""Characters of an id that is made here."""

_PROMPTS = ("front", "text", "title", "question", "prompt")
_GAP = re.compile(r"\{\{c[0-9]+::(.*?)(?:::[^}]*)?\}\}", re.DOTALL)
_WORD = re.compile(r"[a-z0-9]+")
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "can",
        "did",
        "do",
        "does",
        "for",
        "from",
        "had",
        "has",
        "have",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "name",
        "of",
        "on",
        "or",
        "over",
        "say",
        "tell",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "to",
        "was",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "whose",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)


def slug_of(text: str) -> str | None:
    """Return the words of `text` that tell most, as a slug of at most 40 characters, or None when it has none."""
    bare = text.replace("'", "").replace("\u2019", "").casefold()
    words = _WORD.findall(unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode())
    telling = [word for word in words if word not in _SMALL_WORDS] or words
    slug = ""
    for word in telling:
        longer = f"{slug}-{word}" if slug else word[:LONGEST]
        if len(longer) > LONGEST:
            break
        slug = longer
    return slug or None


def free_slug(wanted: str, taken: Collection[str], number: int = 2) -> str:
    """Return `wanted`, with a number from `number` on behind it when it is taken."""
    if wanted not in taken:
        return wanted
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def missing_ids(root: Table) -> dict[int, str]:
    """Return an id for every entry of the list of cards that has none, by its place in the list, from 0."""
    listing = root.entries.get("cards")
    if not isinstance(listing, Listing):
        return {}
    taken = ids_in(root)
    found: dict[int, str] = {}
    numbers: dict[str, int] = {}
    for place, item in enumerate(listing.items):
        if isinstance(item, Table) and not _has_id(item.entries):
            wanted = slug_of(_prompt_of(item.entries)) or f"card-{place + 1}"
            # Thousands of cards with one front are counted on, not counted through each time.
            slug = free_slug(wanted, taken, numbers.get(wanted, 2))
            numbers[wanted] = numbers.get(wanted, 1) + 1
            taken.add(slug)
            found[place] = slug
    return found


def ids_in(root: Table) -> set[str]:
    """Return every id written in the list of cards, those of faulty cards too."""
    listing = root.entries.get("cards")
    items = listing.items if isinstance(listing, Listing) else []
    ids = [item.entries["id"] for item in items if isinstance(item, Table) and "id" in item.entries]
    return {node.text for node in ids if isinstance(node, Scalar) and is_slug(node.text)}


def _has_id(entries: Mapping[str, Node]) -> bool:
    node = entries.get("id")
    return node is not None and not (isinstance(node, Scalar) and not node.text.strip())


def _prompt_of(entries: Mapping[str, Node]) -> str:
    for name in _PROMPTS:
        node = entries.get(name)
        if isinstance(node, Scalar) and node.text.strip():
            open_words = _GAP.sub(" ", node.text)
            return open_words if _WORD.search(open_words.lower()) else _GAP.sub(r"\1", node.text)
    return ""
