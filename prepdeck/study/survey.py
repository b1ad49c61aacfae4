"""The deck files of this run as the disk shows them, looked at without being read.

What git does for its index: a file whose size, times and place are those of the last reading holds what it held then.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path

import prepdeck
from prepdeck.host.bundled import bundled_folder
from prepdeck.host.files import FileUnreadable, find_deck_files, read_bounded
from prepdeck.store.shelf import FileRow
from prepdeck.study.surroundings import Root

RACY_NS = 2_000_000_000
"""Nanoseconds; a file changed so shortly before it was looked at may change again without its stamp showing it."""

_READERS = ("deckfile", "cards", "text")
"""What of the program decides what a file's bytes become."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One deck file as the disk shows it."""

    path: Path
    """The file, as people named or found it."""
    key: str
    """The file without links: its name in the store."""
    source: str
    """`bundled`, `own` or `extra`."""
    follow: bool
    """Whether it may be a link: yes for one that somebody named."""
    stamp: str
    """Size, times and place on the disk; empty when it cannot be opened."""
    newest_ns: int
    """When it or its entry in the folder was last changed."""
    trouble: str | None = None
    """Why it cannot be opened."""

    def shows(self, row: FileRow | None) -> bool:
        """Tell whether the file surely holds what it held when it was last read, by this program."""
        return (
            row is not None
            and row.stamp == self.stamp
            and row.reader == reader_stamp()
            and self.newest_ns + RACY_NS <= row.checked_ns
        )

    def read(self) -> bytes:
        """Return its bytes.

        Raises:
            FileUnreadable: When it cannot be opened.
        """
        return read_bounded(self.path, follow=self.follow)


def look_over(roots: Iterable[Root]) -> tuple[Sighting, ...]:
    """Return every deck file under some roots, each file once, in their order."""
    found: dict[str, Sighting] = {}
    for root in roots:
        try:
            paths = find_deck_files(root.path)
        except FileUnreadable as error:
            key = _key(str(root.path))
            found.setdefault(key, Sighting(root.path, key, root.source, True, "", 0, error.message))
            continue
        real_root = os.path.realpath(root.path)  # Path.resolve() raises on a loop of links
        for path in paths:
            sighting = _look_at(path, root, real_root)
            found.setdefault(sighting.key, sighting)
    return tuple(found.values())


def _look_at(path: Path, root: Root, real_root: str) -> Sighting:
    is_named = path == root.path
    try:
        status = path.stat() if is_named else path.lstat()
    except (OSError, ValueError):
        status = None
    # The walk enters no linked folder, so that the rest of the path is real; a linked file is a thing of its own.
    real = real_root if is_named else os.path.join(real_root, path.relative_to(root.path))  # noqa: PTH118 - a name
    if status is not None and stat.S_ISREG(status.st_mode):
        times = (status.st_mtime_ns, status.st_ctime_ns)
        stamp = ":".join(map(str, (status.st_size, *times, status.st_ino, status.st_dev)))
        return Sighting(path, _key(real), root.source, is_named, stamp, max(times))
    return Sighting(path, _key(real), root.source, is_named, "", 0, _trouble(path, follow=is_named))


def _trouble(path: Path, *, follow: bool) -> str | None:
    """Return why something that is no file cannot be read."""
    try:
        read_bounded(path, follow=follow)
    except FileUnreadable as error:
        return error.message
    return None  # it became a file meanwhile


def _key(real: str) -> str:
    """Return a path that can be stored, also when its name is not UTF-8."""
    return real.encode("utf-8", "backslashreplace").decode()


def bundled_key() -> str:
    """Return the folder of the decks that this program brings, as the names of their files begin in the store."""
    return _key(os.path.realpath(bundled_folder("decks")))


def is_gone(key: str) -> bool:
    """Tell whether nothing lies at the path of a remembered file any more."""
    return not os.path.lexists(key)


def hash_of(data: bytes) -> str:
    """Return the hash by which the content of a file is known."""
    return blake2b(data, digest_size=16).hexdigest()


@cache
def reader_stamp() -> str:
    """Return what tells this program from one that would make something else of the same bytes.

    Not a number that somebody raises: a reader that was changed and not counted up would leave old readings standing.
    """
    package = os.path.dirname(prepdeck.__file__)  # noqa: PTH120 - four Paths more than is needed at every start
    files = {path: status for part in _READERS for path, status in _files_of(os.path.join(package, part)).items()}  # noqa: PTH118
    state = blake2b(prepdeck.__version__.encode(), digest_size=8)
    for path, status in sorted(files.items()):
        state.update(f"\n{path[len(package) :]} {status.st_size} {status.st_mtime_ns}".encode())
    return state.hexdigest()


def _files_of(folder: str) -> dict[str, os.stat_result]:
    found: dict[str, os.stat_result] = {}
    try:
        with os.scandir(folder) as listed:
            for each in listed:
                if each.name.endswith(".py"):
                    found[each.path] = each.stat()
                elif "." not in each.name and each.name != "__pycache__" and each.is_dir():
                    found |= _files_of(each.path)
    except OSError:  # a program that does not lie in files has its version alone
        pass
    return found
