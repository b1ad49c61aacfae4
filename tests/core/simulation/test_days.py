"""Whole trials: the minutes hold, nothing is lost, and the figures stand as published."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.simulation.days import Outcome, play
from prepdeck.scheduling.simulation.mind import Mind
from prepdeck.scheduling.simulation.person import draw_person
from prepdeck.scheduling.simulation.registry import RIVALS, SHIPPED, strategies
from prepdeck.scheduling.simulation.setting import Past, Setting
from prepdeck.scheduling.simulation.strategy import Strategy
from prepdeck.scheduling.simulation.trial import Score, Summary, World, is_ahead, score_of, summary_of, try_out
from prepdeck.scheduling.simulation.truth import Truth
from tests.full import examples

WORLD = World(random.Random)
names = st.sampled_from(sorted(strategies()))
pasts = st.lists(st.tuples(st.integers(-60, -1), st.sampled_from(Grade)), max_size=4).map(
    lambda past: tuple(Past(day, grade) for day, grade in sorted(past, key=lambda each: each[0]))
)


@st.composite
def make_settings(draw: st.DrawFn) -> Setting:
    cards = draw(st.integers(1, 40))
    return Setting(
        cards=cards,
        days=draw(st.integers(1, 12)),
        minutes=draw(st.floats(0.2, 12.0)),
        weights=draw(st.just(()) | st.tuples(*[st.sampled_from((1.0, 3.0))] * cards)),
        pasts=draw(st.just(()) | st.tuples(*[pasts] * cards)),
        lengths=draw(st.just(()) | st.tuples(*[st.sampled_from((0.5, 1.0, 20.0))] * cards)),
    )


class Watch:
    """Passes everything on and remembers what was asked."""

    def __init__(self, strategy: Strategy) -> None:
        self.strategy = strategy
        self.days: list[dict[int, float]] = []

    def open_day(self, today: int) -> None:
        self.days.append({})
        self.strategy.open_day(today)

    def next_card(self, today: int, seconds_left: float) -> int | None:
        return self.strategy.next_card(today, seconds_left)

    def answered(self, card: int, grade: Grade, seconds: float, today: int) -> bool:
        self.days[-1][card] = self.days[-1].get(card, 0.0) + seconds
        return self.strategy.answered(card, grade, seconds, today)


def watch_trial(name: str, setting: Setting, number: int = 1) -> tuple[Watch, Outcome]:
    watch = Watch(strategies()[name](setting))
    person = draw_person(number, setting.cards, Truth.FLAT, random.Random(number))
    mind = Mind(person, setting, lambda card: random.Random(f"{number} {card}"))
    return watch, play(watch, mind, setting)


@settings(deadline=None, max_examples=examples(120, 3000))
@given(names, make_settings(), st.integers(0, 1000))
def test_no_day_is_exceeded_by_more_than_one_card(name: str, setting: Setting, number: int) -> None:
    watch, outcome = watch_trial(name, setting, number)
    for asked, minutes in zip(watch.days, outcome.minutes_by_day, strict=True):
        spent = list(asked.values())
        assert sum(spent) / 60 == pytest.approx(minutes)
        assert sum(spent[:-1]) < setting.minutes * 60


@settings(deadline=None, max_examples=examples(120, 3000))
@given(names, make_settings(), st.integers(0, 1000))
def test_every_card_is_counted_once(name: str, setting: Setting, number: int) -> None:
    watch, outcome = watch_trial(name, setting, number)
    seen = {card for asked in watch.days for card in asked}
    seen |= {card for card in range(setting.cards) if setting.past_of(card)}
    assert len(outcome.recalls) == setting.cards
    assert outcome.unseen == setting.cards - len(seen)
    assert {card for card, recall in enumerate(outcome.recalls) if recall > 0} <= seen


@pytest.mark.parametrize("name", sorted(strategies()))
def test_no_card_is_lost_when_time_is_plenty(name: str) -> None:
    watch, outcome = watch_trial(name, Setting(40, 12, 60.0))
    assert outcome.unseen == 0
    assert {card for asked in watch.days for card in asked} == set(range(40))


@pytest.mark.parametrize("name", sorted(strategies()))
def test_the_same_person_comes_to_the_same_end(name: str) -> None:
    setting = Setting(60, 10, 8.0)
    first, second, other = (try_out(strategies()[name], number, setting, WORLD) for number in (4, 4, 5))
    assert first == second
    assert first != other


@pytest.mark.parametrize("name", sorted(strategies()))
def test_a_card_too_long_for_the_day_is_passed_over(name: str) -> None:
    watch, outcome = watch_trial(name, Setting(12, 6, 5.0, lengths=(30.0, *(1.0,) * 11)))
    assert outcome.unseen == 1
    assert 0 not in {card for asked in watch.days for card in asked}


def test_a_card_twice_as_long_takes_twice_as_long() -> None:
    short, long = (try_out(RIVALS["SM-2 even"], 3, Setting(4, 1, 60.0, lengths=(each,) * 4), WORLD) for each in (1, 2))
    assert long.minutes == pytest.approx(2 * short.minutes)


def test_missed_days_are_not_studied() -> None:
    missed = World(random.Random, missed=frozenset({0, 3}))
    outcome = try_out(RIVALS["SM-2 even"], 1, Setting(60, 6, 8.0), missed)
    assert [minutes > 0 for minutes in outcome.minutes_by_day] == [False, True, True, False, True, True]


def test_weights_count_in_the_weighted_mean() -> None:
    outcome = Outcome(recalls=(1.0, 0.0), weights=(3.0, 1.0), unseen=1, minutes_by_day=(2.0, 5.0))
    assert (outcome.recall, outcome.weighted_recall, outcome.minutes, outcome.longest_day) == (0.5, 0.75, 7.0, 5.0)


def test_rivals_come_out_in_the_order_of_the_published_table() -> None:
    setting = Setting(300, 30, 15.0)
    recall = {name: try_out(make, 104, setting, WORLD).recall for name, make in RIVALS.items()}
    assert max(recall[name] for name in SHIPPED) < 0.6 < min(recall["Anki even"], recall["FSRS even"])
    assert recall["Anki even"] < recall["SM-2 even"] < recall["SM-2 lean even"] < 0.9


def test_the_figures_of_the_published_table_hold() -> None:
    setting = Setting(300, 30, 15.0)
    scores = [score_of(try_out(RIVALS["SM-2 lean even"], number, setting, WORLD)) for number in range(6)]
    summary = summary_of(scores)
    assert summary.recall == pytest.approx(0.852, abs=0.038)
    assert summary.unseen == 0
    assert summary.minutes == pytest.approx(456, rel=0.03)
    assert summary.longest_day == pytest.approx(18, abs=1.5)


def test_scores_are_averaged_with_their_spread() -> None:
    scores = [Score(0.8, 2, 100.0, 15.0), Score(0.6, 4, 120.0, 17.0)]
    assert summary_of(scores) == Summary(pytest.approx(0.7), pytest.approx(0.02**0.5), 3.0, 110.0, 16.0)
    assert summary_of(scores[:1]).spread == 0.0


@pytest.mark.parametrize(("better", "ahead"), [(20, True), (17, True), (16, False), (0, False)])
def test_ahead_means_better_in_seventeen_of_twenty(*, better: int, ahead: bool) -> None:
    theirs = [Score(0.5, 0, 1.0, 1.0)] * 20
    ours = [Score(0.6 if place < better else 0.5, 0, 1.0, 1.0) for place in range(20)]
    assert is_ahead(ours, theirs) is ahead
