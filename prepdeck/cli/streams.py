"""Data on stdout, talk on stderr, and nothing on either that a deck could use to drive the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from io import TextIOWrapper
from typing import Any, Final, TextIO

from prepdeck.cli.flags import Flags
from prepdeck.errors import UsageError

UNSAFE: Final = (
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
"""Pattern of characters that JSON escapes although it need not: controls, direction marks, invisible ones."""
RED: Final = "1;31"
"""Style of the word error."""
DIM: Final = "2"
"""Style of headings and help."""


class ReaderGone(Exception):
    """Whoever read stdout has closed it, as `head` does; there is nobody left to tell."""


def cleaned(text: str) -> str:
    """Return text without anything a terminal would obey; plain ASCII, as most of ours is, needs no cleaning."""
    if text.isascii() and text.isprintable():
        return text
    from prepdeck.text.cleaning import clean

    return clean(text)


def write_text(text: str) -> None:
    """Print text on stdout, cleaned of anything a terminal would obey, and end the line."""
    write_trusted(cleaned(text))


def write_trusted(text: str) -> None:
    """Print text that is clean already, such as our own colours around cleaned words, and end the line.

    Raises:
        ReaderGone: When stdout is a closed pipe.
        UsageError: When stdout cannot be written.
    """
    _to_stdout(lambda: sys.stdout.write(f"{text}\n"))


def write_json(value: Mapping[str, Any]) -> None:
    """Print one JSON object on one line of stdout."""
    write_trusted(json_line(value, sys.stdout))


def json_line(value: Mapping[str, Any], stream: TextIO) -> str:
    """Return a JSON object as one line in which every control character is escaped, and all that `stream` lacks."""
    import json
    import re

    speaks_all = (stream.encoding or "").lower().replace("-", "").startswith("utf")
    text = json.dumps(value, ensure_ascii=not speaks_all, allow_nan=False)
    return re.sub(UNSAFE, lambda match: json.dumps(match[0])[1:-1], text)


def flush() -> None:
    """Hand over what was printed.

    Raises:
        ReaderGone: When stdout is a closed pipe.
        UsageError: When stdout cannot be written.
    """
    _to_stdout(sys.stdout.flush)


def _to_stdout(act: Callable[[], object]) -> None:
    try:
        act()
    except BrokenPipeError:
        raise ReaderGone from None
    except OSError as error:
        close_stdout()
        raise UsageError(f"stdout cannot be written: {error.strerror or error}") from error


def close_stdout() -> None:
    """Send whatever is still buffered to nowhere, so that leaving the program says nothing about it."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        return


def say(text: str) -> None:
    """Print talk on stderr, cleaned; a stderr that cannot be written is no reason to stop."""
    say_trusted(cleaned(text))


def say_trusted(text: str) -> None:
    """Print talk that is clean already on stderr."""
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        return


def say_notes(flags: Flags, notes: tuple[str, ...] | list[str]) -> None:
    """Print notes on stderr, one a line, unless the learner wants quiet."""
    if flags.quiet:
        return
    for note in notes:
        say(f"note: {note}")


def paints(color: str | None, stream: TextIO) -> bool:
    """Tell whether colours may go to a stream: the flag decides, else `NO_COLOR`, else whether it is a terminal."""
    if color in {"always", "never"}:
        return color == "always"
    if os.environ.get("NO_COLOR") or is_dumb():
        return False
    return stream.isatty()


def paint(text: str, style: str, *, wanted: bool) -> str:
    """Return text in a style, or as it is."""
    return f"\x1b[{style}m{text}\x1b[0m" if wanted else text


def is_dumb() -> bool:
    """Tell whether the terminal can only print lines."""
    return os.environ.get("TERM") == "dumb"


def at_terminal() -> bool:
    """Tell whether both ends of the conversation are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def prepare_streams() -> None:
    """Let the streams of the process survive any text: missing ones lead nowhere, unknown characters are spelt out."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123 - lives as long as the process
    for stream, errors in ((sys.stdin, "replace"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors=errors)
