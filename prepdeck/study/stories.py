"""The candidate's own stories added, changed and removed, in the learner's own deck file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from prepdeck.cards.ids import CardId
from prepdeck.errors import UsageError
from prepdeck.study.library import Source
from prepdeck.study.story_edits import Fields, add_to, change_in, fields_in
from prepdeck.study.story_faults import stories_path
from prepdeck.study.story_pages import keep_words
from prepdeck.study.story_records import show_story
from prepdeck.study.story_removal import remove_from

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk


def add_story(desk: Desk, fields: Fields) -> CardId:
    """Write a new story into the learner's own deck and take it in; return its name.

    Raises:
        UsageError: When a field cannot be written.
        FileUnwritable: When the file cannot be read as YAML, or not written.
    """
    with desk.store.reading() as log:
        added = add_to(stories_path(desk), fields, lambda name: log.shelf.entry(name) is not None)
    _take_in(desk)
    return added


def change_story(desk: Desk, card: CardId, fields: Fields, known: Fields | None = None) -> tuple[str, ...]:
    """Give fields of a story other values; return the names of those that changed.

    Args:
        desk: Everything opened.
        card: The story.
        fields: The new values.
        known: What the fields held when they were read; see `change_in`.

    Raises:
        FileChanged: When another program changed one of the fields since; nothing is written.
        UsageError: When a field cannot be written, or the story is not the learner's own.
        FileUnwritable: When the file cannot be read as YAML, or not written.
    """
    changed = change_in(_own_path(desk, card), card, fields, known)
    if changed:
        _take_in(desk)
    return changed


def remove_story(desk: Desk, card: CardId) -> Path:
    """Take a story out of its deck and return where its words are kept; the card retires, its history stays.

    Raises:
        UsageError: When the story is not the learner's own.
        FileUnwritable: When the file cannot be read as YAML, or not written.
    """
    path = _own_path(desk, card)
    record = show_story(desk, str(card))
    kept = keep_words(desk, card.card, fields_in(record.story))
    remove_from(path, card)
    _take_in(desk)
    return kept


def _own_path(desk: Desk, card: CardId) -> Path:
    loaded = desk.library.deck(card.deck)
    if loaded.source is not Source.OWN:
        raise UsageError(
            f"{card} belongs to {loaded.path}, which is not yours to change", "prepdeck stories add makes your own"
        )
    return loaded.path


def _take_in(desk: Desk) -> None:
    """Take the edit in, without a word: who made it knows of it."""
    from prepdeck.study.desk import reload_decks

    known = len(desk.notes)
    reload_decks(desk)
    del desk.notes[known:]
