"""Files that lie beside decks: formats, rubrics and the roadmap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from prepdeck.cards.blueprint import Formats
from prepdeck.cards.roadmap import Roadmap
from prepdeck.cards.rubric import Rubrics
from prepdeck.deckfile.findings import Findings
from prepdeck.deckfile.formats import read_formats
from prepdeck.deckfile.header import OTHER_FILES
from prepdeck.deckfile.nodes import Table
from prepdeck.deckfile.roadmap import read_roadmap
from prepdeck.deckfile.rubrics import read_rubrics

Document: TypeAlias = Formats | Rubrics | Roadmap
"""What a file beside the decks holds."""

_READERS: Mapping[str, Callable[[Findings, Table], Document | None]] = {
    "formats": read_formats,
    "rubrics": read_rubrics,
    "roadmap": read_roadmap,
}


def document_name(root: Table) -> str | None:
    """Return the field that tells a file from a deck, or None for a deck."""
    if "deck" in root.entries:
        return None
    return next((name for name in OTHER_FILES if name in root.entries), None)


def read_document(notes: Findings, root: Table, name: str) -> Document | None:
    """Return what is good in a file that `document_name` told from a deck."""
    return _READERS[name](notes, root)
