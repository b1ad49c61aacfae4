"""Small tables of aligned columns."""

from __future__ import annotations

from collections.abc import Sequence

from prepdeck.text.cells import cell_width
from prepdeck.text.cleaning import clean_line

GAP = "  "
"""Between two columns."""


def draw_columns(rows: Sequence[Sequence[str]], *, right: frozenset[int] = frozenset()) -> list[str]:
    """Return rows as lines of aligned columns, every cell cleaned.

    Args:
        rows: Cells; every row has as many.
        right: Positions of the columns that are aligned to the right, as numbers are.
    """
    cleaned = [[clean_line(cell) for cell in row] for row in rows]
    widths = [max(cell_width(cell) for cell in column) for column in zip(*cleaned, strict=True)]
    return [
        GAP.join(
            _pad(cell, width, right=index in right) for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in cleaned
    ]


def _pad(cell: str, width: int, *, right: bool) -> str:
    blank = " " * (width - cell_width(cell))
    return blank + cell if right else cell + blank
