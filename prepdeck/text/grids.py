"""Tables drawn with rules, fitted to their cells and to the width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from prepdeck.text.cells import cell_width
from prepdeck.text.grammar import read_inline
from prepdeck.text.inlines import Look, rows_from
from prepdeck.text.spans import Ink, Line, Span
from prepdeck.text.wrapping import longest_word, merge, wrap

COMFORTABLE = 28
"""Cells to which a column may be wrapped even where the table is wider than the screen anyway."""


def _spans_of(source: str, look: Look, *, strong: bool) -> list[Span]:
    """Return a cell's running text; a table has no room for lines of its own inside a cell."""
    spans: list[Span] = []
    for row in rows_from(read_inline(source), look):
        spans += [Span(" "), *row.spans] if spans else row.spans
    return [replace(span, strong=True) for span in spans] if strong else spans


def _fit(natural: Sequence[int], least: Sequence[int], room: int) -> list[int] | None:
    """Return column widths that fill `room` at most, taken from the widest columns first; None when none fit."""
    if sum(least) > room:
        return None
    widths = list(natural)
    while (excess := sum(widths) - room) > 0:
        shrinkable = [column for column, width in enumerate(widths) if width > least[column]]
        widest = max(widths[column] for column in shrinkable)
        top = [column for column in shrinkable if widths[column] == widest]
        below = [widths[column] for column in shrinkable if widths[column] < widest]
        floor = max([*below, *(least[column] for column in top)])
        cut = max(1, min(widest - floor, -(-excess // len(top))))
        for column in top:
            take = min(cut, widths[column] - least[column], excess)
            widths[column] -= take
            excess -= take
    return widths


def _width(spans: Sequence[Span]) -> int:
    """Return the cells that spans take side by side."""
    return sum(cell_width(span.text) for span in spans)


def _padded(spans: tuple[Span, ...], width: int, align: str) -> list[Span]:
    """Return a cell's line with the spaces that align it."""
    free = max(0, width - _width(spans))
    left = {"right": free, "center": free // 2}.get(align, 0)
    return [Span(" " * left), *spans, Span(" " * (free - left))]


def _drawn(cells: Sequence[tuple[Span, ...]], widths: Sequence[int], aligns: Sequence[str], bar: Span) -> Line:
    """Return one screen line of a row."""
    spans: list[Span] = []
    for cell, width, align in zip(cells, widths, aligns, strict=True):
        spans += [*([bar] if spans else []), *_padded(cell, width, align)]
    while spans and not spans[-1].text.strip():
        spans.pop()
    if spans:
        spans[-1] = spans[-1].reading(spans[-1].text.rstrip(" "))
    return Line(merge((span.text, span) for span in spans))


def draw_grid(rows: Sequence[Sequence[str]], aligns: Sequence[str], width: int, look: Look) -> list[Line]:
    """Return a table as lines, the first row its header.

    Cells wrap where that makes the table fit; a table that cannot fit is preformatted.
    """
    table = [[_spans_of(cell, look, strong=number == 0) for cell in row] for number, row in enumerate(rows)]
    bar, rule, cross = (" | ", "-", "-+-") if look.ascii_only else (" │ ", "─", "─┼─")
    columns = [[row[column] for row in table] for column in range(len(aligns))]
    natural = [max([1, *map(_width, column)]) for column in columns]
    least = [max([1, *map(longest_word, column)]) for column in columns]
    fitted = _fit(natural, least, width - len(bar) * (len(aligns) - 1))
    widths = fitted or [min(wide, max(word, COMFORTABLE)) for wide, word in zip(natural, least, strict=True)]
    cells = [[wrap(cell, wide) for cell, wide in zip(row, widths, strict=True)] for row in table]
    widths = [max([1, *(_width(line) for row in cells for line in row[column])]) for column in range(len(aligns))]
    divider = Line((Span(cross.join(rule * wide for wide in widths), Ink.RULE),))
    several = any(len(cell) > 1 for row in cells[1:] for cell in row)
    lines: list[Line] = []
    for number, row in enumerate(cells):
        if number == 1 or (number > 1 and several):
            lines.append(divider)
        levels = zip_longest(*row, fillvalue=())
        lines += [_drawn(parts, widths, aligns, Span(bar, Ink.RULE)) for parts in levels]
    if len(cells) == 1:
        lines.append(divider)
    return lines if fitted else [replace(line, preformatted=True) for line in lines]
