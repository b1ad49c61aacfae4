from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prepdeck.cards.card import Basic
from prepdeck.cards.cases import count_tests, show_case
from prepdeck.cards.code import Case
from prepdeck.cards.ids import CardId
from prepdeck.cards.number import is_within, parse_number
from prepdeck.cards.verdict import CaseResult, Outcome, Verdict
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.suggestion import Evidence, suggest, target_seconds
from prepdeck.text.slugs import slug_words
from tests.builders import make_card, make_choice, make_cloze, make_numeric
from tests.kinds import make_code, make_design, make_star, make_story

PASSED = CaseResult(True, "1", "2", "2")
FAILED = CaseResult(False, "1", "2", "3")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("73856", "73856"),
        ("73,856", "73856"),
        ("73 856", "73856"),
        ("1_000", "1000"),
        ("7.4e4", "74000"),
        ("1e-3", "1/1000"),
        ("3/8", "3/8"),
        ("1 / 7", "1/7"),
        ("15%", "3/20"),
        ("15 %", "3/20"),
        (".5", "1/2"),
        ("-2.50", "-5/2"),
        ("\u22122", "-2"),
        ("+3", "3"),
        ("1,000,000.5", "2000001/2"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, number: str) -> None:
    assert parse_number(typed) == Fraction(number)


@pytest.mark.parametrize(
    "typed",
    ["", " ", "abc", "1/0", "1/2/3", "12,34", "1..2", "e5", "1e999", "nan", "inf", "0x1F", "15%%", "9" * 99, "٣"],
)
def test_what_is_no_number_is_none(typed: str) -> None:
    assert parse_number(typed) is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader_of_numbers(text: str) -> None:
    assert parse_number(text) is None or isinstance(parse_number(text), Fraction)


@given(st.fractions(max_denominator=10**6))
def test_a_fraction_reads_back_as_itself(number: Fraction) -> None:
    assert parse_number(f"{number.numerator}/{number.denominator}") == number


@pytest.mark.parametrize(
    ("answer", "absolute", "relative", "typed", "right"),
    [
        ("4", "0.01", None, "4.01", True),
        ("4", "0.01", None, "4.011", False),
        ("100", None, "0.05", "105", True),
        ("-100", None, "0.05", "-95", True),
        ("100", None, "0.05", "94.9", False),
        ("0.1", "0", None, "1/10", True),
    ],
)
def test_tolerance_is_exact(answer: str, absolute: str | None, relative: str | None, typed: str, right: bool) -> None:
    body = make_numeric(answer, absolute=absolute, relative=relative)
    number = parse_number(typed)
    assert number is not None
    assert is_within(body, number) is right


@pytest.mark.parametrize(
    ("evidence", "grade"),
    [
        (Evidence(picked=frozenset({1}), checked=True), Grade.GOOD),
        (Evidence(picked=frozenset({0}), checked=True), Grade.AGAIN),
        (Evidence(picked=frozenset({0, 1}), checked=True), Grade.AGAIN),
        (Evidence(picked=frozenset({1}), checked=True, hints_shown=1), Grade.HARD),
        (Evidence(picked=frozenset({1}), checked=True, elapsed_seconds=91), Grade.HARD),
    ],
)
def test_the_picked_options_suggest_the_grade(evidence: Evidence, grade: Grade) -> None:
    assert suggest(make_card(body=make_choice(), seconds=30), evidence) is grade


@pytest.mark.parametrize(("typed", "grade"), [("4.005", Grade.GOOD), ("5", Grade.AGAIN)])
def test_the_distance_of_a_number_suggests_the_grade(typed: str, grade: Grade) -> None:
    evidence = Evidence(typed=parse_number(typed), checked=True)
    assert suggest(make_card(body=make_numeric()), evidence) is grade


@pytest.mark.parametrize(("ticked", "grade"), [({0, 1}, Grade.GOOD), ({1}, Grade.HARD), (set(), Grade.AGAIN)])
def test_the_ticked_points_suggest_the_grade(ticked: set[int], grade: Grade) -> None:
    card = make_card(body=Basic("f", "b", points=("x", "y")))
    assert suggest(card, Evidence(ticked=frozenset(ticked), checked=True)) is grade


@pytest.mark.parametrize(("ticked", "grade"), [(5, Grade.GOOD), (4, Grade.GOOD), (3, Grade.HARD), (2, Grade.AGAIN)])
def test_four_in_five_points_of_an_outline_suggest_good(ticked: int, grade: Grade) -> None:
    evidence = Evidence(ticked=frozenset(range(ticked)), checked=True)
    assert suggest(make_card(body=make_design()), evidence) is grade


@pytest.mark.parametrize(("ticked", "grade"), [({0, 1}, Grade.GOOD), ({1}, Grade.HARD), (set(), Grade.AGAIN)])
def test_strong_signals_suggest_the_grade(ticked: set[int], grade: Grade) -> None:
    assert suggest(make_card(body=make_star()), Evidence(ticked=frozenset(ticked), checked=True)) is grade


@pytest.mark.parametrize(
    ("evidence", "grade"),
    [
        (Evidence(tests_passed=4, tests_total=4, checked=True, elapsed_seconds=120), Grade.GOOD),
        (Evidence(tests_passed=4, tests_total=4, checked=True, elapsed_seconds=121), Grade.HARD),
        (Evidence(tests_passed=4, tests_total=4, checked=True, hints_shown=1), Grade.HARD),
        (Evidence(tests_passed=3, tests_total=4, checked=True), Grade.AGAIN),
        (Evidence(), Grade.GOOD),
        (Evidence(hints_shown=1), Grade.HARD),
    ],
)
def test_tests_hints_and_minutes_suggest_the_grade_of_code(evidence: Evidence, grade: Grade) -> None:
    assert suggest(make_card(body=make_code(minutes=2)), evidence) is grade


def test_code_without_minutes_has_the_time_of_its_seconds() -> None:
    card = make_card(body=make_code(minutes=None), seconds=30)
    assert target_seconds(card) == 90
    assert target_seconds(make_card(body=make_code(minutes=None))) is None


def test_a_story_is_judged_by_oneself() -> None:
    assert suggest(make_card(body=make_story()), Evidence(checked=True)) is Grade.GOOD


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (Case("[[2, 7], 9]", "[0, 1]"), "[2, 7], 9 -> [0, 1]"),
        (Case("[]", "[]"), "-> []"),
        (Case("[1,\n 2]", "3"), "1, 2 -> 3"),
        (Case("range(3)", "3", is_expression=True), "range(3) -> 3"),
        (Case("[range(3)]", "3", is_expression=True), "[range(3)] -> 3"),
        (Case("[0]", raises="ValueError"), "0 -> raises ValueError"),
        (Case("[0]"), "0 -> whatever the property accepts"),
        (Case("{broken", "1"), "{broken -> 1"),
    ],
)
def test_a_test_reads_as_what_goes_in_and_what_comes_out(case: Case, words: str) -> None:
    assert show_case(case) == words


@pytest.mark.parametrize(
    ("verdict", "is_submission", "counts"),
    [
        (Verdict(Outcome.PASSED, (PASSED, PASSED)), False, (2, 2)),
        (Verdict(Outcome.FAILED, (PASSED, FAILED)), False, (1, 2)),
        (Verdict(Outcome.TIMEOUT, (PASSED,)), True, (1, 4)),
        (Verdict(Outcome.TIMEOUT, (PASSED,) * 4), True, (3, 4)),
        (Verdict(Outcome.FAILED, (*(PASSED,) * 4, FAILED)), True, (4, 5)),
        (Verdict(Outcome.BROKEN), True, (0, 4)),
    ],
)
def test_what_a_limit_cut_short_never_counts_as_all_passed(
    verdict: Verdict, is_submission: bool, counts: tuple[int, int]
) -> None:
    assert count_tests(make_code(), verdict, is_submission=is_submission) == counts


def test_a_slug_reads_as_words() -> None:
    assert slug_words("deal-with_ambiguity") == "deal with ambiguity"


def test_without_anything_checked_good_is_offered() -> None:
    assert suggest(make_card(body=make_cloze()), Evidence()) is Grade.GOOD
    assert suggest(make_card(), Evidence(hints_shown=2)) is Grade.HARD


@pytest.mark.parametrize("text", ["a", "a/", "/b", "a/b/c", "A/b", "a/b c", "-a/b", "a" * 65 + "/b"])
def test_what_is_no_card_id_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a card id"):
        CardId.parse(text)


@pytest.mark.parametrize("text", ["a/b", "7/007", "1_0/x-y"])
def test_a_card_id_reads_back_as_written(text: str) -> None:
    assert str(CardId.parse(text)) == text


def test_the_title_of_a_cloze_keeps_its_gaps_closed() -> None:
    assert make_card(body=make_cloze()).title == "Two comes after [...] and before [...]."
