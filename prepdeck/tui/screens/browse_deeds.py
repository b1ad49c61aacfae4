"""What the browse page does to cards: which are selected, and one deed on all of them at a time."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Final

from textual.app import SuspendNotSupported

from prepdeck.tui.screens.browse_words import ResetDialog, show_cards
from prepdeck.tui.screens.editor import run_editor

if TYPE_CHECKING:
    from prepdeck.cards.ids import CardId
    from prepdeck.study.browsing import Listing
    from prepdeck.tui.screens.browse_work import PageWork
    from prepdeck.tui.screens.framed import FramedScreen

SECONDS_UNTOLD: Final = 0.15
"""What takes longer is told in the title while it goes on."""
_DOING: Final = {"suspend": "suspending", "flag": "flagging", "bury": "burying", "reset": "resetting"}


class CardDeeds:
    """Does one thing at a time to cards, in the clerk's thread.

    Args:
        page: The page that asks for it.
        work: Does what takes long.
        changed: What the page does when the selection, or what is going on, has changed.
        done: What it does once cards have changed.
    """

    def __init__(
        self, page: FramedScreen, work: PageWork, changed: Callable[[], None], done: Callable[[], None]
    ) -> None:
        self._page = page
        self._work = work
        self._changed = changed
        self._done = done
        self._is_acting = False
        self.selected: dict[CardId, None] = {}
        """The cards that are selected, in the order that was done."""
        self.anchor: int | None = None
        """The line that was selected last: a range begins there."""
        self.under_way = ""
        """What is going on, if it takes long."""

    def toggle(self, card: CardId | None, line: int) -> None:
        """Select a card that stands on a line, or no longer."""
        if card is not None:
            self.anchor = line
            if card in self.selected:
                del self.selected[card]
            else:
                self.selected[card] = None
            self._changed()

    def drop(self) -> None:
        """Select no card any more."""
        self.selected = {}
        self.anchor = None
        self._changed()

    def take(self, cards: Callable[[], Coroutine[None, None, Listing]], *, adds: bool = False) -> None:
        """Select every card of a list; when all of them are, take them out again unless it only adds."""
        self._act(self._take(cards, adds=adds), "selecting")

    async def _take(self, cards: Callable[[], Coroutine[None, None, Listing]], *, adds: bool) -> None:
        listing = await cards()
        names = await self._work.ask(lambda desk: desk.names_in(listing))
        if not adds and all(name in self.selected for name in names):
            self.selected = {}
            self._page.say("Nothing is selected any more.")
        else:
            self.selected |= dict.fromkeys(names)
            self._page.say(f"Selected {show_cards(len(self.selected))}.")
        self._changed()

    def begin(self, deed: str, marked: CardId | None) -> None:
        """Do something to the selected cards, or else to the marked one; a reset is asked about first."""
        cards = tuple(self.selected) or ((marked,) if marked is not None else ())
        words = f"{_DOING[deed]} {show_cards(len(cards))}"
        if deed != "reset":
            self._act(self._handle(deed, cards), words)
            return

        def answer(said: str | None) -> None:
            if said == "yes":
                self._act(self._handle(deed, cards), words)

        about = str(cards[0]) if len(cards) == 1 else show_cards(len(cards))
        self._page.app.push_screen(ResetDialog(about), answer)

    async def _handle(self, deed: str, cards: tuple[CardId, ...]) -> None:
        from prepdeck.study.browsing import Deed

        self._page.say(await self._work.ask(lambda desk: desk.handle(Deed(deed), cards)))
        for card in cards:  # what was selected meanwhile stays so
            self.selected.pop(card, None)
        self._done()

    def undo(self) -> None:
        """Take back the last step, whatever it was."""
        self._act(self._undo(), "undoing")

    async def _undo(self) -> None:
        undone = await self._work.ask(lambda desk: desk.undo_from_home())
        self._page.say(f"Undid {undone.words}.")
        self._done()

    def edit(self, card: CardId | None) -> None:
        """Open the file of a card at its line, and take in what was edited."""
        if card is not None:
            self._act(self._edit(card), "editing")

    async def _edit(self, card: CardId) -> None:
        from prepdeck.study.editors import editor_at

        app = self._page.app
        sight = await self._work.ask(lambda desk: desk.look_at(card))
        if sight.path is None:
            self._page.say(f"No deck holds {card} any more, so there is no file to edit.")
            return
        try:
            with app.suspend():
                fault = run_editor(editor_at(sight.path, sight.line))
        except SuspendNotSupported:
            app.copy_to_clipboard(f"{sight.path}:{sight.line}")
            self._page.say(f"No editor can be opened from here. The place is {sight.path}:{sight.line}.")
            return
        words = fault or await self._work.ask(lambda desk: desk.take_in())
        self._page.say(words or f"Nothing changed in {sight.path.name}.", is_error=bool(fault))
        self._done()

    def _tell(self, words: str) -> None:
        self.under_way = words
        self._changed()

    def _act(self, work: Coroutine[None, None, None], words: str) -> None:
        """Do one thing at a time; `words` tell which when it takes long."""
        if self._is_acting:
            work.close()
            if self.under_way:
                self._page.say(f"Still {self.under_way}.")
            return
        self._is_acting = True
        self._work.begin(self._until_done(work, words), "act")

    async def _until_done(self, work: Coroutine[None, None, None], words: str) -> None:
        is_over = False

        def tell() -> None:
            if not is_over:  # a timer that has rung cannot be stopped any more
                self._tell(words)

        timer = self._page.set_timer(SECONDS_UNTOLD, tell)
        try:
            await work
        finally:
            is_over = True
            timer.stop()
            self._is_acting = False
            if self.under_way and self._page.is_attached:
                self._tell("")
