"""Deck files found and read; knows no database, so that `lint` stays light."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from prepdeck.deckfile.problem import Problem, Severity
from prepdeck.deckfile.reading import Reading, read_deck, unread
from prepdeck.host.files import FileUnreadable, find_deck_files, read_bounded
from prepdeck.study.surroundings import Root


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One deck file with what was read from it."""

    path: Path
    """The file."""
    source: str
    """`bundled`, `own` or `extra`."""
    reading: Reading
    """Its deck, if it has one, and its problems."""

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.reading.problems)

    @property
    def warnings(self) -> int:
        """How many problems are warnings."""
        return len(self.reading.problems) - self.errors


def read_file(path: Path, source: str, *, strict: bool = False, follow: bool = True) -> FoundFile:
    """Read one deck file; a file that cannot be read gives a problem at its first line.

    Args:
        path: The file.
        source: `bundled`, `own` or `extra`.
        strict: Also ask for what bundled decks must have.
        follow: Whether `path` may be a link: yes for one that somebody named, no for one that lay in a folder.
    """
    name = str(path)
    try:
        reading = read_deck(name, read_bounded(path, follow=follow), strict=strict)
    except FileUnreadable as error:
        reading = unread(name, error.message, error.help)
    return FoundFile(path, source, reading)


def read_roots(roots: Iterable[Root], *, strict: bool = False) -> tuple[FoundFile, ...]:
    """Read every deck file under some roots, each file once, in their order."""
    found = []
    met: set[str] = set()
    for root in roots:
        try:
            files = find_deck_files(root.path)
        except FileUnreadable as error:
            found.append(FoundFile(root.path, root.source, unread(str(root.path), error.message, error.help)))
            continue
        for path in files:
            if path != root.path and path.is_symlink():
                # It is left out with a problem, and must not stand for the file it leads to.
                found.append(read_file(path, root.source, strict=strict, follow=False))
                continue
            real = os.path.realpath(path)  # Path.resolve() raises on a loop of links
            if real not in met:
                met.add(real)
                found.append(read_file(path, root.source, strict=strict, follow=path == root.path))
    return tuple(found)


def problems_of(files: Iterable[FoundFile]) -> tuple[Problem, ...]:
    """Return the problems of all files, in their order."""
    return tuple(problem for file in files for problem in file.reading.problems)


def files_that_set(roots: Iterable[Root], sets: re.Pattern[bytes]) -> Iterator[FoundFile]:
    """Yield the learner's own files that a pattern is found in; one that cannot be read sets nothing, as `lint` says.

    Args:
        roots: Where decks come from; bundled ones are passed over.
        sets: What such a file holds.
    """
    for root in roots:
        if root.source == "bundled":
            continue
        try:
            paths = find_deck_files(root.path)
        except FileUnreadable:
            continue
        for path in paths:
            try:
                is_one = sets.search(read_bounded(path, follow=False)) is not None
            except FileUnreadable:
                continue
            if is_one:
                yield read_file(path, root.source, follow=False)
