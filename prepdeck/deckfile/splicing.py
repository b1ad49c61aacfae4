"""Edits of a text that leave everything around them as it is, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """One stretch of a text and what stands there instead."""

    start: int
    """Index of the first character that goes."""
    end: int
    """Index one past the last character that goes; equal to `start` when nothing does."""
    text: str
    """What is put there."""

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            message = f"a splice from {self.start} to {self.end}"
            raise ValueError(message)

    def overlaps(self, other: Splice) -> bool:
        """Tell whether both touch the same characters, or put text at the same place."""
        if self.start == other.start:
            return True
        first, second = sorted((self, other))
        return second.start < first.end


def spliced(text: str, splices: Iterable[Splice]) -> str:
    """Return `text` with every splice made; indexes mean the text as it was.

    Raises:
        ValueError: When two splices overlap or one ends behind the text.
    """
    pieces: list[str] = []
    position = 0
    last: Splice | None = None
    for splice in sorted(splices):
        if splice.end > len(text) or (last is not None and splice.overlaps(last)):
            message = f"the splice {splice} does not fit"
            raise ValueError(message)
        pieces.extend((text[position : splice.start], splice.text))
        position, last = splice.end, splice
    return "".join((*pieces, text[position:]))
