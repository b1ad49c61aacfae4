"""Problems as pictures for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from prepdeck.deckfile.problem import Problem, Severity
from prepdeck.text.cells import cell_width, expand_tabs
from prepdeck.text.cleaning import clean, clean_line

MAX_CELLS = 100
"""Cells of a line that are shown; of longer lines the stretch around the problem."""

FIX_OFFER = "(prepdeck lint --fix applies it)"
"""Stands behind the help of a problem that can be mended without a doubt."""

_LEAD = 30
_RED, _YELLOW, _BLUE, _BOLD, _PLAIN = "\x1b[1;31m", "\x1b[1;33m", "\x1b[1;34m", "\x1b[1m", "\x1b[0m"


def draw_problem(problem: Problem, lines: Sequence[str], *, color: bool = False) -> str:
    """Return the picture of one problem: what, where, the line with carets, and what to write instead.

    Nothing of the deck's text reaches the terminal as anything but visible characters.
    """
    paint = _paint if color else _leave
    hue = _RED if problem.severity is Severity.ERROR else _YELLOW
    head = paint(f"{problem.severity.value}[{problem.code}]", hue)
    rows = [f"{head}{paint(f': {clean_line(problem.message)}', _BOLD)}"]
    margin = " " * len(str(problem.line))
    rows.append(f"{margin}{paint('-->', _BLUE)} {clean_line(problem.path)}:{problem.line}:{problem.column}")
    if 0 < problem.line <= len(lines):
        if problem.line > 1:
            rows.append(_numbered(problem.line - 1, _excerpt(lines[problem.line - 2]), margin, color=color))
        before, marked, after = stretch(lines[problem.line - 1], problem)
        rows.append(_numbered(problem.line, before + marked + after, margin, color=color))
        carets = "^" * max(1, cell_width(marked.rstrip()))
        pointer = " " * cell_width(before) + paint(f"{carets} {clean_line(problem.label)}".rstrip(), hue)
        rows.append(f"{margin} {paint('|', _BLUE)} {pointer}")
    if problem.known:
        rows.append(f"{margin} {paint('=', _BLUE)} known: {', '.join(clean_line(word) for word in problem.known)}")
    if problem.help:
        offer = f"  {FIX_OFFER}" if problem.fix is not None else ""
        rows.append(f"{margin} {paint('=', _BLUE)} help: {clean_line(problem.help)}{offer}")
    return "\n".join(rows)


def _numbered(number: int, text: str, margin: str, *, color: bool) -> str:
    paint = _paint if color else _leave
    return f"{paint(f'{number:>{len(margin)}} |', _BLUE)} {text}".rstrip()


def _excerpt(line: str) -> str:
    shown = expand_tabs(clean(line[: 2 * MAX_CELLS]))
    return shown if cell_width(shown) <= MAX_CELLS else _first_cells(shown, MAX_CELLS - 3) + "..."


def stretch(line: str, problem: Problem, cells: int = MAX_CELLS) -> tuple[str, str, str]:
    """Return what stands before, under and after the carets, as it is shown in so many cells."""
    start, end = problem.column - 1, problem.end_column - 1
    # A line may be megabytes long; what is far from the problem is cut before anything is measured.
    skipped = max(0, start - 2 * MAX_CELLS)
    line, start, end = line[skipped : end + 2 * MAX_CELLS], start - skipped, min(end, start + 2 * MAX_CELLS) - skipped
    before = expand_tabs(clean(line[:start]))
    marked = expand_tabs(before + clean(line[start:end]))[len(before) :]
    after = expand_tabs(before + marked + clean(line[end:]))[len(before + marked) :]
    if cell_width(before + marked + after) <= cells:
        return before, marked, after
    lead = min(_LEAD, cells // 3)
    if cell_width(before) > lead:
        before = "..." + _last_cells(before, lead - 3)
    room = cells - cell_width(before)
    if cell_width(marked) > room - 3:
        return before, _first_cells(marked, room - 3), "..."
    room -= cell_width(marked)
    return before, marked, after if cell_width(after) <= room else _first_cells(after, room - 3) + "..."


def _first_cells(text: str, cells: int) -> str:
    # No character is wider than two cells, so the first `cells` characters are enough to choose from.
    piece = text[: max(0, cells)]
    while cell_width(piece) > max(0, cells):
        piece = piece[:-1]
    return piece


def _last_cells(text: str, cells: int) -> str:
    piece = text[-cells:] if cells > 0 else ""
    while piece and cell_width(piece) > cells:
        piece = piece[1:]
    return piece


def _paint(text: str, color: str) -> str:
    return f"{color}{text}{_PLAIN}"


def _leave(text: str, _color: str) -> str:
    return text
