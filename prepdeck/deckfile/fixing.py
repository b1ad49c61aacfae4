"""The fixes that problems offer, made: what `prepdeck lint --fix` does to one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from prepdeck.deckfile.breaks import problems_behind
from prepdeck.deckfile.problem import Problem, Severity
from prepdeck.deckfile.reading import Reading, read_deck
from prepdeck.deckfile.splicing import Splice, spliced

MOST_ROUNDS: Final = 30
"""How often a file is read anew: what was mended may bring other problems to light."""

_BLINDING: Final = 1_000_000

_BOM: Final = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Fixed:
    """What became of one file."""

    text: str
    """The file's text, mended."""
    applied: tuple[Problem, ...]
    """Problems whose fix was made, in the order it was made; each is placed in the text as it was then."""
    left: tuple[Problem, ...]
    """Problems that are left."""


@dataclass(frozen=True, slots=True)
class _Look:
    """A file as it was read in one round."""

    reading: Reading
    """What it gave."""
    problems: tuple[Problem, ...]
    """Everything that is wrong with it, behind a slip of YAML too."""

    @property
    def badness(self) -> tuple[int, int, int]:
        """How bad it is: worst when YAML breaks in it, the earlier the worse; then without a deck; then by errors.

        A card of an unknown kind counts for more than any number of faults that show once its kind is known.
        """
        told = self.reading.problems
        errors = [one for one in self.problems if one.severity is Severity.ERROR]
        weight = sum(_BLINDING if one.code == "E012" else 1 for one in errors)
        if self.reading.root is None:
            return (2, -told[-1].line if told else 0, weight)
        return (int(self.reading.deck is None and self.reading.document is None), 0, weight)


def fix_text(path: str, data: bytes, *, strict: bool = False) -> Fixed:
    """Return a file with every fix made that makes nothing worse.

    Only the characters that fixes name change. A file never has more errors afterwards, but for those of a card whose
    kind was misspelt and which can now be read; and one that can be read stays readable.

    Args:
        path: How problems name the file.
        data: The file's bytes.
        strict: Whether problems of the strict rules count.
    """
    look = _look(path, data, strict=strict)
    applied: list[Problem] = []
    refused: set[tuple[str, str, str]] = set()
    for _round in range(MOST_ROUNDS):
        offered = [one for one in look.problems if one.fix is not None and _name_of(one) not in refused]
        chosen = _apart(offered)
        if not chosen:
            break
        taken, after = _try(look, chosen, strict=strict)
        if taken:
            applied += taken
            look = after
        refused |= {_name_of(one) for one in chosen if one not in taken}
    return Fixed(look.reading.source.text, tuple(applied), look.reading.problems)


def encoded(data: bytes, text: str) -> bytes:
    """Return `text` as bytes, with the byte order mark that the file began with."""
    return (_BOM if data.startswith(_BOM) else b"") + text.encode()


def _look(path: str, data: bytes, *, strict: bool) -> _Look:
    reading = read_deck(path, data, strict=strict)
    return _Look(reading, (*reading.problems, *problems_behind(reading, strict=strict)))


def _try(look: _Look, chosen: Sequence[Problem], *, strict: bool) -> tuple[tuple[Problem, ...], _Look]:
    """Return which of the fixes hold, and the file read with them: all together, else each that does no harm."""
    together = _with_fixes(look, chosen, strict=strict)
    if together.badness <= look.badness:
        return tuple(chosen), together
    held: list[Problem] = []
    best = look
    for one in chosen[:MOST_ROUNDS] if len(chosen) > 1 else ():
        after = _with_fixes(look, [*held, one], strict=strict)
        if after.badness <= best.badness:
            held.append(one)
            best = after
    return tuple(held), best


def _with_fixes(look: _Look, problems: Sequence[Problem], *, strict: bool) -> _Look:
    source = look.reading.source
    fixes = [one.fix for one in problems if one.fix is not None]
    return _look(source.path, spliced(source.text, fixes).encode(), strict=strict)


def _apart(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems whose fixes touch different characters, the first of those that do not."""
    chosen: list[Problem] = []
    last: Splice | None = None
    for problem in sorted(problems, key=lambda one: one.fix or Splice(0, 0, "")):
        if problem.fix is not None and (last is None or not last.overlaps(problem.fix)):
            chosen.append(problem)
            last = problem.fix
    return chosen


def _name_of(problem: Problem) -> tuple[str, str, str]:
    """Return what a problem is known by when lines above it were changed."""
    return (problem.code, problem.message, problem.fix.text if problem.fix is not None else "")
