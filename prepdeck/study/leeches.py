"""Cards that were forgotten so often that repeating them as they are is worth little."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.memory import Learned, is_leech
from prepdeck.scheduling.review import Review
from prepdeck.study.desk import Desk
from prepdeck.text.counts import counted

ADVICE: Final = (
    ("rewrite", "say it in other words, with a reason or a picture to hang it on; the file and line stand beside it"),
    ("split", "make two or three cards that ask one thing each, and let the first carry the id on"),
    ("postpone", "prepdeck postpone CARD puts it off for two weeks, prepdeck suspend CARD for as long as you like"),
)
"""What to do about a leech, each way with its first step."""


@dataclass(frozen=True, slots=True)
class Leech:
    """A card that was forgotten too often."""

    card: CardId
    """Its name."""
    lapses: int
    """How often it was forgotten after it was learned."""
    title: str
    """Its front as one line."""
    path: Path
    """The file it stands in."""
    line: int
    """The line it begins at."""
    suspended: bool
    """Whether it is not asked any more."""


def list_leeches(desk: Desk) -> tuple[Leech, ...]:
    """Return the leeches of all decks, the most often forgotten first."""
    with desk.store.reading() as log:
        memories, handlings = log.all_memories(), log.all_handlings()
    lapses = {
        card: memory.lapses
        for card, memory in memories.items()
        if isinstance(memory, Learned) and is_leech(memory, desk.settings.leech_lapses)
    }
    found = []
    for outline in desk.library.outlines() if lapses else ():
        if outline.card in lapses:
            path, line = desk.library.line_of(outline.card)
            suspended = outline.card in handlings and handlings[outline.card].suspended
            found.append(Leech(outline.card, lapses[outline.card], outline.title, path, line, suspended))
    return tuple(sorted(found, key=lambda leech: (-leech.lapses, leech.card)))


def leech_words(review: Review) -> str:
    """Return the sentence that says that an answer made a card a leech, or keeps it one."""
    lapses = review.after.lapses if isinstance(review.after, Learned) else 0
    return f"{review.card} was forgotten {counted(lapses, 'time')}: a leech. prepdeck leeches says what to do"
