"""`prepdeck` without a verb: the home screen, or what there is instead."""

from __future__ import annotations

import sys

from prepdeck.cli.flags import Flags
from prepdeck.cli.streams import at_terminal, is_dumb, paints
from prepdeck.errors import UsageError


def open_home(flags: Flags) -> int:
    """Open the home screen; on a terminal that can only print lines, print what is due.

    Raises:
        UsageError: When there is no terminal.
    """
    if not at_terminal():
        raise UsageError("the screen needs a terminal; prepdeck due and prepdeck review --plain work without one")
    if flags.plain or is_dumb():
        from prepdeck.cli.due import print_day

        return print_day(flags)
    from prepdeck.tui.app import run

    return run(flags.options, ascii_only=flags.ascii, start=None, color=paints(flags.color, sys.stdout))
