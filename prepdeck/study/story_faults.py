"""What is wrong with the files of the learner's own stories, so that no story goes missing without a word."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from prepdeck.cards.deck import Track
from prepdeck.deckfile.problem import Severity
from prepdeck.deckfile.reading import not_a_deck
from prepdeck.study.discovery import read_file
from prepdeck.study.library import Source

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

STORIES_FILE: Final = "stories.yaml"
"""The learner's own stories, among their decks."""


@dataclass(frozen=True, slots=True)
class StoryFault:
    """One error in a file of stories."""

    path: Path
    """The file."""
    line: int
    """Where it is, counted from 1."""
    column: int
    """The same within the line."""
    message: str
    """What is wrong."""
    is_whole: bool
    """Whether nothing of the file can be used because of it."""

    @property
    def place(self) -> str:
        """Where it is, as compilers write it."""
        return f"{self.path}:{self.line}:{self.column}"


def stories_path(desk: Desk) -> Path:
    """Return the file of the learner's own stories; it need not exist yet."""
    return desk.folders.decks / STORIES_FILE


def find_faults(desk: Desk) -> tuple[StoryFault, ...]:
    """Return every error in the learner's own files of stories, by file and place."""
    own = [stories_path(desk)]
    own += [
        each.path
        for each in desk.library.decks
        if each.source is Source.OWN and each.errors and each.deck.track is Track.STAR and each.path not in own
    ]
    return tuple(fault for path in own if path.exists() for fault in _faults_in(path))


def _faults_in(path: Path) -> tuple[StoryFault, ...]:
    reading = read_file(path, Source.OWN.value, follow=False).reading
    other = not_a_deck(reading)
    is_whole = other is not None or reading.deck is None
    problems = [other] if other is not None else reading.problems
    found = [each for each in problems if each is other or each.severity is Severity.ERROR]
    return tuple(StoryFault(path, each.line, each.column, each.message, is_whole) for each in found)
