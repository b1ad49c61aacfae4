"""The five-part clock of stories: how the time of a told answer is shared, and what a story takes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from weakref import WeakKeyDictionary

from prepdeck.cards.blueprint import StarTiming
from prepdeck.cards.spoken import Story
from prepdeck.errors import NotFound
from prepdeck.study.discovery import files_that_set
from prepdeck.study.documents import bundled_documents, documents_of
from prepdeck.study.library import Library
from prepdeck.study.story_edits import PARTS, written
from prepdeck.study.surroundings import look_around

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

WORDS_A_MINUTE: Final = 140
"""How fast a story is told."""
_TIMING: Final = re.compile(rb"^star_timing:", re.MULTILINE)
_CLOCKS: Final[WeakKeyDictionary[Library, StarTiming]] = WeakKeyDictionary()
"""The clock found for the decks in use; looked for again when they are taken in anew."""


@dataclass(frozen=True, slots=True)
class StoryPart:
    """One of the five parts of a story."""

    name: str
    """`situation` to `reflection`."""
    text: str
    """What is said, Markdown; empty while it is to be written."""
    words: int
    """How many words that is."""
    seconds: int
    """How long they take to say."""
    aim_seconds: int
    """How long the clock gives them."""


def words_in(text: str) -> int:
    """Return how many words a text has."""
    return len(text.split())


def seconds_of(words: int) -> int:
    """Return how long so many words take to say."""
    return round(words * 60 / WORDS_A_MINUTE)


def story_clock(desk: Desk) -> StarTiming:
    """Return the five-part clock of stories.

    Raises:
        NotFound: When this installation lacks it.
    """
    found = find_clock(desk)
    if found is None:
        raise NotFound("the clock of stories is missing", "install prepdeck again")
    return found


def find_clock(desk: Desk) -> StarTiming | None:
    """Return the clock: `star_timing` of the learner's own files, else the bundled one, else None."""
    found = _CLOCKS.get(desk.library)
    if found is None:
        try:
            known = bundled_documents()
        except OSError:
            known = None
        found = documents_of(files_that_set(look_around(desk.options).roots, _TIMING), known).star_timing
        if found is not None:
            _CLOCKS[desk.library] = found
    return found


def parts_of(story: Story, clock: StarTiming, seconds: int | None = None) -> tuple[StoryPart, ...]:
    """Return the five parts of a story against the clock.

    Args:
        story: The story.
        clock: How the time is shared.
        seconds: How long the whole may take, instead of the usual.
    """
    aims = {part.id: round((seconds or clock.default_seconds) * part.share) for part in clock.parts}
    parts = []
    for name in PARTS:
        text = written(name, getattr(story, name))
        words = words_in(text)
        parts.append(StoryPart(name, text, words, seconds_of(words), aims[name]))
    return tuple(parts)


def warnings_of(parts: tuple[StoryPart, ...], clock: StarTiming) -> tuple[str, ...]:
    """Return what the clock has to say about a story whose parts are all written; reflection may be missing."""
    seconds = {part.name: part.seconds for part in parts}
    total = sum(seconds.values())
    if not total or any(not part.text for part in parts if part.name != "reflection"):
        return ()
    limits, found = clock.warnings, []
    setup, action = (seconds["situation"] + seconds["task"]) / total, seconds["action"] / total
    if setup > limits.setup_share_over:
        found.append(f"situation and task take {setup:.0%}, {float(limits.setup_share_over):.0%} at most")
    if action < limits.action_share_under:
        found.append(f"the action takes {action:.0%}, {float(limits.action_share_under):.0%} at least")
    if seconds["result"] < limits.result_under_seconds:
        found.append(f"the result takes {seconds['result']} s, {limits.result_under_seconds} s at least")
    if total > limits.total_over_seconds:
        found.append(f"it takes {total} s, {limits.total_over_seconds} s at most")
    return tuple(found)
