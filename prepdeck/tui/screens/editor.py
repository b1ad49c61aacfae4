"""The learner's own editor, on the whole terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from prepdeck.study.editors import wait_for_editor


def run_editor(command: Sequence[str], look: Callable[[], object] | None = None) -> str:
    """Give the terminal to an editor until it ends; return why it did not start.

    An exception must not leave the suspended app, which would never come back.

    Args:
        command: The editor with its words.
        look: Called twice a second meanwhile, and once at the end; it raises nothing.
    """
    try:
        wait_for_editor(command, look)
    except OSError as error:
        return f"{command[0]} did not start: {error.strerror or error}. Set VISUAL or EDITOR."
    return ""
