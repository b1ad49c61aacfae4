"""Made-up people: what they remember, press and take."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.simulation import habits
from prepdeck.scheduling.simulation.dice import place_of
from prepdeck.scheduling.simulation.mind import Mind
from prepdeck.scheduling.simulation.person import Person, draw_person
from prepdeck.scheduling.simulation.setting import Past, Setting
from prepdeck.scheduling.simulation.truth import Truth
from tests.full import examples

CARDS = 5
truths = st.sampled_from(Truth)
numbers = st.integers(0, 10_000)
days = st.lists(st.integers(0, 90), min_size=1, max_size=15).map(sorted)


def make_person(number: int = 1, truth: Truth = Truth.FLAT, cards: int = CARDS) -> Person:
    return draw_person(number, cards, truth, random.Random(number))


def dice_of(number: int) -> Callable[[int], random.Random]:
    return lambda card: random.Random(f"{number} {card}")


def make_mind(number: int = 1, truth: Truth = Truth.FLAT, setting: Setting | None = None) -> Mind:
    setting = setting or Setting(CARDS, 30, 15.0)
    return Mind(make_person(number, truth, setting.cards), setting, dice_of(number))


@settings(deadline=None, max_examples=examples(100))
@given(numbers, truths, days)
def test_recall_falls_with_time_and_stays_a_chance(number: int, truth: Truth, looks: list[int]) -> None:
    mind = make_mind(number, truth)
    for day in dict.fromkeys(looks):
        mind.look(0, day)
        curve = [mind.recall(0, day + later) for later in (0, 1, 2, 10, 400)]
        assert curve[0] == 1.0
        assert all(0.0 <= after < before for before, after in pairwise(curve) if before > 1e-9)


@settings(deadline=None, max_examples=examples(100))
@given(numbers, truths, st.integers(0, 30), st.integers(0, 6))
def test_repeats_within_the_day_never_weaken_a_card(number: int, truth: Truth, day: int, repeats: int) -> None:
    mind = make_mind(number, truth)
    grade, _ = mind.look(0, day)
    before = mind.recall(0, day + 5)
    for _ in range(repeats):
        if grade is Grade.EASY:
            break
        grade, seconds = mind.repeat(0, grade, day)
        assert seconds > 0
        assert mind.recall(0, day + 5) >= before


@pytest.mark.parametrize("truth", Truth)
def test_a_pass_strengthens_and_a_failure_weakens(truth: Truth) -> None:
    passed = Setting(1, 30, 15.0, pasts=((Past(-20, Grade.GOOD), Past(-10, Grade.GOOD)),))
    failed = Setting(1, 30, 15.0, pasts=((Past(-20, Grade.GOOD), Past(-10, Grade.AGAIN)),))
    once = Setting(1, 30, 15.0, pasts=((Past(-10, Grade.GOOD),),))
    recalls = [make_mind(1, truth, setting).recall(0, 0) for setting in (failed, once, passed)]
    assert recalls == sorted(recalls)
    assert len(set(recalls)) == 3


def test_an_unseen_card_is_not_recalled() -> None:
    mind = make_mind()
    assert mind.recall(0, 3) == 0.0
    assert not mind.is_seen(0)


def test_a_card_answered_before_the_first_day_is_seen() -> None:
    setting = Setting(2, 30, 15.0, pasts=((Past(-3, Grade.GOOD),), ()))
    mind = make_mind(setting=setting)
    assert [mind.is_seen(card) for card in range(2)] == [True, False]
    assert 0.5 < mind.recall(0, 0) < 1.0


def test_first_looks_get_the_published_buttons_and_seconds() -> None:
    setting = Setting(20_000, 30, 15.0)
    mind = make_mind(7, setting=setting)
    speed = make_person(7, cards=1).speed
    looks = [mind.look(card, 0) for card in range(setting.cards)]
    for grade, share in zip(habits.GRADES, habits.FIRST, strict=True):
        assert sum(pressed is grade for pressed, _ in looks) / len(looks) == pytest.approx(share, abs=0.01)
    # 30.2 seconds by the published figures doubled, a tenth more by the skew of single answers.
    assert sum(seconds for _, seconds in looks) / len(looks) / speed == pytest.approx(30.2 * 1.11, rel=0.03)


def test_neighbouring_persons_are_spread_evenly_from_slow_to_fast() -> None:
    speeds = [make_person(number, cards=1).speed for number in range(40, 60)]
    assert sum(speed > 1.0 for speed in speeds) in range(9, 12)
    assert min(speeds) < 0.85
    assert max(speeds) > 1.15


def test_every_scheduler_meets_the_same_first_looks() -> None:
    person = make_person()
    setting = Setting(CARDS, 30, 15.0)
    forwards, backwards = (Mind(person, setting, dice_of(number)) for number in (1, 2))
    pressed = {card: forwards.look(card, 0)[0] for card in range(CARDS)}
    assert {card: backwards.look(card, 9)[0] for card in reversed(range(CARDS))} == pressed


def test_the_steep_truth_falls_below_the_flat_one() -> None:
    pasts = ((Past(-1, Grade.GOOD),),)
    recalls = [make_mind(3, truth, Setting(1, 30, 15.0, pasts=pasts)).recall(0, 60) for truth in Truth]
    assert recalls == sorted(recalls, reverse=True)


@pytest.mark.parametrize(("roll", "place"), [(0.0, 0), (0.24, 1), (0.3, 1), (0.9999, 3), (1.0, 3)])
def test_a_roll_falls_where_the_shares_added_up_say(roll: float, place: int) -> None:
    assert place_of(roll, habits.added_up(habits.FIRST)) == place
