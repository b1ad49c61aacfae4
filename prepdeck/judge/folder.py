"""The temporary folder of a run, and how it is removed whatever was left in it."""

from __future__ import annotations

from contextlib import suppress
from itertools import count
from pathlib import Path


def remove(folder: Path) -> None:
    """Remove a folder that may hold unreadable folders and paths too long to name; links are not followed."""
    with suppress(OSError):
        _empty(folder)
        folder.rmdir()


def _empty(folder: Path) -> None:
    """Empty a folder by moving what lies in its folders up into it, so that no path grows long."""
    numbers = count()
    while found := list(folder.iterdir()):
        for path in found:
            if path.is_symlink() or not path.is_dir():
                path.unlink()
                continue
            path.chmod(0o700)
            for inner in list(path.iterdir()):
                if not inner.is_symlink() and inner.is_dir():
                    inner.chmod(0o700)  # a folder is moved only by who may write into it
                inner.rename(folder / f".prepdeck-{next(numbers)}")
            path.rmdir()
