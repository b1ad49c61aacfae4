"""What options, environment and settings come to, before anything is opened."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from prepdeck.errors import UsageError
from prepdeck.host.bundled import bundled_folder
from prepdeck.host.clock import Clock, clock_of
from prepdeck.host.folders import Folders, find_folders
from prepdeck.host.settings import Settings, read_settings
from prepdeck.store.address import database_path
from prepdeck.study.options import Options

DATABASE_VARIABLE = "PREPDECK_DB"
"""Environment variable that names the database as a SQLite URL."""
DECKS_VARIABLE = "PREPDECK_DECKS"
"""Environment variable that names more deck paths, separated as PATH is."""
NO_BUNDLED_VARIABLE = "PREPDECK_NO_BUNDLED"
"""Environment variable that leaves the bundled decks out."""


@dataclass(frozen=True, slots=True)
class Root:
    """A place where decks are looked for."""

    path: Path
    """A folder or a file."""
    source: str
    """`bundled`, `own` or `extra`."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Clock, folders, settings and places of one run."""

    clock: Clock
    """What tells the time."""
    folders: Folders
    """Where files are kept."""
    settings: Settings
    """What the learner chose."""
    setting_sources: Mapping[str, str]
    """Where each setting that is no default came from."""
    database: str | None
    """A SQLite URL, or None for the database in the data folder."""
    roots: tuple[Root, ...]
    """Where decks are looked for: bundled, own, more; a later one wins."""


def look_around(options: Options, environment: Mapping[str, str] | None = None) -> Surroundings:
    """Return the surroundings of this run; makes and opens nothing.

    Raises:
        UsageError: When a named path does not exist or the clock is set wrong.
    """
    environment = os.environ if environment is None else environment
    folders = find_folders(options.home, environment)
    settings, sources = read_settings(folders, environment)
    return Surroundings(
        clock=clock_of(environment),
        folders=folders,
        settings=settings,
        setting_sources=sources,
        database=options.database or environment.get(DATABASE_VARIABLE, "").strip() or None,
        roots=_roots(options, environment, folders, settings),
    )


def _roots(options: Options, environment: Mapping[str, str], folders: Folders, settings: Settings) -> tuple[Root, ...]:
    roots = []
    if not environment.get(NO_BUNDLED_VARIABLE, "").strip():
        roots.append(Root(bundled_folder("decks"), "bundled"))
    if folders.decks.is_dir():
        roots.append(Root(folders.decks, "own"))
    given = options.decks
    if not given:
        listed = environment.get(DECKS_VARIABLE, "").split(os.pathsep)
        given = tuple(Path(part).expanduser() for part in listed if part.strip()) or settings.decks
    for path in given:
        if not path.exists():
            raise UsageError(f"no deck file or folder {path}", "check --decks, PREPDECK_DECKS or the setting decks")
        roots.append(Root(path, "extra"))
    return tuple(roots)


def store_path(surroundings: Surroundings) -> Path:
    """Return the file of the database."""
    return database_path(surroundings.database) if surroundings.database else surroundings.folders.database
