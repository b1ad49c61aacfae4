"""`prepdeck serve`: the interface in a browser on this machine."""

from __future__ import annotations

import os
import sys
import time

import click

from prepdeck.cli.flags import Flags, flags_of
from prepdeck.cli.parameters import whole_between
from prepdeck.cli.streams import say
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError

PORT = 8731
"""Where it listens when nothing is said."""
WEB_DRIVER = "textual.drivers.web_driver:WebDriver"
"""What the server has Textual draw through."""

ORPHAN_SECONDS = 2.0
"""How often a tab looks whether its server still runs."""


@verb(
    click.Option(
        ("--port",),
        callback=whole_between(0, 65535),
        metavar="N",
        default=str(PORT),
        help=f"Where to listen; 0 takes any free port. Default {PORT}.",
    ),
    click.Option(("--tab",), is_flag=True, hidden=True),
    examples=(
        ("prepdeck serve", f"Open http://127.0.0.1:{PORT} in a browser."),
        ("prepdeck serve --port 9000 --home /tmp/trial", "Another port, and a home of its own."),
    ),
    with_json=False,
)
def command(context: click.Context, *, port: int, tab: bool) -> int:
    """Serve the interface to browsers on this machine, until ^c.

    Only this machine can reach it. There is no login: whoever uses this machine can open it. Each tab runs a prepdeck
    of its own with the same home, decks and flags.
    """
    flags = flags_of(context)
    return _run_tab(flags) if tab else _serve(flags, port)


def _serve(flags: Flags, port: int) -> int:
    from prepdeck.study.surroundings import look_around

    look_around(flags.options)  # a wrong path is told here, not in every tab
    try:
        from prepdeck.cli.browser import HOST, listen, run_server
    except ModuleNotFoundError as error:
        raise UsageError("serve needs an extra", "pip install 'prepdeck[web]'") from error
    with listen(port) as listening:
        say(f"prepdeck is at http://{HOST}:{listening.getsockname()[1]}  (^c ends it)")
        say("There is no login: whoever uses this machine can open it. Nobody else can.")
        return run_server(listening, words_of(flags))


def words_of(flags: Flags) -> tuple[str, ...]:
    """Return the command of a tab: what was said to `serve`, said again; the environment is handed on as it is."""
    said: list[str] = []
    if flags.home is not None:
        said += ["--home", flags.home]
    for path in flags.decks:
        said += ["--decks", path]
    if flags.database is not None:
        said += ["--db", flags.database]
    if flags.color is not None:
        said += ["--color", flags.color]
    said += ["--ascii"] if flags.ascii else []
    said += ["--verbose"] if flags.verbose else []
    # -P: a file beside the learner must not be taken for a module.
    return (sys.executable, "-P", "-m", "prepdeck", *said, "serve", "--tab")


def _run_tab(flags: Flags) -> int:
    """Run the interface behind a tab.

    Raises:
        UsageError: When no server started it.
    """
    if os.environ.get("TEXTUAL_DRIVER") != WEB_DRIVER:
        raise UsageError("--tab is for the server itself", "prepdeck serve opens the page")
    from prepdeck.tui.app import run

    _end_with(os.getppid())
    color = {"always": True, "never": False}.get(flags.color or "auto")
    return run(flags.options, ascii_only=flags.ascii, start=None, color=color)


def _end_with(server: int) -> None:
    """End this program, as SIGTERM does, once its server is gone without having said so."""
    import signal
    import threading

    def watch() -> None:
        while os.getppid() == server:
            time.sleep(ORPHAN_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="server-watch", daemon=True).start()
