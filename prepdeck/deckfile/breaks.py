"""What is wrong behind the place where YAML breaks.

One slip in YAML ends the reading of a whole file, and the file is left out. Its author still wants to know of every
other fault in the same run. So a copy is read on in which the slip is mended where its fix is sure, and elsewhere the
card around it is taken out; what is found there is told at its place in the file as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from prepdeck.deckfile.header import SCHEMA as HEADER
from prepdeck.deckfile.problem import Problem
from prepdeck.deckfile.reading import Reading, read_deck
from prepdeck.deckfile.source import LINE_END, Source
from prepdeck.deckfile.splicing import Splice, spliced

BREAKS: Final = frozenset(
    {"E006", "E007", "E008", "E009", "E010", "E011", "E020", "E044", "E050", "E051", "E052", "E053"}
)
"""Codes of slips that YAML breaks at."""

MOST_BREAKS: Final = 30
"""Slips after which a file is not read on."""

MOST_CHARACTERS: Final = 1_000_000
"""Characters of one file that are read on, all copies together; keeps a hostile file within a second."""

_CARDS = re.compile(r"cards:[ \t]*(?:#.*)?")
_ENTRY = re.compile(r"( *)-(?:[ \t]|$)")
_FIELD = re.compile(r"([a-z]+):")


@dataclass(frozen=True, slots=True)
class _Mend:
    """An edit of a copy after which it can be read further."""

    splice: Splice
    """The edit, in the copy as it was before."""
    is_out: bool
    """Whether something was taken out, so that nothing true can be said of its place."""

    def before(self, index: int) -> int | None:
        """Return where a character stood before the edit, or None inside of what was taken out."""
        last = self.splice.start + len(self.splice.text)
        if index >= last:
            return index - last + self.splice.end
        if index < self.splice.start:
            return index
        return None if self.is_out else self.splice.start


@dataclass(frozen=True, slots=True)
class _Copy:
    """The file with some slips mended."""

    reading: Reading
    """What it gave."""
    mends: tuple[_Mend, ...] = ()
    """The edits that made it, the first one first."""

    @property
    def slip(self) -> Problem | None:
        """The slip that YAML breaks at, or None when the copy can be read, or cannot be mended."""
        problems = self.reading.problems
        is_broken = self.reading.root is None and problems and problems[-1].code in BREAKS
        return problems[-1] if is_broken else None

    def original(self, index: int) -> int | None:
        """Return where a character stands in the file itself, or None when nothing can be said of it."""
        place: int | None = index
        for mend in reversed(self.mends):
            place = None if place is None else mend.before(place)
        return place

    def placed(self, problem: Problem, source: Source) -> Problem | None:
        """Return a problem of the copy at its place in the file, or None when it is one of the copy alone."""
        start = self.original(index_of(problem, self.reading.source))
        if start is None:
            return None
        line, column = source.place(start)
        width = problem.end_column - problem.column
        return replace(problem, line=line, column=column, end_column=column + width, fix=self._fix(problem, source))

    def _fix(self, problem: Problem, source: Source) -> Splice | None:
        """Return the fix of a problem as an edit of the file itself; None when it would change a mended text."""
        if problem.fix is None:
            return None
        start, end = self.original(problem.fix.start), self.original(problem.fix.end)
        text = self.reading.source.text[problem.fix.start : problem.fix.end]
        if start is None or end is None or source.text[start:end] != text:
            return None
        return Splice(start, end, problem.fix.text)


def problems_behind(reading: Reading, *, strict: bool = False) -> tuple[Problem, ...]:
    """Return the problems behind the slips that YAML breaks at, by place; none of a file that YAML can read.

    Args:
        reading: The file as it was read.
        strict: Whether it was read under the strict rules.
    """
    copy = _Copy(reading)
    found: set[Problem | None] = set()
    for _round in range(min(MOST_BREAKS, MOST_CHARACTERS // (len(reading.source.text) + 1))):
        further = next(_read_on(copy, strict=strict), None)
        if further is None:
            break
        copy = further
        if copy.slip is not None:
            found.add(copy.placed(copy.slip, reading.source))
    if copy.mends:
        found |= {copy.placed(problem, reading.source) for problem in copy.reading.problems}
    return tuple(sorted(problem for problem in found if problem is not None and problem not in reading.problems))


def index_of(problem: Problem, source: Source) -> int:
    """Return the index of the first character of a problem."""
    return source.start_of(problem.line) + problem.column - 1


def _read_on(copy: _Copy, *, strict: bool) -> Iterator[_Copy]:
    """Yield copies with the slip mended that can be read further."""
    slip, source = copy.slip, copy.reading.source
    if slip is None:
        return
    for mend in _mends_of(slip, source):
        text = spliced(source.text, [mend.splice])
        after = _Copy(read_deck(copy.reading.path, text.encode(), strict=strict), (*copy.mends, mend))
        place = mend.before(index_of(after.slip, after.reading.source)) if after.slip is not None else None
        if after.reading.root is not None or (place is not None and place > index_of(slip, source)):
            yield after


def _mends_of(slip: Problem, source: Source) -> Iterator[_Mend]:
    """Yield edits that may let a copy be read past a slip, the one that changes least first."""
    if slip.fix is not None:
        yield _Mend(slip.fix, is_out=False)
    card = _card_around(slip.line, source)
    if card is not None:
        yield _Mend(card, is_out=True)
        return
    field = _FIELD.match(source.lines[slip.line - 1])
    if field is not None and field[1] in HEADER.readers and field[1] != "cards":
        start = source.start_of(slip.line)
        yield _Mend(Splice(start + field.end(), start + len(source.lines[slip.line - 1]), " x"), is_out=True)


def _card_around(line: int, source: Source) -> Splice | None:
    """Return the edit that leaves an empty card, over as many lines, in place of the one in `line`; None above them."""
    lines = source.lines
    listing = next((number for number, text in enumerate(lines, 1) if _CARDS.fullmatch(text)), len(lines))
    first = next((number for number in range(listing + 1, line + 1) if _ENTRY.match(lines[number - 1])), None)
    if first is None:
        return None
    indent = lines[first - 1].partition("-")[0]
    start = max(number for number in range(first, line + 1) if _begins(lines[number - 1], indent))
    end = next((number for number in range(line + 1, len(lines) + 1) if _ends(lines[number - 1], indent)), None)
    stop = source.start_of(end) if end is not None else len(source.text)
    line_ends = len(LINE_END.findall(source.text, source.start_of(start), stop))
    return Splice(source.start_of(start), stop, f"{indent}- {{}}" + "\n" * line_ends)


def _begins(text: str, indent: str) -> bool:
    """Tell whether a card begins in a line."""
    entry = _ENTRY.match(text)
    return entry is not None and entry[1] == indent


def _ends(text: str, indent: str) -> bool:
    """Tell whether the card above ends before a line: at the next card, or at a field of the deck."""
    field = _FIELD.match(text)
    return _begins(text, indent) or (field is not None and field[1] in HEADER.readers)
