"""The data folders that travel with the program: `decks` and `migrations`."""

from __future__ import annotations

from pathlib import Path

import prepdeck


def bundled_folder(name: str) -> Path:
    """Return the folder `decks` or `migrations`: inside the installed package, else in the checkout beside it.

    Raises:
        FileNotFoundError: When the installation is incomplete.
    """
    package = Path(prepdeck.__file__).resolve().parent
    installed = package / "_bundled" / name
    if installed.is_dir():
        return installed
    checkout = package.parent / name
    if checkout.is_dir() and (package.parent / "pyproject.toml").is_file():
        return checkout
    message = f"prepdeck's own folder {name!r} is missing; install prepdeck again"
    raise FileNotFoundError(message)
