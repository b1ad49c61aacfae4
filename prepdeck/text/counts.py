"""Numbers with their words."""

from __future__ import annotations


def counted(count: int, word: str) -> str:
    """Return a count with its word, `1 card` or `3 cards`."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
