"""The problems of a deck file, and the line of the marked one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from prepdeck.text.cells import cell_width
from prepdeck.text.cleaning import clean_line
from prepdeck.text.counts import counted
from prepdeck.tui.rows import Ground, Piece, Row, Tone, fit, foreign, muted, row, strong, wrap
from prepdeck.tui.widgets.drawing import Drawing

if TYPE_CHECKING:
    from prepdeck.study.previewing import Preview, Problem

_ROOMY: Final = 8
"""Rows from which a problem takes two of them."""


class ProblemList(Drawing):
    """Errors and warnings in the order of the file; one of them is marked."""

    def __init__(self) -> None:
        super().__init__(id="problems", classes="box")
        self.border_title = "Problems"
        self._preview: Preview | None = None
        self._first = 0
        self.marked = 0
        """Which problem is marked."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them."""
        return self._preview.problems if self._preview is not None else ()

    @property
    def problem(self) -> Problem | None:
        """The marked problem, or None when nothing is wrong."""
        return self.problems[self.marked] if self.problems else None

    def show(self, preview: Preview) -> None:
        """Show the problems of a file; the one that was marked stays marked while it is there."""
        was, self._preview = self.problem, preview
        self.marked = min(self.marked, max(0, len(self.problems) - 1))
        if was is not None:
            same = [number for number, each in enumerate(self.problems) if _likeness(each) == _likeness(was)]
            line = was.line
            self.marked = min(same, key=lambda number: abs(self.problems[number].line - line), default=self.marked)
        self._count()
        self.redraw()

    def mark(self, number: int) -> None:
        """Mark a problem; numbers outside stop at the ends."""
        self.marked = max(0, min(len(self.problems) - 1, number))
        self._count()
        self.redraw()

    def tell(self, words: str) -> None:
        """Say at the lower edge what the keys do."""
        self.border_subtitle = words

    def _count(self) -> None:
        several = len(self.problems) > 1
        self.border_title = f"Problems  {self.marked + 1} of {len(self.problems)}" if several else "Problems"

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the problems around the marked one."""
        if self._preview is None or (self._preview.stamp is None and not self.problems):
            return []
        if not self.problems:
            cards = counted(len(self._preview.cards), "card")
            return [row(Piece(f"{self.glyphs.tick} ", Tone.SUCCESS, strong=True), f"nothing is wrong, {cards}")]
        size = 2 if height >= _ROOMY else 1
        page = max(1, height // size)
        self._first = max(min(self._first, self.marked), self.marked - page + 1, 0)
        self._first = min(self._first, max(0, len(self.problems) - page))
        shown = list(enumerate(self.problems))[self._first : self._first + page]
        widest = max(len(_place(problem)) for _, problem in shown)
        rows = []
        for number, problem in shown:
            lines = self._draw_two(problem) if size > 1 else [self._draw_one(problem, widest)]
            rows += [self._finish(line, number, width, is_first=not at) for at, line in enumerate(lines)]
        return rows

    def _draw_one(self, problem: Problem, widest: int) -> Row:
        place = muted(f" {_place(problem):>{widest}} ")
        return row(strong(problem.code, tone_of(problem)), place, foreign(problem.message))

    def _draw_two(self, problem: Problem) -> list[Row]:
        entry = self._preview.entry_at(problem.line) if self._preview is not None else None
        name = f" {entry.name}" if entry is not None else ""
        return [
            row(strong(problem.code, tone_of(problem)), " ", foreign(problem.message)),
            row(muted(" " * (len(problem.code) + 1) + _place(problem)), foreign(name, Tone.MUTED)),
        ]

    def _finish(self, line: Row, number: int, width: int, *, is_first: bool) -> Row:
        is_marked = number == self.marked
        edge = Piece(self.glyphs.cursor if is_marked and is_first else " ", Tone.ACCENT)
        shown = fit(Row((edge, *line.pieces)), width, self.glyphs.ellipsis)
        return Row(shown.pieces, Ground.CURSOR if is_marked else Ground.NONE, target=f"problem:{number}")


class Excerpt(Drawing):
    """The line of one problem with carets below it, and what to write instead; the card's lines when all is well."""

    def __init__(self) -> None:
        super().__init__(id="excerpt", classes="box")
        self._preview: Preview | None = None
        self._problem: Problem | None = None
        self._line = 1

    def show(self, preview: Preview, problem: Problem | None, line: int, *, offer: str) -> None:
        """Show where a problem lies.

        Args:
            preview: The file.
            problem: The problem, or None to show the file at a line.
            line: That line.
            offer: What is said of a problem that can be fixed.
        """
        self._preview, self._problem, self._line = preview, problem, line
        name = clean_line(preview.path.name)
        self.border_title = f"{name}:{line}" if problem is None else f"{name}:{_place(problem)}"
        self.border_subtitle = offer if problem is not None and problem.fix is not None else ""
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return line, carets and advice; the lines around them take what room is left."""
        preview, problem = self._preview, self._problem
        if preview is None:
            return []
        if problem is None:
            lines = preview.source(self._line, height)
            margin = len(str(self._line + len(lines)))
            return [self._numbered(self._line + number, line, margin, width) for number, line in enumerate(lines)]
        advice = [row(foreign(line)) for line in wrap(problem.message, max(1, width))]
        more = [f"help: {problem.help}"] if problem.help else []
        more += [f"known: {', '.join(problem.known)}"] if problem.known else []
        advice += [row(foreign(line, Tone.MUTED)) for words in more for line in wrap(words, max(1, width))]
        excerpt = self._draw_lines(preview, problem, width, height - len(advice))
        return [*excerpt, *advice][:height] if height else [*excerpt, *advice]

    def _draw_lines(self, preview: Preview, problem: Problem, width: int, room: int) -> list[Row]:
        """Return the line with its carets, and as many of the lines around it as there is room for."""
        margin = len(str(problem.line + 1))
        excerpt = preview.excerpt(problem, max(8, width - margin - 3))
        if excerpt is None:
            return []
        tone, bar = tone_of(problem), Piece(f" {self.glyphs.box[5]} ", Tone.RULE)
        number = muted(f"{excerpt.number:>{margin}}")
        line = row(number, bar, excerpt.before, strong(excerpt.marked, tone), excerpt.after)
        carets = "^" * max(1, cell_width(excerpt.marked.rstrip()))
        pointer = row(
            " " * margin, bar, " " * cell_width(excerpt.before), Piece(f"{carets} ", tone), foreign(problem.label, tone)
        )
        rows = [fit(line, width, self.glyphs.ellipsis), fit(pointer, width, self.glyphs.ellipsis)]
        if room > len(rows) and problem.line > 1:
            rows.insert(0, self._numbered(problem.line - 1, excerpt.above, margin, width))
        below = excerpt.below[: max(0, room - len(rows))]
        return rows + [self._numbered(problem.line + at, text, margin, width) for at, text in enumerate(below, 1)]

    def _numbered(self, number: int, text: str, margin: int, width: int) -> Row:
        bar = Piece(f" {self.glyphs.box[5]} ", Tone.RULE)
        return fit(row(muted(f"{number:>{margin}}"), bar, muted(text)), width, self.glyphs.ellipsis)


def tone_of(problem: Problem) -> Tone:
    """Return the colour of a problem: errors are red."""
    from prepdeck.study.previewing import is_error

    return Tone.ERROR if is_error(problem) else Tone.ACCENT


def _place(problem: Problem) -> str:
    return f"{problem.line}:{problem.column}"


def _likeness(problem: Problem) -> tuple[str, str, int]:
    """Return what makes a problem the same one after an edit elsewhere in the file."""
    return problem.code, problem.message, problem.column
