"""Code that the learner let run, remembered by its hash.

One line a word: `trusted 2026-11-22 HASH deck/card`, or `forgotten` in place of `trusted`; the last line about a hash
holds. Lines are only added, so that two programs at once lose nothing, and a torn line is no consent.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from prepdeck.errors import StoreReadOnly
from prepdeck.host.files import read_bounded
from prepdeck.host.folders import PRIVATE_FILE, Folders, make_private_folder

FILE_NAME: Final = "trusted.txt"
"""The file's name in the folder of the state."""
MAX_BYTES: Final = 32 * 2**20
"""Largest file that is read: a quarter of a million words."""
_TRUSTED: Final = "trusted"
_FORGOTTEN: Final = "forgotten"
_LINE: Final = re.compile(r"(trusted|forgotten) (\d{4}-\d{2}-\d{2}) ([0-9a-f]{64}) ([0-9a-z_/-]{3,129})")


@dataclass(frozen=True, slots=True)
class Consent:
    """Leave to run the code of one card."""

    digest: str
    """Hash of exactly that code."""
    card: str
    """The card it stood on, `deck/card`."""
    day: date
    """When the learner said yes."""


def trust_file(folders: Folders) -> Path:
    """Return the file of consents."""
    return folders.state / FILE_NAME


def read_consents(path: Path) -> Mapping[str, Consent]:
    """Return what holds now, by hash; a line that is not whole counts for nothing.

    Raises:
        FileUnreadable: When the file is there and cannot be read.
    """
    if not path.exists():
        return {}
    held: dict[str, Consent] = {}
    for line in read_bounded(path, MAX_BYTES).decode("ascii", "replace").splitlines():
        match = _LINE.fullmatch(line)
        day = None if match is None else _day(match[2])
        if match is None or day is None:
            continue
        if match[1] == _TRUSTED:
            held[match[3]] = Consent(match[3], match[4], day)
        else:
            held.pop(match[3], None)
    return held


def add_consents(path: Path, consents: Iterable[Consent]) -> None:
    """Remember that some code may run.

    Raises:
        StoreReadOnly: When the file cannot be written.
    """
    _append(path, _TRUSTED, consents)


def remove_consents(path: Path, consents: Iterable[Consent]) -> None:
    """Remember that some code may no longer run.

    Raises:
        StoreReadOnly: When the file cannot be written.
    """
    _append(path, _FORGOTTEN, consents)


def _append(path: Path, word: str, consents: Iterable[Consent]) -> None:
    lines = "".join(f"{word} {each.day.isoformat()} {each.digest} {each.card}\n" for each in consents)
    if not lines:
        return
    make_private_folder(path.parent)
    # A line that was torn before must not swallow the first of these, so they begin with a line end.
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
    try:
        handle = os.open(path, flags, PRIVATE_FILE)
        try:
            data = f"\n{lines}".encode("ascii")
            if os.write(handle, data) != len(data):
                raise StoreReadOnly(f"{path} could not be written whole", "make room on the disk and try again")
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise StoreReadOnly(f"{path} cannot be written: {reason}", "check its permissions and the disk") from error


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
