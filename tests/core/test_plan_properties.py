"""For any log and any settings: a plan keeps to its minutes, gives last looks, loses no card and is repeatable."""

from __future__ import annotations

import math
import random
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from prepdeck.scheduling.aim import Intensity, Reason, Sofar
from prepdeck.scheduling.gain import Prospect
from prepdeck.scheduling.need import need_of, window_of
from prepdeck.scheduling.outlook import look_out
from prepdeck.scheduling.plan import LONG_SECONDS, Memo, plan_day
from tests.core.plan_cases import TODAY, Case, cases
from tests.full import examples


@given(cases())
@settings(deadline=None, max_examples=examples(60))
def test_a_day_takes_no_more_than_what_is_left_of_its_minutes_and_one_card(case: Case) -> None:
    picks = plan_day(case.aims, case.sofar, case.frame).picks
    room = case.room(TODAY) - case.sofar.spent_seconds
    assert not picks or sum(pick.seconds for pick in picks[:-1]) + picks[-1].seconds / 2 <= room + 1e-6


@given(cases())
@settings(deadline=None, max_examples=examples(60))
def test_no_day_ahead_takes_more_than_its_minutes_and_one_card(case: Case) -> None:
    outlook = case.outlook()
    assert [day.day for day in outlook.days] == [TODAY + timedelta(days=each) for each in range(len(outlook.days))]
    assert len(outlook.days) == case.aims[0].left(TODAY)
    for day in outlook.days:
        room = max(0.0, case.room(day.day) - (case.sofar.spent_seconds if day.day == TODAY else 0.0))
        assert day.minutes * 60 <= (room + case.longest if room else 0.0) + 1e-6


@given(cases())
@settings(deadline=None, max_examples=examples(60))
def test_a_plan_picks_a_card_once_and_only_what_was_not_answered_today(case: Case) -> None:
    picks = plan_day(case.aims, case.sofar, case.frame).picks
    assert Counter(pick.card for pick in picks) <= Counter(list(case.cards))
    for pick in picks:
        card = case.cards[pick.card]
        assert pick.is_new == (card.last is None) == (pick.reason is Reason.NEW)
        assert card.last is None or card.last < TODAY


@given(cases())
@settings(deadline=None, max_examples=examples(60))
def test_no_card_is_lost_on_the_way_to_the_interview(case: Case) -> None:
    case = replace(case, aims=case.aims[:1])
    aim = case.aims[0]
    outlook = case.outlook()
    assert list(outlook.by_card) == [card.card for card in aim.cards]
    unseen = sum(card.last is None for card in aim.cards)
    assert sum(day.new for day in outlook.days) == unseen - outlook.unseen
    assert sum(recall == 0 for recall in outlook.by_card.values()) == outlook.unseen


@given(cases(), st.integers(0, 9), st.integers(1, 12))
@settings(deadline=None, max_examples=examples(60))
def test_every_card_gets_its_last_look_inside_the_window_where_the_minutes_allow_it(
    case: Case, seed: int, shared_by: int
) -> None:
    aim = case.aims[0]
    assume(aim.cards)
    # Of a memory that lasts some seconds no look today is left on the day.
    assume(all(card.strength is None or card.strength.stability > 0.01 for card in aim.cards))
    least_share = min((share for share in case.shares if share), default=1.0)
    minutes = max(case.longest, case.total / shared_by) / 60 / least_share
    frame = replace(case.frame, minutes=minutes, intensity=Intensity.FULL, focus=False)
    case = replace(case, aims=(aim,), frame=frame, sofar=Sofar(TODAY))
    # The minutes allow it when the days left of the window hold every card, even if each of them were forgotten. Of
    # cards of many lengths a day may hold less than its minutes, but never by more than its longest.
    days = case.days_in_window(aim)
    assume(days)
    assume(sum(days) >= case.total + (len(days) - 1) * case.longest)
    outlook = case.outlook(seed)
    assert (outlook.unseen, outlook.unlooked) == (0, 0)


@given(cases())
@settings(deadline=None, max_examples=examples(60))
def test_a_last_look_is_left_out_only_where_it_does_not_fit_or_wins_too_little(case: Case) -> None:
    aim = case.aims[0]
    frame = replace(case.frame, focus=False)
    window, left = window_of(aim, frame), aim.left(TODAY)
    plan = plan_day(case.aims, case.sofar, frame)
    room = frame.minutes * 60 * frame.share_of(TODAY) - case.sofar.spent_seconds - plan.seconds
    picked = {pick.card for pick in plan.picks}
    prospect = Prospect(frame.curve, left, window)
    for card in aim.cards:
        if card.strength is None or card.last is None or left > window or card.card in picked:
            continue
        if card.last >= min(TODAY, aim.day - timedelta(days=window)):
            continue
        times = frame.pace.times(card.kind, card.target)
        worth = prospect.of_seen(card.strength, (TODAY - card.last).days, times.passed, times.failed, card.weight)
        wins_enough = worth.gain > frame.intensity.floor * min(worth.seconds, LONG_SECONDS) / 60
        assert not wins_enough or worth.seconds / 2 > room


@given(cases())
@settings(deadline=None, max_examples=examples(40))
def test_the_same_input_gives_the_same_plan_and_the_same_outlook(case: Case) -> None:
    assert plan_day(case.aims, case.sofar, case.frame) == plan_day(case.aims, case.sofar, case.frame)
    assert case.outlook() == case.outlook()


@given(cases(), st.integers(0, 3))
@settings(deadline=None, max_examples=examples(40))
def test_what_earlier_plans_found_changes_no_plan(case: Case, days: int) -> None:
    memo: Memo = {}
    plan_day(case.aims, case.sofar, case.frame, memo=memo)
    sofar = Sofar(TODAY + timedelta(days=days))
    assert plan_day(case.aims, sofar, case.frame, memo=memo) == plan_day(case.aims, sofar, case.frame)


@given(cases())
@settings(deadline=None, max_examples=examples(60))
def test_every_number_of_a_plan_is_one(case: Case) -> None:
    outlook = case.outlook()
    numbers = [outlook.recall, outlook.minutes, *outlook.by_card.values(), *(day.recall for day in outlook.days)]
    assert all(math.isfinite(number) and number >= 0 for number in numbers)
    assert max(outlook.recall, *outlook.by_card.values(), 0.0) <= 1
    need = need_of(case.aims[0], TODAY, case.frame)
    assert need.cards - need.unseen <= need.reachable <= need.cards - need.too_long
    assert math.isfinite(need.seconds)


@given(cases())
@settings(deadline=None, max_examples=examples(60))
def test_a_break_plans_nothing_and_an_interview_of_today_neither(case: Case) -> None:
    resting = replace(case.frame, share_of=lambda _: 0.0)
    assert plan_day(case.aims, case.sofar, resting).picks == ()
    over = [replace(aim, day=TODAY) for aim in case.aims]
    assert plan_day(over, case.sofar, case.frame).picks == ()
    assert look_out(over, case.sofar, case.frame, random.Random(1).random).days == ()


@given(cases(minutes=st.just(60.0)))
@settings(deadline=None, max_examples=examples(60))
def test_a_plan_introduces_no_more_than_its_quota_unless_every_minute_is_to_be_used(case: Case) -> None:
    frame = replace(case.frame, intensity=Intensity.BALANCED, minutes=1440.0)
    plan = plan_day(case.aims, Sofar(TODAY), frame)
    new = sum(pick.is_new for pick in plan.picks)
    assert new <= plan.quota
    full = plan_day(case.aims, Sofar(TODAY), replace(frame, intensity=Intensity.FULL, focus=False))
    unseen = sum(card.last is None for card in case.cards.values())
    assert sum(pick.is_new for pick in full.picks) == (unseen if frame.share_of(TODAY) else 0)


_SCRIPT = """
import random
from tests.core.plan_cases import TODAY, Log, card_of, name_of
from datetime import timedelta
from prepdeck.scheduling.learner import Learner
from prepdeck.scheduling.aim import (Aim, Frame, Sofar)
from prepdeck.scheduling.outlook import look_out
dice, log = random.Random(5), Log(Learner(), {})
for ago in range(40, 0, -1):
    for number in dice.sample(range(40), 8):
        log.answer(name_of(number), "basic", TODAY - timedelta(days=ago), dice.choice((1, 3, 4, 5)), 20.0)
cards = tuple(card_of(log, number, "basic", 1.0 + number % 3 / 2) for number in range(60))
aim = Aim(TODAY + timedelta(days=12), TODAY - timedelta(days=40), cards)
print(look_out([aim], Sofar(TODAY), Frame(10, log.learner.pace, log.learner.curve), dice.random))
"""


def test_a_plan_is_the_same_whatever_the_order_of_sets() -> None:
    told = {
        subprocess.run(
            [sys.executable, "-c", _SCRIPT], env={"PYTHONHASHSEED": seed}, check=True, capture_output=True, text=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1
    assert "ForeseenDay" in told.pop()
