"""The field that words and filters of a search are typed into."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Input

from prepdeck.text.cleaning import clean

LONGEST = 500
"""Characters of a search."""


class SearchField(Input):
    """Takes a search; the page looks for it."""

    def __init__(self, words: str) -> None:
        super().__init__(words, id="search", max_length=LONGEST, placeholder="all cards", select_on_focus=False)
        self.cursor_blink = False
        self.border_title = "Search"

    def tell(self, filters: str) -> None:
        """Name as many filters as fit at the lower edge."""
        words = filters.split(" ")
        while words and len(" ".join(words)) > max(0, self.size.width - 4):
            words.pop()
        self.border_subtitle = Content(" ".join(words))

    def insert_text_at_cursor(self, text: str) -> None:
        """Take what is typed or pasted without anything that a terminal obeys."""
        super().insert_text_at_cursor(clean(text).replace("\n", " ").replace("\t", " "))
