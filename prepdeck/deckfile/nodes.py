"""What a deck file is made of before fields have meaning: texts, lists and tables with their places.

Named tuples instead of frozen dataclasses: a deck of ten thousand cards makes a hundred thousand of them, and a
frozen dataclass takes three times as long to build.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Scalar(NamedTuple):
    """A text as the author wrote it."""

    text: str
    """Its characters, with escapes and folding resolved."""
    start: int
    """Index of its first character in the source, the quote or block sign included."""
    end: int
    """Index one past its last character in the source."""
    style: str
    """Empty for unquoted text, else the quote or block sign it is written with."""


class Listing(NamedTuple):
    """Entries in order."""

    items: list[Node]
    """The entries."""
    start: int
    """Index of its first character in the source."""
    end: int
    """Index one past its last character in the source."""


class Table(NamedTuple):
    """Values by key, in order."""

    entries: dict[str, Node]
    """Value by key; a repeated key holds its first value."""
    start: int
    """Index of its first character in the source."""
    end: int
    """Index one past its last character in the source."""
    line: int
    """Line of its first character, from 1."""
    key_starts: list[int]
    """Index of the first character of each key, in the order of `entries`."""
    repeated: tuple[str, ...]
    """Keys that were written more than once."""

    def key(self, name: str) -> Scalar:
        """Return the key `name` with its place; keys get no value of their own, being half of a deck."""
        start = self.key_starts[list(self.entries).index(name)]
        return Scalar(name, start, start + len(name), "")


class Refused(NamedTuple):
    """A value that was already reported as a problem and has no meaning."""

    start: int
    """Index of its first character in the source."""
    end: int
    """Index one past its last character in the source."""


Node: TypeAlias = "Scalar | Listing | Table | Refused"
"""A value of a deck file."""
