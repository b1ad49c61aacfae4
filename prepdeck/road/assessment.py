"""The learner's own view of the skills, and the phase to begin with that follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from prepdeck.cards.roadmap import Mode, Roadmap, RoadPhase, Skill

LEVELS: Final = {
    1: "new to me",
    2: "I can follow it",
    3: "I do it alone",
    4: "I could teach it",
}
"""What a level of a skill means."""
ENOUGH: Final = 3
"""A skill at this level needs no phase of its own."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """The phase to begin with."""

    phase: RoadPhase
    """The phase."""
    because: tuple[Skill, ...] = ()
    """The skills that it teaches and that are not there yet; none when all are."""


def propose(roadmap: Roadmap, levels: Mapping[str, int]) -> Proposal | None:
    """Return the first phase in the row that teaches a skill below `ENOUGH`, else the last one; None without phases.

    A skill that was not asked about counts as new. Skills that name no phase decide nothing.
    """
    row = [phase for phase in roadmap.phases if phase.mode is Mode.SEQUENCE]
    if not row:
        return None
    missing = [skill for skill in roadmap.skills if levels.get(skill.id, 1) < ENOUGH]
    for phase in row:
        because = tuple(skill for skill in missing if skill.phases and min(skill.phases) == phase.number)
        if because:
            return Proposal(phase, because)
    return Proposal(row[-1])
