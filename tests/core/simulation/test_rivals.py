"""The rivals schedule as the systems they stand for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.simulation.anki_engine import AnkiEngine
from prepdeck.scheduling.simulation.fsrs_engine import FsrsEngine
from prepdeck.scheduling.simulation.registry import RIVALS
from prepdeck.scheduling.simulation.rival import Engine, MakeEngine
from prepdeck.scheduling.simulation.setting import Past, Setting
from prepdeck.scheduling.simulation.sm2_engine import Sm2Engine
from tests.full import examples

AGAIN, HARD, GOOD, EASY = Grade
ONE = Setting(1, 60, 15.0)
RATINGS = {AGAIN: fsrs.Rating.Again, HARD: fsrs.Rating.Hard, GOOD: fsrs.Rating.Good, EASY: fsrs.Rating.Easy}


def answer(engine: Engine, grades: list[Grade], day: int) -> int:
    """Give a day's answers; return how many were taken before the card was done with."""
    for taken, grade in enumerate(grades, 1):
        if not engine.answered(0, grade, day):
            return taken
    return len(grades) + 1


def next_due(engine: Engine, day: int) -> int:
    return next(later for later in range(day, day + 2000) if engine.due(later))


@pytest.mark.parametrize(
    ("grades", "taken"),
    [
        ([GOOD, GOOD], 2),
        ([EASY], 1),
        ([AGAIN, GOOD, GOOD], 3),
        ([AGAIN, GOOD, AGAIN, GOOD, GOOD], 5),
        ([HARD, GOOD, HARD, GOOD], 4),
        ([AGAIN, EASY], 2),
    ],
)
@pytest.mark.parametrize("make", [AnkiEngine, FsrsEngine])
def test_a_new_card_passes_two_learning_steps(make: MakeEngine, grades: list[Grade], taken: int) -> None:
    assert answer(make(ONE), grades, 0) == taken


@pytest.mark.parametrize(
    ("grades", "taken"), [([GOOD], 1), ([HARD], 1), ([AGAIN, GOOD], 2), ([AGAIN, AGAIN, HARD, GOOD], 4)]
)
@pytest.mark.parametrize("make", [AnkiEngine, FsrsEngine])
def test_a_failed_card_passes_one_relearning_step(make: MakeEngine, grades: list[Grade], taken: int) -> None:
    engine = make(ONE)
    answer(engine, [GOOD, GOOD], 0)
    assert answer(engine, grades, 5) == taken


@pytest.mark.parametrize(
    ("grades", "taken"), [([GOOD], 1), ([HARD, HARD, GOOD], 3), ([AGAIN, HARD, EASY], 3), ([EASY], 1)]
)
def test_sm2_drills_until_good(grades: list[Grade], taken: int) -> None:
    assert answer(Sm2Engine(ONE), grades, 0) == taken


@pytest.mark.parametrize(("grades", "taken"), [([GOOD], 1), ([HARD], 1), ([AGAIN, HARD, GOOD], 3)])
def test_lean_sm2_leaves_a_hard_card_alone(grades: list[Grade], taken: int) -> None:
    assert answer(Sm2Engine(ONE, lean=True), grades, 0) == taken


@pytest.mark.parametrize(
    ("looks", "due"),
    [
        ([(0, [GOOD, GOOD])], 1),
        ([(0, [EASY])], 4),
        ([(0, [GOOD, GOOD]), (1, [GOOD])], 4),
        ([(0, [GOOD, GOOD]), (1, [HARD])], 3),
        ([(0, [GOOD, GOOD]), (1, [EASY])], 5),
        ([(0, [EASY]), (4, [GOOD])], 14),
        ([(0, [EASY]), (8, [GOOD])], 23),  # half of four days' delay counts: 6 x 2.5
        ([(0, [EASY]), (8, [EASY])], 34),  # all of it with easy: 8 x 2.5 x 1.3
        ([(0, [EASY]), (4, [AGAIN, GOOD])], 5),
        ([(0, [EASY]), (4, [AGAIN, EASY])], 6),
        ([(0, [EASY]), (4, [AGAIN, GOOD]), (5, [GOOD])], 8),
        ([(0, [EASY]), (4, [GOOD]), (14, [HARD])], 26),
        ([(0, [EASY]), (4, [HARD]), (9, [GOOD])], 21),  # 5 days at an ease of 2.35
    ],
)
def test_anki_spaces_as_its_manual_says(looks: list[tuple[int, list[Grade]]], due: int) -> None:
    engine = AnkiEngine(ONE)
    for day, grades in looks:
        answer(engine, grades, day)
    assert next_due(engine, looks[-1][0]) == due


@settings(deadline=None, max_examples=examples(60))
@given(st.lists(st.tuples(st.lists(st.sampled_from(Grade), max_size=4), st.integers(0, 20)), min_size=1, max_size=8))
def test_fsrs_is_due_when_the_package_says(looks: list[tuple[list[Grade], int]]) -> None:
    package = fsrs.Scheduler(enable_fuzzing=False)
    theirs, ours = fsrs.Card(card_id=1), FsrsEngine(ONE)
    begin = datetime(2026, 1, 1, 12, tzinfo=UTC)
    day = 0
    for grades, late in looks:
        for grade in [*grades, EASY]:  # easy ends the steps of both
            theirs, _ = package.review_card(theirs, RATINGS[grade], begin + timedelta(days=day))
            if not ours.answered(0, grade, day):
                break
        due = (theirs.due - begin).days
        assert (ours.due(due - 1), ours.due(due)) == ([], [0])
        day = due + late


@pytest.mark.parametrize("make", [AnkiEngine, FsrsEngine, Sm2Engine])
def test_a_rival_knows_what_was_answered_before(make: MakeEngine) -> None:
    setting = Setting(2, 30, 15.0, pasts=((Past(-5, GOOD), Past(-4, GOOD)), ()))
    engine = make(setting)
    assert engine.due(30) == [0]


@pytest.mark.parametrize("make", [AnkiEngine, FsrsEngine])
def test_a_card_another_scheduler_asked_once_left_its_steps(make: MakeEngine) -> None:
    engine = make(Setting(1, 30, 15.0, pasts=((Past(-30, GOOD),),)))
    assert not engine.answered(0, GOOD, 0)


@pytest.mark.parametrize("make", [AnkiEngine, FsrsEngine, Sm2Engine])
def test_longest_overdue_comes_first(make: MakeEngine) -> None:
    pasts = tuple((Past(day, GOOD), Past(day + 1, GOOD)) for day in (-20, -40, -30))
    assert make(Setting(3, 30, 15.0, pasts=pasts)).due(5) == [1, 2, 0]


def test_the_usual_routine_asks_due_cards_first_and_twenty_new_ones() -> None:
    pasts = (*((),) * 30, (Past(-30, GOOD),))
    strategy = RIVALS["SM-2 usual"](Setting(31, 30, 15.0, pasts=pasts))
    strategy.open_day(0)
    assert [strategy.next_card(0, 900.0) for _ in range(22)] == [30, *range(20), None]


def test_the_even_routine_spreads_new_cards_over_three_fifths_of_the_days() -> None:
    pasts = (*((),) * 36, (Past(-30, GOOD),))
    strategy = RIVALS["SM-2 even"](Setting(37, 30, 15.0, pasts=pasts))
    strategy.open_day(0)
    assert [strategy.next_card(0, 900.0) for _ in range(4)] == [0, 1, 36, None]


def test_cards_that_count_more_are_introduced_first() -> None:
    strategy = RIVALS["Anki even"](Setting(4, 1, 15.0, weights=(1.0, 3.0, 1.0, 3.0)))
    strategy.open_day(0)
    assert [strategy.next_card(0, 900.0) for _ in range(4)] == [1, 3, 0, 2]
