"""Whether deck files changed since they were last looked at."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeAlias

from prepdeck.errors import PrepdeckError
from prepdeck.host.files import FileUnreadable, find_deck_files
from prepdeck.study.linting import roots_of
from prepdeck.study.options import Options

Snapshot: TypeAlias = "tuple[tuple[str, int, int, int], ...]"
"""Name, inode, size and time of change of each file."""


def snapshot(paths: tuple[Path, ...], options: Options) -> Snapshot:
    """Return what tells whether anything changed at the places that `lint` looks at; nothing is read.

    Files and folders that are gone, as while an editor replaces them, are left out.
    """
    try:
        roots = roots_of(paths, options)
    except PrepdeckError:
        return ()
    found = []
    for root in roots:
        try:
            files = find_deck_files(root.path)
        except FileUnreadable:
            continue
        for path in files:
            try:
                status = os.stat(path)  # noqa: PTH116 - asked several times a second
            except (OSError, ValueError):
                continue
            found.append((str(path), status.st_ino, status.st_size, status.st_mtime_ns))
    return tuple(found)
