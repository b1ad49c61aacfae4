"""The order of stops of a mock, for formats of one's own and for all that come with prepdeck."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.blueprint import Blueprint, Draw, Phase, Rest, Sitting
from prepdeck.interview.agenda import MINUTE_MS, Stop, agenda_of, counts_of, passing_through, sort_asked, split_evenly
from prepdeck.interview.questions import Question, Sort
from prepdeck.interview.terms import TIME_FACTORS
from prepdeck.study.documents import bundled_documents
from tests.full import examples

INTERVIEWS = (
    "recruiter-30", "phone-45", "coding-45", "assessment-70", "fundamentals-30", "fundamentals-45", "ml-coding-45",
    "ml-debugging-45", "ml-design-45", "ml-design-60", "system-design-45", "behavioural-45", "deep-dive-45",
    "drill-star-12", "drill-estimate-10",
)  # fmt: skip
LOOPS = ("loop-onsite", "loop-evening")


@cache
def bundled(slug: str) -> Blueprint:
    return bundled_documents().formats[slug]


def questions_of(draw: Draw) -> tuple[Question, ...]:
    """Return what a draw asks when nothing is missing."""
    return tuple(Question(sort=sort) for sort, count in counts_of(draw) for _ in range(count))


def make_blueprint(*phases: Phase, **draw: Any) -> Blueprint:
    return Blueprint(
        id="try", title="", minutes=sum(phase.minutes for phase in phases), phases=phases, draw=Draw(**draw)
    )


def tables(blueprint: Blueprint) -> list[list[int | None]]:
    """Return what is on the table at the stops of each phase."""
    stops = agenda_of(blueprint, questions_of(blueprint.draw))
    return [[stop.question for stop in stops if stop.phase == number] for number, _ in enumerate(blueprint.phases)]


def test_a_problem_that_no_phase_asks_goes_through_all_of_them() -> None:
    blueprint = make_blueprint(Phase("plan", "", 2), Phase("code", "", 8), code=1)
    assert agenda_of(blueprint, questions_of(blueprint.draw)) == (
        Stop(0, 0, 2 * MINUTE_MS),
        Stop(1, 0, 8 * MINUTE_MS),
    )


def test_a_phase_that_asks_a_sort_has_a_stop_for_each_of_its_questions() -> None:
    blueprint = make_blueprint(Phase("intro", "", 1), Phase("quick", "", 3, 2, "rapid"), rapid=2)
    assert agenda_of(blueprint, questions_of(blueprint.draw)) == (
        Stop(0, None, MINUTE_MS),
        Stop(1, 0, 90_000, 1, 2),
        Stop(1, 1, 90_000, 2, 2),
    )


def test_phases_of_one_sort_share_its_questions_by_their_repeats() -> None:
    blueprint = make_blueprint(Phase("a", "", 1, 3, "rapid"), Phase("b", "", 1, 1, "rapid"), rapid=4)
    assert tables(blueprint) == [[0, 1, 2], [3]]


def test_phases_whose_repeats_do_not_add_up_share_evenly() -> None:
    blueprint = make_blueprint(Phase("a", "", 1, 1, "rapid"), Phase("b", "", 1, 1, "rapid"), rapid=3)
    assert tables(blueprint) == [[0, 1], [2]]


def test_a_phase_whose_questions_are_missing_is_free_talk() -> None:
    blueprint = make_blueprint(Phase("a", "", 1, 1, "rapid"), Phase("b", "", 1, 1, "rapid"), rapid=2)
    stops = agenda_of(blueprint, [Question(sort=Sort.RAPID)])
    assert [stop.question for stop in stops] == [0, None]


def test_a_phase_with_repeats_asks_the_only_sort_of_that_number() -> None:
    draw = {"rapid": 3, "depth": 2, "code": 2}
    blueprint = make_blueprint(Phase("quick", "", 3, 3), Phase("either", "", 2, 2), **draw)
    assert [sort_asked(blueprint, phase) for phase in blueprint.phases] == [Sort.RAPID, None]


def test_what_a_phase_says_counts_before_its_repeats() -> None:
    blueprint = make_blueprint(Phase("deep", "", 3, 3, "depth"), rapid=3, depth=2)
    assert sort_asked(blueprint, blueprint.phases[0]) is Sort.DEPTH


def test_a_mixed_format_keeps_the_talk_apart_from_the_question_that_goes_through() -> None:
    blueprint = make_blueprint(Phase("quick", "", 4, 1, "rapid"), Phase("plan", "", 2), rapid=2, design=1)
    questions = questions_of(blueprint.draw)
    through = passing_through(blueprint, questions)
    assert through is not None
    assert questions[through].sort is Sort.DESIGN
    assert tables(blueprint)[1] == [through]


def test_a_loop_has_no_agenda_of_its_own() -> None:
    loop = Blueprint(id="day", title="", minutes=6, rounds=(Sitting("a"), Rest(1)))
    with pytest.raises(ValueError, match="day is a loop"):
        agenda_of(loop, ())


def test_every_format_that_comes_with_prepdeck_is_tried_here() -> None:
    assert set(bundled_documents().formats) == {*INTERVIEWS, *LOOPS}
    assert all(bundled(slug).is_loop for slug in LOOPS)


@pytest.mark.parametrize("factor", TIME_FACTORS)
@pytest.mark.parametrize("slug", INTERVIEWS)
def test_the_budgets_of_a_format_add_up_to_its_minutes(slug: str, factor: Fraction) -> None:
    blueprint = bundled(slug)
    stops = agenda_of(blueprint, questions_of(blueprint.draw), factor)
    assert sum(stop.budget_ms for stop in stops) == blueprint.minutes * MINUTE_MS * factor
    for number, phase in enumerate(blueprint.phases):
        assert sum(stop.budget_ms for stop in stops if stop.phase == number) == phase.minutes * MINUTE_MS * factor


@pytest.mark.parametrize("slug", INTERVIEWS)
def test_every_question_of_a_format_is_on_the_table_at_some_time_and_no_phase_is_left_out(slug: str) -> None:
    blueprint = bundled(slug)
    asked = tables(blueprint)
    assert {number for row in asked for number in row} - {None} == set(range(blueprint.draw.questions))
    assert all(asked)


@pytest.mark.parametrize(
    ("slug", "rows"),
    [
        ("recruiter-30", [[None], [0], [None], [1, 2, 3, 4], [None], [None]]),
        ("phone-45", [[None], [0], [1], [None]]),
        ("coding-45", [[0]] * 5),
        ("assessment-70", [[0, 1, 2, 3]]),
        ("fundamentals-30", [[None], [*range(12)], [12, 13], [None]]),
        ("fundamentals-45", [[None], [*range(1, 11)], [11, 12, 13], [0], [None]]),
        ("ml-coding-45", [[0]] * 5),
        ("ml-debugging-45", [[0]] * 5),
        ("ml-design-45", [[0]] * 9),
        ("ml-design-60", [[0]] * 9),
        ("system-design-45", [[0]] * 7),
        ("behavioural-45", [[None], [0, 1, 2, 3, 4], [None], [None]]),
        ("deep-dive-45", [[0]] * 8),
        ("drill-star-12", [[0], [1], [2], [3]]),
        ("drill-estimate-10", [[0, 1, 2, 3, 4]]),
    ],
)
def test_a_format_puts_its_questions_on_the_table_in_this_order(slug: str, rows: list[list[int | None]]) -> None:
    assert tables(bundled(slug)) == rows


sorts = st.sampled_from([None, *Sort])


@st.composite
def blueprints(draw: st.DrawFn) -> Blueprint:
    counts = draw(st.dictionaries(st.sampled_from(Sort), st.integers(0, 5)))
    phases = [
        Phase(f"p{number}", "", draw(st.integers(1, 60)), draw(st.integers(1, 5)), asks and asks.value)
        for number, asks in enumerate(draw(st.lists(sorts, min_size=1, max_size=6)))
    ]
    given_counts: dict[str, Any] = {sort.value: count for sort, count in counts.items()}
    return make_blueprint(*phases, **given_counts)


@given(blueprints(), st.sampled_from((*TIME_FACTORS, Fraction(11, 10), Fraction(133, 100))))
@settings(deadline=None, max_examples=examples(150))
def test_budgets_add_up_in_any_format(blueprint: Blueprint, factor: Fraction) -> None:
    stops = agenda_of(blueprint, questions_of(blueprint.draw), factor)
    assert sum(stop.budget_ms for stop in stops) == blueprint.minutes * MINUTE_MS * factor
    assert [stop.phase for stop in stops] == sorted(stop.phase for stop in stops)
    assert {stop.phase for stop in stops} == set(range(len(blueprint.phases)))
    assert all(1 <= stop.number <= stop.of for stop in stops)


@given(st.integers(0, 10**9), st.integers(1, 50))
@settings(deadline=None, max_examples=examples(100))
def test_a_whole_is_split_into_nearly_equal_parts(whole: int, parts: int) -> None:
    shares = split_evenly(whole, parts)
    assert sum(shares) == whole
    assert len(shares) == parts
    assert max(shares) - min(shares) <= 1
    assert shares == sorted(shares, reverse=True)
