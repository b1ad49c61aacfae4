"""Laid-out text: lines of spans, each with the ink it is drawn in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from prepdeck.text.cells import cell_width


class Ink(Enum):
    """What a stretch of text is; a face chooses the colour."""

    PLAIN = "plain"
    HEADING = "heading"
    CODE = "code"
    MATH = "math"
    LINK = "link"
    QUOTE = "quote"
    BULLET = "bullet"
    RULE = "rule"
    MUTED = "muted"
    KEYWORD = "keyword"
    NAME = "name"
    STRING = "string"
    NUMBER = "number"
    COMMENT = "comment"
    OPERATOR = "operator"
    GAP = "gap"
    """A gap of a cloze text that is still closed."""
    FILLED = "filled"
    """A gap of a cloze text that is open."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one ink; holds no control character, no line end and no tab."""

    text: str
    """What is read."""
    ink: Ink = Ink.PLAIN
    """What it is."""
    strong: bool = False
    """Whether it is drawn bold."""
    emphasis: bool = False
    """Whether it is drawn italic."""
    strike: bool = False
    """Whether it is struck through."""

    def reading(self, text: str) -> Span:
        """Return a span of the same look with other text; `dataclasses.replace` takes ten times as long."""
        return self if text == self.text else Span(text, self.ink, self.strong, self.emphasis, self.strike)

    def looks_like(self, other: Span) -> bool:
        """Return whether both are drawn alike."""
        return self is other or (
            self.ink is other.ink
            and self.strong == other.strong
            and self.emphasis == other.emphasis
            and self.strike == other.strike
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands on the screen; without spans it is blank."""

    spans: tuple[Span, ...] = ()
    """From left to right."""
    preformatted: bool = False
    """Whether it may be wider than was asked for: code and wide tables scroll sideways instead of wrapping."""

    @property
    def text(self) -> str:
        """What is read, without inks."""
        return "".join(span.text for span in self.spans)

    @property
    def width(self) -> int:
        """How many cells it takes."""
        return cell_width(self.text)
