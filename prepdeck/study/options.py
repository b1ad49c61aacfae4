"""What was asked for on the command line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """Flags that win over the environment and the settings; None or empty leaves the choice to those."""

    home: Path | None = None
    """One folder for data, settings and backups (`--home`)."""
    decks: tuple[Path, ...] = ()
    """More deck files or folders (`--decks`)."""
    database: str | None = None
    """A SQLite URL (`--db`)."""
