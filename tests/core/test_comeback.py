from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.cards.ids import CardId
from prepdeck.scheduling.comeback import FARTHEST, Comeback, is_late, is_offered, spread_over
from prepdeck.scheduling.load import Candidate
from prepdeck.scheduling.memory import Learned
from prepdeck.scheduling.week import Week
from tests.builders import TODAY, make_learned
from tests.full import examples

EVERY_DAY = Week()


def card(name: str, late: int, interval: int = 6, seconds: int = 60, weight: int = 2) -> Candidate:
    due = TODAY - timedelta(days=late)
    memory = make_learned(due=due, last=due - timedelta(days=interval), interval=interval)
    return Candidate(CardId("d", name), memory, "basic", target_seconds=seconds, weight=weight)


def days_of(found: Comeback) -> list[tuple[int, int, int]]:
    return [((row.day - TODAY).days, row.late, row.due) for row in found.days]


def asked_on(found: Comeback, candidates: list[Candidate]) -> list[str]:
    """Return the names of the late cards by the day they are asked on."""
    day = dict(found.moves)
    late = [each for each in candidates if is_late(each, TODAY)]
    return [each.card.card for each in sorted(late, key=lambda each: day.get(each.card, TODAY))]


@pytest.mark.parametrize(
    ("missed", "late", "offered"), [(6, 9, False), (7, 9, True), (7, 0, False), (400, 1, True), (-3, 9, False)]
)
def test_help_is_offered_after_seven_missed_days_with_work_waiting(missed: int, late: int, offered: bool) -> None:
    assert is_offered(TODAY - timedelta(days=missed + 1), TODAY, late) is offered


def test_nobody_comes_back_who_never_began() -> None:
    assert not is_offered(None, TODAY, 9)


def test_late_cards_fill_the_days_beside_what_is_due_anyway() -> None:
    late = [card(f"late{number}", 20) for number in range(7)]
    due = [card("today", 0), card("tomorrow", -1), card("also", -1)]
    found = spread_over([*late, *due], TODAY, 3, EVERY_DAY)
    assert days_of(found) == [(0, 2, 1), (1, 1, 2), (2, 3, 0), (3, 1, 0)]
    assert [row.minutes for row in found.days] == [3, 3, 3, 1]
    assert (found.late, found.left, found.per_day) == (7, 0, 2)


def test_cards_asked_today_keep_their_day() -> None:
    found = spread_over([card("one", 20), card("two", 20)], TODAY, 1, EVERY_DAY)
    assert found.moves == ((CardId("d", "two"), TODAY + timedelta(days=1)),)


def test_easy_days_take_half_and_breaks_nothing() -> None:
    tomorrow, after = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
    week = Week(frozenset({tomorrow.weekday()}), ((after, after + timedelta(days=2)),))
    found = spread_over([card(f"c{number}", 20) for number in range(10)], TODAY, 4, week)
    assert days_of(found) == [(0, 4, 0), (1, 2, 0), (5, 4, 0)]


def test_what_loses_most_by_waiting_comes_first() -> None:
    fresh, lost, firm = card("fresh", 8, interval=1), card("lost", 300, interval=1), card("firm", 8, interval=90)
    found = spread_over([firm, lost, fresh], TODAY, 1, EVERY_DAY)
    assert asked_on(found, [firm, lost, fresh]) == ["fresh", "firm", "lost"]


def test_of_two_alike_the_quicker_one_and_the_weightier_one_come_first() -> None:
    slow, quick, weighty = card("slow", 9, seconds=600), card("quick", 9), card("weighty", 9, weight=3)
    found = spread_over([slow, quick, weighty], TODAY, 1, EVERY_DAY)
    assert asked_on(found, [slow, quick, weighty]) == ["weighty", "quick", "slow"]


def test_a_card_longer_than_a_day_gets_a_day_of_its_own() -> None:
    late = [card(f"c{number}", 20, seconds=600) for number in range(3)]
    assert days_of(spread_over(late, TODAY, 1, EVERY_DAY)) == [(0, 1, 0), (1, 1, 0), (2, 1, 0)]


def test_what_finds_no_day_within_sixty_stays_due() -> None:
    late = [card(f"c{number:02}", 20) for number in range(FARTHEST + 5)]
    found = spread_over(late, TODAY, 1, EVERY_DAY)
    assert (len(found.days), found.placed, found.left) == (FARTHEST, FARTHEST, 5)
    assert spread_over(late, TODAY, 1, Week(breaks=((TODAY, TODAY + timedelta(days=99)),))).left == len(late)


def test_without_late_cards_there_is_nothing_to_spread() -> None:
    found = spread_over([card("today", 0), card("soon", -3)], TODAY, 20, EVERY_DAY)
    assert (found.late, found.days, found.moves, found.per_day) == (0, (), (), 0)


def test_the_end_of_the_calendar_is_no_obstacle() -> None:
    memory = make_learned(due=date.max - timedelta(days=20), last=date.max - timedelta(days=26))
    late = [Candidate(CardId("d", f"c{number}"), memory, "basic", target_seconds=60) for number in range(5)]
    found = spread_over(late, date.max - timedelta(days=1), 1, EVERY_DAY)
    assert [row.day for row in found.days] == [date.max - timedelta(days=1), date.max]
    assert found.left == 3


CARDS = st.lists(
    st.tuples(st.integers(-70, 200), st.integers(1, 400), st.sampled_from([5, 15, 25, 180, 600]), st.integers(1, 3)),
    max_size=60,
)
WEEKS = st.builds(
    lambda easy, offset, length: Week(
        frozenset(easy), ((TODAY + timedelta(days=offset), TODAY + timedelta(days=offset + length)),)
    ),
    st.sets(st.integers(0, 6)),
    st.integers(-5, 20),
    st.integers(0, 40),
)


@settings(max_examples=examples(200), deadline=None)
@given(CARDS, st.integers(1, 60), WEEKS)
def test_no_day_is_fuller_than_its_minutes_by_more_than_a_card_and_no_card_is_lost(
    rows: list[tuple[int, int, int, int]], minutes: int, week: Week
) -> None:
    cards = [card(f"c{number}", *row) for number, row in enumerate(rows)]
    found = spread_over(cards, TODAY, minutes, week)
    assert found == spread_over(cards, TODAY, minutes, week)
    late = {each.card: each for each in cards if is_late(each, TODAY)}
    moves = dict(found.moves)
    assert len(moves) == len(found.moves) <= found.placed
    assert moves.keys() <= late.keys()
    assert found.placed + found.left == found.late == len(late)
    assert Counter(moves.values()) == Counter({row.day: row.late for row in found.days if row.day > TODAY})
    for row in found.days:
        assert TODAY <= row.day < TODAY + timedelta(days=FARTHEST)
        assert week.share_of(row.day) > 0
        anyway = [each for each in cards if isinstance(each.memory, Learned) and each.memory.due == row.day]
        assert row.due == len(anyway)
        if row.day > TODAY or not found.left:  # those without a day keep theirs, as those of today do
            placed = [each for name, each in late.items() if moves.get(name, TODAY) == row.day]
            seconds = sorted(each.estimated_seconds for each in (*placed, *anyway))
            assert sum(seconds) - max(each.estimated_seconds for each in placed) <= 60 * minutes * week.share_of(
                row.day
            )
