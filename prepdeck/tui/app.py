"""The interface: opens the desk after the first frame, moves between pages, and leaves the terminal as it was."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.screen import Screen
from textual.worker import WorkerFailed

from prepdeck.errors import PrepdeckError
from prepdeck.study.options import Options
from prepdeck.tui.clerk import Clerk
from prepdeck.tui.errands import Errands
from prepdeck.tui.glyphs import ASCII, UNICODE
from prepdeck.tui.keys import KeyTable, rebind
from prepdeck.tui.screens.dialogs import Dialog, HelpDialog
from prepdeck.tui.screens.dialogs import Palette as CommandDialog
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.screens.notices import FaultScreen, FinishedScreen, IdleScreen, OpeningScreen, RoundFacts
from prepdeck.tui.screens.review import ReviewScreen
from prepdeck.tui.screens.review_words import sentence_of
from prepdeck.tui.theme import (
    ORDER,
    PALETTES,
    PLAIN,
    Colourless,
    Palette,
    make_themes,
    theme_name,
    variables_of,
)

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk
    from prepdeck.study.reviewing import RoundRequest, Sitting
    from prepdeck.tui.errands import Served
    from prepdeck.tui.review_state import Asking

SECOND_COPY_SECONDS = 2.0
"""Within this time a second ^c quits."""
CRASHED = 70
"""Exit status after an unexpected exception."""


class PrepdeckApp(App[None], inherit_bindings=False):
    """The interface.

    Args:
        options: What the command line said.
        ascii_only: Whether only ASCII signs may be drawn.
        start: A round to begin with; leaving it leaves the program.
        color: Whether colours may be used; `NO_COLOR` takes them away as well.
        theme: Name of the theme until the settings are read.
        open_desk: Opens the desk, for tests; None for the real one.
    """

    TITLE = "prepdeck"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS: ClassVar = [(0, "-tiny"), (40, "-narrow"), (72, "-normal"), (110, "-wide")]
    VERTICAL_BREAKPOINTS: ClassVar = [(0, "-flat"), (12, "-short"), (30, "-tall")]

    def __init__(
        self,
        options: Options,
        *,
        ascii_only: bool = False,
        start: RoundRequest | None = None,
        color: bool = True,
        theme: str = "dark",
        open_desk: Callable[[Options], Desk] | None = None,
    ) -> None:
        # Textual takes an empty NO_COLOR for set and only greys the colours; both are decided here instead.
        color = color and not os.environ.pop("NO_COLOR", "")
        super().__init__(ansi_color=None if color else True)
        self.options = options
        """What the command line said."""
        self.is_plain = not color
        """Whether no colour is drawn."""
        self.glyphs = ASCII if ascii_only else UNICODE
        """The signs in use."""
        self.clerk = Clerk()
        """The thread that works at the desk."""
        self.errands = Errands(options, open_desk)
        """What the clerk is asked to do."""
        self.keys = KeyTable()
        """The keys in force."""
        self.is_one_round = start is not None
        """Whether leaving the round leaves the program."""
        self.shows_times = True
        """Whether reviews show the time."""
        self.retention_goal = 0.9
        """Share of cards the learner wants to keep."""
        self.deck_folder = ""
        """Where the learner's own decks belong."""
        self.crash: BaseException | None = None
        """The exception that ended the program, or None."""
        self._start = start
        self._theme_name = theme if theme in PALETTES else ORDER[0]
        self._copy_pressed = False
        self._is_busy = False
        for each in make_themes():
            self.register_theme(each)
        if self.is_plain:
            self._filters.append(Colourless())
        self.theme = PLAIN if self.is_plain else theme_name(self._theme_name)
        self.set_class(self.is_plain, "-plain")
        self.set_class(ascii_only, "-ascii")

    @property
    def palette(self) -> Palette | None:
        """The colours in use, or None for none."""
        return None if self.is_plain else PALETTES[self._theme_name]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own style sheet variables: sheets are read before any theme is set."""
        return variables_of(PALETTES[ORDER[0]])

    def get_default_screen(self) -> Screen[None]:
        """Return the first page."""
        return OpeningScreen()

    # From start to end

    def on_mount(self) -> None:
        """Leave the terminal in order when the program is told to end."""
        self._listen(add=True)

    def on_ready(self) -> None:
        """Open the desk, now that the first frame is painted."""
        self.run_worker(self._open(), group="open")

    def on_unmount(self) -> None:
        """Let the clerk finish, and close the desk."""
        self._listen(add=False)
        self.clerk.close(self.errands.close)

    def _listen(self, *, add: bool) -> None:
        loop = asyncio.get_running_loop()
        for number in (getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")):
            if number is None:
                continue
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                if add:
                    loop.add_signal_handler(number, partial(self.leave, 128 + number))
                else:
                    loop.remove_signal_handler(number)

    async def _open(self) -> None:
        try:
            await self.clerk.ask(self.errands.open)
        except PrepdeckError as error:
            self.push_screen(FaultScreen(error, self._place("database")))
            return
        settings = self.errands.desk.settings
        self.keys, problems = rebind(settings.keys)
        self.shows_times, self.retention_goal = settings.show_timers, settings.retention_goal
        self.deck_folder = self._place("decks")
        self._use_theme(settings.theme)
        notes = " ".join([*self.errands.desk.notes, *problems])
        self.clerk.ask_later(self.errands.warm_up)
        if self._start is not None:
            await self._begin(partial(self.errands.begin, self._start))
            self._say(notes)
        else:
            try:
                report = await self.clerk.ask(self.errands.report_home)
            except PrepdeckError as error:
                self.push_screen(FaultScreen(error, self._place("database")))
                return
            await self.push_screen(HomeScreen(report))
            self._say(notes)

    def _place(self, name: str) -> str:
        from prepdeck.study.places import list_places

        with contextlib.suppress(PrepdeckError):
            return str(dict(list_places(self.options)).get(name, ""))
        return ""

    def leave(self, status: int) -> None:
        """End the program with a status; everything is saved already."""
        self.exit(return_code=status)

    def _handle_exception(self, error: Exception) -> None:
        """End the program without a traceback on the screen; `run` says what happened."""
        cause = error.error if isinstance(error, WorkerFailed) else error
        if self.crash is None:
            self.crash = cause
        self._return_code = CRASHED
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    # Pages

    @property
    def page(self) -> FramedScreen | None:
        """The page on top, dialogs aside."""
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, FramedScreen)), None)

    def _say(self, words: str, *, is_error: bool = False) -> None:
        page = self.page
        if words and page is not None and page.is_mounted:
            page.say(words, is_error=is_error)

    async def _go_to(self, page: FramedScreen) -> None:
        """Show a page above home, in place of whatever stood there."""
        if isinstance(self.page, (HomeScreen, OpeningScreen)):
            await self.push_screen(page)
        else:
            await self.switch_screen(page)

    def go_home(self) -> None:
        """Go back to the home screen; a program started for one round ends."""
        if self.is_one_round:
            self.leave(0)
        elif not isinstance(self.page, HomeScreen):
            self.pop_screen()

    def refresh_home(self) -> None:
        """Fetch a new report for the home screen."""
        self.run_worker(self._refresh_home(), group="report", exclusive=True)

    async def _refresh_home(self) -> None:
        try:
            report = await self.clerk.ask(self.errands.report_home)
        except PrepdeckError as error:
            self._say(sentence_of(error), is_error=True)
            return
        home = self.page
        if isinstance(home, HomeScreen):
            home.show(report)

    def begin(self, *, decks: tuple[str, ...] = (), only_new: bool = False, cram: bool = False) -> None:
        """Begin a round."""
        self._busily(self._begin(partial(self.errands.begin_scope, decks, only_new=only_new, cram=cram)))

    def undo_into_round(self, sitting: Sitting | None) -> None:
        """Take back the last grade and ask its card again, in that round or in a new one."""
        self._busily(self._begin(partial(self.errands.undo_into, sitting)))

    def undo_from_home(self) -> None:
        """Take back the last grade."""
        self._busily(self._undo_from_home())

    def _busily(self, work: Coroutine[None, None, None]) -> None:
        """Do one thing at a time: a key pressed twice begins one round."""
        if self._is_busy:
            work.close()
            return
        self._is_busy = True
        self.run_worker(self._until_done(work), group="page")

    async def _until_done(self, work: Coroutine[None, None, None]) -> None:
        try:
            await work
        except PrepdeckError as error:
            self._say(sentence_of(error), is_error=True)
        finally:
            self._is_busy = False

    async def _undo_from_home(self) -> None:
        undone = await self.clerk.ask(self.errands.undo_from_home)
        self.refresh_home()
        self._say(f"Undid {undone.words}.")

    async def _begin(self, work: Callable[[], Served]) -> None:
        try:
            served = await self.clerk.ask(work)
            if served.view is not None:
                await self._review(served)
            elif served.fault is not None:
                self._say(sentence_of(served.fault), is_error=True)
            else:
                report = await self.clerk.ask(self.errands.report_home)
                request = served.sitting.request
                await self._go_to(IdleScreen(report, scoped=bool(request.scope.decks), only_new=request.only_new))
        except PrepdeckError as error:
            if isinstance(self.page, OpeningScreen):
                self.push_screen(FaultScreen(error, ""))
            else:
                raise

    async def _review(self, served: Served) -> None:
        assert served.view is not None  # noqa: S101 - asked by the only caller
        page = ReviewScreen(
            served.sitting, served.view, shows_times=self.shows_times, is_first_round=served.is_first_round
        )
        await self._go_to(page)
        if served.words:
            page.say(served.words)

    def finish(self, sitting: Sitting, seconds: float, *, first: bool) -> None:
        """Show the end of a round; one without an answer has none."""
        if not sitting.reviews:
            self.go_home()
            return
        slipped = tuple(self.errands.title_of(card) for card in sitting.slipped)
        facts = RoundFacts(sitting, seconds, slipped, self.retention_goal, is_first=first)
        self.call_later(self._go_to, FinishedScreen(facts))

    def show_info(self, asking: Asking) -> None:
        """Show the facts of a card."""
        self._busily(self._show_info(asking))

    async def _show_info(self, asking: Asking) -> None:
        from prepdeck.tui.screens.info import InfoDialog

        record = await self.clerk.ask(partial(self.errands.show_card, asking.card.id))
        self.push_screen(InfoDialog(asking, record))

    def today(self) -> date:
        """Return the study day it is."""
        return self.errands.today()

    def seconds(self) -> float:
        """Return seconds that never go back."""
        return self.errands.desk.clock.monotonic_seconds()

    # What is the same on every page

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action does that is the same everywhere."""
        return {
            "app.help": self._help,
            "app.commands": self._commands,
            "app.quit": lambda: self.leave(0),
            "app.copy": self._copy,
            "app.theme": self._next_theme,
        }

    def _help(self) -> None:
        page = self.page
        if page is not None:
            self.push_screen(HelpDialog(page.PLACE, self.keys.rows_of(page.PLACE)), self._perform)

    def _commands(self) -> None:
        page = self.page
        if page is not None:
            rows = [row for row in page.available() if row.id != "app.commands"]
            self.push_screen(CommandDialog(rows, page.word_for), self._perform)

    def _perform(self, action: str | None) -> None:
        page = self.page
        if action is not None and page is not None:
            page.perform(action)

    def _copy(self) -> None:
        words = self.screen.get_selected_text()
        if words:
            self.copy_to_clipboard(words)
            self.screen.clear_selection()
            self._say("Copied.")
        elif self._copy_pressed:
            self.leave(130)
        else:
            self._copy_pressed = True
            self._say("Nothing is selected. ^c again quits; all is saved.")
            self.set_timer(SECOND_COPY_SECONDS, self._forget_copy)

    def _forget_copy(self) -> None:
        self._copy_pressed = False

    def _next_theme(self) -> None:
        if self.is_plain:
            self._say("Colours are off, so there is no theme to choose.")
            return
        self._use_theme(ORDER[(ORDER.index(self._theme_name) + 1) % len(ORDER)])
        self._say(f"Theme {self._theme_name}.")
        self._busily(self._save_theme(self._theme_name))

    async def _save_theme(self, name: str) -> None:
        await self.clerk.ask(partial(self.errands.save_theme, name))

    def _use_theme(self, name: str) -> None:
        if self.is_plain or name not in PALETTES or name == self._theme_name:
            return
        self._theme_name = name
        self.theme = theme_name(name)
        for screen in self.screen_stack:
            if isinstance(screen, (FramedScreen, Dialog)) and screen.is_mounted:
                screen.renew()


def run(options: Options, *, ascii_only: bool = False, start: RoundRequest | None = None, color: bool = True) -> int:
    """Run the interface until it is left; return the exit status.

    Args:
        options: What the command line said.
        ascii_only: Whether only ASCII signs may be drawn.
        start: A round to begin with; leaving it leaves the program.
        color: Whether colours may be used.
    """
    app = PrepdeckApp(options, ascii_only=ascii_only, start=start, color=color, theme=_chosen_theme(options))
    app.run()
    if app.crash is not None:
        _tell_of_crash(options, app.crash)
        return CRASHED
    return app.return_code or 0


def _chosen_theme(options: Options) -> str:
    """Return the theme of the settings, so that the first frame has it; what is wrong is told later."""
    from prepdeck.study.configuring import get_setting

    with contextlib.suppress(PrepdeckError, OSError):
        return get_setting(options, "theme").value
    return ORDER[0]


def _tell_of_crash(options: Options, error: BaseException) -> None:
    from prepdeck.study.places import log_crash

    path: Path | str
    try:
        path = log_crash(options, error)
    except (PrepdeckError, OSError) as failure:
        path = f"no file ({failure})"
    sys.stderr.write(
        f"prepdeck stopped: an unexpected {type(error).__name__}.\n"
        "Your grades are saved.\n"
        f"What happened is written down in {path}\n"
    )
