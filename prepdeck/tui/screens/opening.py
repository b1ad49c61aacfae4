"""The first page, while the desk is opened and the cards are counted; a key pressed here is not lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.rows import Row, row, strong
from prepdeck.tui.screens.notices import NoticeScreen

BEGINS = frozenset(
    {
        "home.review",
        "home.learn",
        "home.cram",
        "home.author",
        "home.browse",
        "home.stories",
        "home.stats",
        "home.plan",
        "home.settings",
        "plan.date",
    }
)
"""Actions that lead away from home; what is pressed after one of them would be meant for its page."""


class OpeningScreen(NoticeScreen):
    """Opens pages that need no count at once, and keeps what needs the list of decks until home is there."""

    PLACE = Place.HOME
    TITLE_WORD = "Home"
    BOX_TITLE = "Welcome"

    def __init__(self) -> None:
        super().__init__()
        self._kept: list[str] = []
        self._is_open = False

    def paragraphs(self, width: int) -> Sequence[Row | str]:  # noqa: ARG002 - only some pages ask for it
        """Return what the box says."""
        return [row(strong("Opening your decks" + self.prepdeck.glyphs.ellipsis))]

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        return {"app.back": self._forget, "app.leave": lambda: self.prepdeck.leave(0)}

    def pages(self) -> Mapping[str, Callable[[], None]]:
        """Return the pages that need no count."""
        pages = self.prepdeck.pages
        return {
            "home.browse": lambda: pages.browse(None),
            "home.stories": pages.show_stories,
            "home.stats": pages.stats,
            "home.plan": pages.plan,
            "home.settings": pages.show_settings,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now, or once the cards are counted."""
        return action.startswith("app.") or not self.prepdeck.is_one_round

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        return {"app.leave": "Quit"}.get(key.id, key.word)

    def perform(self, action: str) -> bool:
        """Do an action, or keep it, and tell whether it was taken."""
        if action.startswith("app."):
            return super().perform(action)
        if not self.is_current or not self.can(action):
            return False
        if not self._leads_away():
            self._kept.append(action)
            self._go_on()
        return True

    def let_in(self) -> None:
        """Open pages from now on: the desk is open."""
        self._is_open = True
        self._go_on()

    def give_up(self) -> tuple[str, ...]:
        """Return what was kept, in order, and keep it no longer."""
        kept, self._kept = tuple(self._kept), []
        return kept

    def on_screen_resume(self) -> None:
        """Count anew when one comes back from a page that was opened before home was there."""
        if self._is_open:
            self.say("")
            self.prepdeck.pages.arrive()

    def _forget(self) -> None:
        self._kept.clear()
        self.say("")

    def _leads_away(self) -> bool:
        return self.prepdeck.pages.is_busy or not BEGINS.isdisjoint(self._kept)

    def _go_on(self) -> None:
        """Open the page that was asked for, if nothing before it waits for the list of decks."""
        pages = self.pages()
        if self._is_open and self._kept and self._kept[0] in pages:
            pages[self._kept.pop(0)]()
        elif self._leads_away():
            self.say(f"{self._word()} comes next.")

    def _word(self) -> str:
        found = self.prepdeck.keys.row(next(action for action in self._kept if action in BEGINS))
        return found.word if found is not None else ""
