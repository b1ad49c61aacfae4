"""Decks checked for their authors; loads neither the interface nor the database."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from prepdeck.cards.code import Code
from prepdeck.cards.roadmap import Roadmap
from prepdeck.cards.spoken import Design, Star
from prepdeck.deckfile.breaks import problems_behind
from prepdeck.deckfile.drawing import draw_problem
from prepdeck.deckfile.problem import Problem, Severity
from prepdeck.deckfile.reading import Reading, read_deck
from prepdeck.deckfile.references import check_references
from prepdeck.deckfile.rules.checking import check_deck, check_decks
from prepdeck.errors import UsageError
from prepdeck.host.clock import clock_of
from prepdeck.host.files import FileUnreadable, find_deck_files, read_bounded
from prepdeck.study.discovery import FoundFile, read_file, read_roots
from prepdeck.study.documents import bundled_documents, documents_of
from prepdeck.study.options import Options
from prepdeck.study.surroundings import Root, look_around
from prepdeck.text.counts import counted

ONLY_STRICT = "E046"
"""The code of a field that is missing under the strict rules alone."""

_DECK = re.compile(rb"^deck:[ \t]*[\"']?([a-z0-9][a-z0-9_-]*)", re.MULTILINE)
_OPTIONAL = re.compile(rb"^optional:[ \t]*true\b", re.MULTILINE)
_DOCUMENT = re.compile(rb"^(?:formats|rubrics):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class LintReport:
    """What was found in some deck files."""

    files: tuple[FoundFile, ...]
    """Every file that was read."""
    problems: tuple[Problem, ...]
    """Every problem, by file and place."""
    today: date
    """The day on which it was found."""

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


def lint(
    paths: tuple[Path, ...],
    options: Options | None = None,
    *,
    strict: bool = False,
    run: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
) -> LintReport:
    """Read decks and return every problem; without paths every deck that prepdeck finds.

    Bundled decks are always held to the strict rules.

    Args:
        paths: Deck files and folders of decks.
        options: Where decks, consents and proofs lie.
        strict: Also ask for all that bundled decks have.
        run: Also prove the cards by running their code and recomputing their numbers.
        on_progress: Told how many cards are proved, and of how many.

    Raises:
        UsageError: When a path does not exist.
    """
    options = options or Options()
    files = read_files(paths, options, strict=strict)
    today = clock_of(os.environ).now().date()
    problems = check_files(files, today, strict=strict, options=options)
    if run:
        from prepdeck.study.proving import prove

        problems = _by_file(files, (*problems, *prove(files, options, on_progress=on_progress)))
    return LintReport(files, problems, today)


def read_files(paths: tuple[Path, ...], options: Options, *, strict: bool = False) -> tuple[FoundFile, ...]:
    """Read the files at some paths; without paths every deck that prepdeck finds.

    Raises:
        UsageError: When a path does not exist.
    """
    if paths:
        return read_roots(roots_of(paths, options), strict=strict)
    roots = roots_of(paths, options)
    return tuple(file for root in roots for file in read_roots((root,), strict=strict or root.source == "bundled"))


def roots_of(paths: tuple[Path, ...], options: Options) -> tuple[Root, ...]:
    """Return the places that are looked at.

    Raises:
        UsageError: When a path does not exist.
    """
    for path in paths:
        if not path.exists():
            raise UsageError(f"no file or folder {path}", "name a deck file or a folder of decks")
    return tuple(Root(path, "extra") for path in paths) if paths else look_around(options).roots


def check_files(
    files: Sequence[FoundFile], today: date, *, strict: bool = False, options: Options | None = None
) -> tuple[Problem, ...]:
    """Return every problem of files that were read, by file and place: of reading, of each deck, and between files.

    Args:
        files: The files.
        today: The day, for answers that age.
        strict: Also ask for the fields that bundled decks always have.
        options: Where the learner's own formats and rubrics lie, which cards may name; None to leave them out.
    """
    problems: list[Problem] = []
    readings = [_with_every_card(file.reading) for file in files]
    for file, reading in zip(files, readings, strict=True):
        is_strict = strict or file.source == "bundled"
        problems += file.reading.problems
        problems += problems_behind(file.reading, strict=is_strict)
        problems += check_deck(reading, today, strict=is_strict)
    problems += check_decks(readings)
    if any(map(_names_documents, readings)):
        problems += _check_references(readings, options)
    return _by_file(files, problems)


def _check_references(readings: Sequence[Reading], options: Options | None) -> tuple[Problem, ...]:
    """Return what is wrong between files, whose cards may name bundled formats and rubrics and the learner's own."""
    known = bundled_documents()
    decks = _decks_for_roads(readings, options)
    problems = check_references(readings, formats=known.formats, rubrics=known.rubrics, decks=decks)
    if not problems or options is None:
        return problems
    known = documents_of(_own_documents(options), known)
    return check_references(readings, formats=known.formats, rubrics=known.rubrics, decks=decks)


def _decks_for_roads(readings: Sequence[Reading], options: Options | None) -> Mapping[str, bool] | None:
    """Return the decks that roads may name, each with whether it is optional; None when no road is checked."""
    if not any(isinstance(reading.document, Roadmap) for reading in readings):
        return None
    decks: dict[str, bool] = {}
    for data in _found_files(options):
        named = _DECK.search(data)
        if named is not None:
            decks[named[1].decode()] = _OPTIONAL.search(data) is not None
    decks.update({reading.deck.id: reading.deck.optional for reading in readings if reading.deck is not None})
    return decks


def _found_files(options: Options | None) -> Iterator[bytes]:
    """Yield the deck files that prepdeck finds; those that cannot be read say nothing."""
    try:
        roots = look_around(options or Options()).roots
        paths = [path for root in roots for path in find_deck_files(root.path)]
    except (UsageError, FileUnreadable):
        return
    for path in paths:
        with suppress(FileUnreadable):
            yield read_bounded(path, follow=False)


def _own_documents(options: Options) -> Iterator[FoundFile]:
    """Yield the files of formats and rubrics that prepdeck finds besides the bundled ones."""
    try:
        roots = [root for root in look_around(options).roots if root.source != "bundled"]
        paths = [(path, root.source) for root in roots for path in find_deck_files(root.path)]
    except (UsageError, FileUnreadable):  # a place that is gone says nothing against the files that are checked
        return
    for path, source in paths:
        with suppress(FileUnreadable):
            if _DOCUMENT.search(read_bounded(path, follow=False)):
                yield read_file(path, source, follow=False)


def _with_every_card(reading: Reading) -> Reading:
    """Return a reading that also holds cards which only the strict rules leave out, so that one run tells all."""
    if not any(problem.code == ONLY_STRICT for problem in reading.problems):
        return reading
    return read_deck(reading.path, reading.source.text.encode())


def _names_documents(reading: Reading) -> bool:
    """Tell whether a file names rubrics or formats, or holds some, so that others have to be looked at."""
    cards = reading.deck.cards if reading.deck is not None else ()
    return reading.document is not None or any(isinstance(card.body, (Code, Design, Star)) for card in cards)


def _by_file(files: Sequence[FoundFile], problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Return problems in the order of the files, those of each file by place."""
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.path].append(problem)
    paths = dict.fromkeys(file.reading.path for file in files)
    return tuple(problem for path in paths for problem in sorted(found[path]))


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
