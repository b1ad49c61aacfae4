"""Rows: what a widget draws, line by line, apart from any library that puts it on the screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from prepdeck.text.cells import cell_width, clusters, shorten
from prepdeck.text.cleaning import clean_line
from prepdeck.text.spans import Ink, Line


class Tone(Enum):
    """What a stretch of text is; the palette chooses the colour."""

    TEXT = "text"
    MUTED = "muted"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    ACCENT = "accent"
    SUCCESS = "success"
    ERROR = "error"
    RULE = "rule"
    HEAT_1 = "heat-1"
    HEAT_2 = "heat-2"
    HEAT_3 = "heat-3"
    HEAT_4 = "heat-4"
    BUTTON = "button"
    FILLED = "filled"
    GAP = "gap"
    HEADING = "heading"
    CODE = "code"
    MATH = "math"
    LINK = "link"
    QUOTE = "quote"
    KEYWORD = "keyword"
    NAME = "name"
    STRING = "string"
    NUMBER = "number"
    COMMENT = "comment"
    OPERATOR = "operator"


class Ground(Enum):
    """What a whole row lies on."""

    NONE = "none"
    CURSOR = "cursor"
    CODE = "code"


INK_TONES = {
    Ink.PLAIN: Tone.TEXT,
    Ink.HEADING: Tone.HEADING,
    Ink.CODE: Tone.CODE,
    Ink.MATH: Tone.MATH,
    Ink.LINK: Tone.LINK,
    Ink.QUOTE: Tone.QUOTE,
    Ink.BULLET: Tone.PRIMARY,
    Ink.RULE: Tone.RULE,
    Ink.MUTED: Tone.MUTED,
    Ink.KEYWORD: Tone.KEYWORD,
    Ink.NAME: Tone.NAME,
    Ink.STRING: Tone.STRING,
    Ink.NUMBER: Tone.NUMBER,
    Ink.COMMENT: Tone.COMMENT,
    Ink.OPERATOR: Tone.OPERATOR,
    Ink.GAP: Tone.GAP,
    Ink.FILLED: Tone.FILLED,
}
"""How each ink of laid-out text is toned."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one row in one tone."""

    text: str
    """What is read."""
    tone: Tone = Tone.TEXT
    """What it is."""
    strong: bool = False
    """Whether it is bold."""
    emphasis: bool = False
    """Whether it is italic."""
    strike: bool = False
    """Whether it is struck through."""
    target: str | None = None
    """What a click on it starts."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a widget."""

    pieces: tuple[Piece, ...] = ()
    """From left to right."""
    ground: Ground = Ground.NONE
    """What it lies on, over its whole width."""
    sideways: bool = False
    """Whether it scrolls sideways instead of being cut."""
    target: str | None = None
    """What a click anywhere on it starts."""

    @property
    def text(self) -> str:
        """What is read."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def width(self) -> int:
        """How many cells it takes."""
        return sum(cell_width(piece.text) for piece in self.pieces)

    def target_at(self, x: int) -> str | None:
        """Return what a click on the cell `x` starts."""
        for piece in self.pieces:
            size = cell_width(piece.text)
            if x < size:
                return piece.target or self.target
            x -= size
        return self.target


def row(*parts: Piece | str, ground: Ground = Ground.NONE, target: str | None = None) -> Row:
    """Return a row of our own words."""
    pieces = tuple(Piece(part) if isinstance(part, str) else part for part in parts)
    return Row(pieces, ground, target=target)


def muted(text: str) -> Piece:
    """Return a stretch in the quiet tone."""
    return Piece(text, Tone.MUTED)


def strong(text: str, tone: Tone = Tone.TEXT) -> Piece:
    """Return a bold stretch."""
    return Piece(text, tone, strong=True)


def foreign(text: str, tone: Tone = Tone.TEXT, *, bold: bool = False) -> Piece:
    """Return text of a deck, a path or an error on one line, with nothing in it that a terminal obeys."""
    return Piece(clean_line(text), tone, strong=bold)


def line_row(line: Line, *, quiet: bool = False, strike: bool = False) -> Row:
    """Return a laid-out line as a row; `quiet` mutes its plain text."""
    pieces = tuple(
        Piece(
            span.text,
            Tone.MUTED if quiet and span.ink is Ink.PLAIN else INK_TONES[span.ink],
            strong=span.strong or span.ink is Ink.HEADING,
            emphasis=span.emphasis,
            strike=span.strike or strike,
        )
        for span in line.spans
    )
    is_code = line.preformatted
    return Row(pieces, Ground.CODE if is_code else Ground.NONE, sideways=is_code)


def wrap(text: str, width: int) -> list[str]:
    """Return words on lines of at most `width` cells, broken between words where that is possible."""
    lines: list[str] = []
    held = ""
    for word in clean_line(text).split(" "):
        candidate = f"{held} {word}" if held else word
        if cell_width(candidate) <= width:
            held = candidate
            continue
        if held:
            lines.append(held)
        *full, held = _split(word, max(1, width))
        lines.extend(full)
    lines.append(held)
    return lines


def _split(word: str, width: int) -> list[str]:
    parts = [""]
    for cluster in clusters(word):
        if parts[-1] and cell_width(parts[-1] + cluster) > width:
            parts.append("")
        parts[-1] += cluster
    return parts


def fit(line: Row, width: int, ellipsis: str = "…") -> Row:
    """Return a row cut to `width` cells, with a sign where something was cut."""
    if line.width <= width:
        return line
    kept: list[Piece] = []
    left = width
    for piece in line.pieces:
        size = cell_width(piece.text)
        if size < left:
            kept.append(piece)
            left -= size
            continue
        kept.append(replace(piece, text=_cut(piece.text, left, ellipsis)))
        break
    return replace(line, pieces=tuple(kept))


def _cut(text: str, width: int, ellipsis: str) -> str:
    """Return `text` with the last of its `width` cells given to the ellipsis, for something always follows."""
    short = shorten(text + ellipsis * 2, width, ellipsis=ellipsis)
    return short or ellipsis[:width]


def spread(left: Row, right: Row, width: int, ellipsis: str = "…") -> Row:
    """Return two rows on one line, the second at the right edge; the first one gives way."""
    right = fit(right, width, ellipsis)
    room = max(0, width - right.width - 1)
    left = fit(left, room, ellipsis) if room else Row()
    gap = max(0, width - left.width - right.width)
    return replace(left, pieces=(*left.pieces, Piece(" " * gap), *right.pieces))


def centred(line: Row, width: int) -> Row:
    """Return a row with spaces before it, so that it stands in the middle."""
    return replace(line, pieces=(Piece(" " * max(0, (width - line.width) // 2)), *line.pieces))


def padded(line: Row, width: int) -> Row:
    """Return a row with spaces behind it up to `width` cells."""
    gap = width - line.width
    return line if gap <= 0 else replace(line, pieces=(*line.pieces, Piece(" " * gap)))


def right_aligned(piece: Piece, width: int) -> Piece:
    """Return a stretch with spaces before it up to `width` cells."""
    return replace(piece, text=" " * max(0, width - cell_width(piece.text)) + piece.text)


def beside(parts: Iterable[Row]) -> Row:
    """Return rows one after the other on one line."""
    return Row(tuple(piece for part in parts for piece in part.pieces))


def texts(lines: Sequence[Row]) -> Iterator[str]:
    """Yield what is read, line by line."""
    for line in lines:
        yield line.text
