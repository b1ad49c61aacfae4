"""The browse page: a search, the cards it finds, and the marked card beside them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events
from textual.app import SuspendNotSupported
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input

from prepdeck.errors import PrepdeckError
from prepdeck.text.counts import counted
from prepdeck.tui.keys import KeyRow, Place, show_key
from prepdeck.tui.page import Page
from prepdeck.tui.rows import Row, Tone, foreign, row, strong, wrap
from prepdeck.tui.screens.browse_words import FILTERS, ResetDialog, draw_sight
from prepdeck.tui.screens.editor import run_editor
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.widgets.card import CardPanel
from prepdeck.tui.widgets.card_list import PAGE, CardList
from prepdeck.tui.widgets.frame import Hint, TitleBar
from prepdeck.tui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from prepdeck.cards.ids import CardId
    from prepdeck.study.browsing import CardLine, Listing, Sight

FIRST: Final = 2 * PAGE
"""Cards that are looked for first; how many there are is found out while these are seen."""
SECONDS_OF_TYPING: Final = 0.08
"""A search begins when nothing was typed for so long."""
_DEEDS: Final = {"browse.suspend": "suspend", "browse.flag": "flag", "browse.bury": "bury", "browse.reset": "reset"}
_ON_CARDS: Final = {*_DEEDS, "browse.select", "browse.edit", "browse.copy", "browse.preview"}
_IN_PREVIEW: Final = {"move.left", "move.right"}


class BrowseScreen(FramedScreen):
    """Shows one list; what is typed, and what is done to cards, brings another one.

    Args:
        listing: The cards to begin with, at least the first of them.
        lines: Their first lines.
    """

    PLACE = Place.BROWSE
    CSS_PATH = "browse.tcss"

    def __init__(self, listing: Listing, lines: Sequence[CardLine]) -> None:
        super().__init__()
        self._listing = listing
        self._first_lines = tuple(lines)
        self._fault = ""
        self._selected: dict[CardId, None] = {}
        self._sight: Sight | None = None
        self._is_looking = False
        self._is_stale = False
        self._is_reading = False
        self._is_acting = False
        self._wants_field = False

    @property
    def listing(self) -> Listing:
        """What was found last."""
        return self._listing

    @property
    def selected(self) -> tuple[CardId, ...]:
        """The cards that are selected, in the order that was done."""
        return tuple(self._selected)

    @property
    def is_typing(self) -> bool:
        """Whether keys go into the search field."""
        return isinstance(self.focused, SearchField)

    def compose_body(self) -> Iterator[Widget]:
        """Yield the search field, the list and the preview."""
        yield SearchField(self._listing.words)
        with Container(id="desk"):
            yield CardList()
            yield CardPanel()

    def on_mount(self) -> None:
        """Show the first cards, and count the rest."""
        self._show(self._listing, self._first_lines)
        self._cards.focus()
        if not self._listing.is_whole:
            self.run_worker(self._guard(self._count_all(self._listing)), group="search", exclusive=True)

    @property
    def _cards(self) -> CardList:
        return self.query_one(CardList)

    # The search

    def on_input_changed(self, message: Input.Changed) -> None:
        """Look for what was typed, once typing pauses; what was looked for before is dropped."""
        message.stop()
        if message.value != self._listing.words or self._fault:
            self._search(message.value, SECONDS_OF_TYPING)

    def _search(self, words: str, wait: float = 0.0, *, keeps_place: bool = False) -> None:
        work = self._guard(self._find(words, wait, keeps_place=keeps_place))
        self.run_worker(work, group="search", exclusive=True)

    async def _find(self, words: str, wait: float, *, keeps_place: bool) -> None:
        if wait:
            await asyncio.sleep(wait)
        ask, errands = self.prepdeck.clerk.ask, self.prepdeck.errands
        try:
            listing = await ask(partial(errands.list_cards, words, FIRST))
            lines = await ask(partial(errands.read_lines, listing, 0, FIRST))
        except PrepdeckError as error:
            self._refuse(sentence_of(error))
            return
        is_far = keeps_place and self._cards.marked >= len(lines) and not listing.is_whole
        if is_far:  # the marked line lies behind the first ones
            listing = await ask(partial(errands.list_cards, words, None))
        self._show(listing, lines, marked=self._cards.marked if keeps_place else 0)
        if not listing.is_whole:
            await self._count_all(listing)

    async def _count_all(self, listing: Listing) -> None:
        whole = await self.prepdeck.clerk.ask(partial(self.prepdeck.errands.list_cards, listing.words, None))
        if self._listing is listing:
            self._listing = whole
            self._cards.grow(len(whole.numbers))
            self._draw_frame()

    def _show(self, listing: Listing, lines: Sequence[CardLine], *, marked: int = 0) -> None:
        self._listing, self._fault = listing, ""
        cards = self._cards
        cards.say(self._explain)
        cards.show(len(listing.numbers), lines, is_whole=listing.is_whole, marked=marked)
        self._is_stale = True
        self._look()
        self._draw_frame()

    def _refuse(self, words: str) -> None:
        """Say why there is nothing to look for."""
        self._fault = words
        self._cards.show(0, (), is_whole=True, marked=0)
        self._look()
        self._draw_frame()

    def _explain(self, width: int) -> Sequence[Row]:
        """Return what stands where no card was found."""
        if self._fault:
            return [
                row(foreign(line, Tone.ERROR if at == 0 else Tone.TEXT))
                for at, line in enumerate(wrap(self._fault, max(1, width)))
            ]
        if not self._listing.total:
            return [row("There are no cards yet.")]
        back = self.prepdeck.keys.row("app.back")
        clears = show_key(back.keys[0]) if back is not None else "Esc"
        return self._cards.nothing(self._listing.words.strip(), self._listing.nearest, clears, width)

    def on_card_list_wanted(self, message: CardList.Wanted) -> None:
        """Fetch a page of lines."""
        message.stop()
        self.run_worker(self._guard(self._fetch(message.page, self._listing)), group="lines")

    async def _fetch(self, page: int, listing: Listing) -> None:
        lines = await self.prepdeck.clerk.ask(partial(self.prepdeck.errands.read_lines, listing, page * PAGE, PAGE))
        if self._listing.words == listing.words and not self._fault:
            self._cards.feed(page, lines)
            self._look()
            self.refresh_keys()

    async def _guard(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)

    # The marked card

    @property
    def _card(self) -> CardId | None:
        line = self._cards.line
        return line.card if line is not None else None

    def _look(self) -> None:
        """Fetch the marked card, unless that is under way: then the one that is marked in the end is fetched."""
        shown = self._sight.record.id if self._sight is not None else None
        if self._cards.count == 0:
            self._sight = None
            self._draw_card(keeps_place=False)
        elif not self._is_looking and (self._is_stale or self._card != shown):
            self._is_looking = True
            self.run_worker(self._guard(self._fetch_sight()), group="sight")

    async def _fetch_sight(self) -> None:
        try:
            shown = None if self._is_stale or self._sight is None else self._sight.record.id
            while (card := self._card) is not None and card != shown:
                self._is_stale = False
                before = self._sight.record.id if self._sight is not None else None
                self._sight = await self.prepdeck.clerk.ask(partial(self.prepdeck.errands.look_at, card))
                self._draw_card(keeps_place=before == self._sight.record.id)
                shown = card
        finally:
            self._is_looking = False

    def _draw_card(self, *, keeps_place: bool) -> None:
        sight = self._sight
        footing = f"{sight.path.name}:{sight.line}" if sight is not None and sight.path is not None else ""
        title = sight.record.kind or "Card" if sight is not None else "Card"
        self.query_one(CardPanel).show(self._set_page, title=title, footing=footing, keeps_place=keeps_place)

    def _set_page(self, width: int, height: int) -> Page:  # noqa: ARG002 - the page scrolls
        return Page(()) if self._sight is None else draw_sight(self._sight, max(1, width), self.prepdeck.glyphs)

    # The page

    def _draw_frame(self) -> None:
        found, total = len(self._listing.numbers), self._listing.total
        found = 0 if self._fault else found
        many = f"{found:,}" + ("" if self._listing.is_whole or self._fault else "+")
        number = strong(str(len(self._selected)), Tone.ACCENT) if self._selected else ""
        chosen = row(number, " selected   " if number else "").pieces
        long = row(*chosen, strong(many), f" of {counted_cards(total)}")
        rights = (long, row(number, " " if number else "", strong(many)))
        self.query_one(TitleBar).show(row(strong("Browse", Tone.PRIMARY)), rights)
        self._cards.select(self._selected)
        self.refresh_keys()

    def renew(self) -> None:
        """Draw everything anew, after the theme, the keys or the size changed."""
        self.query_one(SearchField).tell(FILTERS)
        self._draw_card(keeps_place=True)
        self._draw_frame()
        self._cards.redraw()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Give the focus back that a window too small has taken, and lay the page out for the new size."""
        if self.is_mounted:
            self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        self.renew()
        if self.is_current and self.focused is None and not self._is_reading:
            self.query_one(SearchField if self._wants_field else CardList).focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:  # noqa: ARG002 - Textual's signature
        """Name the keys of the pane that has the focus."""
        self._wants_field = self.is_typing
        if self.is_typing:
            self._read(is_on=False)
        self.refresh_keys()

    def hints(self) -> Sequence[Hint]:
        """Return the hints of the key bar; in the search field letters are typed."""
        if not self.is_typing:
            return super().hints()
        return [
            Hint("Enter", "Cards", "browse.preview", 1),
            Hint("Tab", "Panes", "browse.panes", 3),
            Hint("^p", "Commands", "app.commands", 4),
            Hint("F1", "Help", "app.help", 0),
            Hint("Esc", "Leave", "app.back", 0),
        ]

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        if key.id == "browse.preview" and self._is_reading:
            return "List"
        return {"app.leave": "Back"}.get(key.id, key.word)

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        card, page = self.query_one(CardPanel), self._cards.page
        return {
            "browse.search": self._type_on,
            "browse.preview": self._enter,
            "browse.select": self._select,
            "browse.select_all": self._select_all,
            "browse.edit": self._edit,
            "browse.copy": self._copy_id,
            "browse.panes": self._next_pane,
            **{action: partial(self._begin, deed) for action, deed in _DEEDS.items()},
            "review.undo": lambda: self._act(self._undo()),
            "move.down": lambda: self._move(1),
            "move.up": lambda: self._move(-1),
            "move.left": lambda: card.scroll_sideways(-1),
            "move.right": lambda: card.scroll_sideways(1),
            "move.page_down": lambda: self._move(page),
            "move.page_up": lambda: self._move(-page),
            "move.top": lambda: self._move(-(1 << 40)),
            "move.bottom": lambda: self._move(1 << 40),
            "app.back": self._back,
            "app.leave": self._leave,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        if action == "browse.preview" and self.is_typing:
            return True
        if action in {"browse.edit", "browse.copy", "browse.preview", "browse.select"}:
            return self._card is not None
        if action in _DEEDS:
            return self._card is not None or bool(self._selected)
        if action in _IN_PREVIEW:
            return self.query_one(CardPanel).has_wide_code
        return action != "browse.select_all" or self._cards.count > 0

    def press(self, target: str) -> None:
        """Mark or select the card that was clicked, search for what was nearest, or do what a hint says."""
        kind, _, name = target.partition(":")
        match kind:
            case "card":
                was_marked = self._cards.marked == int(name) and not self.is_typing
                self._cards.focus()
                self._mark(int(name))
                if was_marked:
                    self._enter()
            case "tick":
                self._cards.focus()
                self._mark(int(name))
                self._toggle(self._card)
            case "nearest" if self._listing.nearest:
                self._type(f"{self._listing.nearest} ")
            case "clear":
                self._type("")
            case _:
                self.perform(target)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Go down, over the list."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Go up, over the list."""
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, by: int) -> None:
        if self._cards.region.contains(event.screen_x, event.screen_y):
            event.stop()
            self._mark(self._cards.marked + by)

    def _move(self, by: int) -> None:
        if self.is_typing:
            self._cards.focus()
        elif self._is_reading:
            self.query_one(CardPanel).scroll_rows(max(-(1 << 30), min(1 << 30, by)))
        else:
            self._mark(self._cards.marked + by)

    def _mark(self, number: int) -> None:
        self._cards.mark(number)
        self.refresh_keys()
        # The list is painted before the clerk begins: two threads share one interpreter.
        self.call_after_refresh(self._look)

    def _type_on(self) -> None:
        self.query_one(SearchField).focus()

    def _enter(self) -> None:
        if self.is_typing:
            self._cards.focus()
        else:
            self._read(is_on=not self._is_reading)

    def _read(self, *, is_on: bool) -> None:
        """Let the keys move the preview, which in a narrow window stands in place of the list; or the list again."""
        if is_on == self._is_reading or (is_on and self._card is None):
            return
        self._is_reading = is_on
        self._wants_field = self._wants_field and not is_on
        self.set_class(is_on, "-reading")
        if not is_on and not self.is_typing:
            self._cards.focus()
        self.refresh_keys()

    def _next_pane(self) -> None:
        if self.is_typing:
            self._cards.focus()
        elif self._is_reading or self._card is None:
            self._read(is_on=False)
            self.query_one(SearchField).focus()
        else:
            self._read(is_on=True)

    def _select(self) -> None:
        self._toggle(self._card)
        self._mark(self._cards.marked + 1)

    def _toggle(self, card: CardId | None) -> None:
        if card is not None:
            if card in self._selected:
                del self._selected[card]
            else:
                self._selected[card] = None
            self._draw_frame()

    def _select_all(self) -> None:
        self._act(self._take_all())

    async def _take_all(self) -> None:
        listing = self._listing
        if not listing.is_whole:
            listing = await self.prepdeck.clerk.ask(partial(self.prepdeck.errands.list_cards, listing.words, None))
        names = await self.prepdeck.clerk.ask(partial(self.prepdeck.errands.names_in, listing))
        if all(name in self._selected for name in names):
            self._selected = {}
            self.say("Nothing is selected any more.")
        else:
            self._selected |= dict.fromkeys(names)
            self.say(f"Selected {counted(len(self._selected), 'card')}.")
        self._draw_frame()

    def _back(self) -> None:
        """Go one step back: out of the field or the preview, then without the selection, the search, the page."""
        if self.is_typing and not self._is_empty:
            self._cards.focus()
        elif self._is_reading:
            self._read(is_on=False)
        elif self._selected:
            self._selected = {}
            self._draw_frame()
        elif self.query_one(SearchField).value:
            self._type("")
        elif self.is_typing:
            self._cards.focus()
        else:
            self._leave()

    @property
    def _is_empty(self) -> bool:
        """Whether there is something to clear: a search without a card, which Esc takes away at once."""
        return self._cards.count == 0 and bool(self.query_one(SearchField).value)

    def _type(self, words: str) -> None:
        field = self.query_one(SearchField)
        field.value = words
        field.cursor_position = len(words)
        self.say("")

    def _leave(self) -> None:
        self.prepdeck.pages.go_home()

    # What is done to cards

    @property
    def _chosen(self) -> tuple[CardId, ...]:
        """The selected cards, or else the marked one."""
        card = self._card
        return self.selected or ((card,) if card is not None else ())

    def _act(self, work: Coroutine[None, None, None]) -> None:
        """Do one thing at a time."""
        if self._is_acting:
            work.close()
            return
        self._is_acting = True
        self.run_worker(self._guard(self._until_done(work)), group="act")

    async def _until_done(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        finally:
            self._is_acting = False

    def _begin(self, deed: str) -> None:
        cards = self._chosen
        if deed != "reset":
            self._act(self._handle(deed, cards))
            return
        about = str(cards[0]) if len(cards) == 1 else counted(len(cards), "card")

        def answer(said: str | None) -> None:
            if said == "yes":
                self._act(self._handle(deed, cards))

        self.app.push_screen(ResetDialog(about), answer)

    async def _handle(self, deed: str, cards: tuple[CardId, ...]) -> None:
        from prepdeck.study.browsing import Deed

        self.say(await self.prepdeck.clerk.ask(partial(self.prepdeck.errands.handle, Deed(deed), cards)))
        self._selected = {}
        self._search(self._listing.words, keeps_place=True)

    async def _undo(self) -> None:
        undone = await self.prepdeck.clerk.ask(self.prepdeck.errands.undo_from_home)
        self.say(f"Undid {undone.words}.")
        self._search(self._listing.words, keeps_place=True)

    def _copy_id(self) -> None:
        if self._card is not None:
            self.app.copy_to_clipboard(str(self._card))
            self.say(f"Copied {self._card}.")

    def _edit(self) -> None:
        card = self._card
        if card is not None:
            self._act(self._edit_card(card))

    async def _edit_card(self, card: CardId) -> None:
        from prepdeck.study.editors import editor_at

        sight = await self.prepdeck.clerk.ask(partial(self.prepdeck.errands.look_at, card))
        if sight.path is None:
            self.say(f"No deck holds {card} any more, so there is no file to edit.")
            return
        try:
            with self.app.suspend():
                fault = run_editor(editor_at(sight.path, sight.line))
        except SuspendNotSupported:
            self.app.copy_to_clipboard(f"{sight.path}:{sight.line}")
            self.say(f"No editor can be opened from here. The place is {sight.path}:{sight.line}.")
            return
        words = fault or await self.prepdeck.clerk.ask(self.prepdeck.errands.take_in)
        self.say(words or f"Nothing changed in {sight.path.name}.", is_error=bool(fault))
        self._search(self._listing.words, keeps_place=True)


def counted_cards(total: int) -> str:
    """Return how many cards there are, in words."""
    return f"{total:,} card{'' if total == 1 else 's'}"
