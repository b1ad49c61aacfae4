"""The interface in a browser: a page with a terminal, and a program of its own behind every tab."""

from __future__ import annotations

import asyncio
import errno
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing, redirect_stdout, suppress
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from prepdeck.errors import UsageError

HOST: Final = "127.0.0.1"
"""The only address listened on: this machine."""
OWN_NAMES: Final = frozenset({HOST, "localhost"})
"""What a browser on this machine may call it."""
ENDING_SECONDS: Final = 10.0
"""How long the programs behind the tabs may take to store what is open."""
_PAGE: Final = Path(__file__).with_name("browser.html")
_ANY_PORT: Final = "prepdeck serve --port 0 takes any free one"
_PORTS_TRIED: Final = 50
_LARGEST_PORT: Final = 65535
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def listen(port: int) -> socket.socket:
    """Return a socket that listens on this machine alone.

    Args:
        port: Its port; 0 takes any free one.

    Raises:
        UsageError: When the port cannot be had.
    """
    try:
        return _bound(port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            free = _next_free(port)
            next_step = f"{free} is free: prepdeck serve --port {free}" if free else _ANY_PORT
            raise UsageError(f"port {port} is taken", next_step) from None
        raise UsageError(f"port {port} cannot be used: {error.strerror or error}", _ANY_PORT) from None


def _bound(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two programs share the port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((HOST, port))
        found.listen()
    except OSError:
        found.close()
        raise
    return found


def _next_free(port: int) -> int | None:
    for each in range(port + 1, min(port + _PORTS_TRIED, _LARGEST_PORT) + 1):
        with suppress(OSError), closing(_bound(each)):
            return each
    return None


def line_of(words: Sequence[str]) -> str:
    """Return a command as one line for the shell, every word quoted.

    The shell is replaced by the program, so that nothing stands between a tab and what runs behind it.
    """
    return subprocess.list2cmdline(words) if sys.platform == "win32" else f"exec {shlex.join(words)}"


@web.middleware
async def _only_own_pages(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Refuse what other web pages ask for.

    A page from anywhere may open a socket to this machine, and a name of its own may be made to lead here; either could
    press keys, and code that is typed on a card runs.
    """
    host = request.headers.get("Host", "")
    origin = request.headers.get("Origin")
    try:
        is_own = urlsplit(f"//{host}").hostname in OWN_NAMES
    except ValueError:
        is_own = False
    is_socket = request.path == "/ws"
    if not is_own or (origin is None and is_socket) or origin not in {None, f"http://{host}"}:
        raise web.HTTPForbidden(text="prepdeck answers its own page alone\n")
    return await handler(request)


class BrowserServer(Server):
    """Serves the page, and starts a program for each tab.

    Args:
        words: The command that runs behind a tab.
    """

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(line_of(words), host=HOST, title="prepdeck")
        self._tabs: set[asyncio.Task[object]] = set()
        self._inputs: dict[asyncio.Task[object] | None, asyncio.StreamWriter] = {}

    async def application(self) -> web.Application:
        """Return what answers requests."""
        made = await self._make_app()
        made.middlewares.append(_only_own_pages)
        return made

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: whoever listens says where."""

    async def on_shutdown(self, app: web.Application) -> None:
        """End the program behind each tab, and wait until it has stored what was open."""
        del app
        for tab in self._tabs:
            tab.cancel()
        if self._tabs:
            await asyncio.wait(self._tabs, timeout=ENDING_SECONDS)

    async def handle_index(self, request: web.Request) -> web.Response:
        """Return the page; unlike the library's own it fetches nothing from elsewhere."""
        del request
        return web.Response(
            text=_PAGE.read_text(encoding="utf-8"),
            content_type="text/html",
            headers={"Cache-Control": "no-store", "X-Frame-Options": "DENY"},
        )

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run a program until its tab is closed or it ends."""
        tab = asyncio.current_task()
        assert tab is not None  # noqa: S101 - a request is always answered in a task
        self._tabs.add(tab)
        try:
            return await super().handle_websocket(request)
        finally:
            await self._close_input(tab)
            self._tabs.discard(tab)

    async def _process_messages(self, websocket: web.WebSocketResponse, app_service: AppService) -> None:
        self._inputs[asyncio.current_task()] = app_service.stdin
        await super()._process_messages(websocket, app_service)

    async def _close_input(self, tab: asyncio.Task[object]) -> None:
        """Close the pipe to a program that ended: left open, it complains once the loop is gone."""
        keys = self._inputs.pop(tab, None)
        if keys is not None:
            keys.close()
            with suppress(OSError):
                await keys.wait_closed()


def run_server(listening: socket.socket, words: Sequence[str]) -> int:
    """Serve until a signal ends it; return the exit status a shell shows for that signal.

    Args:
        listening: Where browsers connect.
        words: The command that runs behind a tab.
    """
    with redirect_stdout(sys.stderr):  # the library prints there what a program said when it ended
        return asyncio.run(_serve(listening, words))


async def _serve(listening: socket.socket, words: Sequence[str]) -> int:
    ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    _end_on_signals(ended)
    runner = web.AppRunner(await BrowserServer(words).application(), handle_signals=False, access_log=None)
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        return 128 + await ended
    finally:
        await runner.cleanup()


def _end_on_signals(ended: asyncio.Future[int]) -> None:
    loop = asyncio.get_running_loop()

    def end(number: int) -> None:
        if not ended.done():
            ended.set_result(number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        with suppress(AttributeError, NotImplementedError):
            loop.add_signal_handler(getattr(signal, name), partial(end, getattr(signal, name)))
