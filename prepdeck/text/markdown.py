"""Markdown as laid-out lines: the room's front door.

Everything that is read for the first time is imported for the first time; `warm_up` does it ahead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from prepdeck.text.cleaning import clean, clean_line
from prepdeck.text.gaps import GapLike, GapText, plant
from prepdeck.text.inlines import Look
from prepdeck.text.spans import Line

__all__ = ["GapLike", "GapText", "inline_line", "lay_out", "lay_out_cloze", "plain_text", "warm_up"]

_NO_MARKS = re.compile(r"[^\\`*_\[\]<>!#~$|&=+\-\d\s][^\\`*_\[\]<>!~$|\n\t]*")


def _lines(source: str, width: int, look: Look) -> tuple[Line, ...]:
    """Return a clean text in lines."""
    from prepdeck.text.blocks import lay_out_blocks  # noqa: PLC0415 - loads the Markdown parser and Pygments

    return tuple(lay_out_blocks(source, width, look))


def lay_out(source: str, width: int, *, raw_math: bool = False, ascii_only: bool = False) -> tuple[Line, ...]:
    """Return Markdown as lines of at most `width` cells; only preformatted lines may be wider.

    Args:
        source: Any text; it is cleaned here, whoever cleaned it before.
        width: Cells of a line; narrow screens never fail, they only look narrow.
        raw_math: Show maths as its LaTeX source.
        ascii_only: Draw bullets, rules and maths in ASCII.
    """
    return _lines(clean(source), width, Look(raw_math=raw_math, ascii_only=ascii_only))


def lay_out_cloze(
    pieces: Sequence[str | GapLike], opened: int, width: int, *, raw_math: bool = False, ascii_only: bool = False
) -> tuple[Line, ...]:
    """Return a text with gaps as lines; gaps with numbers up to `opened` show their answer.

    A gap may stand in a paragraph, list, table, code or formula. See `lay_out` for the rest.
    """
    source, gaps = plant(pieces, opened)
    return _lines(source, width, Look(raw_math=raw_math, ascii_only=ascii_only, gaps=gaps))


def plain_text(source: str, width: int = 80, *, raw_math: bool = False, ascii_only: bool = False) -> str:
    """Return Markdown as plain lines for pipes and screen readers, without a line end behind the last."""
    lines = lay_out(source, width, raw_math=raw_math, ascii_only=ascii_only)
    return "\n".join(line.text.rstrip() for line in lines)


@lru_cache(maxsize=4096)
def inline_line(source: str, *, raw_math: bool = False) -> str:
    """Return a short Markdown text as one plain line: marks dropped, maths converted, white space folded."""
    line = " ".join(clean_line(source).split())
    if "\n" not in source and _NO_MARKS.fullmatch(line):
        return line
    from prepdeck.text.blocks import words_of  # noqa: PLC0415 - loads the Markdown parser

    return " ".join(words_of(clean(source), Look(raw_math=raw_math, addresses=False)).split())


def warm_up() -> None:
    """Load the Markdown parser, the maths reader and Pygments, so that the first card does not wait for them."""
    lay_out("a *b* `c` $\\frac{a}{b}$\n\n```python\nx = 1\n```", 40)
