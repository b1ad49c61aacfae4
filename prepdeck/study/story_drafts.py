"""A story while it is written: each save sends only what the learner changed, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from prepdeck.cards.ids import CardId
from prepdeck.cards.spoken import Story
from prepdeck.errors import NotFound, PrepdeckError, StoreReadOnly, UsageError
from prepdeck.host.writing import FileChanged
from prepdeck.study.stories import add_story, change_story
from prepdeck.study.story_clock import story_clock
from prepdeck.study.story_edits import Fields, fields_in, tidied
from prepdeck.study.story_matrix import make_matrix
from prepdeck.study.story_pages import keep_words
from prepdeck.study.story_recovery import TypedBefore, drop_typed, keep_typed, typed_before

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk


@dataclass(slots=True)
class StoryDraft:
    """What is known of a story that is being written."""

    card: CardId | None = None
    """The story; None until it is first saved."""
    known: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    """What its file holds of it, as far as this draft has read or written it."""
    conflicts: frozenset[str] = frozenset()
    """Fields that another program changed meanwhile; saving them once more puts the learner's text in."""


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """What became of a save."""

    changed: tuple[str, ...]
    """Fields that were written."""
    fault: str = ""
    """Why something was not; where it is kept instead."""


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A story as it is opened to be written."""

    draft: StoryDraft
    """What is known of it."""
    fields: Fields
    """What the fields begin with."""
    competencies: tuple[str, ...]
    """What can be ticked."""
    holes: tuple[str, ...]
    """Competencies that no story shows yet."""
    aims: Mapping[str, int]
    """Seconds the clock gives each part."""
    aim_seconds: int
    """Seconds it gives the whole story."""
    offered: TypedBefore | None = None
    """What was typed before and never reached the deck; it waits for a yes or a no."""


def open_story(desk: Desk, card: CardId | None, competencies: tuple[str, ...] = ()) -> StoryPage:
    """Return a story to be written on; a new one shows the first competency without a story unless told otherwise.

    Raises:
        NotFound: When there is no such story.
        UsageError: When it is not the learner's own.
    """
    matrix = make_matrix(desk)
    clock = story_clock(desk)
    if card is None:
        shown = competencies or matrix.holes[:1] or matrix.competencies[:1]
        aims = {part.id: round(clock.default_seconds * part.share) for part in clock.parts}
        fresh: dict[str, str | tuple[str, ...]] = {"competencies": shown}
        offered = typed_before(desk, None, {})
        if offered is not None and any(_is_told(offered.typed, each.story) for each in matrix.stories):
            # It was saved, and the program died before the draft could be thrown away.
            drop_typed(desk, None)
            offered = None
        return StoryPage(StoryDraft(), fresh, matrix.competencies, matrix.holes, aims, clock.default_seconds, offered)
    record = next((each for each in matrix.stories if each.card.id == card), None)
    if record is None:
        raise NotFound(f"there is no story {card} any more")
    if not record.is_own:
        raise UsageError(f"{card} belongs to a deck that is not yours to change", "n writes a story of your own")
    fields = fields_in(record.story)
    aims = {part.name: part.aim_seconds for part in record.parts}
    draft = StoryDraft(card, dict(fields))
    offered = typed_before(desk, card, fields)
    return StoryPage(draft, fields, matrix.competencies, matrix.holes, aims, record.aim_seconds, offered)


def _is_told(typed: Fields, story: Story) -> bool:
    present = fields_in(story)
    return all(value == present[name] for name, value in typed.items() if name in present and isinstance(value, str))


def take_up(page: StoryPage) -> StoryPage:
    """Return the page with what was typed before in its fields; what the deck holds of others stays as it is now."""
    if page.offered is None:
        return page
    changed = page.offered.changed
    # What the deck held then tells a save whether another program changed these fields since.
    page.draft.known |= {name: value for name, value in page.offered.known.items() if name in changed}
    return replace(page, fields={**page.fields, **changed}, offered=None)


def turn_down(desk: Desk, page: StoryPage) -> tuple[StoryPage, Path | None]:
    """Leave what was typed before where it is out of the way; return the page without it, and its file.

    Raises:
        StoreReadOnly: When it cannot be written there; it will be offered again.
    """
    if page.offered is None:
        return page, None
    card = page.draft.card
    kept = keep_words(desk, card.card if card is not None else "new", page.offered.changed)
    drop_typed(desk, card)
    return replace(page, offered=None), kept


def keep_draft(desk: Desk, draft: StoryDraft, typed: Fields) -> None:
    """Keep what stands in the fields without touching the deck.

    Raises:
        StoreReadOnly: When it cannot be written.
    """
    keep_typed(desk, draft.card, typed, draft.known)


def save_draft(desk: Desk, draft: StoryDraft, typed: Fields, *, is_last: bool, over: Collection[str]) -> SavedDraft:
    """Save what differs from what the file holds; each field for itself, so that one fault leaves the others alone.

    Args:
        desk: Everything opened.
        draft: The story; it remembers what was saved.
        typed: What stands in the fields.
        is_last: Whether the page is left, so that what cannot be saved is kept in a file of its own.
        over: Fields that are written over what another program put there.

    Raises:
        StoreReadOnly: When what cannot be saved cannot be kept either.
    """
    wanted, faults = _readable(draft, typed)
    began_new = draft.card is None
    changed: list[str] = []
    conflicts: set[str] = set()
    if draft.card is None:
        if not any(value for name, value in wanted.items() if name != "competencies"):
            wanted = {}
        else:
            try:
                draft.card = add_story(desk, wanted)
                draft.known = {**wanted}
                changed = list(wanted)
            except PrepdeckError as error:
                faults |= dict.fromkeys(wanted, _sentence(error))
            wanted = {}
    for name, value in wanted.items():
        try:
            _change(desk, draft, name, value, over=name in over)
            changed.append(name)
        except FileChanged as error:
            conflicts.add(name)
            faults[name] = _sentence(error)
        except PrepdeckError as error:
            faults[name] = _sentence(error)
    draft.conflicts = frozenset(conflicts)
    if began_new and draft.card is not None:
        drop_typed(desk, None)
    with suppress(StoreReadOnly):  # a deck that took everything needs no draft, and of the rest the fault tells
        keep_typed(desk, draft.card, typed if faults else draft.known, draft.known)
    fault = " ".join(dict.fromkeys(faults.values()))
    if faults and is_last:
        name = draft.card.card if draft.card is not None else "new"
        kept = keep_words(desk, name, {one: typed[one] for one in faults})
        fault = f"{fault} What you wrote is kept in {kept}."
    return SavedDraft(tuple(changed), fault)


def _readable(draft: StoryDraft, typed: Fields) -> tuple[dict[str, str | tuple[str, ...]], dict[str, str]]:
    """Return what differs from the file and can be written, and what is wrong with the rest."""
    wanted: dict[str, str | tuple[str, ...]] = {}
    faults: dict[str, str] = {}
    for name, value in typed.items():
        try:
            kept = tidied(name, value) if isinstance(value, str) else value
        except UsageError as error:
            faults[name] = _sentence(error)
            continue
        if kept != draft.known.get(name, "" if isinstance(value, str) else ()):
            wanted[name] = kept
    return wanted, faults


def _change(desk: Desk, draft: StoryDraft, name: str, value: str | tuple[str, ...], *, over: bool) -> None:
    if draft.card is None:
        return
    known = None if over else {name: draft.known.get(name, "" if isinstance(value, str) else ())}
    try:
        change_story(desk, draft.card, {name: value}, known)
    except FileChanged:
        # The file may have changed between reading and writing it; a field that was changed itself stays refused.
        change_story(desk, draft.card, {name: value}, known)
    draft.known[name] = value


def _sentence(error: PrepdeckError) -> str:
    words = f"{error.message}; {error.help}" if error.help else error.message
    return f"{words[:1].upper()}{words[1:]}."
