"""The search of the browse page: what is looked for, and the list of what was found, fetched page by page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from prepdeck.errors import PrepdeckError
from prepdeck.tui.keys import show_key
from prepdeck.tui.rows import Row, Tone, muted, row, strong
from prepdeck.tui.screens.browse_words import draw_fault
from prepdeck.tui.screens.browse_work import SECONDS_TO_PAINT
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.widgets.card_list import PAGE, CardList

if TYPE_CHECKING:
    from prepdeck.study.browsing import CardLine, Listing
    from prepdeck.tui.screens.browse_work import PageWork
    from prepdeck.tui.screens.framed import FramedScreen

FIRST: Final = 2 * PAGE
"""Cards that are looked for first; how many there are is found out while these are seen."""
SECONDS_OF_TYPING: Final = 0.08
"""A search begins when nothing was typed for so long."""


class CardSearch:
    """Looks for cards and fills the list with them.

    Args:
        page: The page that the list stands on.
        work: Does what takes long.
        listing: The cards to begin with, at least the first of them.
        found: What the page does when another list is shown.
        grew: What it does when more of a list is known.
    """

    def __init__(
        self,
        page: FramedScreen,
        work: PageWork,
        listing: Listing,
        *,
        found: Callable[[], None],
        grew: Callable[[], None],
    ) -> None:
        self._page = page
        self._work = work
        self._found = found
        self._grew = grew
        self.listing = listing
        """What was found last."""
        self.fault = ""
        """Why there is nothing to look for, if so."""
        self._refused = ""

    @property
    def _cards(self) -> CardList:
        return self._page.query_one(CardList)

    @property
    def count(self) -> int | None:
        """How many cards were found so far; None when the search could not be understood."""
        return None if self.fault else len(self.listing.numbers)

    def show(self, listing: Listing, lines: Sequence[CardLine], *, marked: int = 0) -> None:
        """Show a list with its first lines."""
        self.listing, self.fault = listing, ""
        cards = self._cards
        cards.say(self._explain)
        cards.show(len(listing.numbers), lines, is_whole=listing.is_whole, marked=marked)
        self._found()

    def count_rest(self) -> None:
        """Find out how many cards there are behind the first."""
        if not self.listing.is_whole:
            self._work.begin(self._count_all(self.listing), "search", exclusive=True)

    def take(self, words: str) -> None:
        """Look for what was typed, once typing pauses; what was looked for before is dropped."""
        if words != self.listing.words or self.fault:
            self._work.begin(self._find(words, SECONDS_OF_TYPING, keeps_place=False), "search", exclusive=True)

    def again(self) -> None:
        """Look for the same once more, because something was done to cards; the mark stays where it is."""
        self._work.begin(self._find(self.listing.words, 0.0, keeps_place=True), "search", exclusive=True)

    def fetch(self, page: int) -> None:
        """Fetch a page of lines that the list wants."""
        self._work.begin(self._fetch(page, self.listing), "lines")

    async def whole(self) -> Listing:
        """Return the list with all its cards."""
        words = self.listing.words
        return (
            self.listing if self.listing.is_whole else await self._work.ask(lambda desk: desk.list_cards(words, None))
        )

    async def part(self, first: int, last: int) -> Listing:
        """Return the list with only the cards from one line to another."""
        found = await self.whole()
        return replace(found, numbers=found.numbers[first : last + 1])

    async def _find(self, words: str, wait: float, *, keeps_place: bool) -> None:
        if wait:
            await asyncio.sleep(wait)
        ask = self._work.ask
        try:
            listing = await ask(lambda desk: desk.list_cards(words, FIRST))
        except PrepdeckError as error:
            self._refuse(words, sentence_of(error))
            return
        first = listing
        lines = await ask(lambda desk: desk.read_lines(first, 0, FIRST))
        marked = self._cards.marked if keeps_place else 0
        if marked >= len(lines) and not listing.is_whole:  # the marked line lies behind the first ones
            listing = await ask(lambda desk: desk.list_cards(words, None))
        self.show(listing, lines, marked=marked)
        if not listing.is_whole:
            await self._count_all(listing)

    async def _count_all(self, listing: Listing) -> None:
        whole = await self._work.ask(lambda desk: desk.list_cards(listing.words, None))
        if self.listing is listing:
            self.listing = whole
            self._cards.grow(len(whole.numbers))
            self._grew()

    async def _fetch(self, page: int, listing: Listing) -> None:
        if self._cards.line is not None:  # what is seen is there, the page is a neighbour
            await asyncio.sleep(SECONDS_TO_PAINT)
        lines = await self._work.ask(lambda desk: desk.read_lines(listing, page * PAGE, PAGE))
        if self.listing.words == listing.words and not self.fault:
            self._cards.feed(page, lines)
            self._grew()

    def _refuse(self, words: str, fault: str) -> None:
        """Say why there is nothing to look for."""
        self._refused, self.fault = words, fault
        self._cards.show(0, (), is_whole=True, marked=0)
        self._found()

    def _explain(self, width: int) -> Sequence[Row]:
        """Return what stands where no card was found."""
        app = self._page.prepdeck
        back = app.keys.row("app.back")
        clears = show_key(back.keys[0]) if back is not None else "Esc"
        if self.fault:
            way_out = row(strong(clears, Tone.ACCENT), muted(" clears the search"), target="clear")
            return [*draw_fault(self._refused, self.fault, width, app.glyphs), Row(), way_out]
        if not self.listing.total:
            return [row("There are no cards yet.")]
        return self._cards.nothing(self.listing.words.strip(), self.listing.nearest, clears, width)
