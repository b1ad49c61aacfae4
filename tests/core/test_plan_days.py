"""Days that are not like the others, cards of all lengths, two interviews at once, and a log with holes."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.aim import Aim, Frame, Intensity, Pick, PlanCard, Reason, Share, Sofar
from prepdeck.scheduling.curve import UNTRIED
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.learner import Learner
from prepdeck.scheduling.memory import UNSEEN, Learned
from prepdeck.scheduling.need import need_of, quota_of, window_of
from prepdeck.scheduling.outlook import look_out
from prepdeck.scheduling.pace import Event, Pace, usual_seconds
from prepdeck.scheduling.plan import plan_day
from prepdeck.scheduling.recall import Strength
from tests.full import examples

TODAY = date(2026, 3, 2)
EASY: Share = lambda _: 0.5  # noqa: E731 - a value, as settings give it


def frame(minutes: float = 15, intensity: Intensity = Intensity.BALANCED, share_of: Share = lambda _: 1.0) -> Frame:
    return Frame(minutes, Pace(), UNTRIED.best, intensity, share_of)


def unseen(count: int, kind: str = "basic", deck: str = "deck", target: float | None = None) -> tuple[PlanCard, ...]:
    names = (CardId(deck, f"{kind}{number}") for number in range(count))
    return tuple(PlanCard(name, kind, UNSEEN, None, None, target=target) for name in names)


def seen(days_ago: int, interval: int = 1, kind: str = "basic", target: float | None = None) -> PlanCard:
    last = TODAY - timedelta(days=days_ago)
    memory = Learned(2, 250, interval, last + timedelta(days=interval), last, drilling=False, lapses=0)
    return PlanCard(CardId("deck", f"seen{days_ago}"), kind, memory, Strength(3.0, 5.0), last, target=target)


def aim(cards: tuple[PlanCard, ...], days: int, before: int = 0) -> Aim:
    return Aim(TODAY + timedelta(days=days), TODAY - timedelta(days=before), cards)


def resting(*days: int) -> Share:
    """Return breaks on some days counted from today."""
    return lambda day: 0.0 if (day - TODAY).days in days else 1.0


def test_a_quota_of_an_even_split_is_not_one_card_too_high() -> None:
    assert quota_of(aim(unseen(9), 3), TODAY, 9) == 5  # in 1.8 days


def test_an_easy_day_that_is_the_only_one_left_brings_every_new_card() -> None:
    goal = aim(unseen(4), 1)
    assert len(plan_day([goal], Sofar(TODAY), frame(60, share_of=EASY)).picks) == 4


def test_new_cards_do_not_wait_for_days_of_a_break() -> None:
    goal = aim(unseen(4), 3)
    assert len(plan_day([goal], Sofar(TODAY), frame(60, share_of=resting(1, 2))).picks) == 4


def test_the_pace_of_new_cards_is_even_over_the_study_days_around_a_break() -> None:
    share_of = resting(*range(4, 14))
    outlook = look_out([aim(unseen(60), 30)], Sofar(TODAY), frame(60, share_of=share_of), random.Random(1).random)
    assert [day.new for day in outlook.days[:19]] == [5, 5, 5, 5, *[0] * 10, 5, 5, 5, 5, 5]


@given(
    st.integers(0, 60), st.integers(1, 30), st.integers(0, 20), st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1)
)
@settings(deadline=None, max_examples=examples(100))
def test_whoever_keeps_to_the_quota_has_seen_every_card_before_the_day(
    cards: int, days: int, before: int, shares: list[float]
) -> None:
    def share_of(day: date) -> float:
        return shares[(day - TODAY).days % len(shares)]

    left, most = cards, 0
    for each in range(days):
        goal = aim((), days, before)
        quota = quota_of(goal, TODAY + timedelta(days=each), left, share_of)
        assert 0 <= quota <= left
        assert share_of(TODAY + timedelta(days=each)) > 0 or quota == 0
        left, most = left - quota, max(most, quota)
    assume(any(share_of(TODAY + timedelta(days=each)) for each in range(days)))
    assert left == 0


def test_two_interviews_each_have_their_own_new_cards_of_the_day() -> None:
    near, far = aim(unseen(40, deck="near"), 10), aim(unseen(60, deck="far"), 20)
    at_once = plan_day([near, far], Sofar(TODAY), frame(120))
    quotas = tuple(sum(pick.card.deck == deck for pick in at_once.picks) for deck in ("near", "far"))
    assert quotas == (7, 5)
    for done in range(8):
        left = [Aim(goal.day, goal.start, goal.cards[begun:]) for goal, begun in ((near, done), (far, 2))]
        plan = plan_day(left, Sofar(TODAY, done + 2, introduced_by_aim=(done, 2)), frame(120))
        assert tuple(sum(pick.card.deck == deck for pick in plan.picks) for deck in ("near", "far")) == (7 - done, 3)
        assert plan.quota == 12


def test_cards_too_long_for_the_day_hold_up_no_shorter_ones() -> None:
    goal = aim((*unseen(100, "code"), *unseen(200)), 30)
    plan = plan_day([goal], Sofar(TODAY), frame(7))  # a first look at a code card takes sixteen
    assert {pick.card.card[:4] for pick in plan.picks} == {"basi"}
    assert sum(pick.seconds for pick in plan.picks) > 0.9 * 7 * 60


def test_a_card_too_long_for_the_rest_of_the_day_leaves_its_place_to_a_shorter_one() -> None:
    due = tuple(seen(days) for days in range(2, 12))
    goal = aim((*unseen(10, "code"), *unseen(30, "cloze"), *due), 30)
    picks = plan_day([goal], Sofar(TODAY), frame(10)).picks
    assert [pick.reason for pick in picks] == [Reason.DUE] * 10 + [Reason.NEW] * 3
    assert {pick.card.card[:5] for pick in picks if pick.is_new} == {"cloze"}


@pytest.mark.parametrize("intensity", Intensity)
def test_a_problem_of_three_quarters_of_an_hour_is_not_left_out_for_good(intensity: Intensity) -> None:
    goal = aim(unseen(1, "code", target=2700.0), 20)
    assert [pick.reason for pick in plan_day([goal], Sofar(TODAY), frame(60, intensity)).picks] == [Reason.NEW]


def test_a_long_card_is_asked_again_when_that_wins_enough() -> None:
    due = aim((seen(30, kind="code"),), 1)
    fresh = aim((seen(1, kind="code"),), 1)
    picks = [plan_day([goal], Sofar(TODAY), frame(60, Intensity.LIGHT)).picks for goal in (due, fresh)]
    assert [len(each) for each in picks] == [1, 0]


def test_a_long_card_comes_after_short_ones_and_is_not_lost_for_it() -> None:
    goal = aim((*unseen(1, "code"), *unseen(40, "cloze")), 20)
    outlook = look_out([goal], Sofar(TODAY), frame(15), random.Random(1).random)
    assert outlook.unseen == 0
    assert max(day.minutes for day in outlook.days) <= 15 + 16


def test_focus_leaves_out_a_long_card_rather_than_all_behind_it() -> None:
    goal = aim((*unseen(1, "code", target=6000.0), *unseen(20)), 4)
    plan = plan_day([goal], Sofar(TODAY), Frame(15, Pace(), UNTRIED.best, focus=True))
    assert {pick.card.card[:4] for pick in plan.picks} == {"basi"}


def test_focus_keeps_what_counts_most() -> None:
    cards = unseen(50)
    goal = aim((*cards[:49], cards[49]._replace(weight=1.5)), 1)
    plan = plan_day([goal], Sofar(TODAY), Frame(3, Pace(), UNTRIED.best, focus=True))
    assert [pick.card for pick in plan.picks] == [cards[49].card, cards[0].card]


def test_whoever_had_all_last_looks_needs_no_more_minutes() -> None:
    goal = aim(
        tuple(seen(days)._replace(card=CardId("deck", f"{days}{place}")) for days in (0, 1) for place in range(40)),
        1,
        30,
    )
    made = frame(15)
    assert window_of(goal, made) >= 2
    need = need_of(goal, TODAY, made)
    assert (need.fits, need.seconds, need.reachable) == (True, 0.0, 80)


def test_a_card_too_long_for_every_day_is_told() -> None:
    goal = aim((*unseen(2, "code", target=2700.0), *unseen(3)), 20)
    few, many = (need_of(goal, TODAY, frame(minutes)) for minutes in (20, 60))
    assert (few.too_long, few.reachable, many.too_long, many.reachable) == (2, 3, 0, 5)


def test_next_to_no_minutes_make_the_window_as_long_as_the_time() -> None:
    assert window_of(aim(unseen(3), 12, 4), frame(5e-324)) == 16
    assert window_of(aim(unseen(3), 12, 4), frame(0)) == 1


@pytest.mark.parametrize(("of_memory", "of_strength"), [(1, -9), (0, -9), (-9, 0), (-9, 1)])
def test_a_card_is_left_alone_today_whether_memory_or_forecast_knows_of_its_answer(
    of_memory: int, of_strength: int
) -> None:
    last = TODAY + timedelta(days=of_memory)
    memory = Learned(2, 250, 1, last + timedelta(days=1), last, drilling=False, lapses=0)
    card = seen(9)._replace(memory=memory, last=TODAY + timedelta(days=of_strength))
    goal = aim((card,), 5)
    assert plan_day([goal], Sofar(TODAY), frame(60, Intensity.FULL)).picks == ()
    assert len(look_out([goal], Sofar(TODAY), frame(), random.Random(1).random).days) == 5


def test_what_other_decks_ask_for_waits_for_a_day_with_room() -> None:
    extra = Pick(CardId("other", "x"), Reason.OUTSIDE, 30.0, None)
    made = frame(share_of=resting(0, 1))
    outlook = look_out([aim((), 4)], Sofar(TODAY), made, random.Random(1).random, {TODAY: [extra]})
    assert [day.reviews for day in outlook.days] == [0, 0, 1, 0]


def test_a_pace_measured_on_long_cards_is_that_of_cards_as_long_as_those() -> None:
    learner, target = Learner(), 50.0  # twice the usual time of a basic card
    for number in range(2000):
        seconds = usual_seconds("basic", 70.0, target)
        learner.answered(CardId("deck", f"c{number}"), "basic", TODAY, Grade.GOOD.quality, seconds)
    assert learner.pace.times("basic", target).first == pytest.approx(70, rel=0.01)
    assert learner.pace.seconds("basic", Event.FIRST) == pytest.approx(35, rel=0.01)
    assert usual_seconds("basic", 70.0, None) == 70.0
