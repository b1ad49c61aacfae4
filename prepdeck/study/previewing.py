"""A deck file as its author works on it: problems, and every good card as a first review would ask it.

Nothing is stored and nothing on a card is run; the database is not opened.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from prepdeck.cards.ids import CardId
from prepdeck.deckfile.breaks import problems_behind
from prepdeck.deckfile.drawing import stretch
from prepdeck.deckfile.fixing import encoded
from prepdeck.deckfile.problem import Problem, Severity
from prepdeck.deckfile.reading import read_deck
from prepdeck.deckfile.splicing import spliced
from prepdeck.errors import UsageError
from prepdeck.host.files import read_bounded
from prepdeck.host.writing import replace_file
from prepdeck.scheduling.study_day import study_day
from prepdeck.study.coding import editor_command
from prepdeck.study.options import Options
from prepdeck.study.reviewing import CardView, first_view
from prepdeck.study.surroundings import look_around

Stamp = tuple[int, int, int, int]
"""Device, inode, size and time of change of a file, in the words of `os.stat`."""

_PLUS: Final = frozenset(
    {"vi", "vim", "nvim", "nano", "emacs", "emacsclient", "kak", "joe", "micro", "ne", "mg", "jed"}
)
_COLON: Final = frozenset({"hx", "helix", "subl", "zed"})
_GOTO: Final = frozenset({"code", "codium", "cursor"})


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The line of a problem as it is shown; the three parts in a row are the line."""

    number: int
    """The line, from 1."""
    above: str
    """The line before it."""
    before: str
    """What stands before the fault."""
    marked: str
    """The fault."""
    after: str
    """What stands behind it."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What one look at a deck file gave."""

    path: Path
    """The file."""
    stamp: Stamp | None
    """What the system said of the file when it was read; None while there is no file."""
    title: str
    """What people call the deck; the file's name while it cannot be read."""
    problems: tuple[Problem, ...] = ()
    """Everything that is wrong, by place."""
    lines: tuple[str, ...] = ()
    """The file's lines, to show problems in."""
    views: tuple[CardView, ...] = ()
    """Its good cards in file order, each as a first review asks it."""
    card_lines: Mapping[CardId, int] = field(default_factory=dict)
    """The line of each of them."""

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems are warnings."""
        return len(self.problems) - self.errors

    def position_of(self, card: CardId | None) -> int | None:
        """Return where a card stands among the good ones, or None."""
        return next((number for number, view in enumerate(self.views) if view.card.id == card), None)

    def position_at(self, line: int) -> int | None:
        """Return the last good card that begins at `line` or above, or None."""
        found = [number for number, view in enumerate(self.views) if self.card_lines[view.card.id] <= line]
        return found[-1] if found else None

    def excerpt(self, problem: Problem, cells: int) -> Excerpt | None:
        """Return the stretch around a problem that fits so many cells; None when the file has no such line."""
        if not 0 < problem.line <= len(self.lines):
            return None
        above = self.lines[problem.line - 2] if problem.line > 1 else ""
        return Excerpt(problem.line, above, *stretch(self.lines[problem.line - 1], problem, cells))


def is_error(problem: Problem) -> bool:
    """Tell whether a problem is an error, not a warning."""
    return problem.severity is Severity.ERROR


def preview_file(path: Path, options: Options) -> Preview:
    """Look at a deck file.

    Raises:
        UsageError: When `path` is a folder, or never was a file.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder", "name one deck file; prepdeck lint checks whole folders")
    if not path.exists():
        raise UsageError(f"no file {path}", "prepdeck new deck makes one")
    return look_again(path, options)


def look_again(path: Path, options: Options) -> Preview:
    """Look at a deck file that may be gone at this moment, as while an editor replaces it."""
    from prepdeck.study.linting import lint

    stamp = stamp_of(path)
    if stamp is None:
        return Preview(path, None, path.name)
    try:
        report = lint((path,), options)
    except UsageError:  # gone between the two looks
        return Preview(path, None, path.name)
    surroundings = look_around(options)
    today = study_day(surroundings.clock.now(), surroundings.settings.day_start)
    reading = next((file.reading for file in report.files), None)
    if reading is None or reading.deck is None:
        return Preview(path, stamp, path.name, report.problems, reading.lines if reading else ())
    deck = reading.deck
    views = (first_view(card, deck, today) for card in deck.cards)
    return Preview(path, stamp, deck.title, report.problems, reading.lines, tuple(views), dict(reading.places))


def stamp_of(path: Path) -> Stamp | None:
    """Return what tells whether a file changed, or None while there is none; costs one call of the system."""
    try:
        status = os.stat(path)  # noqa: PTH116 - asked twice a second
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def fix_problem(path: Path, problem: Problem) -> str:
    """Make the one fix a problem offers, and say what was done.

    Raises:
        FileUnreadable: When the file cannot be read.
        FileUnwritable: When it cannot be written, or was changed meanwhile; it is left as it is then.
    """
    data = read_bounded(path)
    reading = read_deck(str(path), data)
    problems = (*reading.problems, *problems_behind(reading))
    same = [one for one in problems if one.fix is not None and one == problem]
    if not same or same[0].fix is None:
        return "The file has changed; look at the problem again."
    replace_file(path, encoded(data, spliced(reading.source.text, [same[0].fix])), expected=data)
    return f"Fixed line {problem.line}: {problem.message}."


def editor_at(path: Path, line: int) -> tuple[str, ...]:
    """Return the command that opens the author's editor at a line; an editor of unknown manners gets the file alone.

    Raises:
        UsageError: When there is no editor.
    """
    words = editor_command(path)[:-1]
    name = Path(words[0]).stem
    if name in _GOTO:
        return (*words, "--goto", f"{path}:{line}")
    if name in _COLON:
        return (*words, f"{path}:{line}")
    return (*words, f"+{line}", str(path)) if name in _PLUS else (*words, str(path))


__all__ = [
    "Excerpt", "Preview", "Problem", "Stamp", "editor_at", "fix_problem", "is_error", "look_again", "preview_file",
    "stamp_of",
]  # fmt: skip
