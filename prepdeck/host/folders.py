"""Where prepdeck keeps its files on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from prepdeck.errors import StoreReadOnly, UsageError

HOME_VARIABLE = "PREPDECK_HOME"
"""Environment variable that puts everything into one folder."""
PRIVATE_FOLDER = 0o700
"""Mode of every folder prepdeck makes: history is private."""
PRIVATE_FILE = 0o600
"""Mode of every file prepdeck makes."""


@dataclass(frozen=True, slots=True)
class Folders:
    """The folders and files of one learner."""

    data: Path
    """Holds the database, own decks and backups."""
    settings_file: Path
    """`config.toml`."""
    state: Path
    """Holds the log and the chosen theme."""

    @property
    def database(self) -> Path:
        """The database, unless `--db` names another."""
        return self.data / "prepdeck.db"

    @property
    def decks(self) -> Path:
        """The learner's own decks."""
        return self.data / "decks"

    @property
    def backups(self) -> Path:
        """Copies of the database."""
        return self.data / "backups"

    @property
    def mocks(self) -> Path:
        """Debriefs of mocks, as Markdown and JSON."""
        return self.data / "mocks"

    @property
    def log(self) -> Path:
        """Where a crash is written down."""
        return self.state / "prepdeck.log"

    @property
    def theme_file(self) -> Path:
        """The theme chosen with a key."""
        return self.state / "theme"


def find_folders(home: Path | None, environment: Mapping[str, str]) -> Folders:
    """Return the folders to use: under `home`, else under `PREPDECK_HOME`, else the platform's own; makes none.

    Raises:
        UsageError: When the home is a file.
    """
    chosen = home or _path_of(environment.get(HOME_VARIABLE, ""))
    if chosen is not None:
        chosen = Path(os.path.abspath(chosen.expanduser()))  # noqa: PTH100 - resolve() would follow links
        if chosen.exists() and not chosen.is_dir():
            raise UsageError(f"{chosen} is a file, not a folder", "name a folder with --home or PREPDECK_HOME")
        return Folders(data=chosen, settings_file=chosen / "config.toml", state=chosen)
    return Folders(
        data=_platform_folder("data", environment),
        settings_file=_platform_folder("config", environment) / "config.toml",
        state=_platform_folder("state", environment),
    )


def _path_of(text: str) -> Path | None:
    return Path(text) if text.strip() else None


def _platform_folder(purpose: str, environment: Mapping[str, str]) -> Path:
    given = environment.get(f"XDG_{purpose.upper()}_HOME", "")
    if given and Path(given).is_absolute() and sys.platform != "win32":
        return Path(given) / "prepdeck"
    import platformdirs

    return {
        "data": platformdirs.user_data_path,
        "config": platformdirs.user_config_path,
        "state": platformdirs.user_state_path,
    }[purpose]("prepdeck", appauthor=False)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter; one that exists keeps its mode.

    Raises:
        StoreReadOnly: When it cannot be made.
    """
    try:
        missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
        for parent in reversed(missing):
            parent.mkdir(mode=PRIVATE_FOLDER, exist_ok=True)
    except OSError as error:
        raise StoreReadOnly(
            f"the folder {folder} cannot be made: {error.strerror}",
            "check its permissions, or name another with --home",
        ) from error
    if not folder.is_dir():
        raise StoreReadOnly(f"{folder} is not a folder", "move that file away, or name another folder with --home")


def write_private_file(path: Path, text: str) -> None:
    """Write a small text file whole or not at all, readable by its owner only.

    Raises:
        OSError: When it cannot be written; the old file stays.
    """
    make_private_folder(path.parent)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
