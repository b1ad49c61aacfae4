from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.scheduling.grade import Grade, grade_of
from prepdeck.scheduling.memory import LONGEST_INTERVAL, UNSEEN, Learned, Memory, is_leech
from prepdeck.scheduling.review import Answered, ReviewKind, Revised, kind_of, replay
from prepdeck.scheduling.sm2 import EarlierDay, answer, preview, revise
from tests.builders import TODAY, make_learned
from tests.full import examples

qualities = st.integers(0, 5)
histories = st.lists(st.tuples(qualities, st.integers(0, 400)), min_size=1, max_size=40)


def published(qualities_and_gaps: list[tuple[int, int]]) -> list[tuple[int, int, Decimal, date, bool]]:
    """SM-2 written a second time, in decimals and from the text, as an oracle."""
    number, easiness, interval, last, drill = 0, Decimal("2.5"), 0, None, False
    day = TODAY
    rows = []
    due = day
    for quality, gap in qualities_and_gaps:
        day += timedelta(days=gap)
        if day == last:
            drill = drill and quality < 4
        else:
            if quality < 3:
                number, interval = 0, 1
            else:
                number += 1
                grown = (interval * easiness).to_integral_value(ROUND_CEILING)
                interval = {1: 1, 2: 6}.get(number, min(int(grown), 36_500))
                miss = 5 - quality
                change = Decimal("0.1") - miss * (Decimal("0.08") + miss * Decimal("0.02"))
                easiness = max(Decimal("1.3"), easiness + change)
            drill, last, due = quality < 4, day, day + timedelta(days=interval)
        rows.append((number, interval, easiness, due, drill))
    return rows


def test_any_history_gives_the_published_repetition_interval_easiness_and_due_day() -> None:
    @settings(max_examples=examples(500), deadline=None)
    @given(histories)
    def check(history: list[tuple[int, int]]) -> None:
        memory: Memory = UNSEEN
        day = TODAY
        for (quality, gap), expected in zip(history, published(history), strict=True):
            day += timedelta(days=gap)
            memory = answer(memory, quality, day)
            found = (memory.repetition, memory.interval, Decimal(memory.easiness) / 100, memory.due, memory.drilling)
            assert found == expected

    check()


@pytest.mark.parametrize(
    ("answers", "intervals", "easiness"),
    [
        ([4, 4, 4, 4, 4], [1, 6, 15, 38, 95], 250),
        ([5, 5, 5, 5, 5, 5, 5], [1, 6, 17, 48, 140, 420, 1302], 320),
        ([3, 3, 3, 3], [1, 6, 14, 30], 194),
        ([4, 4, 4, 1, 4, 4, 4], [1, 6, 15, 1, 1, 6, 15], 250),
        ([0, 0, 0], [1, 1, 1], 250),
        ([3] * 12, [1, 6, 14, 30, 59, 107, 178, 271, 374, 487, 634, 825], 130),
    ],
)
def test_a_sequence_of_due_answers_gives_the_published_intervals(
    answers: list[int], intervals: list[int], easiness: int
) -> None:
    memory: Memory = UNSEEN
    day = TODAY
    found = []
    for quality in answers:
        memory = answer(memory, quality, day)
        found.append(memory.interval)
        day = memory.due
    assert found == intervals
    assert isinstance(memory, Learned)
    assert memory.easiness == easiness


def test_the_seventh_five_in_a_row_is_rounded_up_in_exact_hundredths() -> None:
    before = make_learned(repetition=6, easiness=310, interval=420)
    assert answer(before, 5, TODAY).interval == 1302  # a binary float makes it 1303


def test_failing_a_learned_card_counts_a_lapse_and_keeps_its_easiness() -> None:
    after = answer(make_learned(easiness=236, lapses=2), 2, TODAY)
    assert (after.lapses, after.easiness, after.repetition, after.interval) == (3, 236, 0, 1)


def test_failing_an_unseen_card_counts_no_lapse() -> None:
    assert answer(UNSEEN, 0, TODAY).lapses == 0


@given(quality=qualities, first=qualities)
def test_a_second_answer_on_one_study_day_changes_nothing_but_the_drill(quality: int, first: int) -> None:
    before = answer(UNSEEN, first, TODAY)
    after = answer(before, quality, TODAY)
    assert after == Learned(
        before.repetition, before.easiness, before.interval, before.due, before.last,
        drilling=first < 4 and quality < 4, lapses=before.lapses,
    )  # fmt: skip


def test_an_answer_before_the_last_study_day_is_an_error() -> None:
    with pytest.raises(EarlierDay):
        answer(make_learned(last=TODAY), 4, TODAY - timedelta(days=1))


@pytest.mark.parametrize("quality", [-1, 6, 100])
def test_a_quality_outside_0_to_5_is_an_error(quality: int) -> None:
    with pytest.raises(ValueError, match="0-5"):
        answer(UNSEEN, quality, TODAY)


@settings(max_examples=examples(300), deadline=None)
@given(histories)
def test_easiness_has_a_floor_and_intervals_a_cap(history: list[tuple[int, int]]) -> None:
    memory: Memory = UNSEEN
    day = TODAY
    for quality, gap in history:
        day = max(day + timedelta(days=gap), memory.due if isinstance(memory, Learned) and quality > 3 else day)
        memory = answer(memory, quality, day)
        assert memory.easiness >= 130
        assert 1 <= memory.interval <= LONGEST_INTERVAL
        assert memory.due > memory.last


def test_an_interval_stops_at_36500_days_and_a_due_day_at_the_calendars_end() -> None:
    grown = answer(make_learned(interval=30_000, easiness=300), 5, TODAY)
    assert grown.interval == 36_500
    last = answer(make_learned(interval=30_000, last=date(9000, 1, 1)), 5, date(9950, 1, 1))
    assert (last.interval, last.due) == (36_500, date.max)


@given(st.sampled_from([UNSEEN, make_learned(), make_learned(last=TODAY, drilling=True)]))
def test_a_preview_is_what_the_buttons_do(memory: Memory) -> None:
    assert preview(memory, TODAY) == {grade: answer(memory, grade.quality, TODAY) for grade in Grade}


def test_the_buttons_stand_for_qualities_1_3_4_5() -> None:
    assert [grade.quality for grade in Grade] == [1, 3, 4, 5]


def test_every_quality_is_logged_as_a_button() -> None:
    assert [grade_of(quality).value for quality in range(6)] == ["again", "again", "again", "hard", "good", "easy"]


@pytest.mark.parametrize(
    ("memory", "kind"),
    [
        (UNSEEN, ReviewKind.SCHEDULED),
        (make_learned(due=TODAY), ReviewKind.SCHEDULED),
        (make_learned(due=TODAY - timedelta(days=9)), ReviewKind.SCHEDULED),
        (make_learned(due=TODAY + timedelta(days=1)), ReviewKind.EARLY),
        (make_learned(due=TODAY + timedelta(days=6), last=TODAY), ReviewKind.DRILL),
    ],
)
def test_the_kind_of_a_review_follows_from_memory_and_day(memory: Memory, kind: ReviewKind) -> None:
    assert kind_of(memory, TODAY) is kind


def test_an_early_answer_counts_from_today_with_the_old_interval() -> None:
    after = answer(make_learned(due=TODAY + timedelta(days=4)), 4, TODAY)
    assert (after.interval, after.due) == (15, TODAY + timedelta(days=15))


def test_a_changed_meaning_makes_a_card_due_today_and_keeps_its_history() -> None:
    before = make_learned(due=TODAY + timedelta(days=20), lapses=3)
    assert revise(before, TODAY) == make_learned(due=TODAY, lapses=3)


def test_a_card_answered_today_is_due_tomorrow_when_its_meaning_changes() -> None:
    before = make_learned(last=TODAY, due=TODAY + timedelta(days=6))
    assert revise(before, TODAY) == make_learned(last=TODAY, due=TODAY + timedelta(days=1))


def test_an_unseen_card_stays_unseen_when_its_meaning_changes() -> None:
    assert revise(UNSEEN, TODAY) == UNSEEN


def test_cramming_leaves_no_trace_in_the_replayed_memory() -> None:
    history = [Answered(TODAY, 4), Answered(TODAY + timedelta(days=1), 1, ReviewKind.CRAM)]
    assert replay(history) == answer(UNSEEN, 4, TODAY)


def test_replay_takes_a_changed_meaning_in() -> None:
    history = [Answered(TODAY, 4), Answered(TODAY + timedelta(days=1), 4), Revised(TODAY + timedelta(days=3))]
    assert replay(history) == make_learned(last=TODAY + timedelta(days=1), due=TODAY + timedelta(days=3))


def test_a_card_that_lapsed_eight_times_is_a_leech() -> None:
    assert is_leech(make_learned(lapses=8), 8)
    assert not is_leech(make_learned(lapses=7), 8)
    assert not is_leech(UNSEEN, 8)
