"""`prepdeck demo`: every screen with a made-up history behind it, in a folder that is thrown away."""

from __future__ import annotations

import shlex
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from prepdeck.cli.flags import Flags, flags_of
from prepdeck.cli.streams import at_terminal, is_dumb, paints, say, write_text
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError


@verb(
    click.Option(("--keep",), metavar="DIR", help="Write the demo to a new folder instead, and say how to use it."),
    examples=(
        ("prepdeck demo", "Open the home screen on two months of made-up history."),
        ("prepdeck demo --keep /tmp/trial", "Keep that home, to try other commands on it."),
    ),
    with_json=False,
)
def command(context: click.Context, keep: str | None) -> int:
    """Open the home screen on two months of made-up history, in a folder that is removed at the end.

    Nothing of your own is read or changed: no deck, no grade, no setting.
    """
    flags = flags_of(context)
    if flags.home is not None or flags.decks or flags.database is not None:
        raise UsageError(
            "the demo has a home of its own", "leave out --home, --decks and --db; --keep DIR names its folder"
        )
    if keep is not None:
        return _keep(Path(keep))
    if flags.plain or is_dumb() or not at_terminal():
        raise UsageError(
            "the demo opens a screen, which needs a terminal that can draw one",
            "prepdeck demo --keep DIR writes it to a folder, for commands such as prepdeck due --home DIR",
        )
    return _open(flags)


def _keep(folder: Path) -> int:
    from prepdeck.study.demonstrating import make_demo, own_environment

    with own_environment():
        options = make_demo(folder)
    write_text(f"prepdeck --home {shlex.quote(str(options.home))}")
    say("note: the demo is in that folder; remove the folder when you are done with it")
    return 0


def _open(flags: Flags) -> int:
    from prepdeck.study.demonstrating import make_demo, own_environment
    from prepdeck.tui.app import run

    with own_environment(), _throw_away_folder() as folder:
        options = make_demo(folder)
        return run(options, ascii_only=flags.ascii, color=paints(flags.color, sys.stdout))


@contextmanager
def _throw_away_folder() -> Iterator[Path]:
    """Hold a folder that is removed at the end, whatever ends the program."""
    folder = Path(tempfile.mkdtemp(prefix="prepdeck-demo-"))
    try:
        yield folder
    finally:
        # The interface gives the signals back to the system, which would end the program in mid-removal.
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), signal.SIG_IGN)
        shutil.rmtree(folder, ignore_errors=True)
