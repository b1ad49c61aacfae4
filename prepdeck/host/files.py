"""Finding deck files and reading them, when a folder may hold anything at all.

A deck folder may hold pipes that never end, links that go in circles, devices and files of any size; PROMISES.md 3.8
has the list. A walk therefore follows no link, and nothing is read that is not a regular file of bounded size.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from pathlib import Path

from prepdeck.errors import PrepdeckError
from prepdeck.text.cleaning import clean_line

SUFFIXES = (".yaml", ".yml")
"""How names of deck files end."""

MAX_BYTES = 8 * 2**20
"""Largest file that is read."""


class FileUnreadable(PrepdeckError):
    """A file that cannot be opened or may not be read."""

    code = "file-unreadable"
    exit_status = 3


def find_deck_files(root: Path) -> tuple[Path, ...]:
    """Return the deck files at `root`, sorted: the file itself, or those below a folder.

    Below a folder no linked folder is entered, and hidden files and folders and names that are not UTF-8 are passed
    over; a folder that may not be listed counts as empty. Linked files are returned, so that reading them with
    `follow=False` can say that they are left out. What `root` names itself is returned whatever it is called.

    Raises:
        FileUnreadable: When there is nothing at `root`.
    """
    try:
        mode = root.stat().st_mode
    except (OSError, ValueError) as error:
        raise _unreadable(root, error) from error
    if not stat.S_ISDIR(mode):
        return (root,)
    found: list[Path] = []
    for folder, folders, names in os.walk(root, followlinks=False):
        folders[:] = [name for name in folders if _is_visible(name)]
        found.extend(Path(folder, name) for name in names if name.lower().endswith(SUFFIXES) and _is_visible(name))
    return tuple(sorted(found))


def read_bounded(path: Path, limit_bytes: int = MAX_BYTES, *, follow: bool = True) -> bytes:
    """Return the bytes of a regular file of at most `limit_bytes`.

    Args:
        path: The file.
        limit_bytes: More than this is refused, also when the file grows while it is read.
        follow: Whether `path` may be a link: yes for a path someone gave, no for one found in a walk.

    Raises:
        FileUnreadable: When it is missing, a folder, a pipe or device, too large, or not allowed.
    """
    # Without O_NONBLOCK, opening a pipe that nobody writes to would wait for ever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    try:
        handle = os.open(path, flags)
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise _wrong_kind(path, status.st_mode)
        data = b"" if status.st_size > limit_bytes else _read(handle, limit_bytes + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    finally:
        os.close(handle)
    if max(status.st_size, len(data)) > limit_bytes:
        raise _too_large(path, limit_bytes)
    return data


def seconds_since_saved(path: Path) -> float | None:
    """Return how long ago a file was written; None when there is none. A clock set back does not make it young."""
    try:
        return max(0.0, time.time() - path.stat().st_mtime)
    except OSError:
        return None


def _read(handle: int, count: int) -> bytes:
    """Return up to `count` bytes; the system may hand them out in pieces."""
    pieces = []
    while count > 0 and (piece := os.read(handle, count)):
        pieces.append(piece)
        count -= len(piece)
    return b"".join(pieces)


def _is_visible(name: str) -> bool:
    """Tell whether a walk looks at `name`; names that are not UTF-8 arrive with surrogates and cannot be stored."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return not name.startswith(".")


def _unreadable(path: Path, error: OSError | ValueError) -> FileUnreadable:
    shown = clean_line(str(path))
    number = error.errno if isinstance(error, OSError) else None
    if number in {errno.ENOENT, errno.ENOTDIR}:
        return FileUnreadable(f"there is no file {shown}", "check the path")
    if number in {errno.EACCES, errno.EPERM}:
        return FileUnreadable(f"{shown} may not be read", "give yourself permission to read it")
    if number == errno.ELOOP:
        return FileUnreadable(
            f"{shown} is a link; links in a deck folder are not followed", "copy the file there, or give its own path"
        )
    if number == errno.ENXIO:
        return FileUnreadable(f"{shown} is a pipe, socket or device, not a file", "give the path of a deck file")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "that is no path"
    return FileUnreadable(f"{shown} cannot be read: {reason.lower()}", "check the path and the disk")


def _wrong_kind(path: Path, mode: int) -> FileUnreadable:
    shown = clean_line(str(path))
    if stat.S_ISDIR(mode):
        return FileUnreadable(f"{shown} is a folder, not a file", "give the path of a deck file")
    return FileUnreadable(f"{shown} is a pipe, socket or device, not a file", "give the path of a deck file")


def _too_large(path: Path, limit_bytes: int) -> FileUnreadable:
    shown = clean_line(str(path))
    size = f"{limit_bytes // 2**20} MiB" if limit_bytes >= 2**20 else f"{limit_bytes} bytes"
    return FileUnreadable(f"{shown} is larger than {size}", "split the deck into several files")
