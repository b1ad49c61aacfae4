"""The interface: opens the desk after the first frame, moves between pages, and leaves the terminal as it was."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from textual import events
from textual.app import App, ScreenError
from textual.driver import Driver
from textual.screen import Screen
from textual.worker import WorkerFailed

from prepdeck.errors import PrepdeckError
from prepdeck.study.mock_wishes import MockWish
from prepdeck.study.options import Options
from prepdeck.study.request import RoundRequest
from prepdeck.text.cleaning import clean
from prepdeck.tui.clerk import Clerk
from prepdeck.tui.errands import Errands
from prepdeck.tui.glyphs import ASCII, UNICODE
from prepdeck.tui.keys import KeyTable, rebind
from prepdeck.tui.lifeline import LOOK_SECONDS, is_gone, outliving
from prepdeck.tui.navigation import Navigator
from prepdeck.tui.screens.dialogs import Dialog
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.screens.help import HelpDialog
from prepdeck.tui.screens.opening import OpeningScreen
from prepdeck.tui.screens.palette import CommandDialog
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
from prepdeck.tui.turns import KeyTurns, Typed

if TYPE_CHECKING:
    from prepdeck.study.configuring import Settings
    from prepdeck.study.desk import Desk
    from prepdeck.study.previewing import Preview

SECOND_COPY_SECONDS = 2.0
"""Within this time a second ^c quits."""
CRASHED = 70
"""Exit status after an unexpected exception."""
HUNG_UP = 129
"""Exit status after the terminal vanished, as a shell shows SIGHUP."""


class PrepdeckApp(App[None], inherit_bindings=False):
    """The interface.

    Args:
        options: What the command line said.
        ascii_only: Whether only ASCII signs may be drawn.
        start: A round, a mock or a deck file to begin with; leaving it leaves the program.
        color: Whether colours may be used; None leaves it to `NO_COLOR`.
        theme: Name of the theme until the settings are read.
        open_desk: Opens the desk, for tests; None for the real one.
    """

    TITLE = "prepdeck"
    CSS_PATH = "app.tcss"
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-tiny"), (40, "-narrow"), (72, "-normal"), (110, "-wide")]  # noqa: RUF012 - Textual declares it so
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (12, "-short"), (30, "-tall")]  # noqa: RUF012 - Textual declares it so

    def __init__(  # noqa: PLR0913 - each is a flag of the command line, or a door for tests
        self,
        options: Options,
        *,
        ascii_only: bool = False,
        start: RoundRequest | Preview | MockWish | None = None,
        color: bool | None = None,
        theme: str = "dark",
        open_desk: Callable[[Options], Desk] | None = None,
    ) -> None:
        # Textual takes an empty NO_COLOR for set and only greys the colours; both are decided here instead.
        is_forbidden = bool(os.environ.pop("NO_COLOR", ""))
        color = not is_forbidden if color is None else color
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
        self.pages = Navigator(self)
        """The way from page to page."""
        self.keys = KeyTable()
        """The keys in force."""
        self.refusal: PrepdeckError | None = None
        """Why the program could not do what it was started for."""
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
        self._start = start if isinstance(start, (RoundRequest, MockWish)) else None
        self._preview = None if isinstance(start, (RoundRequest, MockWish)) else start
        self._theme_name = theme if theme in PALETTES else ORDER[0]
        self._copy_pressed = False
        self._is_leaving = False
        self._turns = KeyTurns(self._is_quiet, self._is_text)
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

    def get_driver_class(self) -> type[Driver]:
        """Return what draws on this system's terminal."""
        return outliving(super().get_driver_class())

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
        """Let the clerk finish, and close the desk; code that still runs is ended."""
        self._listen(add=False)
        self.errands.call_off_runs()
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
        driver = self._driver
        if add and isinstance(getattr(driver, "_key_thread", None), Thread):
            signal.signal(signal.SIGCONT, self._come_back)
            self.set_interval(LOOK_SECONDS, self._leave_when_alone)

    def _leave_when_alone(self) -> None:
        """End, as a hang-up does, when the terminal went without a signal: nobody could press a key any more."""
        keyboard = sys.__stdin__
        if keyboard is not None and is_gone(keyboard.fileno()):
            self.leave(HUNG_UP)

    def _come_back(self, *_: object) -> None:
        """Take the terminal again after a stop; Textual would read keys twice after one that nothing announced."""
        driver = self._driver
        if driver is None or not driver._auto_restart:  # noqa: SLF001 - Textual has no other word for: an editor has the terminal
            return
        reader = getattr(driver, "_key_thread", None)
        if reader is not None and reader.is_alive():
            driver.suspend_application_mode()
        driver.resume_application_mode()
        self.call_later(self.refresh, layout=True)

    async def _open(self) -> None:
        if self._preview is not None:
            await self._show_preview(self._preview)
            return
        try:
            await self.clerk.ask(self.errands.open)
        except PrepdeckError as error:
            self.pages.fail(error, self._place("database"))
            return
        problems = self.use_settings(self.errands.desk.settings)
        self.deck_folder = self._place("decks")
        await self.pages.enter(self._start, " ".join([*self.errands.desk.notes, *self._told(problems)]))
        self.clerk.ask_later(self.errands.warm_up)

    def use_settings(self, settings: Settings) -> tuple[str, ...]:
        """Go by these settings from now on; return what is wrong with their keys."""
        self.keys, problems = rebind(settings.keys, settings.key_places)
        self.shows_times, self.retention_goal = settings.show_timers, settings.retention_goal
        self._use_theme(settings.theme)
        return problems

    def _told(self, problems: tuple[str, ...]) -> tuple[str, ...]:
        """Return what the line of a page says of them: there is room for one, and the settings list all."""
        if len(problems) <= 1:
            return problems
        page = self.keys.row("home.settings")
        return problems[0], f"Keys: {len(problems)} problems; {page.keys_shown if page else 'settings'} lists them all."

    async def _show_preview(self, preview: Preview) -> None:
        """Show a deck file; the desk stays closed."""
        from prepdeck.study.surroundings import look_around
        from prepdeck.tui.screens.author import AuthorScreen

        settings = look_around(self.options).settings
        self.keys, problems = rebind(settings.keys, settings.key_places)
        await self.push_screen(AuthorScreen(preview))
        self.pages.say(" ".join(problems))

    def _place(self, name: str) -> str:
        from prepdeck.study.places import list_places

        with contextlib.suppress(PrepdeckError):
            return str(dict(list_places(self.options)).get(name, ""))
        return ""

    @property
    def leave_word(self) -> str:
        """What the key bar says of leaving a page for home: a program started for one thing ends there."""
        return "Quit" if self.is_one_round else "Home"

    def today(self) -> date:
        """Return the study day it is."""
        return self.errands.today()

    def seconds(self) -> float:
        """Return seconds that never go back."""
        return self.errands.desk.clock.monotonic_seconds()

    def refuse(self, error: PrepdeckError) -> None:
        """End the program because what it was started for cannot be; the command line tells why."""
        self.refusal = error
        self.leave(1)

    def leave(self, status: int) -> None:
        """End the program with a status; grades are saved already, and what is being written is kept now."""
        self.on_exit_app()
        self.exit(return_code=status)

    def on_exit_app(self) -> None:
        """Keep what is being written, also when it is a browser's tab that was closed."""
        if self._is_leaving:
            return
        self._is_leaving = True
        for screen in self.screen_stack:
            if isinstance(screen, FramedScreen) and screen.is_mounted:
                screen.put_away()

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

    async def on_event(self, event: events.Event) -> None:
        """Send an event where it belongs, a key once the one before it was handled."""
        if not isinstance(event, events.Key | events.Paste):
            await super().on_event(event)
        elif event.is_forwarded:
            await super().on_event(event)
            self._turns.end(event)
        elif self._turns.takes(event):
            await super().on_event(event)
        elif self._turns.needs_sender():
            self.run_worker(self._turns.send_held(partial(self.call_later, super().on_event)), group="keys")

    def _is_quiet(self) -> bool:
        """Tell whether what has the focus, all that it lies in, and the app have nothing left to do."""
        try:
            node = self.focused or self.screen
        except ScreenError:  # the program ends, and no page is left
            return True
        return not any(each.message_queue_size for each in node.ancestors_with_self)

    def _is_text(self, event: Typed) -> bool:
        """Tell whether what has the focus takes a key for a letter."""
        try:
            field = self.focused
        except ScreenError:
            return False
        if field is None or not isinstance(event, events.Key) or not event.is_printable:
            return False
        return field.check_consume_key(event.key, event.character)

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
        page = self.pages.page
        if page is not None:
            self.push_screen(HelpDialog(page.PLACE, self.keys.rows_of(page.PLACE)), self._perform)

    def _commands(self) -> None:
        page = self.pages.page
        if page is not None:
            rows = [row for row in page.available() if row.id != "app.commands"]
            self.push_screen(CommandDialog(rows, page.word_for), self._perform)

    def _perform(self, action: str | None) -> None:
        page = self.pages.page
        if action is not None and page is not None:
            page.perform(action)

    def _copy(self) -> None:
        words = self.screen.get_selected_text()
        if words:
            self.copy_to_clipboard(words)
            self.screen.clear_selection()
            self.pages.say("Copied.")
        elif self._copy_pressed:
            self.leave(130)
        else:
            self._copy_pressed = True
            self.pages.say("Nothing is selected. ^c again quits; all is saved.")
            self.set_timer(SECOND_COPY_SECONDS, self._forget_copy)

    def _forget_copy(self) -> None:
        self._copy_pressed = False

    def _next_theme(self) -> None:
        if self.is_plain:
            self.pages.say("Colours are off, so there is no theme to choose.")
            return
        self._use_theme(ORDER[(ORDER.index(self._theme_name) + 1) % len(ORDER)])
        self.pages.say(f"Theme {self._theme_name}.")
        self.pages.save_theme(self._theme_name)

    def _use_theme(self, name: str) -> None:
        if self.is_plain or name not in PALETTES or name == self._theme_name:
            return
        self._theme_name = name
        self.theme = theme_name(name)
        for screen in self.screen_stack:
            if isinstance(screen, (FramedScreen, Dialog)) and screen.is_mounted:
                screen.renew()


def run(
    options: Options,
    *,
    ascii_only: bool = False,
    start: RoundRequest | Preview | MockWish | None = None,
    color: bool | None = None,
) -> int:
    """Run the interface until it is left; return the exit status.

    Args:
        options: What the command line said.
        ascii_only: Whether only ASCII signs may be drawn.
        start: A round, a mock or a deck file to begin with; leaving it leaves the program.
        color: Whether colours may be used; None leaves it to `NO_COLOR`.

    Raises:
        PrepdeckError: When what it was to begin with cannot be.
    """
    app = PrepdeckApp(options, ascii_only=ascii_only, start=start, color=color, theme=_chosen_theme(options))
    app.run()
    if app.refusal is not None:
        raise app.refusal
    if app.crash is not None:
        _tell_of_crash(options, app.crash)
        return CRASHED
    if app.errands.last_words is not None:
        sys.stderr.write(f"note: {clean(app.errands.last_words)}\n")
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
