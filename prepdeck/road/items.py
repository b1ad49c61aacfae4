"""What is ticked off on the road: things to make, their checks, milestones, gates and steps."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from prepdeck.cards.roadmap import RoadPhase, Step
from prepdeck.road.lists import Entry, ListKind
from prepdeck.road.standing import Piece, RoadStanding


class ItemKind(Enum):
    """What an item of the road is."""

    DELIVERABLE = "deliverable"
    """Something to make."""
    CHECK = "check"
    """One point of a checklist that belongs to something to make or to a step."""
    MILESTONE = "milestone"
    """What the phase is over with."""
    GATE = "gate"
    """A test one puts oneself to."""
    STEP = "step"
    """A step beside the phases."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something on the road that is ticked off."""

    id: str
    """Its slug, by which it is marked as done."""
    kind: ItemKind
    """What it is."""
    text: str
    """In words for people."""
    count: int = 1
    """How many of it are asked for."""
    pieces: tuple[Piece, ...] = ()
    """Those that are done, the earliest first."""
    of: str = ""
    """The item a check belongs to; empty for the others."""
    is_own: bool = False
    """Whether the learner added it to those of the road."""

    @property
    def is_done(self) -> bool:
        """Whether as many are done as are asked for."""
        return len(self.pieces) >= self.count

    @property
    def links(self) -> tuple[str, ...]:
        """Where it can be seen."""
        return tuple(piece.link for piece in self.pieces if piece.link)


def gate_id(phase: RoadPhase) -> str:
    """Return the slug by which the gate of a phase is marked as passed."""
    return f"{phase.id}-gate"


def items_of(phase: RoadPhase, standing: RoadStanding) -> tuple[Item, ...]:
    """Return what a phase is ticked off by, the learner's own things behind those of the road."""

    def item(slug: str, kind: ItemKind, text: str, count: int = 1, of: str = "") -> Item:
        return Item(slug, kind, text, count, standing.done.get(slug, ()), of)

    found = []
    for each in phase.deliverables:
        found.append(item(each.id, ItemKind.DELIVERABLE, each.text, each.count))
        found += [item(check.id, ItemKind.CHECK, check.text, of=each.id) for check in each.checks]
    found += [_own_item(entry) for entry in standing.entries_of(ListKind.DELIVERABLES) if is_of(entry, phase)]
    if phase.milestone is not None:
        found.append(item(phase.milestone.id, ItemKind.MILESTONE, phase.milestone.text))
    if phase.gate is not None:
        found.append(item(gate_id(phase), ItemKind.GATE, phase.gate))
    return tuple(found)


def is_of(entry: Entry, phase: RoadPhase) -> bool:
    """Tell whether something the learner added belongs to a phase."""
    return entry.values.get("phase", "").strip().lower() in {str(phase.number), phase.id}


def _own_item(entry: Entry) -> Item:
    pieces = () if entry.is_open else (Piece(entry.changed, entry.link),)
    return Item(entry.id, ItemKind.DELIVERABLE, entry.title, 1, pieces, is_own=True)


def step_items(step: Step, standing: RoadStanding) -> tuple[Item, ...]:
    """Return a step and its checks as things to tick."""
    done = standing.done
    checks = [Item(each.id, ItemKind.CHECK, each.text, 1, done.get(each.id, ()), step.id) for each in step.checks]
    return (Item(step.id, ItemKind.STEP, step.title, 1, done.get(step.id, ())), *checks)
