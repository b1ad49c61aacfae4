from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.card import Basic, Body, Choice, Numeric, Option
from prepdeck.cards.tolerance import Tolerance
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.memory import UNSEEN
from prepdeck.scheduling.review import ReviewKind
from prepdeck.study.reviewing import CardView
from prepdeck.tui.quick_page import show_number
from prepdeck.tui.review_state import Asking
from prepdeck.tui.stopwatch import Stopwatch
from tests.builders import make_card, make_choice, make_cloze, make_numeric


def asking(body: Body | None = None, **fields: object) -> Asking:
    card = make_card(body=body, **fields)
    order = tuple(reversed(range(len(card.body.options)))) if isinstance(card.body, Choice) else ()
    return Asking(CardView(card, "Deck", None, UNSEEN, {}, ReviewScheduled, option_order=order))


ReviewScheduled = ReviewKind.SCHEDULED


def test_a_front_suggests_nothing() -> None:
    assert asking().suggested is None


def test_revealing_freezes_the_time_the_answer_took() -> None:
    shown = asking().forward(7.5)
    assert shown.is_revealed
    assert shown.forward(99.0).answer_seconds == 7.5


def test_gaps_open_one_by_one() -> None:
    first = asking(make_cloze()).forward(1.0)
    assert (first.gaps_open, first.is_revealed) == (1, False)
    second = first.forward(2.0)
    assert (second.gaps_open, second.is_revealed) == (2, True)


def test_one_right_option_ends_the_asking() -> None:
    right = asking(make_choice()).pick("b", 2.0)
    assert right.is_revealed
    assert right.suggested is Grade.GOOD
    assert asking(make_choice()).pick("a", 2.0).suggested is Grade.AGAIN


def test_letters_beyond_the_options_pick_nothing() -> None:
    assert not asking(make_choice()).can_pick("d")
    assert asking(make_choice()).pick("d", 1.0) == asking(make_choice())


def test_several_right_options_toggle_until_they_are_checked() -> None:
    body = Choice("Which?", (Option("one", correct=True), Option("two"), Option("three", correct=True)))
    picked = asking(body).pick("a", 1.0).pick("b", 1.0).pick("b", 1.0).pick("c", 1.0)
    assert not picked.is_revealed
    assert picked.picked == {0, 2}
    assert picked.forward(3.0).suggested is Grade.GOOD
    assert picked.pick("c", 1.0).forward(3.0).suggested is Grade.AGAIN


def test_a_number_is_judged_and_no_number_is_complained_about() -> None:
    assert asking(make_numeric()).check("4.005", 1.0).suggested is Grade.GOOD
    assert asking(make_numeric()).check("5", 1.0).suggested is Grade.AGAIN
    wrong = asking(make_numeric()).check("many", 1.0)
    assert not wrong.is_revealed
    assert wrong.complaint


def test_nothing_typed_reveals_and_leaves_the_judgement_to_the_learner() -> None:
    assert asking(make_numeric()).check("  ", 1.0).suggested is Grade.GOOD


def test_a_hint_suggests_hard_and_hints_end() -> None:
    card = asking(hints=("one", "two"))
    assert card.hint().hint().hint().hints_shown == 2
    assert card.hint().forward(1.0).suggested is Grade.HARD
    assert card.forward(1.0).hint().hints_shown == 0


def test_ticked_points_suggest_by_their_share() -> None:
    card = asking(Basic("a", "b", points=("x", "y", "z"))).forward(1.0)
    assert card.suggested is Grade.GOOD
    assert card.tick().suggested is Grade.AGAIN
    assert card.tick().move_point(1).tick().suggested is Grade.HARD
    assert card.tick().move_point(1).tick().move_point(9).tick().suggested is Grade.GOOD
    assert card.tick().tick().ticked == frozenset()


def test_points_cannot_be_ticked_before_they_are_seen() -> None:
    card = asking(Basic("a", "b", points=("x",)))
    assert card.tick() == card


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("rp"), st.floats(0, 1e6)), max_size=20))
def test_a_stopwatch_counts_only_while_it_runs(changes: list[tuple[str, float]]) -> None:
    watch, now, counted, runs = Stopwatch(), 0.0, 0.0, False
    for what, seconds in changes:
        now += seconds
        counted += seconds if runs else 0.0
        runs = what == "r"
        watch = watch.running(now) if runs else watch.paused(now)
    assert abs(watch.read(now) - counted) <= 1e-6 * max(1.0, counted)


def test_a_stopwatch_never_counts_back() -> None:
    assert Stopwatch().running(10.0).read(3.0) == 0.0


@settings(deadline=None)
@given(st.fractions() | st.builds(lambda power: Fraction(10) ** power, st.integers(-400, 400)))
def test_any_number_can_be_shown_in_a_few_cells(number: Fraction) -> None:
    assert len(show_number(number)) <= 14


def test_a_number_keeps_what_counts() -> None:
    assert [show_number(Fraction(text)) for text in ("0.0585", "856", "73728", "1/3", "0")] == [
        "0.0585",
        "856",
        "73730",
        "0.3333",
        "0",
    ]


def test_evidence_of_a_card_without_anything_checked_is_unchecked() -> None:
    assert not asking().evidence.checked
    assert replace(asking(), ticked=frozenset({0})).evidence.checked


def test_a_tolerance_of_zero_is_exact() -> None:
    assert isinstance(asking(Numeric("a", Fraction(1), "1", Tolerance(absolute=Fraction(0)))).card.body, Numeric)
