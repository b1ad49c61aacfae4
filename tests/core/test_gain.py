"""Worths, windows and whole days equal a slow computation written from the text of SCHEDULING.md section 4."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import fsrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.aim import Aim, Frame, Intensity, PlanCard, Sofar
from prepdeck.scheduling.curve import Curve, factor_of
from prepdeck.scheduling.gain import Prospect
from prepdeck.scheduling.grade import Grade
from prepdeck.scheduling.memory import UNSEEN, Learned
from prepdeck.scheduling.need import window_of
from prepdeck.scheduling.pace import Pace
from prepdeck.scheduling.plan import plan_day
from prepdeck.scheduling.recall import Strength
from tests.full import examples

TODAY = date(2026, 3, 2)
START = datetime(2026, 1, 1, 12, tzinfo=UTC)
SHARES = {Grade.AGAIN: 0.24, Grade.HARD: 0.094, Grade.GOOD: 0.495, Grade.EASY: 0.171}
RATINGS = dict(zip(Grade, fsrs.Rating, strict=True))
FIRST, PASS, FAILURE = 40.0, 20.0, 45.0
"""Seconds of a basic card before any was measured."""
FSRS = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)

curves = st.builds(
    lambda exponent, scale: Curve(exponent, factor_of(exponent), scale),
    st.sampled_from([0.1542, 0.3, 0.6, 1.2, 4.0]),
    st.floats(0.25, 4.0),
)
strengths = st.builds(Strength, st.floats(0.001, 1e6) | st.floats(0.1, 30), st.floats(1.0, 10.0))


def by_package(strength: Strength, rating: fsrs.Rating, days: int) -> tuple[float, float]:
    """Return stability and difficulty after an answer, as the package of the FSRS project has them."""
    card = fsrs.Card(
        card_id=1,
        state=fsrs.State.Review,
        stability=strength.stability,
        difficulty=strength.difficulty,
        due=START,
        last_review=START,
    )
    card, _ = FSRS.review_card(card, rating, START + timedelta(days=days))
    return float(card.stability or 0.0), float(card.difficulty or 0.0)


class Slow(NamedTuple):
    """The text, word by word."""

    curve: Curve
    left: int
    window: int

    def recall(self, days: float, stability: float) -> float:
        f = 0.9 ** (-1 / self.curve.exponent) - 1
        return float((1 + f * days / (self.curve.scale * stability)) ** -self.curve.exponent)

    def value(self, stability: float, difficulty: float, gap: int) -> float:
        alone = self.recall(gap, stability)
        if self.left <= self.window:
            return alone
        before = Strength(stability, difficulty)
        r = self.recall(gap - self.window, stability)
        passed, _ = by_package(before, fsrs.Rating.Good, gap - self.window)
        failed, _ = by_package(before, fsrs.Rating.Again, gap - self.window)
        return max(alone, r * self.recall(self.window, passed) + (1 - r) * self.recall(self.window, failed))

    def worth(self, strength: Strength, gap: int) -> tuple[float, float]:
        """Return the gain of an answer to a seen card, and its seconds."""
        r = self.recall(gap, strength.stability)
        passed, _ = by_package(strength, fsrs.Rating.Good, gap)
        failed, harder = by_package(strength, fsrs.Rating.Again, gap)
        studied = r * self.value(passed, strength.difficulty, self.left)
        studied += (1 - r) * self.value(failed, harder, self.left)
        return studied - self.value(*strength, gap + self.left), r * PASS + (1 - r) * FAILURE

    def worth_of_new(self) -> float:
        studied = 0.0
        for grade, share in SHARES.items():
            card, _ = FSRS.review_card(fsrs.Card(card_id=1), RATINGS[grade], START)
            studied += share * self.value(float(card.stability or 0.0), float(card.difficulty or 0.0), self.left)
        return studied


@given(curves, strengths, st.integers(1, 60), st.integers(1, 40), st.integers(1, 20))
@settings(deadline=None, max_examples=examples(150))
def test_the_worth_of_a_seen_card_equals_a_slow_computation(
    curve: Curve, strength: Strength, gap: int, left: int, window: int
) -> None:
    worth = Prospect(curve, left, window).of_seen(strength, gap, PASS, FAILURE, 1.5)
    gain, seconds = Slow(curve, left, window).worth(strength, gap)
    assert worth.gain == pytest.approx(1.5 * gain, abs=1e-9)
    assert worth.seconds == pytest.approx(seconds)
    assert worth.per_minute == pytest.approx(60 * 1.5 * gain / seconds, abs=1e-9)


@given(curves, st.integers(1, 40), st.integers(1, 20))
@settings(deadline=None, max_examples=examples(50))
def test_the_worth_of_a_first_look_equals_a_slow_computation(curve: Curve, left: int, window: int) -> None:
    worth = Prospect(curve, left, window).of_unseen(SHARES, FIRST, 0.5)
    assert worth.gain == pytest.approx(0.5 * Slow(curve, left, window).worth_of_new(), abs=1e-9)
    assert (worth.now, worth.alone, worth.seconds) == (0.0, 0.0, FIRST)


@given(curves, strengths, st.integers(1, 3000), st.integers(1, 1100), st.integers(1, 1100))
@settings(deadline=None, max_examples=examples(150))
def test_no_strength_however_extreme_breaks_a_worth(
    curve: Curve, strength: Strength, gap: int, left: int, window: int
) -> None:
    worth = Prospect(curve, left, window).of_seen(strength, gap, PASS, FAILURE, 1.0)
    assert all(0.0 <= chance <= 1.0 for chance in (worth.now, worth.alone, worth.studied))
    assert PASS <= worth.seconds <= FAILURE
    assert math.isfinite(worth.per_minute)


class Tiny(NamedTuple):
    """A few cards and a few days."""

    cards: tuple[PlanCard, ...]
    days: int
    before: int
    minutes: float
    intensity: Intensity
    curve: Curve


@st.composite
def tiny_plans(draw: st.DrawFn) -> Tiny:
    cards: list[PlanCard] = []
    for number in range(draw(st.integers(2, 4))):
        name = CardId("deck", f"c{number}")
        weight = draw(st.sampled_from([0.5, 1.0, 1.5]))
        if draw(st.booleans()):
            cards.append(PlanCard(name, "basic", UNSEEN, None, None, weight))
            continue
        last = TODAY - timedelta(days=draw(st.integers(0, 6)))
        interval = draw(st.integers(1, 6))
        memory = Learned(1, 250, interval, last + timedelta(days=interval), last, drilling=False, lapses=0)
        cards.append(PlanCard(name, "basic", memory, draw(strengths), last, weight))
    return Tiny(
        tuple(cards),
        draw(st.integers(3, 5)),
        draw(st.integers(0, 3)),
        draw(st.sampled_from([0.3, 0.6, 1.0, 2.0, 30.0])),
        draw(st.sampled_from(Intensity)),
        draw(curves),
    )


def slow_window(tiny: Tiny) -> int:
    c_rev = 0.8 * PASS + 0.2 * FAILURE
    wanted = max(1, round(1.3 * len(tiny.cards) * c_rev / (60 * tiny.minutes)))
    return min(wanted, tiny.days + tiny.before)  # a window of the whole time and a longer one are alike


def slow_day(tiny: Tiny) -> list[CardId]:
    """Return what the text has a day ask, in order."""
    window = slow_window(tiny)
    slow = Slow(tiny.curve, tiny.days, window)
    opened = TODAY + timedelta(days=tiny.days - window)
    unseen = sorted((card for card in tiny.cards if card.last is None), key=lambda card: -card.weight)
    quota = math.ceil(len(unseen) / max(1, tiny.days - 0.4 * (tiny.days + tiny.before)) - 1e-9)
    group_a = [(card.weight * slow.worth_of_new(), FIRST, card.card) for card in unseen]
    later, group_a = group_a[quota:], group_a[:quota]
    group_b = []
    for card in tiny.cards:
        if card.strength is None or card.last is None or card.last == TODAY:
            continue
        gain, seconds = slow.worth(card.strength, (TODAY - card.last).days)
        is_due = isinstance(card.memory, Learned) and card.memory.due <= TODAY
        is_last_look = tiny.days <= window and card.last < opened
        (group_a if is_due or is_last_look else group_b).append((card.weight * gain, seconds, card.card))
    groups: Sequence[list[tuple[float, float, CardId]]] = [group_a, group_b]
    if tiny.intensity is Intensity.FULL:
        groups = [*groups, later]
    asked, room = [], 60 * tiny.minutes
    for group in groups:
        for gain, seconds, name in sorted(group, key=lambda each: -each[0] / each[1]):
            if 60 * gain / seconds > tiny.intensity.floor and seconds / 2 <= room:
                asked.append(name)
                room -= seconds
    return asked


@given(tiny_plans())
@settings(deadline=None, max_examples=examples(300))
def test_a_tiny_day_equals_a_slow_computation(tiny: Tiny) -> None:
    aim = Aim(TODAY + timedelta(days=tiny.days), TODAY - timedelta(days=tiny.before), tiny.cards)
    frame = Frame(tiny.minutes, Pace(), tiny.curve, tiny.intensity)
    assert window_of(aim, frame) == slow_window(tiny)
    assert [pick.card for pick in plan_day([aim], Sofar(TODAY), frame).picks] == slow_day(tiny)
