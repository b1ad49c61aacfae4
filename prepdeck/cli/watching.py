"""Doing something again whenever deck files change."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from prepdeck.cli.flags import Flags
from prepdeck.cli.streams import flush, is_dumb, say
from prepdeck.errors import PrepdeckError

PAUSE_SECONDS = 0.25
"""Between two looks; an edit is answered well within a second."""


def watch(
    paths: tuple[Path, ...], flags: Flags, act: Callable[[], int], pause: Callable[[float], None] = time.sleep
) -> int:
    """Act now and after every change, until somebody interrupts.

    Args:
        paths: Deck files and folders; none for every deck.
        flags: The shared flags.
        act: What is done; the first time its errors end the watch, later they are said and waited out.
        pause: Waits so many seconds.
    """
    from prepdeck.study.watching import snapshot

    clears = sys.stdout.isatty() and not is_dumb()
    before = snapshot(paths, flags.options)
    _act_on_clear_screen(act, clears=clears)
    if not flags.quiet:
        say("watching for changes; ^c ends")
    while True:
        pause(PAUSE_SECONDS)
        now = snapshot(paths, flags.options)
        if now == before:
            continue
        before = now
        try:
            _act_on_clear_screen(act, clears=clears)
        except PrepdeckError as error:
            say(error.message)


def _act_on_clear_screen(act: Callable[[], int], *, clears: bool) -> None:
    if clears:
        click.clear()
    act()
    flush()
