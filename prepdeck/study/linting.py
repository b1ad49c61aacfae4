"""Decks checked for their authors; loads neither the interface nor the database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from prepdeck.deckfile.drawing import draw_problem
from prepdeck.deckfile.problem import Problem, Severity
from prepdeck.errors import UsageError
from prepdeck.study.discovery import FoundFile, problems_of, read_roots
from prepdeck.study.options import Options
from prepdeck.study.surroundings import Root, look_around
from prepdeck.text.counts import counted


@dataclass(frozen=True, slots=True)
class LintReport:
    """What was found in some deck files."""

    files: tuple[FoundFile, ...]
    """Every file that was read."""
    problems: tuple[Problem, ...]
    """Every problem, by file and place."""

    @property
    def cards(self) -> int:
        """How many cards are good."""
        return sum(len(file.reading.deck.cards) for file in self.files if file.reading.deck is not None)

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems are warnings."""
        return len(self.problems) - self.errors


def lint(paths: tuple[Path, ...], options: Options | None = None, *, strict: bool = False) -> LintReport:
    """Read decks and return every problem; without paths every deck that prepdeck finds.

    Bundled decks are always held to the strict rules.

    Raises:
        UsageError: When a path does not exist.
    """
    if paths:
        for path in paths:
            if not path.exists():
                raise UsageError(f"no file or folder {path}", "name a deck file or a folder of decks")
        files = read_roots((Root(path, "extra") for path in paths), strict=strict)
    else:
        roots = look_around(options or Options()).roots
        files = tuple(file for root in roots for file in read_roots((root,), strict=strict or root.source == "bundled"))
    return LintReport(files, problems_of(files) + _same_names(files))


def _same_names(files: tuple[FoundFile, ...]) -> tuple[Problem, ...]:
    """Return a warning for every deck whose name an earlier file has too."""
    first: dict[str, FoundFile] = {}
    problems = []
    for file in files:
        deck = file.reading.deck
        if deck is None:
            continue
        if deck.id in first:
            problems.append(
                Problem(
                    path=file.reading.path,
                    line=1,
                    column=1,
                    end_column=2,
                    code="W190",
                    severity=Severity.WARNING,
                    message=f"deck {deck.id} stands in {first[deck.id].reading.path} too",
                    label="this file is used",
                    known=(),
                    help="give one of the two another name",
                )
            )
        first[deck.id] = file
    return tuple(problems)


def draw_report(report: LintReport, *, color: bool = False) -> str:
    """Return the problems as people read them, each with its excerpt."""
    lines = {file.reading.path: file.reading.lines for file in report.files}
    drawn = [draw_problem(problem, lines.get(problem.path, ()), color=color) for problem in report.problems]
    return "\n\n".join(drawn)


def summary(report: LintReport) -> str:
    """Return the counts in one line."""
    parts = [
        counted(report.errors, "error"),
        counted(report.warnings, "warning"),
    ]
    return f"{', '.join(parts)} in {counted(len(report.files), 'file')}, {counted(report.cards, 'card')}"


def report_json(report: LintReport) -> dict[str, Any]:
    """Return the report under the keys of the JSON contract."""
    return {
        "schema": 1,
        "files": len(report.files),
        "cards": report.cards,
        "problems": [
            {
                "path": problem.path,
                "line": problem.line,
                "column": problem.column,
                "code": problem.code,
                "severity": problem.severity.value,
                "message": problem.message,
                "help": _advice(problem),
            }
            for problem in report.problems
        ],
    }


def _advice(problem: Problem) -> str | None:
    """Return what to write instead, in words."""
    return problem.help or ("known: " + ", ".join(problem.known) if problem.known else None)


def draw_github(report: LintReport) -> str:
    """Return the problems as annotations for a GitHub workflow."""
    lines = []
    for problem in report.problems:
        words = "; ".join(filter(None, (problem.message, _advice(problem))))
        place = f"file={_escape(problem.path, property=True)},line={problem.line},col={problem.column}"
        lines.append(f"::{problem.severity.value} {place},title={problem.code}::{_escape(words)}")
    return "\n".join(lines)


def _escape(text: str, *, property: bool = False) -> str:  # noqa: A002 - GitHub's word
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return escaped.replace(":", "%3A").replace(",", "%2C") if property else escaped
