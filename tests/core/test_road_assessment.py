"""The phase that the learner's own view of the skills proposes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.roadmap import Mode, Roadmap, RoadPhase, Skill
from prepdeck.cards.span import Span
from prepdeck.road.assessment import ENOUGH, LEVELS, propose
from tests.full import examples


def phase(number: int, mode: Mode = Mode.SEQUENCE) -> RoadPhase:
    return RoadPhase(number=number, id=f"phase-{number}", title=f"Phase {number}", months=Span(1), mode=mode)


PHASES = (phase(1), phase(2), phase(3, Mode.CONCURRENT), phase(4), phase(5))
SKILLS = (
    Skill("code", "Code", phases=(1, 4)),
    Skill("maths", "Maths", phases=(2, 1)),
    Skill("models", "Models", phases=(2,)),
    Skill("design", "Design", phases=(4,)),
    Skill("talk", "Talk", phases=(3,)),
    Skill("habit", "Habit"),
)
ROAD = Roadmap(phases=PHASES, skills=SKILLS)
ALL = {skill.id: ENOUGH for skill in SKILLS}


@pytest.mark.parametrize(
    ("levels", "number", "because"),
    [
        ({}, 1, ("code", "maths")),
        (ALL, 5, ()),
        ({**ALL, "code": 2}, 1, ("code",)),
        ({**ALL, "maths": 1, "design": 1}, 1, ("maths",)),
        ({**ALL, "models": 2}, 2, ("models",)),
        ({**ALL, "design": 2, "models": 4}, 4, ("design",)),
        ({**ALL, "talk": 1}, 5, ()),
        ({**ALL, "habit": 1}, 5, ()),
        ({**ALL, "unknown": 1}, 5, ()),
        ({"code": 3, "maths": 3, "models": 3}, 4, ("design",)),
    ],
    ids=str,
)
def test_the_first_phase_that_teaches_what_is_missing_is_proposed(
    levels: dict[str, int], number: int, because: tuple[str, ...]
) -> None:
    proposal = propose(ROAD, levels)
    assert proposal is not None
    assert proposal.phase.number == number
    assert tuple(skill.id for skill in proposal.because) == because


def test_a_road_without_phases_in_a_row_proposes_nothing() -> None:
    assert propose(Roadmap(phases=(phase(1, Mode.CONCURRENT),), skills=SKILLS), {}) is None
    assert propose(Roadmap(phases=(), skills=SKILLS), ALL) is None


def test_a_road_without_skills_proposes_its_last_phase() -> None:
    proposal = propose(Roadmap(phases=PHASES), {})
    assert proposal is not None
    assert (proposal.phase.number, proposal.because) == (5, ())


def test_every_level_has_a_meaning_of_its_own() -> None:
    assert list(LEVELS) == [1, 2, 3, 4]
    assert len(set(LEVELS.values())) == len(LEVELS)
    assert ENOUGH in LEVELS


VIEWS = st.dictionaries(st.sampled_from([skill.id for skill in SKILLS]), st.sampled_from(list(LEVELS)))


@settings(deadline=None, max_examples=examples(200))
@given(VIEWS, st.sampled_from([skill.id for skill in SKILLS]))
def test_knowing_more_never_leads_to_an_earlier_phase(levels: dict[str, int], skill: str) -> None:
    before, after = propose(ROAD, levels), propose(ROAD, {**levels, skill: max(LEVELS)})
    assert before is not None
    assert after is not None
    assert after.phase.number >= before.phase.number


@settings(deadline=None, max_examples=examples(200))
@given(VIEWS)
def test_a_skill_is_a_reason_only_where_it_is_missing_and_first_taught(levels: dict[str, int]) -> None:
    proposal = propose(ROAD, levels)
    assert proposal is not None
    assert proposal.phase.mode is Mode.SEQUENCE
    for skill in proposal.because:
        assert levels.get(skill.id, 1) < ENOUGH
        assert min(skill.phases) == proposal.phase.number
