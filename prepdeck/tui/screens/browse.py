"""The browse page: a search, the cards it finds, and the marked card beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from textual import events
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input

from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.screens.browse_deeds import CardDeeds
from prepdeck.tui.screens.browse_panes import Panes
from prepdeck.tui.screens.browse_preview import Preview
from prepdeck.tui.screens.browse_search import CardSearch
from prepdeck.tui.screens.browse_words import FILTERS, TYPING_HINTS, browse_title
from prepdeck.tui.screens.browse_work import PageWork
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.widgets.card import CardPanel
from prepdeck.tui.widgets.card_list import CardList
from prepdeck.tui.widgets.frame import Hint, TitleBar
from prepdeck.tui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from prepdeck.cards.ids import CardId
    from prepdeck.study.browsing import CardLine, Listing

_DEEDS: Final = {"browse.suspend": "suspend", "browse.flag": "flag", "browse.bury": "bury", "browse.reset": "reset"}
_IN_PREVIEW: Final = {"move.left", "move.right"}
_FAR: Final = 1 << 30


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
        work = PageWork(self)
        self._search = CardSearch(self, work, listing, found=self._show_found, grew=self._show_more)
        self._preview = Preview(self, work)
        self._deeds = CardDeeds(self, work, self._draw_frame, self._search.again)
        self._first_lines = tuple(lines)
        self._panes = Panes(self)

    @property
    def listing(self) -> Listing:
        """What was found last."""
        return self._search.listing

    @property
    def selected(self) -> tuple[CardId, ...]:
        """The cards that are selected, in the order that was done."""
        return tuple(self._deeds.selected)

    @property
    def is_typing(self) -> bool:
        """Whether keys go into the search field."""
        return self._panes.is_typing

    def compose_body(self) -> Iterator[Widget]:
        """Yield the search field, the list and the preview."""
        yield SearchField(self.listing.words)
        with Container(id="desk"):
            yield CardList()
            yield CardPanel()

    def on_mount(self) -> None:
        """Show the first cards, and count the rest."""
        self._search.show(self.listing, self._first_lines)
        self._panes.go_to_list()
        self._search.count_rest()

    @property
    def _cards(self) -> CardList:
        return self.query_one(CardList)

    # What is found

    def on_input_changed(self, message: Input.Changed) -> None:
        """Look for what was typed."""
        message.stop()
        self._search.take(message.value)

    def on_card_list_wanted(self, message: CardList.Wanted) -> None:
        """Fetch a page of lines."""
        message.stop()
        self._search.fetch(message.page)

    def _show_found(self) -> None:
        self._preview.spoil()
        self._deeds.anchor = None
        self._show_more()

    def _show_more(self) -> None:
        self._preview.look()
        self._draw_frame()

    # The page

    def _draw_frame(self) -> None:
        title, rights = browse_title(self._search.count, self.listing, len(self.selected), self._deeds.under_way)
        self.query_one(TitleBar).show(title, rights)
        self._cards.select(self._deeds.selected)
        self.refresh_keys()

    def renew(self) -> None:
        """Draw everything anew, after the theme, the keys or the size changed."""
        self.query_one(SearchField).tell(FILTERS)
        self._preview.draw(keeps_place=True)
        self._draw_frame()
        self._cards.redraw()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Give the focus back that a window too small has taken, and lay the page out for the new size."""
        if self.is_mounted:
            self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        self.renew()
        self._panes.settle()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:  # noqa: ARG002 - Textual's signature
        """Name the keys of the pane that has the focus."""
        self._panes.notice()
        self.refresh_keys()

    def hints(self) -> Sequence[Hint]:
        """Return the hints of the key bar; in the search field letters are typed."""
        return TYPING_HINTS if self.is_typing else super().hints()

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        if key.id == "browse.preview" and self._panes.is_reading:
            return "List"
        return {"app.leave": "Back"}.get(key.id, key.word)

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        card, page, deeds = self.query_one(CardPanel), self._cards.page, self._deeds
        return {
            "browse.search": self._panes.go_to_field,
            "browse.preview": self._panes.enter,
            "browse.select": self._select,
            "browse.select_range": self._select_range,
            "browse.select_all": lambda: deeds.take(self._search.whole),
            "browse.edit": lambda: deeds.edit(self._preview.card),
            "browse.copy": self._copy_id,
            "browse.panes": self._panes.go_on,
            **{action: partial(self._begin, deed) for action, deed in _DEEDS.items()},
            "review.undo": deeds.undo,
            "move.down": lambda: self._move(1),
            "move.up": lambda: self._move(-1),
            "move.left": lambda: card.scroll_sideways(-1),
            "move.right": lambda: card.scroll_sideways(1),
            "move.page_down": lambda: self._move(page),
            "move.page_up": lambda: self._move(-page),
            "move.top": lambda: self._move(-_FAR),
            "move.bottom": lambda: self._move(_FAR),
            "app.back": self._back,
            "app.leave": self.prepdeck.pages.go_home,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        if action == "browse.preview" and self.is_typing:
            return True
        if action in {"browse.edit", "browse.copy", "browse.preview", "browse.select"}:
            return self._preview.card is not None
        if action in _DEEDS:
            return self._preview.card is not None or bool(self._deeds.selected)
        if action == "browse.select_range":
            return self._deeds.anchor is not None
        if action in _IN_PREVIEW:
            return self.query_one(CardPanel).has_wide_code
        return action != "browse.select_all" or self._cards.count > 0

    def press(self, target: str) -> None:
        """Mark or select the card that was clicked, search for what was nearest, or do what a hint says."""
        kind, _, name = target.partition(":")
        match kind:
            case "card":
                was_marked = self._cards.marked == int(name) and not self.is_typing
                self._panes.go_to_list()
                self._mark(int(name))
                if was_marked:
                    self._panes.enter()
            case "tick":
                self._panes.go_to_list()
                self._mark(int(name))
                self._tick()
            case "nearest" if self.listing.nearest:
                self._type(f"{self.listing.nearest} ")
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
            self._panes.go_to_list()
        elif self._panes.is_reading:
            self.query_one(CardPanel).scroll_rows(by)
        else:
            self._mark(self._cards.marked + by)

    def _mark(self, number: int) -> None:
        self._cards.mark(number)
        self.refresh_keys()
        # The list is painted before the card is fetched.
        self.call_after_refresh(self._preview.look)

    def _tick(self) -> None:
        self._deeds.toggle(self._preview.card, self._cards.marked)

    def _select_range(self) -> None:
        anchor, marked = self._deeds.anchor, self._cards.marked
        if anchor is not None:
            first, last = sorted((anchor, marked))
            self._deeds.take(partial(self._search.part, first, last), adds=True)
            self._deeds.anchor = marked

    def _select(self) -> None:
        self._tick()
        self._mark(self._cards.marked + 1)

    def _begin(self, deed: str) -> None:
        self._deeds.begin(deed, self._preview.card)

    def _copy_id(self) -> None:
        card = self._preview.card
        if card is not None:
            self.app.copy_to_clipboard(str(card))
            self.say(f"Copied {card}.")

    def _back(self) -> None:
        """Go one step back: out of the field or the preview, then without the selection, the search, the page."""
        typed = bool(self.query_one(SearchField).value)
        is_empty = typed and self._cards.count == 0  # a search without a card: Esc takes it away at once
        if self.is_typing and not is_empty:
            self._panes.go_to_list()
        elif self._panes.is_reading:
            self._panes.read(is_on=False)
        elif self._deeds.selected:
            self._deeds.drop()
        elif typed:
            self._type("")
        else:
            self.prepdeck.pages.go_home()

    def _type(self, words: str) -> None:
        field = self.query_one(SearchField)
        field.value = words
        field.cursor_position = len(words)
        self.say("")
