"""One fault in a deck file: where it is, what it is, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from prepdeck.deckfile.splicing import Splice


class Severity(Enum):
    """How much a problem costs the learner."""

    ERROR = "error"
    """A card, a field or the file is left out."""
    WARNING = "warning"
    """Everything is read, but probably not as meant."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault at one place of a deck file; problems sort by place."""

    path: str
    """The file, as it was given."""
    line: int
    """Line, from 1."""
    column: int
    """First character of the fault, from 1."""
    end_column: int
    """One past its last character in the same line; always greater than `column`."""
    code: str
    """Stable name of the kind of fault, a key of `prepdeck.deckfile.codes.CODES`."""
    severity: Severity
    """Error or warning."""
    message: str
    """What is wrong, in one sentence."""
    label: str
    """A few words to stand beside the carets."""
    known: tuple[str, ...] = ()
    """What could have been written, or nothing."""
    help: str | None = None
    """What to write instead, or None."""
    fix: Splice | None = None
    """The edit of the file's text that `lint --fix` makes, within one line; None when the reader is not sure of one."""

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Problem):
            return NotImplemented
        return self._order() < other._order()

    def _order(self) -> tuple[str, int, int, int, str, str]:
        return (self.path, self.line, self.column, self.end_column, self.code, self.message)


def unreadable(path: str, message: str, help: str | None) -> Problem:  # noqa: A002 - the word the JSON shape uses
    """Return the problem of a file that could not be opened at all."""
    return Problem(
        path=path,
        line=1,
        column=1,
        end_column=2,
        code="E001",
        severity=Severity.ERROR,
        message=message,
        label="cannot be opened",
        help=help or "check the file's name, kind and permissions",
    )
