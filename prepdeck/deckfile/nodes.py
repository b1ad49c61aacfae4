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
    """Keys with values, in order; a repeated key holds its first value."""

    entries: dict[str, Entry]
    """Value by key, and the key with its place."""
    start: int
    """Index of its first character in the source."""
    end: int
    """Index one past its last character in the source."""
    line: int
    """Line of its first character, from 1."""
    repeated: tuple[str, ...]
    """Keys that were written more than once."""


class Refused(NamedTuple):
    """A value that was already reported as a problem and has no meaning."""

    start: int
    """Index of its first character in the source."""
    end: int
    """Index one past its last character in the source."""


Node: TypeAlias = "Scalar | Listing | Table | Refused"
"""A value of a deck file."""

Entry: TypeAlias = tuple[Scalar, Node]
"""A key and its value."""
