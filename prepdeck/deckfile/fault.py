"""A fault before it has a place, and how foreign text is quoted in it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache

from prepdeck.text.cleaning import clean_line

MAX_QUOTED = 40
"""Characters of a deck's text repeated in a message."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong and what to write instead, without a place."""

    code: str
    """A key of `prepdeck.deckfile.codes.CODES`; E is an error, W a warning."""
    message: str
    """What is wrong, in one sentence."""
    label: str
    """A few words to stand beside the carets."""
    known: tuple[str, ...] = ()
    """What could have been written, or nothing."""
    help: str | None = None
    """What to write instead, or None."""
    fix: str | None = None
    """Text that replaces exactly the marked characters, when the reader is sure of it."""
    fix_before: int = 0
    """Characters before the marked ones that `fix` replaces too."""
    fix_after: int = 0
    """Characters after the marked ones that `fix` replaces too."""

    def with_message(self, message: str) -> Fault:
        """Return the same fault told otherwise."""
        return replace(self, message=message)


def quoted(text: str) -> str:
    """Return foreign `text` in double quotes: one line, short, and without anything a terminal obeys."""
    return f'"{plain(text)}"'


def plain(text: str) -> str:
    """Return foreign `text` as `quoted` does, without the quotes."""
    return clean_line(text if len(text) <= MAX_QUOTED else text[: MAX_QUOTED - 3] + "...")


def character_name(character: str) -> str:
    """Return code point and name of a character, such as `U+001B (escape)`."""
    name = _NAMES.get(character) or unicodedata.name(character, "").lower()
    return f"U+{ord(character):04X}" + (f" ({name})" if name else "")


@lru_cache(maxsize=256)
def nearest(word: str, candidates: tuple[str, ...]) -> str | None:
    """Return the candidate that `word` was probably meant to be, or None."""
    if not word or len(word) > MAX_QUOTED:
        return None
    folded = word.strip().lower().replace(" ", "-")
    for candidate in (folded, folded.replace("-", "_"), folded.replace("_", "-")):
        if candidate in candidates:
            return candidate
    close = get_close_matches(folded, candidates, n=1, cutoff=0.6)
    return close[0] if close else None


_NAMES = {
    "\x00": "NUL",
    "\x07": "bell",
    "\x08": "backspace",
    "\x0b": "vertical tab",
    "\x0c": "form feed",
    "\x1b": "escape",
    "\x7f": "delete",
    "\x85": "next line",
    "\ufeff": "byte order mark",
}
