"""LaTeX maths as one line of Unicode: pylatexenc reads it, the rendering is ours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from prepdeck.text.cleaning import clean_line

LONGEST = 4000
"""Characters of a formula that are still read; longer ones are shown as their source."""

DEEPEST = 40
"""Braces and brackets inside each other that are still followed."""

_PLAIN = re.compile(r"[A-Za-z0-9.]*")


def _depth(latex: str) -> int:
    """Return how deep braces and environments nest at most."""
    deepest = depth = 0
    for mark in re.findall(r"\\begin|\\end|[{}]", latex):
        depth += 1 if mark in {"{", r"\begin"} else -1
        deepest = max(deepest, depth)
    return deepest


@lru_cache(maxsize=2048)
def _rows_without_gaps(latex: str) -> tuple[str, ...] | None:
    """Return `rows_of` for a formula without gaps; the same ones come back with every card."""
    return _read(latex, {})


def _read(latex: str, gaps: Mapping[str, str | None]) -> tuple[str, ...] | None:
    """Return the rows of a formula, or None when it cannot be read or nothing of it can be seen."""
    if _PLAIN.fullmatch(latex):
        return (latex,)
    latex = clean_line(latex)
    if len(latex) > LONGEST or _depth(latex) > DEEPEST:
        return None
    from prepdeck.text.formulas import read_rows  # noqa: PLC0415 - loads pylatexenc
    from prepdeck.text.nodes import UnreadableFormulaError  # noqa: PLC0415 - loads pylatexenc

    try:
        rows = read_rows(latex, gaps)
    except (UnreadableFormulaError, RecursionError):  # hundreds of macros in a row, each waiting for the next
        return None
    rows = tuple(map(clean_line, rows))  # accents on accents pile up
    return rows if any(rows) else None


def rows_of(latex: str, gaps: Mapping[str, str | None] | None = None) -> tuple[str, ...] | None:
    """Return a formula's rows as text, or None when it cannot be read.

    Args:
        latex: What stands between the dollars.
        gaps: What stand-in characters mean: the answer of an open gap, None for a closed one. An open gap comes back
            between two of its characters, a closed one as one.
    """
    return _read(latex, gaps) if gaps else _rows_without_gaps(latex)


def to_unicode(latex: str) -> str:
    r"""Return a formula as one line of Unicode, `\frac{a}{b}` as `a/b`; the source when it cannot be read.

    Rows of an aligned formula are divided by semicolons. The result holds no control character and no line end.
    """
    rows = rows_of(latex)
    return clean_line(latex) if rows is None else "; ".join(rows)
