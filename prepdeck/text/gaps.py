"""Gaps of a cloze text: planted as stand-in characters before reading, put back after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from prepdeck.text.cleaning import clean


class GapLike(Protocol):
    """What any gap has, whichever room it comes from."""

    @property
    def number(self) -> int:
        """Order in which it opens, from 1."""

    @property
    def answer(self) -> str:
        """What is hidden, Markdown."""

    @property
    def hint(self) -> str | None:
        """Shown in the gap while it is closed."""


@dataclass(frozen=True, slots=True)
class GapText:
    """A gap of a cloze text."""

    number: int
    """Order in which it opens, from 1; gaps with the same number open together."""
    answer: str
    """What is hidden, Markdown."""
    hint: str | None = None
    """Shown in the gap while it is closed."""


_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Gaps:
    """Stand-ins, each a character that no text around it holds, and what they stand for."""

    answers: Mapping[str, str | None] = field(default_factory=dict)
    """The answer of an open gap, None for a closed one."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """Markdown of the hint, where there is one."""
    pattern: re.Pattern[str] = _NOTHING
    """Matches any stand-in."""

    def cut(self, text: str) -> Iterator[tuple[str, str | None]]:
        """Yield stretches of plain text with None, and each stand-in's answer with the stand-in."""
        if not self.answers:
            yield text, None
            return
        place = 0
        for match in self.pattern.finditer(text):
            if match.start() > place:
                yield text[place : match.start()], None
            yield self.answers[match[0]] or "", match[0]
            place = match.end()
        if place < len(text):
            yield text[place:], None

    def spell_out(self, text: str) -> str:
        """Return `text` with open gaps filled in and closed ones as `[ ... ]`, where no ink can tell them apart."""
        return self.pattern.sub(lambda match: self.answers[match[0]] or "[ ... ]", text)


NO_GAPS = Gaps()
"""For texts that are no cloze."""


def plant(pieces: Sequence[str | GapLike], opened: int) -> tuple[str, Gaps]:
    """Return the text with a stand-in for each gap, and the gaps; those with numbers up to `opened` are open."""
    gaps = [piece for piece in pieces if not isinstance(piece, str)]
    used = set().union(*(piece if isinstance(piece, str) else piece.answer + (piece.hint or "") for piece in pieces))
    private = chain(range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))
    free = (chr(code) for code in private if chr(code) not in used)
    answers: dict[str, str | None] = {}
    hints: dict[str, str] = {}
    source = ""
    for piece in pieces:
        if isinstance(piece, str):
            source += clean(piece)
            continue
        stand_in = next(free)
        answers[stand_in] = clean(piece.answer) if piece.number <= opened else None
        if piece.hint:
            hints[stand_in] = clean(piece.hint)
        source += stand_in
    pattern = re.compile(f"[{''.join(answers)}]") if gaps else _NOTHING
    return source, Gaps(answers, hints, pattern)
