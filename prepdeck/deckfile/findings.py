"""Problems as they are found while one file is read."""

from __future__ import annotations

from bisect import bisect_left, insort
from dataclasses import replace

from prepdeck.deckfile.fault import Fault, nearest
from prepdeck.deckfile.nodes import Node
from prepdeck.deckfile.problem import Problem, Severity
from prepdeck.deckfile.source import LINE_END, Source
from prepdeck.deckfile.splicing import Splice

MAX_PROBLEMS = 1000
"""Problems listed for one file; the rest is only counted, so that a hostile file cannot fill the memory."""


class Findings:
    """Everything found in one file so far."""

    def __init__(self, source: Source) -> None:
        self.source = source
        """The file being read."""
        self.text = source.text
        """Its text, at hand for the readers of every field."""
        self.error_count = 0
        """Errors so far, the unlisted ones included."""
        self._problems: list[Problem] = []
        self._unlisted = 0
        self._marred: list[int] = []

    @property
    def is_full(self) -> bool:
        """Whether further problems are only counted, so that wording them well would be for nobody."""
        return len(self._problems) >= MAX_PROBLEMS

    def did_you_mean(self, word: str, known: tuple[str, ...], otherwise: str) -> str:
        """Return the question that offers the nearest known word, or `otherwise`."""
        meant = self.meant(word, known)
        return otherwise if meant is None else f'did you mean "{meant}"?'

    def meant(self, word: str, known: tuple[str, ...]) -> str | None:
        """Return the known word that `word` was probably meant to be, or None."""
        return None if self.is_full else nearest(word, known)

    def count_unlisted(self) -> None:
        """Note an error when the listing is full, without wording it."""
        self.error_count += 1
        self._unlisted += 1

    def report(self, node: Node, fault: Fault) -> None:
        """Note a fault of a whole value."""
        self.report_span(node.start, node.end, fault)

    def report_span(self, start: int, end: int, fault: Fault) -> None:
        """Note a fault of the characters from index `start` up to `end`; carets stay in the first line."""
        severity = Severity.WARNING if fault.code.startswith("W") else Severity.ERROR
        self.error_count += severity is Severity.ERROR
        if self.is_full:
            self._unlisted += 1
            return
        line, column = self.source.place(start)
        rest_of_line = len(self.source.lines[line - 1]) - column + 1 if line <= len(self.source.lines) else 1
        self._problems.append(
            Problem(
                path=self.source.path,
                line=line,
                column=column,
                end_column=column + max(1, min(end - start, rest_of_line)),
                code=fault.code,
                severity=severity,
                message=fault.message,
                label=fault.label,
                known=fault.known,
                help=fault.help,
                fix=self._fix(start, end, fault),
            )
        )

    def _fix(self, start: int, end: int, fault: Fault) -> Splice | None:
        """Return the edit a fault offers; none that reaches beyond its line, where a span is only shown in part."""
        first, last = start - fault.fix_before, end + fault.fix_after
        if fault.fix is None or not 0 <= first < last <= len(self.text) or LINE_END.search(self.text, first, last):
            return None
        return Splice(first, last, fault.fix)

    def report_structure(self, start: int, end: int, fault: Fault) -> None:
        """Note a fault of YAML itself, found before anyone knows which card it belongs to."""
        self.report_span(start, end, fault)
        insort(self._marred, start)

    def is_marred(self, node: Node) -> bool:
        """Tell whether a fault of YAML itself lies inside `node`."""
        if not self._marred:
            return False
        place = bisect_left(self._marred, node.start)
        return place < len(self._marred) and self._marred[place] < max(node.end, node.start + 1)

    def place_of(self, index: int) -> tuple[int, int]:
        """Return line and column of the character at `index`."""
        return self.source.place(index)

    def forget_from_line(self, line: int) -> None:
        """Drop what was found in `line` and below: guesses of the parser just before it gave up."""
        self._problems = [problem for problem in self._problems if problem.line < line]

    def problems(self) -> tuple[Problem, ...]:
        """Return what was found, by place."""
        listed = self._problems
        if self._unlisted:
            stop = replace(
                max(listed),
                code="E047",
                severity=Severity.ERROR,
                message=f"at least {self._unlisted} more problems are not listed",
                label="the listing stops here",
                known=(),
                fix=None,
                help="correct the first ones, then check the file again",
            )
            listed = [*listed, stop]
        return tuple(sorted(listed))
