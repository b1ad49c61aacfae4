"""Everything that can go wrong, said so that a learner can act on it.

    PrepdeckError
    ├── UsageError            wrong words on the command line, or no terminal
    │   └── AnswerRefused     a review that cannot be recorded as asked
    ├── SettingsError         a setting that cannot be used
    ├── NotFound              no such deck or card
    │   └── Ambiguous         more than one card fits
    └── StoreError            the database cannot be used now
        ├── StoreLocked       another program holds it
        ├── StoreNewer        a newer prepdeck wrote it
        ├── StoreDamaged      it is not whole
        ├── StoreReadOnly     it cannot be written
        ├── StoreFull         the disk has no room
        └── StoreMoved        the file was moved or deleted while open

A deck with faults is not an exception: it is a list of problems (`prepdeck.deckfile.problem`).
"""

from __future__ import annotations

from typing import ClassVar


class PrepdeckError(Exception):
    """An error with a message for people, and a next step.

    Args:
        message: One sentence: what happened, and where.
        help: The next step, or None when the message already says it.
    """

    code: ClassVar[str] = "error"
    """Stable name of the kind of error, as printed under `--json`."""

    exit_status: ClassVar[int] = 2
    """What the program exits with when this error ends it."""

    def __init__(self, message: str, help: str | None = None) -> None:  # noqa: A002 - the word the JSON shape uses
        super().__init__(message)
        self.message = message
        """One sentence: what happened, and where."""
        self.help = help
        """The next step, or None."""

    def __str__(self) -> str:
        return self.message


class UsageError(PrepdeckError):
    """The command cannot be carried out as written."""

    code = "usage"


class AnswerRefused(UsageError):
    """A review that cannot be recorded as asked, such as one before the card's last review."""

    code = "answer-refused"


class SettingsError(PrepdeckError):
    """A setting or settings file that cannot be used."""

    code = "settings"
    exit_status = 3


class NotFound(PrepdeckError):
    """No deck or card has that name."""

    code = "not-found"
    exit_status = 4


class Ambiguous(NotFound):
    """More than one card fits the words given."""

    code = "ambiguous"


class StoreError(PrepdeckError):
    """The database cannot be used now; nothing was changed."""

    code = "store"
    exit_status = 5


class StoreLocked(StoreError):
    """Another program holds the database."""

    code = "store-locked"


class StoreNewer(StoreError):
    """A newer prepdeck wrote the database."""

    code = "store-newer"


class StoreDamaged(StoreError):
    """The database is not whole; it was left as it is."""

    code = "store-damaged"


class StoreReadOnly(StoreError):
    """The database or its folder cannot be written."""

    code = "store-read-only"


class StoreFull(StoreError):
    """The disk has no room; nothing was stored."""

    code = "store-full"


class StoreMoved(StoreError):
    """The database file was moved, replaced or deleted while it was open."""

    code = "store-moved"
