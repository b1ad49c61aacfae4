"""How the usual editors are told the line to open a file at."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from prepdeck.study.coding import editor_command

_PLUS: Final = frozenset(
    {"vi", "vim", "nvim", "nano", "emacs", "emacsclient", "kak", "joe", "micro", "ne", "mg", "jed"}
)
_COLON: Final = frozenset({"hx", "helix", "subl", "zed"})
_GOTO: Final = frozenset({"code", "codium", "cursor"})

LOOK_SECONDS: Final = 0.5
"""How often what an editor saves is looked for while it runs."""


def wait_for_editor(command: Sequence[str], look: Callable[[], object] | None = None) -> None:
    """Run the learner's own editor until it ends.

    Args:
        command: The editor with its words.
        look: Called again and again meanwhile, and once at the end.

    Raises:
        OSError: When it does not start.
    """
    with subprocess.Popen(command) as editor:  # noqa: S603 - the learner's own editor
        while True:
            try:
                editor.wait(LOOK_SECONDS if look is not None else None)
            except subprocess.TimeoutExpired:
                pass
            else:
                break
            finally:
                if look is not None:
                    look()


def editor_at(path: Path, line: int) -> tuple[str, ...]:
    """Return the command that opens the author's editor at a line; an editor of unknown manners gets the file alone.

    Raises:
        UsageError: When there is no editor.
    """
    path = path.absolute()  # a name that begins with a dash is no flag then
    words = editor_command(path)[:-1]
    name = Path(words[0]).stem
    if name in _GOTO:
        return (*words, "--goto", f"{path}:{line}")
    if name in _COLON:
        return (*words, f"{path}:{line}")
    return (*words, f"+{line}", str(path)) if name in _PLUS else (*words, str(path))
