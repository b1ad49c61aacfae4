"""The problems of a deck file, and the line of the marked one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from prepdeck.text.cells import cell_width, pad
from prepdeck.text.cleaning import clean, clean_line
from prepdeck.text.counts import counted
from prepdeck.tui.rows import Ground, Piece, Row, Tone, fit, foreign, muted, row, wrap
from prepdeck.tui.widgets.drawing import Drawing

if TYPE_CHECKING:
    from prepdeck.study.previewing import Preview, Problem

_LONGEST_PLACE = 8


class ProblemList(Drawing, can_focus=True):
    """Errors and warnings in the order of the file; one of them is marked."""

    def __init__(self) -> None:
        super().__init__(id="problems", classes="box")
        self.border_title = "Problems"
        self._problems: tuple[Problem, ...] = ()
        self._first = 0
        self.marked = 0
        """Which problem is marked."""

    @property
    def problem(self) -> Problem | None:
        """The marked problem, or None when nothing is wrong."""
        return self._problems[self.marked] if self._problems else None

    @property
    def page(self) -> int:
        """How many problems are seen at once."""
        return max(1, self.size.height)

    def show(self, preview: Preview) -> None:
        """Show the problems of a file; the one that was marked stays marked while it is there."""
        was = self.problem
        self._problems = preview.problems
        same = [number for number, each in enumerate(preview.problems) if was and _likeness(each) == _likeness(was)]
        self.marked = same[0] if same else min(self.marked, max(0, len(self._problems) - 1))
        parts = [counted(preview.errors, "error")] if preview.errors else []
        parts += [counted(preview.warnings, "warning")] if preview.warnings else []
        self.border_subtitle = ", ".join(parts)
        self.redraw()

    def mark(self, number: int) -> None:
        """Mark a problem; numbers outside stop at the ends."""
        self.marked = max(0, min(len(self._problems) - 1, number))
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return the problems around the marked one."""
        if not self._problems:
            return [row(Piece(f"{self.glyphs.tick} ", Tone.SUCCESS, strong=True), "nothing is wrong")]
        page = max(1, height)
        self._first = max(min(self._first, self.marked), self.marked - page + 1, 0)
        self._first = min(self._first, max(0, len(self._problems) - page))
        places = [f"{problem.line}:{problem.column}" for problem in self._problems]
        longest = min(_LONGEST_PLACE, max(len(place) for place in places))
        shown = list(enumerate(self._problems))[self._first : self._first + page]
        return [self._draw_line(number, problem, longest, width) for number, problem in shown]

    def _draw_line(self, number: int, problem: Problem, longest: int, width: int) -> Row:
        is_marked = number == self.marked
        is_error = problem.code.startswith("E")
        edge = Piece(self.glyphs.cursor if is_marked else " ", Tone.ACCENT)
        code = Piece(problem.code, Tone.ERROR if is_error else Tone.ACCENT, strong=True)
        place = muted(f" {f'{problem.line}:{problem.column}':>{longest}} ")
        line = row(edge, code, place, foreign(problem.message), target=f"problem:{number}")
        shown = fit(line, width, self.glyphs.ellipsis)
        return Row(shown.pieces, Ground.CURSOR if is_marked else Ground.NONE, target=line.target)


class Excerpt(Drawing):
    """The line of one problem with carets below it, and what to write instead."""

    def __init__(self) -> None:
        super().__init__(id="excerpt", classes="box")
        self._preview: Preview | None = None
        self._problem: Problem | None = None

    def show(self, preview: Preview, problem: Problem | None) -> None:
        """Show where a problem lies."""
        self._preview, self._problem = preview, problem
        name = clean_line(preview.path.name)
        self.border_title = f"{name}:{problem.line}:{problem.column}" if problem is not None else name
        self.border_subtitle = "F fixes it" if problem is not None and problem.fix is not None else ""
        self.redraw()

    def draw(self, width: int, height: int) -> Sequence[Row]:
        """Return line, carets and advice; what does not fit is left out from the end."""
        preview, problem = self._preview, self._problem
        if preview is None:
            return []
        if problem is None:
            return [row(muted(line)) for line in wrap(counted(len(preview.views), "card") + ", nothing to mend", width)]
        rows = self._draw_line(preview, problem, width, with_above=height > _ROOMY)
        advice = [problem.message, *([f"help: {problem.help}"] if problem.help else [])]
        if problem.known:
            advice.append("known: " + ", ".join(problem.known))
        for number, words in enumerate(advice):
            tone = Tone.TEXT if number == 0 else Tone.MUTED
            rows += [row(foreign(line, tone)) for line in wrap(clean_line(words), max(1, width))]
        return rows[:height] if height else rows

    def _draw_line(self, preview: Preview, problem: Problem, width: int, *, with_above: bool) -> list[Row]:
        margin = len(str(problem.line))
        excerpt = preview.excerpt(problem, max(8, width - margin - 3))
        if excerpt is None:
            return []
        tone = Tone.ERROR if problem.code.startswith("E") else Tone.ACCENT
        bar = Piece(f" {self.glyphs.box[5]} ", Tone.RULE)
        rows = []
        if with_above and excerpt.above:
            above = row(
                muted(f"{excerpt.number - 1:>{margin}}"), bar, Piece(clean(excerpt.above).expandtabs(8), Tone.MUTED)
            )
            rows.append(fit(above, width, self.glyphs.ellipsis))
        line = row(
            muted(pad(str(excerpt.number), margin)),
            bar,
            Piece(excerpt.before),
            Piece(excerpt.marked, tone, strong=True),
            Piece(excerpt.after),
        )
        rows.append(fit(line, width, self.glyphs.ellipsis))
        carets = "^" * max(1, cell_width(excerpt.marked.rstrip()))
        pointer = row(
            " " * margin,
            bar,
            " " * cell_width(excerpt.before),
            Piece(carets, tone),
            Piece(" "),
            foreign(problem.label, tone),
        )
        rows.append(fit(pointer, width, self.glyphs.ellipsis))
        return rows


def _likeness(problem: Problem) -> tuple[str, str, int]:
    """Return what makes a problem the same one after an edit elsewhere in the file."""
    return problem.code, problem.message, problem.column


_ROOMY = 5
"""Rows above which the line over the faulty one is shown too."""
