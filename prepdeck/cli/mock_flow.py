"""The whole way of a mock on plain lines: begin or go on, sit, mark, debrief; a loop goes it once for each round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prepdeck.cli.layout import Layout
from prepdeck.cli.mock_clock import clock
from prepdeck.cli.mock_marks import mark_plainly
from prepdeck.cli.mock_plain import PlainMock
from prepdeck.cli.opening import opened_desk
from prepdeck.cli.streams import flush, write_text
from prepdeck.cli.typed import read_line
from prepdeck.errors import UsageError
from prepdeck.interview.terms import Mode

if TYPE_CHECKING:
    from prepdeck.cli.flags import Flags
    from prepdeck.interview.terms import Terms
    from prepdeck.study.desk import Desk
    from prepdeck.study.mock_loops import LoopSat
    from prepdeck.study.mock_sitting import Sat


def sit_plainly(flags: Flags, words: str, terms: Terms) -> int:
    """Begin a format, sit it and mark it; return the exit status."""
    from prepdeck.study.mock_begin import begin_mock
    from prepdeck.study.mock_documents import get_format
    from prepdeck.study.mock_loops import begin_loop

    with opened_desk(flags) as desk:
        layout = Layout.fitting(flags)
        if get_format(desk, words).is_loop:
            _go_through(desk, begin_loop(desk, words, terms), layout)
        else:
            _sit(desk, begin_mock(desk, words, terms), layout)
    return 0


def go_on_plainly(flags: Flags, which: str | None, mode: Mode | None, end: str) -> int:
    """Go on with a mock that was cut off, end it, or mark one that is over; return the exit status."""
    from prepdeck.study.mock_begin import load_mock
    from prepdeck.study.mock_loops import loop_of, stopped_loops
    from prepdeck.study.mock_recovery import discard, find_stopped, finish_stopped, recover, stopped_mocks

    with opened_desk(flags) as desk:
        layout = Layout.fitting(flags)
        resting = stopped_loops(desk) if which is None and not stopped_mocks(desk) else ()
        if resting:
            _end_loop(desk, resting[0], end) if end else _go_through(desk, resting[0], layout)
            return 0
        stopped = find_stopped(desk, which)
        if end == "discard":
            discard(desk, stopped.id)
            write_text(f"{stopped.title} was given up; it is kept without a verdict.")
            return 0
        if stopped.is_over:
            mark_plainly(desk, load_mock(desk, stopped.id), layout)
        elif end == "finish":
            mark_plainly(desk, finish_stopped(desk, stopped.id), layout)
        else:
            _sit(desk, recover(desk, stopped.id, mode), layout)
        loop = loop_of(desk, stopped.id)
        if loop is not None:
            _go_through(desk, loop, layout)
    return 0


def _end_loop(desk: Desk, loop: LoopSat, end: str) -> None:
    """Give up the rest of a loop that waits between two rounds.

    Raises:
        UsageError: When it was to be finished, which only a round can be.
    """
    from prepdeck.study.mock_loops import give_up_loop, sum_up_words

    if end != "discard":
        raise UsageError(
            f"{loop.loop.blueprint.title} waits between two rounds, so there is nothing to finish",
            "prepdeck mock resume goes on with it, prepdeck mock resume --discard gives up the rest",
        )
    write_text(sum_up_words(desk, give_up_loop(desk, loop)))


def _sit(desk: Desk, sat: Sat, layout: Layout) -> Sat:
    sat = PlainMock(desk, sat, layout).sit()
    return mark_plainly(desk, sat, layout) if sat.mock.is_over else sat


def _go_through(desk: Desk, loop: LoopSat, layout: Layout) -> None:
    """Sit the rounds of a loop that are left, with the rests between them."""
    from prepdeck.study.mock_loops import end_rest, next_round, rest_left_ms, sum_up_words

    while not loop.is_over:
        if loop.is_resting:
            left = rest_left_ms(desk, loop)
            write_text(f"\nRest: {clock(left)} left. Enter begins the next round, q leaves the loop for now.")
            flush()
            line = read_line()
            if not line or line.strip().lower() in {"q", "/q"}:
                write_text("Left between two rounds: prepdeck mock resume --plain goes on.")
                return
            loop = end_rest(desk, loop)
            continue
        loop, sat = next_round(desk, loop)
        sat = _sit(desk, sat, layout)
        if not sat.mock.is_over:
            return
        from prepdeck.study.mock_loops import after_round

        loop = after_round(desk, loop, sat)
    write_text(sum_up_words(desk, loop))
