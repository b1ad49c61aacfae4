"""The preview of the browse page: the marked card with its facts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from prepdeck.tui.page import Page
from prepdeck.tui.screens.browse_words import draw_sight
from prepdeck.tui.screens.browse_work import SECONDS_TO_PAINT
from prepdeck.tui.widgets.card import CardPanel
from prepdeck.tui.widgets.card_list import CardList

if TYPE_CHECKING:
    from prepdeck.cards.ids import CardId
    from prepdeck.study.browsing import Sight
    from prepdeck.tui.screens.browse_work import PageWork
    from prepdeck.tui.screens.framed import FramedScreen


class Preview:
    """Shows the marked card; while one is fetched, only the one that is marked in the end is fetched after it.

    Args:
        page: The page that list and card stand on.
        work: Fetches.
    """

    def __init__(self, page: FramedScreen, work: PageWork) -> None:
        self._page = page
        self._work = work
        self._sight: Sight | None = None
        self._is_looking = False
        self._is_stale = False

    @property
    def card(self) -> CardId | None:
        """The marked card; None while its line is not there, or nothing was found."""
        line = self._page.query_one(CardList).line
        return line.card if line is not None else None

    @property
    def _shown(self) -> CardId | None:
        return self._sight.record.id if self._sight is not None else None

    def spoil(self) -> None:
        """Take on that the card shown may have changed."""
        self._is_stale = True

    def look(self) -> None:
        """Fetch the marked card, unless that is under way or it is shown."""
        if self._page.query_one(CardList).count == 0:
            self._sight = None
            self.draw(keeps_place=False)
        elif not self._is_looking and (self._is_stale or self.card != self._shown):
            self._is_looking = True
            self._work.begin(self._fetch(), "sight")

    async def _fetch(self) -> None:
        try:
            shown = None if self._is_stale else self._shown
            while self.card is not None and (self._is_stale or self.card != shown):
                await asyncio.sleep(SECONDS_TO_PAINT)
                card = self.card
                if card is None:
                    break
                self._is_stale = False
                before, wanted = self._shown, card
                self._sight = await self._work.ask(lambda desk, wanted=wanted: desk.look_at(wanted))  # type: ignore[misc]
                self.draw(keeps_place=before == self._shown)
                shown = card
        finally:
            self._is_looking = False

    def draw(self, *, keeps_place: bool) -> None:
        """Draw the card; `keeps_place` leaves the lines seen where they are."""
        sight = self._sight
        footing = f"{sight.path.name}:{sight.line}" if sight is not None and sight.path is not None else ""
        title = sight.record.kind or "Card" if sight is not None else "Card"
        self._page.query_one(CardPanel).show(self._set_page, title=title, footing=footing, keeps_place=keeps_place)

    def _set_page(self, width: int, height: int) -> Page:  # noqa: ARG002 - the page scrolls
        return Page(()) if self._sight is None else draw_sight(self._sight, max(1, width), self._page.prepdeck.glyphs)
