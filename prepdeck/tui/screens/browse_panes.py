"""The panes of the browse page: which of search field, list and card the keys go to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepdeck.tui.widgets.card_list import CardList
from prepdeck.tui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from prepdeck.tui.screens.framed import FramedScreen


class Panes:
    """Moves from pane to pane; while a card is read, the keys move it.

    Args:
        page: The page.
    """

    def __init__(self, page: FramedScreen) -> None:
        self._page = page
        self._wants_field = False
        self.is_reading = False
        """Whether keys move the card, which in a narrow window stands in place of the list."""

    @property
    def is_typing(self) -> bool:
        """Whether keys go into the search field."""
        return isinstance(self._page.focused, SearchField)

    def go_to_list(self) -> None:
        """Let keys move the mark."""
        self._page.query_one(CardList).focus()

    def go_to_field(self) -> None:
        """Let keys be typed."""
        self._page.query_one(SearchField).focus()

    def enter(self) -> None:
        """Go from the field to the list, from there to the card, and back."""
        if self.is_typing:
            self.go_to_list()
        else:
            self.read(is_on=not self.is_reading)

    def go_on(self) -> None:
        """Go to the next pane."""
        if self.is_typing:
            self.go_to_list()
        elif self.is_reading or not self._has_card:
            self.read(is_on=False)
            self.go_to_field()
        else:
            self.read(is_on=True)

    def read(self, *, is_on: bool) -> None:
        """Let the keys move the card, or the list again."""
        if is_on == self.is_reading or (is_on and not self._has_card):
            return
        self.is_reading = is_on
        self._wants_field = self._wants_field and not is_on
        self._page.set_class(is_on, "-reading")
        if not is_on and not self.is_typing:
            self.go_to_list()
        self._page.refresh_keys()

    def notice(self) -> None:
        """Take on that another pane has the focus."""
        self._wants_field = self.is_typing
        if self.is_typing:
            self.read(is_on=False)

    def settle(self) -> None:
        """Give the focus back that a window too small has taken."""
        if self._page.is_current and self._page.focused is None and not self.is_reading:
            self._page.query_one(SearchField if self._wants_field else CardList).focus()

    @property
    def _has_card(self) -> bool:
        return self._page.query_one(CardList).line is not None
