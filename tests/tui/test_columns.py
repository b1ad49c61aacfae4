"""Where columns over days and the words under them stand."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from prepdeck.tui.widgets.axis import TODAY, axis
from prepdeck.tui.widgets.columns import spacing_of
from tests.full import examples

days_and_room = st.tuples(st.integers(0, 4000), st.integers(3, 220))


@given(days_and_room)
@settings(deadline=None, max_examples=examples(200))
def test_columns_have_a_gap_between_them_stay_inside_and_fill_their_room(asked: tuple[int, int]) -> None:
    days, room = asked
    spacing = spacing_of(days, room)
    starts = [spacing.start(number) for number in range(spacing.count)]
    assert starts[0] == 0
    assert starts[-1] + spacing.width <= room
    assert all(later - start > spacing.width for start, later in pairwise(starts))
    if spacing.count > 1:
        assert room - (starts[-1] + spacing.width) <= room // 8
    if spacing.span > 1:
        assert spacing.count * spacing.span >= days > 2 * ((room + 1) // 2)
    else:
        assert spacing.count in {days, (room + 1) // 2} or not days


def test_thirty_days_are_cut_to_those_that_fit_and_longer_windows_become_weeks() -> None:
    assert [
        (spacing.span, spacing.count) for spacing in (spacing_of(31, 52), spacing_of(31, 32), spacing_of(31, 112))
    ] == [
        (1, 26),
        (1, 16),
        (1, 31),
    ]
    assert [(spacing.span, spacing.count) for spacing in (spacing_of(91, 52), spacing_of(366, 52))] == [
        (7, 13),
        (28, 14),
    ]


@given(days_and_room, st.integers(0, 6))
@settings(deadline=None, max_examples=examples(200))
def test_the_words_of_an_axis_end_with_today_and_never_touch(asked: tuple[int, int], label: int) -> None:
    days, room = asked
    words, ticks = axis(days, label, room, lambda back: (days - 1 - back) * (room - 1) // max(1, days - 1))
    text = words.text
    assert text == "" or (len(text) == label + room and text.endswith(TODAY))
    assert all(0 <= tick < room for tick in ticks if days)
    names = text.split()
    assert all(name == TODAY or int(name.rstrip("d")) < 0 for name in names)


def test_a_month_is_marked_by_weeks() -> None:
    words, ticks = axis(31, 0, 52, lambda back: (30 - back) * 51 // 30)
    assert words.text.split() == ["-28d", "-21", "-14", "-7", "today"]
    assert len(ticks) == 5
