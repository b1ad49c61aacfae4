"""A story while it is written: each save sends only what the learner changed, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from prepdeck.cards.ids import CardId
from prepdeck.cards.spoken import Story
from prepdeck.errors import NotFound, PrepdeckError, UsageError
from prepdeck.host.clock import to_milliseconds
from prepdeck.host.writing import FileChanged
from prepdeck.scheduling.memory import Learned
from prepdeck.scheduling.round import round_of
from prepdeck.store.ids import next_id
from prepdeck.study.request import RoundRequest
from prepdeck.study.reviewing import CardView, Sitting, story_front, view_card
from prepdeck.study.stories import add_story, change_story, keep_words, list_stories, make_matrix, story_clock
from prepdeck.study.story_edits import fields_in, tidied

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
    fields: Mapping[str, str | tuple[str, ...]]
    """What the fields begin with."""
    competencies: tuple[str, ...]
    """What can be ticked."""
    holes: tuple[str, ...]
    """Competencies that no story shows yet."""
    aims: Mapping[str, int]
    """Seconds the clock gives each part."""
    aim_seconds: int
    """Seconds it gives the whole story."""


def open_story(desk: Desk, card: CardId | None, competencies: tuple[str, ...] = ()) -> StoryPage:
    """Return a story to be written on; a new one shows the first competency without a story unless told otherwise.

    Raises:
        NotFound: When there is no such story.
        UsageError: When it is not the learner's own.
    """
    matrix = make_matrix(desk)
    clock = story_clock()
    if card is None:
        shown = competencies or matrix.holes[:1] or matrix.competencies[:1]
        aims = {part.id: round(clock.default_seconds * part.share) for part in clock.parts}
        fresh: dict[str, str | tuple[str, ...]] = {"competencies": shown}
        return StoryPage(StoryDraft(), fresh, matrix.competencies, matrix.holes, aims, clock.default_seconds)
    record = next((each for each in matrix.stories if each.card.id == card), None)
    if record is None:
        raise NotFound(f"there is no story {card} any more")
    if not record.is_own:
        raise UsageError(f"{card} belongs to a deck that is not yours to change", "n writes a story of your own")
    fields = fields_in(record.story)
    aims = {part.name: part.aim_seconds for part in record.parts}
    draft = StoryDraft(card, dict(fields))
    return StoryPage(draft, fields, matrix.competencies, matrix.holes, aims, record.aim_seconds)


def save_draft(
    desk: Desk, draft: StoryDraft, typed: Mapping[str, str | tuple[str, ...]], *, is_last: bool, over: Collection[str]
) -> SavedDraft:
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
    fault = " ".join(dict.fromkeys(faults.values()))
    if faults and is_last:
        name = draft.card.card if draft.card is not None else "new"
        kept = keep_words(desk, name, {one: typed[one] for one in faults})
        fault = f"{fault} What you wrote is kept in {kept}."
    return SavedDraft(tuple(changed), fault)


def _readable(
    draft: StoryDraft, typed: Mapping[str, str | tuple[str, ...]]
) -> tuple[dict[str, str | tuple[str, ...]], dict[str, str]]:
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


def begin_drill(desk: Desk, card: CardId, competency: str | None = None) -> tuple[Sitting, CardView]:
    """Return a round of one story, told from its title or found for a competency, and the story as it is asked.

    A story that is new or due counts as in any round; one that is not leaves its schedule alone.

    Raises:
        NotFound: When there is no such story.
    """
    found = desk.library.get(card)
    if found is None or not isinstance(found.body, Story):
        raise NotFound(f"there is no story {card} any more")
    with desk.store.reading() as log:
        memory = log.memory_of(card)
    is_early = isinstance(memory, Learned) and memory.due > desk.today()
    request = RoundRequest(cram=is_early)
    asked = round_of((card,), budget_seconds=desk.settings.minutes_on(desk.today()) * 60.0)
    sitting = Sitting(asked, request, next_id(to_milliseconds(desk.clock.now()), None))
    wording = found.body.competencies.index(competency) + 1 if competency in found.body.competencies else 0
    view = view_card(desk, card, cram=is_early)
    return sitting, replace(view, wording=wording, front=story_front(found.body, wording))


def story_for(desk: Desk, competency: str) -> CardId | None:
    """Return the story to drill for a competency: of those that show it, the one reviewed least."""
    showing = [each for each in list_stories(desk) if competency in each.story.competencies]
    return min(showing, key=lambda each: each.reviews).card.id if showing else None
