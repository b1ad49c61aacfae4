"""Roadmaps: what phases wait for, checks, hours a week, skills, and what a road says of decks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepdeck.cards.roadmap import HOURS_A_WEEK, Check, Deliverable, Roadmap, Skill
from prepdeck.deckfile.problem import Problem
from prepdeck.deckfile.reading import Reading, read_deck
from prepdeck.deckfile.references import check_references
from prepdeck.road.pacing import Months, finish_months


def read(text: str, path: str = "road.yaml") -> Reading:
    return read_deck(path, text.encode())


def road(*phases: str, more: str = "") -> str:
    return "roadmap:\n" + "".join(f"- {{{phase}, months: {{from: 1}}}}\n" for phase in phases) + more


def found(text: str) -> list[str]:
    return [f"{problem.line} {problem.code}" for problem in read(text).problems]


def document(text: str) -> Roadmap:
    reading = read(text)
    assert reading.problems == ()
    assert isinstance(reading.document, Roadmap)
    return reading.document


def test_a_phase_names_what_comes_first_or_nothing_at_all() -> None:
    phases = document(road("id: a", "id: b, after: [a]", "id: c, after: []")).phases
    assert [each.after for each in phases] == [None, ("a",), ()]


@pytest.mark.parametrize(
    ("phases", "told"),
    [
        (("id: a, after: [a]",), "a after a"),
        (("id: a, after: [b]", "id: b"), "a after b after a"),
        (("id: a, after: [b]", "id: b, after: [a]"), "a after b after a"),
        (("id: a, after: [c]", "id: b", "id: c"), "a after c after b after a"),
        (("id: a", "id: b, mode: concurrent, after: [c]", "id: c, after: [b]"), "b after c after b"),
    ],
)
def test_phases_that_wait_for_each_other_are_told_with_the_whole_circle(phases: tuple[str, ...], told: str) -> None:
    reading = read(road(*phases))
    (problem,) = reading.problems
    assert (problem.code, problem.message) == ("E099", f"phases wait for each other: {told}")
    assert problem.help
    assert reading.document is None


def test_two_circles_are_told_apart() -> None:
    text = road("id: a, after: [b]", "id: b, after: [a]", "id: c, after: [d]", "id: d, after: [c]")
    assert found(text) == ["2 E099", "4 E099"]


def test_a_phase_beside_the_others_is_in_no_circle_by_its_place() -> None:
    assert found(road("id: a, after: [b]", "id: b, mode: concurrent")) == []


@st.composite
def waits(draw: st.DrawFn) -> list[list[str] | None]:
    """Draw what each of some phases waits for, circles among them."""
    count = draw(st.integers(1, 8))
    names = st.sampled_from([f"p{number}" for number in range(count)])
    return [draw(st.none() | st.lists(names, max_size=3, unique=True)) for _ in range(count)]


@given(waits())
def test_a_road_is_refused_for_a_circle_or_its_end_can_be_reckoned(graph: list[list[str] | None]) -> None:
    """Every road that is read has an order: what is left out by the reader would be a walk without an end."""
    phases = [
        f"id: p{number}" + ("" if after is None else f", after: [{', '.join(after)}]")
        for number, after in enumerate(graph)
    ]
    reading = read(road(*phases))
    before = [set(), *({f"p{number}"} for number in range(len(graph)))]
    firsts = [before[number] if after is None else set(after) for number, after in enumerate(graph)]
    done: set[str] = set()
    for _ in graph:
        done |= {f"p{number}" for number, first in enumerate(firsts) if first <= done}
    has_order = len(done) == len(graph)
    assert {problem.code for problem in reading.problems} == (set() if has_order else {"E099"})
    if has_order:
        assert isinstance(reading.document, Roadmap)
        ends = finish_months(reading.document.phases, dict.fromkeys(done, Months(1, 1)))
        for number, first in enumerate(firsts):
            assert ends[f"p{number}"].low == 1 + max((ends[slug].low for slug in first), default=0)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (road("id: a, after: [ghost]"), ["2 E091"]),
        (road("id: a", "id: b, after: [A]"), ["3 E026", "3 E091"]),
        (road("id: a", "id: b, after: a"), ["3 E024"]),
        (road("id: a", more="skills: [{id: programming, phases: [2]}]\n"), ["3 E091"]),
        (road("id: a", more="skills: [{id: programming, phases: [0]}]\n"), ["3 E030"]),
        (road("id: a", more="skills: [{id: programming, phases: [9]}]\n"), ["3 E030"]),
        (road("id: a", more="skills: [{id: charm, phases: [1]}]\n"), ["3 E029"]),
        (road("id: a", more="hours_a_week: 0\n"), ["3 E030"]),
        (road("id: a", more="hours_a_week: 113\n"), ["3 E030"]),
        (road("id: a", more="hours_a_week: ten\n"), ["3 E030"]),
        (road("id: a, deliverables: [{id: d, text: x, checks: []}]"), ["2 E025"]),
        (road("id: a, deliverables: [{id: d, text: x, checks: [{id: c}]}]"), ["2 E023"]),
        (road("id: a, deliverables: [{id: d, text: x, checks: [{id: d, text: y}]}]"), ["2 E081"]),
        (road("id: a, gate: why, deliverables: [{id: a-gate, text: x}]"), ["2 E081"]),
        (road("id: a, deliverables: [{id: b, text: x}]", "id: b"), ["2 E081"]),
        (road("id: a", more="steps: [{id: a, tracker: checklist}]\n"), ["3 E081"]),
        (road("id: a", more="steps: [{id: s, tracker: checklist, checks: [{id: s, text: x}]}]\n"), ["3 E081"]),
    ],
)
def test_what_does_not_fit_is_told_in_its_line(text: str, expected: list[str]) -> None:
    assert found(text) == expected


def test_a_road_is_read_with_checks_skills_and_hours() -> None:
    text = road(
        "id: a, deliverables: [{id: d, text: x, checks: [{id: c, text: y}]}]",
        more="skills: [{id: programming, phases: [1]}]\nhours_a_week: 12\n",
    )
    roadmap = document(text)
    assert roadmap.phases[0].deliverables == (Deliverable("d", "x", checks=(Check("c", "y"),)),)
    assert roadmap.skills == (Skill("programming", "Programming", phases=(1,)),)
    assert roadmap.hours_a_week == 12
    assert document(road("id: a")).hours_a_week == HOURS_A_WEEK


def check(text: str, decks: dict[str, bool] | None) -> list[str]:
    problems: tuple[Problem, ...] = check_references([read(text)], formats={}, rubrics={}, decks=decks)
    return [f"{problem.line} {problem.code}" for problem in problems]


CHOICE = road("id: a, decks: [text, vision], choose_one: [text, vision]")


def test_a_deck_that_nobody_has_is_told_where_there_are_no_targets() -> None:
    text = road("id: a, decks: [here, ghost]", more="tools: {Python: [ghost]}\n")
    assert check(text, {"here": False}) == ["2 E091", "3 E091"]
    assert check(text, {"here": False, "ghost": False}) == []
    assert check(text, None) == []


def test_with_targets_a_deck_may_still_be_to_come() -> None:
    text = road("id: a, decks: [later]", more="targets: {later: {basics: {basic: 3}}}\n")
    assert document(text).targets
    assert check(text, {}) == []


def test_a_deck_of_a_choice_is_to_be_optional() -> None:
    assert check(CHOICE, {"text": True, "vision": False}) == ["2 W121"]
    assert check(CHOICE, {"text": True, "vision": True}) == []
    problems = check_references([read(CHOICE)], formats={}, rubrics={}, decks={"text": False, "vision": True})
    assert problems[0].message == '"text" is one of a choice, and is asked before it is chosen'
    assert problems[0].help == "write `optional: true` into the deck text"


def test_a_choice_of_decks_nobody_has_is_told_once() -> None:
    assert check(CHOICE, {"text": True}) == ["2 E091"]


def test_two_roadmaps_are_told() -> None:
    text = road("id: a")
    problems = check_references([read(text, "one.yaml"), read(text, "two.yaml")], formats={}, rubrics={}, decks={})
    assert [(problem.path, problem.code) for problem in problems] == [("two.yaml", "W120")]
