"""Spans broken into lines at spaces, by cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from unicodedata import category

from prepdeck.text.cells import cell_width, clusters, split_cells
from prepdeck.text.spans import Ink, Span

GLUED = 24
"""Formulas, code and gaps up to this many cells are not broken at their own spaces."""

LOOSE = 12
"""The same where room is scarce: in the columns of a table."""

_WHOLE = frozenset({Ink.MATH, Ink.CODE, Ink.GAP, Ink.FILLED})
_NEVER_FIRST = frozenset({"Pe", "Pf", "Po"})
_NEVER_LAST = frozenset({"Ps", "Pi"})
_PARTS = re.compile(r" +|[^ ]+")

Piece: TypeAlias = tuple[str, Span]
"""A stretch of text and the span whose look it has."""


@dataclass(slots=True)
class _Word:
    """What must stay on one line, made of one piece or several."""

    pieces: list[Piece]
    """From left to right."""
    space: Piece | None
    """The space before it, lost at a line's start."""

    @property
    def text(self) -> str:
        """What is read."""
        return "".join(text for text, _ in self.pieces)


def _unspaced(text: str) -> Iterator[str]:
    """Yield `text` cut where a line may end without a space: around the wide characters of Chinese and Japanese."""
    if cell_width(text) <= len(text):
        yield text
        return
    held, wide_before = "", False
    for cluster in clusters(text):
        wide = cell_width(cluster) > 1
        beside_wide = bool(held) and (wide or wide_before)
        if beside_wide and category(cluster[0]) not in _NEVER_FIRST and category(held[-1]) not in _NEVER_LAST:
            yield held
            held = ""
        held += cluster
        wide_before = wide
    yield held


def _words(spans: Iterable[Span], width: int) -> Iterator[_Word]:
    """Yield the words of `spans`."""
    pieces: list[Piece] = []
    space: Piece | None = None
    for span in spans:
        if span.ink in _WHOLE and cell_width(span.text) <= min(GLUED, width):
            pieces.append((span.text, span))
            continue
        for part in _PARTS.findall(span.text):
            if part[0] != " ":
                first, *others = _unspaced(part)
                pieces.append((first, span))
                for other in others:
                    yield _Word(pieces, space)
                    pieces, space = [(other, span)], None
                continue
            if pieces:
                yield _Word(pieces, space)
                pieces, space = [], None
            space = space or (part if span.ink in _WHOLE else " ", span)
    if pieces:
        yield _Word(pieces, space)


def longest_word(spans: Sequence[Span]) -> int:
    """Return the cells of the widest word, which is what a column must have to break none."""
    return max((cell_width(word.text) for word in _words(spans, LOOSE)), default=0)


def merge(pieces: Iterable[Piece]) -> tuple[Span, ...]:
    """Return the pieces as spans, neighbours of one look joined."""
    runs: list[tuple[list[str], Span]] = []
    for text, look in pieces:
        if runs and runs[-1][1].looks_like(look):
            runs[-1][0].append(text)
        elif text:
            runs.append(([text], look))
    return tuple(look.reading("".join(texts)) for texts, look in runs)


@dataclass(slots=True)
class _Page:
    """Lines being filled."""

    width: int
    """Cells of a line."""
    lines: list[tuple[Span, ...]]
    """Finished lines."""
    pieces: list[Piece]
    """The line being filled."""
    used: int = 0
    """Cells taken in it."""

    def turn(self) -> None:
        """Finish the line."""
        self.lines.append(merge(self.pieces))
        self.pieces, self.used = [], 0

    def put(self, word: _Word) -> None:
        """Set a word, on a new line when it does not fit."""
        size = cell_width(word.text)
        space = word.space if self.pieces else None
        gap = len(space[0]) if space else 0
        if self.pieces and self.used + gap + size > self.width:
            self.turn()
            space, gap = None, 0
        if space:
            self.pieces.append(space)
            self.used += gap
        if self.used + size <= self.width:
            self.pieces += word.pieces
            self.used += size
            return
        for piece, look in word.pieces:
            self._chop(piece, look)

    def _chop(self, text: str, look: Span) -> None:
        """Set a piece that is longer than a line, cut wherever the line ends."""
        if self.used >= self.width:
            self.turn()
        for number, chunk in enumerate(split_cells(text, self.width, first=self.width - self.used)):
            size = cell_width(chunk)
            if self.pieces and (number or self.used + size > self.width):
                self.turn()
            self.pieces.append((chunk, look))
            self.used += size


def wrap(spans: Sequence[Span], width: int) -> list[tuple[Span, ...]]:
    """Return `spans` as lines of at most `width` cells; runs of spaces in prose are one.

    Only a single character wider than `width` can make a line wider.
    """
    page = _Page(max(width, 1), [], [])
    for word in _words(spans, max(width, 1)):
        page.put(word)
    if page.pieces:
        page.turn()
    return page.lines
