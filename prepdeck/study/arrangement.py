"""Which of the files found give the decks of a run; knows what they hold, and not how that came to be known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from prepdeck.text.counts import counted


@dataclass(frozen=True, slots=True)
class Shown:
    """What one file of this run holds, whether it was read now or before."""

    path: Path
    """The file, as people named or found it."""
    source: str
    """`bundled`, `own` or `extra`."""
    deck: str | None
    """Slug of its deck."""
    errors: int
    """Faults that leave something out."""
    warnings: int
    """Things worth a look."""
    problem: str | None
    """Why it is left out whole; None for a deck, and for what lies beside decks on purpose."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Which files give the decks of this run."""

    chosen: tuple[int, ...]
    """Places of their files among all of this run, in the order of the decks."""
    unreadable: tuple[tuple[str, str], ...]
    """Files left out whole, each with the reason."""
    notes: tuple[str, ...]
    """Sentences worth saying once."""


def arrange(files: Sequence[Shown]) -> Arrangement:
    """Return which files give the decks: of two with one name the later one wins, and a note says so."""
    chosen: dict[str, int] = {}
    unreadable: list[tuple[str, str]] = []
    notes: list[str] = []
    for place, file in enumerate(files):
        if file.problem is not None:
            unreadable.append((str(file.path), file.problem))
            notes.append(f"{file.path} is left out: {file.problem}; prepdeck lint shows more")
        if file.deck is None:
            continue
        if file.deck in chosen:
            earlier = files[chosen.pop(file.deck)]
            notes.append(f"deck {file.deck} stands in {earlier.path} and {file.path}; the second is used")
        if file.errors:
            faults = counted(file.errors, "error")
            notes.append(f"{file.path} has {faults}; its good cards are used, prepdeck lint shows more")
        chosen[file.deck] = place
    return Arrangement(tuple(chosen.values()), tuple(unreadable), tuple(notes))
