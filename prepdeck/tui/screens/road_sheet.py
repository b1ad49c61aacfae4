"""One sheet of the road with its rows, and what all sheets say alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from prepdeck.road.coverage import DeckShare
from prepdeck.tui.glyphs import Glyphs
from prepdeck.tui.rows import Row, muted, row, spread
from prepdeck.tui.screens.road_words import DetailText, recall_words
from prepdeck.tui.widgets.road_list import ListLine

if TYPE_CHECKING:
    from prepdeck.study.road import RoadPage

_WORDS_FROM: Final = 44
"""Cells from which a row says how far it is."""


@dataclass(frozen=True, slots=True)
class SheetView:
    """One sheet with all its rows."""

    lines: tuple[ListLine, ...]
    """Its rows."""
    footing: str
    """Counts, for the lower edge."""
    why_empty: str
    """What is said when there are none."""
    detail: Callable[[str, DetailText], None]
    """Says what is known of the row of a name."""


def why_empty(things: str, key: str) -> str:
    """Return why a sheet has no row."""
    return f"This road has no {things}: its file roadmap.yaml names none under {key}."


def told(name: str, left: Row, right: str, room: int = _WORDS_FROM) -> ListLine:
    """Return a row whose words at the right edge leave when it is narrow."""

    def set_row(width: int, glyphs: Glyphs) -> Row:
        return spread(left, row(muted(right)), width, glyphs.ellipsis) if width >= room else left

    return ListLine(name, set_row)


def tell_decks(page: RoadPage, slugs: tuple[str, ...], text: DetailText) -> None:
    """Say how far some decks are."""
    if slugs:
        text.heading("Decks", f"seen of cards, {recall_words(page)}")
    for slug in slugs:
        text.deck(page.decks.get(slug, DeckShare(slug, slug)))
