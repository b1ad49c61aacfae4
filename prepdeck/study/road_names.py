"""What the words of a learner mean on the road in use: phases, and things that are ticked off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from prepdeck.cards.roadmap import Roadmap, RoadPhase
from prepdeck.errors import NotFound
from prepdeck.road.items import Item, gate_id, step_items
from prepdeck.road.standing import RoadStanding
from prepdeck.study.mock_documents import documents_in_use

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

MOST_NAMED: Final = 12
"""So many names are listed where one of them was meant."""


def road_in_use(desk: Desk) -> Roadmap:
    """Return the road: the learner's own where there is one, else the bundled one.

    Raises:
        NotFound: When this installation lacks it.
    """
    roadmap = documents_in_use(desk).roadmap
    if roadmap is None:
        raise NotFound("the roadmap is missing", "install prepdeck again")
    return roadmap


def find_phase(roadmap: Roadmap, word: str) -> RoadPhase | None:
    """Return the phase that a number, an id or a unique beginning of an id means, or None."""
    wanted = word.strip().lower()
    exact = [each for each in roadmap.phases if wanted in {str(each.number), each.id}]
    near = exact or [each for each in roadmap.phases if wanted and each.id.startswith(wanted)]
    return near[0] if len(near) == 1 else None


def get_phase(roadmap: Roadmap, word: str) -> RoadPhase:
    """Return the phase that a number, an id or a unique beginning of an id means.

    Raises:
        NotFound: When there is none, or several fit.
    """
    found = find_phase(roadmap, word)
    if found is None:
        known = ", ".join(f"{each.number} {each.id}" for each in roadmap.phases)
        raise NotFound(f"no phase {word.strip()[:40]!r}", f"phases: {known}")
    return found


def all_items(roadmap: Roadmap, standing: RoadStanding) -> tuple[Item, ...]:
    """Return everything of the road that can be ticked off, phases before steps; what the learner added is left out."""
    from prepdeck.road.items import items_of

    of_phases = [item for phase in roadmap.phases for item in items_of(phase, standing) if not item.is_own]
    return (*of_phases, *(item for step in roadmap.steps for item in step_items(step, standing)))


def get_item(roadmap: Roadmap, standing: RoadStanding, word: str) -> Item:
    """Return the item that an id, or a unique beginning of one, means; `4-gate` is the gate of phase 4.

    Raises:
        NotFound: When there is none, or several fit.
    """
    wanted = word.strip().lower()
    items = all_items(roadmap, standing)
    gates = {f"{phase.number}-gate": gate_id(phase) for phase in roadmap.phases}
    wanted = gates.get(wanted, wanted)
    phase = next((each for each in roadmap.phases if each.id == wanted), None)
    if phase is not None and all(each.id != wanted for each in items):
        more = f"; its gate is {gate_id(phase)}" if phase.gate is not None else ""
        message = f"{phase.id} is a phase; it is done by what it asks for"
        raise NotFound(message, f"prepdeck roadmap show {phase.id} lists it{more}")
    fitting = [each for each in items if each.id == wanted] or [
        each for each in items if wanted and each.id.startswith(wanted)
    ]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = ", ".join(each.id for each in fitting[:MOST_NAMED])
        raise NotFound(f"{word.strip()[:40]!r} fits {len(fitting)} things", f"write one of: {names}")
    from difflib import get_close_matches

    near = next(iter(get_close_matches(wanted, [each.id for each in items], n=1)), None)
    help_text = f"did you mean {near}?" if near else "prepdeck roadmap show PHASE lists what it is done by"
    raise NotFound(f"nothing on the road is called {word.strip()[:40]!r}", help_text)
