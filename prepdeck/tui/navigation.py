"""The way from page to page: home, rounds, their ends, and the facts of a card."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING

from prepdeck.errors import PrepdeckError
from prepdeck.tui.screens.finished import FinishedScreen, RoundFacts
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.screens.notices import FaultScreen, IdleScreen, OpeningScreen
from prepdeck.tui.screens.review import ReviewScreen
from prepdeck.tui.screens.review_words import sentence_of

if TYPE_CHECKING:
    from prepdeck.study.reviewing import RoundRequest, Sitting
    from prepdeck.tui.app import PrepdeckApp
    from prepdeck.tui.errands import Served
    from prepdeck.tui.review_state import Asking


class Navigator:
    """Moves between pages; asks the clerk for what a page shows before it is shown.

    Args:
        app: The app whose pages they are.
    """

    def __init__(self, app: PrepdeckApp) -> None:
        self._app = app
        self.is_busy = False
        """Whether a page is being fetched; until it is there no other one is."""

    @property
    def page(self) -> FramedScreen | None:
        """The page on top, dialogs aside."""
        stack = reversed(self._app.screen_stack)
        return next((screen for screen in stack if isinstance(screen, FramedScreen)), None)

    def say(self, words: str, *, is_error: bool = False) -> None:
        """Say a sentence on the page on top."""
        page = self.page
        if words and page is not None and page.is_mounted:
            page.say(words, is_error=is_error)

    async def enter(self, start: RoundRequest | None, notes: str) -> None:
        """Show the first page after the desk is open: home, or the round the program was started for."""
        try:
            if start is not None:
                await self._begin(partial(self._app.errands.begin, start))
            else:
                await self._app.push_screen(HomeScreen(await self._app.clerk.ask(self._app.errands.report_home)))
        except PrepdeckError as error:
            self.fail(error, "")
        self.say(notes)

    def fail(self, error: PrepdeckError, database: str) -> None:
        """Show why nothing can be shown."""
        self._app.push_screen(FaultScreen(error, database))

    async def _go_to(self, page: FramedScreen) -> None:
        """Show a page above home, in place of whatever stood there."""
        if isinstance(self.page, (HomeScreen, OpeningScreen)):
            await self._app.push_screen(page)
        else:
            await self._app.switch_screen(page)

    def go_home(self) -> None:
        """Go back to the home screen; a program started for one round ends."""
        if self._app.is_one_round:
            self._app.leave(0)
        elif not isinstance(self.page, HomeScreen):
            self._app.pop_screen()

    def refresh_home(self) -> None:
        """Fetch a new report for the home screen."""
        self._app.run_worker(self._refresh_home(), group="report", exclusive=True)

    async def _refresh_home(self) -> None:
        words = ""
        try:
            if self._app.errands.has_edits:
                words = await self._app.clerk.ask(self._app.errands.take_in)
            report = await self._app.clerk.ask(self._app.errands.report_home)
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
            return
        home = self.page
        if isinstance(home, HomeScreen):
            home.show(report)
            self.say(words)

    def begin(self, *, decks: tuple[str, ...] = (), only_new: bool = False, cram: bool = False) -> None:
        """Begin a round."""
        work = partial(self._app.errands.begin_scope, decks, only_new=only_new, cram=cram)
        self.busily(self._begin(work))

    async def _begin(self, work: Callable[[], Served]) -> None:
        served = await self._app.clerk.ask(work)
        request = served.sitting.request
        if served.view is not None:
            page = ReviewScreen(
                served.sitting,
                served.view,
                shows_times=self._app.shows_times,
                is_first_round=served.is_first_round,
            )
            await self._go_to(page)
            self.say(served.words)
        elif served.fault is not None:
            raise served.fault
        else:
            report = await self._app.clerk.ask(self._app.errands.report_home)
            await self._go_to(IdleScreen(report, scoped=bool(request.scope.decks), only_new=request.only_new))
            self.say(served.words)

    def finish(self, sitting: Sitting, seconds: float, *, first: bool) -> None:
        """Show the end of a round; one without an answer has none."""
        if not sitting.reviews:
            self.go_home()
            return
        slipped = tuple(self._app.errands.title_of(card) for card in sitting.slipped)
        facts = RoundFacts(sitting, seconds, slipped, self._app.retention_goal, is_first=first)
        self._app.run_worker(self._go_to(FinishedScreen(facts)), group="page")

    def write(self, slug: str | None, path: str = "") -> None:
        """Show a deck to its author; one that could not be read is known by its path."""
        self.busily(self._write(slug, path))

    async def _write(self, slug: str | None, path: str) -> None:
        from prepdeck.tui.screens.author import AuthorScreen

        preview = await self._app.clerk.ask(partial(self._app.errands.preview_deck, slug, path))
        await self._go_to(AuthorScreen(preview))

    def undo_into_round(self, sitting: Sitting | None) -> None:
        """Take back the last step; after a grade its card is asked again, in that round or in a new one."""
        self.busily(self._begin(partial(self._app.errands.undo_into, sitting)))

    def undo_from_home(self) -> None:
        """Take back the last step."""
        self.busily(self._undo_from_home())

    async def _undo_from_home(self) -> None:
        undone = await self._app.clerk.ask(self._app.errands.undo_from_home)
        self.refresh_home()
        self.say(f"Undid {undone.words}.")

    def show_info(self, asking: Asking) -> None:
        """Show the facts of a card."""
        self.busily(self._show_info(asking))

    async def _show_info(self, asking: Asking) -> None:
        from prepdeck.tui.screens.info import InfoDialog

        record = await self._app.clerk.ask(partial(self._app.errands.show_card, asking.card.id))
        self._app.push_screen(InfoDialog(asking, record))

    def save_theme(self, name: str) -> None:
        """Keep the theme for the next start."""
        self._app.run_worker(self._save_theme(name), group="theme")

    async def _save_theme(self, name: str) -> None:
        try:
            await self._app.clerk.ask(partial(self._app.errands.save_theme, name))
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)

    def busily(self, work: Coroutine[None, None, None]) -> None:
        """Do one thing at a time: a key pressed twice begins one round."""
        if self.is_busy:
            work.close()
            return
        self.is_busy = True
        self._app.run_worker(self._until_done(work), group="page")

    async def _until_done(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except PrepdeckError as error:
            self.say(sentence_of(error), is_error=True)
        finally:
            self.is_busy = False
