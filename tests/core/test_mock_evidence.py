from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from prepdeck.cards.rubric import Evidence, Rubric
from prepdeck.interview.answer import PARTS
from prepdeck.interview.events import Event, Finished, Hinted, Judged, Moved, PartBegan, Ran, Written
from prepdeck.interview.evidence import Bound, bounds_of, effective
from prepdeck.interview.mock import Mock, sheet_of
from prepdeck.interview.questions import Sort
from prepdeck.interview.running import advanced
from prepdeck.interview.terms import Mode
from tests.core.marked_mocks import MINUTE, SCALE, SECOND, SEEN, STAR, after, answered, make_mock, make_question


def seen(mock: Mock, criterion: str, rubric: Rubric = SEEN) -> Bound | None:
    return bounds_of(mock, rubric, SCALE, STAR).get(criterion)


def coded(*results: tuple[int, int] | None, mode: Mode = Mode.STRICT) -> Mock:
    """Return a finished mock with a code question for each result; None leaves it blank."""
    mock = make_mock(
        *(make_question(Sort.CODE, number, starter="def f():") for number in range(len(results))), mode=mode
    )
    written = [number for number, result in enumerate(results) if result is not None]
    mock = answered(mock, *written) if written else mock
    judged = [Judged(0, number, *result) for number, result in enumerate(results) if result is not None]
    return after(mock, Finished(0), *judged)


@pytest.mark.parametrize(
    ("passed", "of", "at_most"),
    [(0, 10, 1), (3, 10, 1), (4, 10, 2), (7, 10, 2), (8, 10, 3), (9, 10, 3), (10, 10, 4), (1, 1, 4), (0, 1, 1)],
)
def test_hidden_tests_bound_correctness(passed: int, of: int, at_most: int) -> None:
    bound = seen(coded((passed, of)), "correctness")
    assert bound is not None
    assert (bound.at_most, bound.filled) == (at_most, None)
    assert f"{passed} of {of}" in bound.words


@pytest.mark.parametrize(
    ("results", "at_most", "filled"),
    [
        (((10, 10), (0, 2)), 2, None),  # each problem counts alike, however many tests it has
        (((10, 10), None), 2, None),
        ((None, None), 1, 1),
        (((10, 10), (10, 10)), 4, None),
        (((0, 0), None), 2, None),  # what could not be run may have been right
        (((0, 0), (3, 10)), 2, None),
    ],
)
def test_several_problems_count_alike_and_a_blank_one_passed_none(
    results: tuple[tuple[int, int] | None, ...], at_most: int, filled: int | None
) -> None:
    bound = seen(coded(*results), "correctness")
    assert bound is not None
    assert (bound.at_most, bound.filled) == (at_most, filled)


def test_a_blank_answer_in_practice_is_no_evidence() -> None:
    assert seen(coded(None, mode=Mode.PRACTICE), "correctness") is None


def test_the_untouched_starter_is_a_blank_answer() -> None:
    mock = make_mock(make_question(Sort.CODE, 0, starter="def f():"), mode=Mode.STRICT)
    mock = after(mock, Written(0, sheet_of(0, is_code=True), "def f():\n"), Finished(0))
    bound = seen(mock, "correctness")
    assert bound is not None
    assert bound.filled == 1


def test_code_that_could_not_be_run_is_no_evidence() -> None:
    assert seen(coded((0, 0)), "correctness") is None


def test_without_code_there_is_no_evidence_by_tests_or_runs() -> None:
    mock = after(answered(make_mock(make_question())), Finished(0))
    assert bounds_of(mock, SEEN, SCALE, STAR) == {}


@pytest.mark.parametrize(("runs", "at_most"), [(0, 2), (1, None), (3, None)])
def test_code_never_run_before_the_end_bounds_testing(runs: int, at_most: int | None) -> None:
    mock = answered(make_mock(make_question(Sort.CODE)))
    bound = seen(after(mock, *[Ran(0, 0, 1, 2)] * runs, Finished(0)), "testing")
    assert bound is not None
    assert bound.at_most == at_most


@pytest.mark.parametrize(("hints", "at_most"), [(0, None), (1, 3), (2, 2), (3, 1), (4, 1)])
def test_hints_bound_problem_solving(hints: int, at_most: int | None) -> None:
    mock = make_mock(make_question(Sort.CODE, 0), make_question(Sort.CODE, 1))
    events: list[Event] = [Hinted(0, number % 2) for number in range(hints)]
    bound = seen(after(mock, *events, Finished(0)), "solving")
    assert (None if bound is None else bound.at_most) == at_most


def test_a_criterion_may_be_held_by_hints_as_the_scale_says() -> None:
    finding = replace(SEEN.criteria[0], id="finding", evidence=Evidence.HINTS)
    mock = after(make_mock(make_question(Sort.CODE)), Hinted(0, 0), Hinted(0, 0), Finished(0))
    found = bounds_of(mock, replace(SEEN, criteria=(finding,)), SCALE)
    assert (found["finding"].at_most, found["finding"].words) == (2, "2 hints used")


@pytest.mark.parametrize(
    ("seconds", "factor", "at_most"),
    [
        (150, Fraction(1), None),
        (151, Fraction(1), 2),
        (200, Fraction(3, 2), None),
        (226, Fraction(3, 2), 2),
    ],
)
def test_the_slowest_rapid_answer_bounds_brevity(seconds: int, factor: Fraction, at_most: int | None) -> None:
    mock = make_mock(make_question(Sort.RAPID, 0), make_question(Sort.RAPID, 1), factor=factor)
    mock = after(mock, Moved(60 * SECOND, 1), Finished((60 + seconds) * SECOND))
    bound = seen(mock, "brevity")
    assert bound is not None
    assert bound.at_most == at_most


def told(seconds: int, factor: Fraction = Fraction(1)) -> Mock:
    mock = make_mock(make_question(Sort.STAR), factor=factor)
    each = seconds * SECOND // len(PARTS)
    parts = [PartBegan(place * each, 0, part) for place, part in enumerate(PARTS)]
    return after(mock, *parts, PartBegan(seconds * SECOND, 0, None), Finished(seconds * SECOND))


@pytest.mark.parametrize(
    ("seconds", "factor", "filled"),
    [
        (39, Fraction(1), 1),
        (40, Fraction(1), None),
        (150, Fraction(1), None),
        (240, Fraction(1), None),
        (241, Fraction(1), 1),
        (400, Fraction(2), None),
        (481, Fraction(2), 1),
        (39, Fraction(2), 1),
    ],
)
def test_a_story_too_long_or_too_short_fills_delivery(seconds: int, factor: Fraction, filled: int | None) -> None:
    bound = seen(told(seconds, factor), "delivery")
    assert bound is not None
    assert bound.filled == filled


def test_a_story_not_told_on_the_clock_is_no_evidence() -> None:
    mock = after(answered(make_mock(make_question(Sort.STAR))), Finished(MINUTE))
    assert seen(mock, "delivery") is None


def test_the_warnings_of_the_story_clock_are_told_with_the_evidence() -> None:
    mock = make_mock(make_question(Sort.STAR))
    mock = after(mock, PartBegan(0, 0, "situation"), PartBegan(80 * SECOND, 0, "action"), Finished(100 * SECOND))
    bound = seen(mock, "delivery")
    assert bound is not None
    assert "setup took 80 %" in bound.words
    assert "action took 20 %" in bound.words


@pytest.mark.parametrize(
    ("level", "bound", "counted"),
    [
        (None, None, None),
        (3, None, 3),
        (4, Bound(2, None, ""), 2),
        (1, Bound(2, None, ""), 1),
        (None, Bound(2, None, ""), None),
        (4, Bound(None, 1, ""), 1),
        (None, Bound(None, 1, ""), 1),
        (None, Bound(1, 3, ""), 1),
        (4, Bound(None, None, "seen"), 4),
    ],
)
def test_a_bound_holds_a_mark_and_fills_a_missing_one_only_when_it_says_so(
    level: int | None, bound: Bound | None, counted: int | None
) -> None:
    assert effective(level, bound) == counted


def test_time_that_runs_out_leaves_a_blank_answer_at_one() -> None:
    mock = advanced(make_mock(make_question(Sort.CODE), mode=Mode.STRICT), 60 * MINUTE)
    bound = seen(mock, "correctness")
    assert bound is not None
    assert bound.filled == 1


@pytest.mark.parametrize(
    ("bound", "has_effect"),
    [
        (Bound(None, None, ""), False),
        (Bound(4, None, ""), False),
        (Bound(3, None, ""), True),
        (Bound(None, 1, ""), True),
    ],
)
def test_evidence_that_holds_no_mark_has_no_effect(bound: Bound, *, has_effect: bool) -> None:
    assert bound.has_effect is has_effect
