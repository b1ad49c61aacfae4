"""How the usual editors are told the line to open a file at."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from prepdeck.study.coding import editor_command

_PLUS: Final = frozenset(
    {"vi", "vim", "nvim", "nano", "emacs", "emacsclient", "kak", "joe", "micro", "ne", "mg", "jed"}
)
_COLON: Final = frozenset({"hx", "helix", "subl", "zed"})
_GOTO: Final = frozenset({"code", "codium", "cursor"})


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
