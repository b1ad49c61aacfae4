"""What is done on the road: phases begun, things made, a deck chosen, skills seen; undo takes back each of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from prepdeck.cards.roadmap import RoadPhase
from prepdeck.errors import NotFound, UsageError
from prepdeck.road.assessment import LEVELS, Proposal, propose
from prepdeck.road.deeds import Assessed, Chose, Done, Reopened, Started, Ticked
from prepdeck.road.items import Item
from prepdeck.road.lists import read_link
from prepdeck.study.road_log import append_deeds, keep_deed, standing_at
from prepdeck.study.road_names import all_items, find_phase, get_item, get_phase, road_in_use

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk


def start_phase(desk: Desk, word: str) -> RoadPhase:
    """Begin a phase today; undo takes it back. One that is under way stays as it is.

    Raises:
        NotFound: When there is no such phase.
        UsageError: When it was begun before.
    """
    roadmap = road_in_use(desk)
    phase = get_phase(roadmap, word)
    with desk.store.writing() as log:
        begun = standing_at(log).started.get(phase.id)
        if begun is not None:
            raise UsageError(f"phase {phase.number} was begun on {begun}", f"prepdeck roadmap reopen {phase.id}")
        append_deeds(desk, log, [Started(phase.id)])
    return phase


def mark_done(desk: Desk, word: str, link: str = "") -> Item:
    """Mark something as done today, with its link; return it as it is now. Undo takes it back.

    Of something asked for several times each call adds one.

    Raises:
        NotFound: When nothing is called so.
        UsageError: When it is done already, or the link is no web address.
    """
    address = read_link(link)
    roadmap = road_in_use(desk)
    with desk.store.writing() as log:
        standing = standing_at(log)
        item = get_item(roadmap, standing, word)
        if item.is_done and not address:
            raise UsageError(f"{item.id} is done already", f"prepdeck roadmap reopen {item.id}")
        deeds: list[Done | Reopened] = [Reopened(item.id)] if item.is_done else []  # a new link for the last piece
        append_deeds(desk, log, [*deeds, Done(item.id, address)])
        return get_item(roadmap, standing_at(log), item.id)


def reopen(desk: Desk, word: str) -> str:
    """Take back that something is done, that a phase is begun or that a deck was chosen; say what it was.

    Raises:
        NotFound: When nothing is called so.
        UsageError: When it is not done, begun or chosen.
    """
    roadmap = road_in_use(desk)
    wanted = word.strip().lower()
    with desk.store.writing() as log:
        standing = standing_at(log)
        is_item = any(each.id == wanted for each in all_items(roadmap, standing))
        phase = None if is_item else find_phase(roadmap, wanted)
        chosen = next((slug for slug, deck in standing.chosen.items() if deck == wanted), None)
        if chosen is not None:
            append_deeds(desk, log, [Chose(chosen, "")])
            words = f"not chosen any more: {wanted}"
        elif phase is not None and phase.id in standing.started:
            append_deeds(desk, log, [Reopened(phase.id)])
            words = f"not begun any more: phase {phase.number}, {phase.title}"
        elif phase is not None and wanted in {phase.id, str(phase.number)}:
            raise UsageError(f"phase {phase.number} was not begun", f"prepdeck roadmap start {phase.number} begins it")
        else:
            item = get_item(roadmap, standing, wanted)
            if not item.pieces:
                raise UsageError(f"{item.id} is not done", f"prepdeck roadmap done {item.id} marks it")
            more = max(0, len(item.pieces) - item.count)  # two machines may both have marked it
            append_deeds(desk, log, [Reopened(item.id)] * (1 + more))
            words = f"open again: {item.text}"
    if chosen is not None:
        _queue_anew(desk)
    return words


def choose_deck(desk: Desk, word: str) -> tuple[RoadPhase, str, str]:
    """Choose one deck of a phase that asks for a choice; the others stay out of the daily queue.

    Returns:
        The phase, the deck, and a sentence where the choice does not show in the queue; undo takes it back.

    Raises:
        NotFound: When no phase offers such a deck.
        UsageError: When it is chosen already.
    """
    roadmap = road_in_use(desk)
    wanted = word.strip().lower()
    offers = {deck: phase for phase in roadmap.phases for deck in phase.choose_one}
    fitting = [deck for deck in offers if deck == wanted] or [d for d in offers if wanted and d.startswith(wanted)]
    if len(fitting) != 1:
        known = ", ".join(offers) or "this road offers none"
        raise NotFound(f"{word.strip()[:40]!r} is no specialisation", f"one of: {known}")
    deck = fitting[0]
    phase = offers[deck]
    with desk.store.writing() as log:
        if standing_at(log).chosen_deck(phase.id) == deck:
            raise UsageError(f"{deck} is chosen already", f"prepdeck roadmap reopen {deck} takes it back")
        append_deeds(desk, log, [Chose(phase.id, deck, tuple(each for each in phase.choose_one if each != deck))])
    _queue_anew(desk)
    note = ""
    if deck in desk.settings.leave_out:
        note = f"the setting leave_out keeps {deck} out of the daily queue: prepdeck config leave_out changes it"
    elif all(each.deck.id != deck for each in desk.library.decks):
        note = f"the deck {deck} is not here yet; it will be asked as soon as it is"
    return phase, deck, note


def _queue_anew(desk: Desk) -> None:
    from prepdeck.study.desk import reload_decks

    reload_decks(desk)


def assess(desk: Desk, levels: Mapping[str, int]) -> Proposal | None:
    """Keep the learner's own view of the skills; return the phase to begin with. Undo takes it back.

    Skills that are not named keep their level.

    Raises:
        NotFound: When there is no such skill.
        UsageError: When a level is not 1-4, or none is given.
    """
    roadmap = road_in_use(desk)
    known = {skill.id: skill for skill in roadmap.skills}
    if not levels:
        raise UsageError("which skills?", f"levels are 1-{max(LEVELS)}; skills: {', '.join(known)}")
    for skill, level in levels.items():
        if skill not in known:
            raise NotFound(f"no skill {skill[:40]!r}", f"skills: {', '.join(known)}")
        if level not in LEVELS:
            words = ", ".join(f"{each} {meaning}" for each, meaning in LEVELS.items())
            raise UsageError(f"{level} is no level of a skill", f"levels: {words}")
    with desk.store.writing() as log:
        merged = {**standing_at(log).levels, **levels}
        append_deeds(desk, log, [Assessed(merged)])
    return propose(roadmap, merged)


def tick(desk: Desk, line: str, *, is_done: bool) -> None:
    """Tick a line of today's plan as worked on, or take the tick away; undo takes it back."""
    keep_deed(desk, Ticked(line, is_done=is_done))
