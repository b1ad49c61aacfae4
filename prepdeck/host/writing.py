"""Files written whole or not at all: whoever looks, also after a power cut, finds the old file or the new one."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from pathlib import Path

from prepdeck.errors import PrepdeckError
from prepdeck.text.cleaning import clean_line

NEW_FILE = 0o666
"""Mode of a new file before the learner's umask: decks are made to be shared."""


class FileUnwritable(PrepdeckError):
    """A file that cannot be written; what was there is still there."""

    code = "file-unwritable"
    exit_status = 3


class FileChanged(FileUnwritable):
    """Another program wrote the file since it was read."""

    code = "file-changed"


class FileExists(FileUnwritable):
    """There is a file of that name already."""

    code = "file-exists"
    exit_status = 2


def replace_file(path: Path, data: bytes, *, expected: bytes) -> None:
    """Put `data` into a file that holds `expected`; a link stays a link, and the file keeps its mode.

    Raises:
        FileChanged: When the file holds something else by now.
        FileUnwritable: When it cannot be written.
    """
    target = Path(os.path.realpath(path))
    try:
        mode = stat.S_IMODE(target.stat().st_mode)
        temporary = _write_beside(target, data, mode)
        try:
            if target.read_bytes() != expected:
                raise FileChanged(
                    f"{clean_line(str(path))} was changed by another program meanwhile; it is left as it is",
                    "save it there, then run the command again",
                )
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(target.parent)
    except OSError as error:
        raise _unwritable(path, error) from error


def create_file(path: Path, data: bytes) -> None:
    """Make a file that is not there yet.

    Raises:
        FileExists: When something of that name is there.
        FileUnwritable: When it cannot be written.
    """
    try:
        # The mode is set while the file is made, so that the umask is the system's own affair.
        temporary = _write_beside(path, data, None)
        try:
            _link(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except FileExistsError as error:
        shown = clean_line(str(path))
        raise FileExists(f"{shown} is there already; it is left as it is", "choose another name") from error
    except OSError as error:
        raise _unwritable(path, error) from error


def _write_beside(target: Path, data: bytes, mode: int | None) -> Path:
    """Write a hidden file beside `target`, down to the disk; deck folders pass over hidden files."""
    temporary = target.with_name(f".{target.name[:200]}.{secrets.token_hex(6)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, NEW_FILE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            if mode is not None:
                temporary.chmod(mode)
            os.fsync(file.fileno())
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _link(temporary: Path, path: Path) -> None:
    """Give a file its name unless that is taken; some disks have no links, and there a rename has to do."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(path):
            raise FileExistsError from None
        temporary.replace(path)


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # not every system lets a folder be opened
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _unwritable(path: Path, error: OSError) -> FileUnwritable:
    reason = (error.strerror or "the disk refused").lower()
    return FileUnwritable(f"{clean_line(str(path))} cannot be written: {reason}", "check the folder's permissions")
