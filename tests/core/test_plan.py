"""The plan for an interview date: minutes, last looks, pace, and that nothing is lost."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.aim import Aim, Frame, Intensity, Pick, PlanCard, Reason, Sofar
from prepdeck.scheduling.curve import UNTRIED
from prepdeck.scheduling.gain import Prospect
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.memory import UNSEEN, Learned
from prepdeck.scheduling.need import need_of, quota_of, window_of
from prepdeck.scheduling.outlook import look_out
from prepdeck.scheduling.pace import Event, Pace
from prepdeck.scheduling.plan import plan_day
from prepdeck.scheduling.recall import Strength
from tests.full import examples

TODAY = date(2026, 3, 2)
CURVE = UNTRIED.best


def frame(minutes: float = 15, *, intensity: Intensity = Intensity.BALANCED, **others: Any) -> Frame:
    return Frame(minutes, Pace(), CURVE, intensity, **others)


def unseen(number: int, kind: str = "basic", weight: float = 1.0) -> PlanCard:
    return PlanCard(CardId("deck", f"c{number}"), kind, UNSEEN, None, None, weight)


def seen(number: int, *, days_ago: int, interval: int, stability: float = 3.0, kind: str = "basic") -> PlanCard:
    last = TODAY - timedelta(days=days_ago)
    memory = Learned(2, 250, interval, last + timedelta(days=interval), last, drilling=False, lapses=0)
    return PlanCard(CardId("deck", f"c{number}"), kind, memory, Strength(stability, 5.0), last)


def aim(cards: list[PlanCard], days: int = 20, before: int = 0) -> Aim:
    return Aim(TODAY + timedelta(days=days), TODAY - timedelta(days=before), tuple(cards))


@st.composite
def plans(draw: st.DrawFn) -> tuple[Aim, Frame]:
    """Any mix of seen and unseen cards, any minutes, any intensity, easy days and breaks."""
    before = draw(st.integers(0, 40))
    kinds = st.sampled_from(["basic", "cloze", "numeric", "code"])
    cards: list[PlanCard] = []
    for number in range(draw(st.integers(0, 25))):
        if draw(st.booleans()):
            weight = draw(st.sampled_from([0.5, 1.0, 1.5]))
            cards.append(unseen(number, draw(kinds), weight))
        else:
            card = seen(
                number,
                days_ago=draw(st.integers(0, 60)),
                interval=draw(st.integers(1, 200)),
                stability=draw(st.floats(0.001, 500)),
                kind=draw(kinds),
            )
            cards.append(card)
    shares = draw(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=7, max_size=7))
    made = frame(
        draw(st.floats(1, 120)),
        intensity=draw(st.sampled_from(Intensity)),
        share_of=lambda day: shares[day.weekday()],
        focus=draw(st.booleans()),
    )
    return aim(cards, draw(st.integers(1, 30)), before), made


@given(plans())
@settings(deadline=None, max_examples=examples(60))
def test_no_day_takes_more_than_its_minutes_and_one_card(drawn: tuple[Aim, Frame]) -> None:
    goal, made = drawn
    plan = plan_day([goal], Sofar(TODAY), made)
    room = made.minutes * 60 * made.share_of(TODAY)
    assert plan.seconds - (plan.picks[-1].seconds if plan.picks else 0) <= room


@given(plans())
@settings(deadline=None, max_examples=examples(60))
def test_a_plan_names_each_card_once_and_only_cards_of_its_scope(drawn: tuple[Aim, Frame]) -> None:
    goal, made = drawn
    picked = Counter(pick.card for pick in plan_day([goal], Sofar(TODAY), made).picks)
    assert not picked - Counter(card.card for card in goal.cards)


@given(plans())
@settings(deadline=None, max_examples=examples(40))
def test_the_same_input_gives_the_same_plan_and_outlook(drawn: tuple[Aim, Frame]) -> None:
    goal, made = drawn
    assert plan_day([goal], Sofar(TODAY), made) == plan_day([goal], Sofar(TODAY), made)
    if goal.cards:
        first, second = (look_out([goal], Sofar(TODAY), made, random.Random(1).random) for _ in range(2))
        assert first == second


@given(plans(), st.integers(0, 5))
@settings(deadline=None, max_examples=examples(40))
def test_no_day_of_the_outlook_takes_more_than_its_minutes_and_one_card(drawn: tuple[Aim, Frame], seed: int) -> None:
    goal, made = drawn
    if not goal.cards:
        return
    longest = max(made.pace.seconds(card.kind, event, card.target) for card in goal.cards for event in Event)
    plans_of_days = look_out([goal], Sofar(TODAY), made, random.Random(seed).random)
    for day in plans_of_days.days:
        assert day.minutes * 60 <= made.minutes * made.share_of(day.day) * 60 + longest
    assert len(plans_of_days.days) == goal.left(TODAY)
    assert set(plans_of_days.by_card) == {card.card for card in goal.cards}


@given(plans())
@settings(deadline=None, max_examples=examples(60))
def test_whatever_the_minutes_allow_and_the_floor_asks_for_gets_its_last_look(drawn: tuple[Aim, Frame]) -> None:
    goal, made = drawn
    made = replace(made, focus=False)
    window = window_of(goal, made)
    plan = plan_day([goal], Sofar(TODAY), made)
    room = made.minutes * 60 * made.share_of(TODAY) - plan.seconds
    picked = {pick.card for pick in plan.picks}
    prospect = Prospect(CURVE, goal.left(TODAY), window)
    opened = goal.day - timedelta(days=window)
    if goal.left(TODAY) > window:
        return
    for card in goal.cards:
        if card.strength is None or card.last is None or card.last >= opened or card.last >= TODAY:
            continue
        seconds = (made.pace.seconds(card.kind, event, card.target) for event in (Event.PASS, Event.FAILURE))
        worth = prospect.of_seen(card.strength, (TODAY - card.last).days, *seconds, card.weight)
        enough = worth.per_minute > made.intensity.floor
        assert card.card in picked or not enough or worth.seconds / 2 > room


def test_every_card_has_its_last_look_in_the_window_when_there_is_time() -> None:
    goal = aim([unseen(number) for number in range(60)], days=30)
    made = frame(30, intensity=Intensity.FULL)
    outlook = look_out([goal], Sofar(TODAY), made, random.Random(3).random)
    assert (outlook.unseen, outlook.unlooked) == (0, 0)


def test_new_cards_are_all_introduced_in_the_first_part_of_the_time() -> None:
    goal = aim([unseen(number) for number in range(60)], days=30)
    outlook = look_out([goal], Sofar(TODAY), frame(60), random.Random(3).random)
    assert sum(day.new for day in outlook.days[:18]) == 60


@pytest.mark.parametrize(
    ("cards", "days", "left", "expected"),
    [(60, 30, 30, 4), (60, 30, 13, 60), (60, 30, 5, 60), (7, 60, 60, 1), (0, 30, 20, 0)],
)
def test_the_quota_spreads_unseen_cards_over_the_first_part(cards: int, days: int, left: int, expected: int) -> None:
    goal = aim([unseen(number) for number in range(cards)], days=left, before=days - left)
    assert quota_of(goal, TODAY, cards) == expected


def test_cards_seen_today_already_count_towards_the_quota() -> None:
    goal = aim([unseen(number) for number in range(60)], days=30)
    plan = plan_day([goal], Sofar(TODAY, introduced=3), frame(60))
    assert sum(pick.is_new for pick in plan.picks) == plan.quota - 3


def test_weightier_new_cards_come_first() -> None:
    goal = aim([unseen(1, weight=0.5), unseen(2), unseen(3, weight=1.5)], days=2)
    assert [pick.card.card for pick in plan_day([goal], Sofar(TODAY), frame(60)).picks] == ["c3", "c2", "c1"]


def test_a_break_plans_nothing_and_an_easy_day_half() -> None:
    goal = aim([unseen(number) for number in range(300)], days=20)
    usual, easy, none = (
        len(plan_day([goal], Sofar(TODAY), frame(share_of=lambda _, s=s: s)).picks) for s in (1, 0.5, 0)
    )
    assert none == 0
    assert usual // 2 - 1 <= easy <= usual // 2 + 1


def test_a_day_of_many_minutes_ends_where_a_minute_wins_too_little() -> None:
    goal = aim([seen(number, days_ago=1, interval=6, stability=50) for number in range(50)], days=3)
    asked = {each: len(plan_day([goal], Sofar(TODAY), frame(1440, intensity=each)).picks) for each in Intensity}
    assert asked[Intensity.LIGHT] <= asked[Intensity.BALANCED] <= asked[Intensity.FULL]
    assert asked[Intensity.FULL] == 50
    assert asked[Intensity.LIGHT] == 0


def test_focus_leaves_out_what_cannot_be_seen_twice() -> None:
    goal = aim([unseen(number) for number in range(300)], days=10)
    made = frame(10, focus=True)
    outlook = look_out([goal], Sofar(TODAY), made, random.Random(1).random)
    broad = look_out([goal], Sofar(TODAY), frame(10), random.Random(1).random)
    assert outlook.unseen > broad.unseen


def test_what_does_not_fit_is_told_in_numbers() -> None:
    goal = aim([unseen(number) for number in range(1000)], days=10)
    need = need_of(goal, TODAY, frame(15))
    assert not need.fits
    assert need.available == 10 * 15 * 60
    assert 0 < need.reachable < 300


def test_cards_outside_every_scope_come_after_what_the_interview_must_have() -> None:
    goal = aim([unseen(number) for number in range(3)], days=3)
    extra = Pick(CardId("other", "x"), Reason.OUTSIDE, 30.0, None)
    plan = plan_day([goal], Sofar(TODAY), frame(10), [extra])
    assert [pick.card.deck for pick in plan.picks] == ["deck", "deck", "other"]


def test_a_day_after_the_interview_plans_nothing() -> None:
    goal = aim([seen(1, days_ago=9, interval=3)], days=0)
    assert plan_day([goal], Sofar(TODAY), frame()).picks == ()


@given(st.floats(0.01, 1000), st.floats(1, 10), st.integers(1, 200), st.integers(1, 90), st.integers(1, 30))
def test_a_value_is_a_probability_and_never_less_than_leaving_alone(
    stability: float, difficulty: float, gap: int, left: int, window: int
) -> None:
    value = Prospect(CURVE, left, window).value(stability, difficulty, gap + left)
    assert CURVE.recall(gap + left, stability) <= value <= 1


def test_the_worth_of_a_first_look_follows_the_buttons_it_gets() -> None:
    prospect = Prospect(CURVE, 10, 3)
    sure = prospect.of_unseen({Grade.EASY: 1.0}, 40, 1)
    unsure = prospect.of_unseen({Grade.AGAIN: 1.0}, 40, 1)
    assert sure.studied > unsure.studied
    assert sure.gain == sure.studied
