"""Every file and folder in use, and the log of crashes."""

from __future__ import annotations

import os
import platform
import traceback
from pathlib import Path

import prepdeck
from prepdeck.host.bundled import bundled_folder
from prepdeck.host.folders import PRIVATE_FILE, make_private_folder
from prepdeck.store.address import database_path
from prepdeck.study.options import Options
from prepdeck.study.surroundings import look_around

LARGEST_LOG = 1 << 20
"""Bytes; a longer log begins anew."""


def list_places(options: Options) -> tuple[tuple[str, Path], ...]:
    """Return every file and folder in use by name; a file need not exist yet."""
    surroundings = look_around(options)
    folders = surroundings.folders
    database = folders.database
    if surroundings.database:
        database = database_path(surroundings.database)
    extra = tuple(("more decks", root.path) for root in surroundings.roots if root.source == "extra")
    return (
        ("data", folders.data),
        ("database", database),
        ("settings", folders.settings_file),
        ("decks", folders.decks),
        ("bundled decks", bundled_folder("decks")),
        *extra,
        ("backups", folders.backups),
        ("mocks", folders.mocks),
        ("state", folders.state),
        ("log", folders.log),
    )


def log_crash(options: Options, error: BaseException) -> Path:
    """Write down what happened, readable by its owner only; return where."""
    path = look_around(options).folders.log
    try:
        make_private_folder(path.parent)
        fresh = path.exists() and path.stat().st_size > LARGEST_LOG
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if fresh else os.O_APPEND)
        with os.fdopen(os.open(path, flags, PRIVATE_FILE), "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"prepdeck {prepdeck.__version__}, Python {platform.python_version()}, {platform.platform()}\n")
            file.write("".join(traceback.format_exception(error)))
    except Exception:  # noqa: BLE001 - a crash must not crash over its own log
        return path
    return path
