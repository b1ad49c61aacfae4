"""A deck file as its author works on it: problems, and every good card as a first review would ask it.

Nothing is stored and nothing on a card is run; the database is not opened.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from prepdeck.cards.card import Card
from prepdeck.cards.deck import Deck
from prepdeck.cards.ids import CardId
from prepdeck.deckfile.breaks import problems_behind
from prepdeck.deckfile.drawing import stretch
from prepdeck.deckfile.fixing import encoded
from prepdeck.deckfile.nodes import Listing, Node, Scalar, Table
from prepdeck.deckfile.problem import Problem, Severity
from prepdeck.deckfile.reading import Reading, read_deck
from prepdeck.deckfile.splicing import spliced
from prepdeck.errors import UsageError
from prepdeck.host.clock import wall_of
from prepdeck.host.files import read_bounded
from prepdeck.host.writing import replace_file
from prepdeck.scheduling.study_day import study_day
from prepdeck.study.discovery import read_file
from prepdeck.study.linting import check_files
from prepdeck.study.options import Options
from prepdeck.study.surroundings import look_around
from prepdeck.text.cells import expand_tabs
from prepdeck.text.cleaning import clean

if TYPE_CHECKING:
    from prepdeck.study.reviewing import CardView

Stamp = tuple[int, int, int, int]
"""Device, inode, size and time of change of a file, in the words of `os.stat`."""

_CONTEXT: Final = 3
_LONGEST_CONTEXT: Final = 400


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The line of a problem as it is shown; the three parts in a row are the line."""

    number: int
    """The line, from 1."""
    above: str
    """The line before it; empty above the first one."""
    before: str
    """What stands before the fault."""
    marked: str
    """The fault."""
    after: str
    """What stands behind it."""
    below: tuple[str, ...] = ()
    """The lines after it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry under `cards`, good or not."""

    number: int
    """Which one it is in the file, from 0."""
    line: int
    """Where it begins, from 1."""
    last_line: int
    """Where it ends."""
    name: str
    """Its id as it is written; empty when it has none."""
    card: CardId | None
    """The card it is, or None while it has to be left out."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What one look at a deck file gave."""

    path: Path
    """The file."""
    stamp: Stamp | None
    """What the system said of the file when it was read; None while there is no file."""
    problems: tuple[Problem, ...] = ()
    """Everything that is wrong, by place."""
    lines: tuple[str, ...] = ()
    """The file's lines, to show problems in."""
    deck: Deck | None = None
    """The deck with its good cards, or None while the file has to be left out whole."""
    today: date = date.min
    """The study day it was."""
    entries: tuple[Entry, ...] = ()
    """All its cards in file order, also those that are left out; none while YAML breaks."""
    positions: Mapping[CardId, int] = field(default_factory=dict)
    """Where each good card stands among them."""

    @property
    def cards(self) -> Sequence[Card]:
        """The good cards, in file order."""
        return self.deck.cards if self.deck is not None else ()

    def view(self, position: int) -> CardView:
        """Return a good card as a first review asks it."""
        from prepdeck.study.reviewing import first_view

        assert self.deck is not None  # noqa: S101 - a promise to the type checker: there are no positions without it
        return first_view(self.deck.cards[position], self.deck, self.today)

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
        return None if card is None else self.positions.get(card)

    def entry_of(self, card: CardId) -> Entry | None:
        """Return the entry that a good card is, or None."""
        return next((entry for entry in self.entries if entry.card == card), None)

    def entry_at(self, line: int) -> Entry | None:
        """Return the card that a line belongs to, or None for the lines of the deck itself."""
        return next((entry for entry in self.entries if entry.line <= line <= entry.last_line), None)

    def excerpt(self, problem: Problem, cells: int) -> Excerpt | None:
        """Return the stretch around a problem that fits so many cells; None when the file has no such line."""
        if not 0 < problem.line <= len(self.lines):
            return None
        above = _shown(self.lines[problem.line - 2]) if problem.line > 1 else ""
        below = tuple(map(_shown, self.lines[problem.line : problem.line + _CONTEXT]))
        return Excerpt(problem.line, above, *stretch(self.lines[problem.line - 1], problem, cells), below)

    def source(self, first: int, count: int) -> tuple[str, ...]:
        """Return some lines of the file, as they are shown."""
        return tuple(map(_shown, self.lines[first - 1 : first - 1 + count]))


def _shown(line: str) -> str:
    """Return a line as it is shown; it may be megabytes long, and nobody sees so much of it."""
    return expand_tabs(clean(line[:_LONGEST_CONTEXT]))


def is_error(problem: Problem) -> bool:
    """Tell whether a problem is an error, not a warning."""
    return problem.severity is Severity.ERROR


def open_preview(path: Path) -> Preview:
    """Return a deck file that was not looked at yet.

    Raises:
        UsageError: When `path` is a folder, or never was a file.
    """
    if path.is_dir():
        raise UsageError(f"{path} is a folder", "name one deck file; prepdeck lint checks whole folders")
    if not path.exists():
        raise UsageError(f"no file {path}", "prepdeck new deck makes one")
    return Preview(path, None)


def preview_file(path: Path, options: Options) -> Preview:
    """Look at a deck file.

    Raises:
        UsageError: When `path` is a folder, or never was a file.
    """
    return look_again(open_preview(path).path, options)


def look_again(path: Path, options: Options) -> Preview:
    """Look at a deck file that may be gone at this moment, as while an editor replaces it."""
    import prepdeck.study.reviewing  # noqa: F401 - loaded here, beside the screen, and not with the first card

    stamp = stamp_of(path)
    if stamp is None:
        return Preview(path, None)
    surroundings = look_around(options)
    now = surroundings.clock.now()
    file = read_file(path, "extra")
    reading, problems = file.reading, check_files((file,), now.date(), options=options)
    cards = reading.deck.cards if reading.deck is not None else ()
    return Preview(
        path=path,
        stamp=stamp,
        problems=problems,
        lines=reading.lines,
        deck=reading.deck,
        today=study_day(wall_of(now), surroundings.settings.day_start),
        entries=_entries_of(reading),
        positions={card.id: number for number, card in enumerate(cards)},
    )


def _entries_of(reading: Reading) -> tuple[Entry, ...]:
    """Return every card of a file, good or not, in file order."""
    listing = reading.root.entries.get("cards") if reading.root is not None else None
    if not isinstance(listing, Listing):
        return ()
    cards = {table.start: card for card, table in reading.tables.items()}
    return tuple(_entry(reading, number, item, cards) for number, item in enumerate(listing.items))


def _entry(reading: Reading, number: int, item: Node, cards: Mapping[int, CardId]) -> Entry:
    first, _ = reading.source.place(item.start)
    last, column = reading.source.place(item.end)
    name = item.entries.get("id") if isinstance(item, Table) else None
    # A block ends where the next thing begins, which is not a line of its own any more.
    return Entry(
        number=number,
        line=first,
        last_line=last - 1 if column == 1 and last > first else last,
        name=name.text if isinstance(name, Scalar) else "",
        card=cards.get(item.start),
    )


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


__all__ = [
    "Entry", "Excerpt", "Preview", "Problem", "Stamp", "fix_problem", "is_error", "look_again", "open_preview",
    "preview_file", "stamp_of",
]  # fmt: skip
