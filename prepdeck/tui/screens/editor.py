"""The learner's own editor, on the whole terminal."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence


def run_editor(command: Sequence[str]) -> str:
    """Give the terminal to an editor until it ends; return why it did not start.

    An exception must not leave the suspended app, which would never come back.
    """
    try:
        subprocess.run(command, check=False)  # noqa: S603 - the learner's own editor
    except OSError as error:
        return f"{command[0]} did not start: {error.strerror or error}. Set VISUAL or EDITOR."
    return ""
