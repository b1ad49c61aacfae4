"""What `lint --run` proved already: one hash a line, of everything that decides what a run gives.

A hash that was damaged stands for nothing, so the file needs no checks of its own; a file that is lost costs one run.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from prepdeck.errors import StoreReadOnly
from prepdeck.host.files import FileUnreadable, read_bounded
from prepdeck.host.folders import PRIVATE_FILE, Folders, make_private_folder, write_private_file

FILE_NAME: Final = "proofs.txt"
"""The file's name in the folder of the state."""
MAX_PROOFS: Final = 20_000
"""Proofs that are kept, twenty times what the bundled decks need; beyond it the older half goes."""
_LENGTH: Final = 64
"""Digits of a hash."""
_MAX_BYTES: Final = 2 * MAX_PROOFS * (_LENGTH + 1)


def proof_file(folders: Folders) -> Path:
    """Return the file of proofs."""
    return folders.state / FILE_NAME


def read_proofs(path: Path) -> frozenset[str]:
    """Return the hashes of what was proved; a file that cannot be read holds none."""
    return frozenset(_listed(path))


def add_proof(path: Path, key: str) -> None:
    """Remember one proof, as far as the disk allows; two programs at once do not disturb each other."""
    try:
        make_private_folder(path.parent)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
        handle = os.open(path, flags, PRIVATE_FILE)
        try:
            os.write(handle, f"\n{key}".encode("ascii"))
        finally:
            os.close(handle)
    except (OSError, StoreReadOnly):
        return  # a run that has to be repeated is all that is lost


def drop_old_proofs(path: Path) -> None:
    """Leave the newer half of a file that grew too long."""
    try:
        if path.stat().st_size <= MAX_PROOFS * (_LENGTH + 1):
            return
        newest = list(dict.fromkeys(reversed(_listed(path))))[: MAX_PROOFS // 2]
        write_private_file(path, "".join(f"\n{key}" for key in reversed(newest)))
    except (OSError, StoreReadOnly):
        return


def _listed(path: Path) -> list[str]:
    try:
        text = read_bounded(path, _MAX_BYTES).decode("ascii", "replace")
    except FileUnreadable:
        return []
    return [line for line in text.split("\n") if len(line) == _LENGTH]
