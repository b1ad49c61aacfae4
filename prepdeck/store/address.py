"""How a database is named on the command line."""

from __future__ import annotations

from pathlib import Path

from prepdeck.errors import UsageError

URL_PREFIX = "sqlite:///"
"""How a database is named on the command line."""


def database_path(url: str) -> Path:
    """Return the file a SQLite URL names.

    Raises:
        UsageError: When it is not a SQLite URL with a file.
    """
    example = "write it like sqlite:////home/me/prepdeck.db"
    if not url.startswith(URL_PREFIX):
        raise UsageError(f"{url!r} is not a SQLite URL; prepdeck keeps its history in SQLite only", example)
    name = url.removeprefix(URL_PREFIX)
    if not name or name.startswith(":memory:") or "?" in name or "\x00" in name:
        raise UsageError(f"{url!r} names no file", example)
    return Path(name).expanduser().absolute()
