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


def rows_of(latex: str, gaps: Mapping[str, str | None] | None = None) -> tuple[str, ...] | None:
    """Return a formula's rows as text, or None when it cannot be read.

    Args:
        latex: What stands between the dollars.
        gaps: What stands-in characters mean: the answer of an open gap, None for a closed one. An open gap comes back
            between two of its characters, a closed one as one.
    """
    latex = clean_line(latex)
    if len(latex) > LONGEST or _depth(latex) > DEEPEST:
        return None
    from prepdeck.text.formulas import read_rows  # noqa: PLC0415 - loads pylatexenc
    from prepdeck.text.nodes import UnreadableFormulaError  # noqa: PLC0415 - loads pylatexenc

    try:
        return read_rows(latex, gaps or {})
    except UnreadableFormulaError:
        return None


@lru_cache(maxsize=2048)
def to_unicode(latex: str) -> str:
    r"""Return a formula as one line of Unicode, `\frac{a}{b}` as `a/b`; the source when it cannot be read.

    Rows of an aligned formula are divided by semicolons. The result holds no control character and no line end.
    """
    if _PLAIN.fullmatch(latex):
        return latex
    rows = rows_of(latex)
    return clean_line(latex) if rows is None else "; ".join(rows)
