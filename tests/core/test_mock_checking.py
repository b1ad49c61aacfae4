from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from prepdeck.interview.checking import check_answer, find_number
from prepdeck.interview.events import Chose, Finished, Said, Written
from prepdeck.interview.mock import Mock
from prepdeck.interview.questions import Sort
from tests.builders import make_card, make_choice, make_numeric
from tests.core.marked_mocks import after, answered, make_mock, make_question


def chose(*options: int, fingerprint: str = "") -> Mock:
    mock = make_mock(make_question(Sort.RAPID, kind="choice", fingerprint=fingerprint))
    return after(mock, Chose(0, 0, options), Finished(0))


def typed(words: str) -> Mock:
    return after(make_mock(make_question(Sort.NUMERIC)), Written(0, "q0", words), Finished(0))


@pytest.mark.parametrize(("options", "is_right"), [((1,), True), ((0,), False), ((0, 1), False)])
def test_picked_options_are_right_when_they_are_all_the_right_ones(options: tuple[int, ...], *, is_right: bool) -> None:
    checked = check_answer(chose(*options), 0, make_card(body=make_choice()))
    assert checked is not None
    assert checked.is_right is is_right
    assert checked.expected == "1 + 2"


def test_a_card_whose_options_changed_since_is_not_judged() -> None:
    card = make_card(body=make_choice(), fingerprint="new")
    checked = check_answer(chose(1, fingerprint="old"), 0, card)
    assert checked is not None
    assert checked.is_right is None


def test_an_option_the_card_no_longer_has_is_not_judged() -> None:
    checked = check_answer(chose(7), 0, make_card(body=make_choice()))
    assert checked is not None
    assert checked.is_right is None


@pytest.mark.parametrize(
    ("words", "is_right"),
    [
        ("4", True),
        ("4.005", True),
        ("4.1", False),
        ("2 * 2 = 4", True),
        ("first 2\nthen twice: 4 apples", True),
        ("about 4 apples.", None),
        ("8 / 2 = 4 Apples.", True),
        ("8/2", True),
        ("I do not know", None),
    ],
)
def test_a_typed_number_is_held_against_the_tolerance(words: str, *, is_right: bool | None) -> None:
    body = replace(make_numeric(), unit="apples")
    checked = check_answer(typed(words), 0, make_card(body=body))
    assert checked is not None
    assert checked.is_right is is_right
    assert checked.expected == "4 apples"


def test_a_blank_answer_is_not_checked() -> None:
    assert check_answer(typed(" \n"), 0, make_card(body=make_numeric())) is None


def test_a_number_said_aloud_is_not_checked() -> None:
    mock = after(make_mock(make_question(Sort.NUMERIC)), Said(0, 0), Finished(0))
    assert check_answer(mock, 0, make_card(body=make_numeric())) is None


def test_an_answer_in_words_is_not_checked() -> None:
    mock = after(answered(make_mock(make_question())), Finished(0))
    assert check_answer(mock, 0, make_card()) is None


def test_a_card_that_left_its_deck_is_not_checked() -> None:
    assert check_answer(chose(1), 0, None) is None


def test_a_choice_answered_in_words_only_is_not_checked() -> None:
    mock = after(answered(make_mock(make_question(Sort.RAPID))), Finished(0))
    assert check_answer(mock, 0, make_card(body=make_choice())) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("", None),
        ("73,856", Fraction(73856)),
        ("a = 3\nb = 4", Fraction(4)),
        ("3 GB", Fraction(3)),
        ("x \u2248 1.5e3 GB", Fraction(1500)),
        ("15%", Fraction(3, 20)),
    ],
)
def test_a_number_is_found_at_the_end_of_the_working(words: str, number: Fraction | None) -> None:
    assert find_number(words, "GB") == number
