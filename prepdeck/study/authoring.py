"""Deck files rewritten for their authors: fixes, canonical form, missing ids. Loads no database and no interface.

Every file is read once, changed in memory, read again to see that nothing else changed, and replaced whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from prepdeck.deckfile.drawing import draw_problem
from prepdeck.deckfile.editing import id_splices
from prepdeck.deckfile.fixing import encoded, fix_text
from prepdeck.deckfile.formatting import format_deck
from prepdeck.deckfile.naming import missing_ids
from prepdeck.deckfile.problem import Problem, Severity, unreadable
from prepdeck.deckfile.reading import Reading, not_a_deck, read_deck
from prepdeck.deckfile.splicing import spliced
from prepdeck.errors import UsageError
from prepdeck.host.files import FileUnreadable, find_deck_files, read_bounded
from prepdeck.host.writing import replace_file
from prepdeck.study.options import Options
from prepdeck.study.surroundings import look_around


class Outcome(Enum):
    """What became of a file."""

    SAME = "same"
    """It needed no change."""
    CHANGED = "changed"
    """It was changed, or would have been."""
    REFUSED = "refused"
    """It was left as it is, since something is wrong with it."""


@dataclass(frozen=True, slots=True)
class FixedFile:
    """What `lint --fix` did to one file."""

    path: Path
    """The file."""
    applied: tuple[Problem, ...]
    """Problems that were mended; each is placed in the text as it was then."""
    left: tuple[Problem, ...]
    """Problems that are left."""


@dataclass(frozen=True, slots=True)
class FormattedFile:
    """What `fmt` made of one file."""

    path: Path
    """The file."""
    outcome: Outcome
    """What became of it."""
    reason: str | None = None
    """Why it was refused, with its place."""


@dataclass(frozen=True, slots=True)
class NamedFile:
    """What `ids` did to one file."""

    path: Path
    """The file."""
    outcome: Outcome
    """What became of it."""
    ids: tuple[tuple[int, str], ...] = ()
    """Line, in the file as it is now, and id of each card that got one."""
    reason: str | None = None
    """Why it was refused, with its place."""


def fix_files(
    paths: tuple[Path, ...], options: Options | None = None, *, strict: bool = False
) -> tuple[FixedFile, ...]:
    """Make the fixes that problems offer; without paths in every deck that is not bundled.

    Raises:
        UsageError: When a path does not exist.
        FileUnwritable: When a file cannot be written; those before it are done.
    """
    if not paths:
        roots = look_around(options or Options()).roots
        paths = tuple(root.path for root in roots if root.source != "bundled")
    return tuple(_fix_file(path, strict=strict) for path in deck_files(paths))


def _fix_file(path: Path, *, strict: bool) -> FixedFile:
    try:
        data = read_bounded(path)
    except FileUnreadable as error:
        return FixedFile(path, (), (unreadable(str(path), error.message, error.help),))
    fixed = fix_text(str(path), data, strict=strict)
    if fixed.applied:
        replace_file(path, encoded(data, fixed.text), expected=data)
    return FixedFile(path, fixed.applied, fixed.left)


def format_files(paths: tuple[Path, ...], *, check: bool = False) -> tuple[FormattedFile, ...]:
    """Give deck files their canonical form.

    Args:
        paths: Files and folders.
        check: Only tell which files would change.

    Raises:
        UsageError: When a path does not exist.
        FileUnwritable: When a file cannot be written; those before it are done.
    """
    return tuple(_format_file(path, check=check) for path in deck_files(paths))


def _format_file(path: Path, *, check: bool) -> FormattedFile:
    try:
        data = read_bounded(path)
    except FileUnreadable as error:
        return FormattedFile(path, Outcome.REFUSED, error.message)
    formatted = format_deck(str(path), data)
    if formatted.text is None:
        reason = first_fault(formatted.problems) or "its values would change; please report this file"
        return FormattedFile(path, Outcome.REFUSED, reason)
    new = formatted.text.encode()
    if new == data:
        return FormattedFile(path, Outcome.SAME)
    if not check:
        replace_file(path, new, expected=data)
    return FormattedFile(path, Outcome.CHANGED)


def write_ids(paths: tuple[Path, ...]) -> tuple[NamedFile, ...]:
    """Give an id to every card that has none.

    Raises:
        UsageError: When a path does not exist.
        FileUnwritable: When a file cannot be written; those before it are done.
    """
    return tuple(_write_ids(path) for path in deck_files(paths))


def _write_ids(path: Path) -> NamedFile:
    try:
        data = read_bounded(path)
    except FileUnreadable as error:
        return NamedFile(path, Outcome.REFUSED, reason=error.message)
    reading = read_deck(str(path), data)
    other = not_a_deck(reading)
    if other is not None:
        return NamedFile(path, Outcome.SAME)
    if reading.root is None:
        return NamedFile(path, Outcome.REFUSED, reason=first_fault(reading.problems))
    ids = missing_ids(reading.root)
    if not ids:
        return NamedFile(path, Outcome.SAME)
    text = spliced(reading.source.text, id_splices(reading, ids))
    after = read_deck(str(path), encoded(b"", text))
    lines = _lines_of(after, ids)
    if not _keeps_cards(reading, after) or lines is None:
        return NamedFile(path, Outcome.REFUSED, reason=f"{path}: its ids cannot be placed; write them by hand")
    replace_file(path, encoded(data, text), expected=data)
    return NamedFile(path, Outcome.CHANGED, tuple(lines))


def _lines_of(after: Reading, ids: dict[int, str]) -> list[tuple[int, str]] | None:
    """Return line and id of the entries that got one, or None when one of them is not where it should be."""
    if after.root is None or missing_ids(after.root):
        return None
    listing = after.root.entries["cards"]
    items = getattr(listing, "items", [])
    lines = [(items[place].line, slug) for place, slug in ids.items() if items[place].entries["id"].text == slug]
    return lines if len(lines) == len(ids) else None


def _keeps_cards(before: Reading, after: Reading) -> bool:
    """Tell whether every card that could be read before reads the same now, and nothing new is wrong."""
    old = before.deck.cards if before.deck is not None else ()
    new = {card.id: card for card in after.deck.cards} if after.deck is not None else {}
    return all(new.get(card.id) == card for card in old) and _errors(after) <= _errors(before)


def _errors(reading: Reading) -> int:
    return sum(problem.severity is Severity.ERROR for problem in reading.problems)


def deck_files(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the deck files at some paths, each once.

    Raises:
        UsageError: When a path does not exist.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if not path.exists():
            raise UsageError(f"no file or folder {path}", "name a deck file or a folder of decks")
        # In a folder links are passed over, as reading decks does; a link that is named is followed.
        found |= dict.fromkeys(file for file in find_deck_files(path) if file == path or not file.is_symlink())
    return tuple(found)


def first_fault(problems: tuple[Problem, ...]) -> str | None:
    """Return the first error with its place, or else the first problem."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR] or list(problems)
    return f"{errors[0].path}:{errors[0].line}:{errors[0].column}: {errors[0].message}" if errors else None


def draw_problems(readings: tuple[Reading, ...], *, color: bool = False) -> str:
    """Return the problems of some files as pictures."""
    drawn = [draw_problem(one, reading.lines, color=color) for reading in readings for one in reading.problems]
    return "\n\n".join(drawn)
