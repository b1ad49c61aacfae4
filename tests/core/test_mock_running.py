"""What each event does to a mock, and every row of the table in INTERVIEWS.md, A6."""

from __future__ import annotations

import pytest

from prepdeck.cards.blueprint import Blueprint, Rest, Sitting
from prepdeck.cards.ids import CardId
from prepdeck.errors import UsageError
from prepdeck.interview.answer import Run
from prepdeck.interview.events import (
    Abandoned,
    Chose,
    Clarified,
    Event,
    Evidenced,
    Finished,
    Gapped,
    Hinted,
    Judged,
    Marked,
    Moved,
    PartBegan,
    Paused,
    Picked,
    Predicted,
    Probed,
    QuestionMarked,
    Ran,
    Recovered,
    Resumed,
    Said,
    Saved,
    TimeRanOut,
    Twisted,
    Written,
)
from prepdeck.interview.marks import Mark, Rater
from prepdeck.interview.mock import End, Heat, Mock, State, begin_mock, heat_of, sheet_at, sheet_of
from prepdeck.interview.questions import Sort
from prepdeck.interview.running import LONGEST_SHEET, advanced, count_misfits, happen, replay
from prepdeck.interview.terms import Mode, Terms
from prepdeck.interview.timekeeping import Gap, GapKind
from tests.core.marked_mocks import MINUTE, SECOND, after, make_mock, make_question

STORY = CardId("mine", "outage")
SLEEP = Gap(GapKind.SLEEP, 3 * MINUTE)
HOUR = 60 * MINUTE


def strict(*sorts: Sort) -> Mock:
    """Return a strict mock: ten minutes for each sort of question, and a wrap-up of two."""
    return make_mock(*map(make_question, sorts or (Sort.CODE, Sort.NUMERIC)), mode=Mode.STRICT)


def practice(*sorts: Sort) -> Mock:
    return make_mock(*map(make_question, sorts or (Sort.CODE, Sort.NUMERIC)))


def over(mock: Mock | None = None) -> Mock:
    return happen(mock or strict(), Finished(MINUTE))


def refuses(mock: Mock, event: Event, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        happen(mock, event)


# The clock


def test_the_clock_counts_at_the_stop_where_the_candidate_is() -> None:
    mock = advanced(after(strict(), Moved(2 * MINUTE, 1)), 5 * MINUTE)
    assert mock.stop_ms == (2 * MINUTE, 3 * MINUTE, 0)
    assert (mock.clock_ms, mock.left_ms) == (5 * MINUTE, 17 * MINUTE)
    assert [mock.question_ms(number) for number in (0, 1)] == [2 * MINUTE, 3 * MINUTE]


def test_an_earlier_moment_than_is_known_changes_nothing() -> None:
    mock = advanced(strict(), MINUTE)
    assert advanced(mock, MINUTE) == advanced(mock, MINUTE - 1) == advanced(mock, -HOUR) == mock


def test_a_stop_that_is_visited_again_goes_on_counting() -> None:
    mock = advanced(after(strict(), Moved(MINUTE, 1), Moved(2 * MINUTE, 0)), 3 * MINUTE)
    assert mock.stop_ms == (2 * MINUTE, MINUTE, 0)


@pytest.mark.parametrize("stop", [-1, 3])
def test_there_is_no_way_to_a_stop_that_the_mock_has_not(stop: int) -> None:
    refuses(strict(), Moved(1, stop), "no stop")


def test_half_time_is_when_half_of_the_budget_is_used() -> None:
    assert not advanced(strict(), 11 * MINUTE - 1).is_half_time
    assert advanced(strict(), 11 * MINUTE).is_half_time


def test_after_45_minutes_of_ticks_the_clock_is_right_to_the_millisecond() -> None:
    mock = practice()
    for tick in range(1, 2700):
        mock = advanced(mock, tick * 1003)
    assert (mock.clock_ms, mock.overtime_ms) == (2699 * 1003, 2699 * 1003 - 22 * MINUTE)


# Pause


def test_a_strict_mock_has_no_pause() -> None:
    refuses(strict(), Paused(MINUTE), "has no pause")


def test_a_pause_in_practice_is_counted_and_takes_nothing_from_the_clock() -> None:
    mock = advanced(after(practice(), Paused(MINUTE), Resumed(4 * MINUTE)), 5 * MINUTE)
    assert (mock.clock_ms, mock.paused_ms, mock.pauses, mock.state) == (2 * MINUTE, 3 * MINUTE, 1, State.RUNNING)


def test_a_practice_mock_says_that_it_is_not_strict() -> None:
    assert strict().is_strict
    assert not practice().is_strict


@pytest.mark.parametrize("event", [Paused(9), Moved(9, 1), Hinted(9, 0), Chose(9, 0, (1,)), Ran(9, 0, 1, 1)])
def test_nothing_is_done_while_the_clock_stands(event: Event) -> None:
    refuses(happen(practice(), Paused(5)), event, "is paused")


def test_what_is_written_in_a_pause_is_kept() -> None:
    assert after(practice(), Paused(5), Written(9, "q0", "a thought")).sheets == {"q0": "a thought"}


def test_only_a_paused_mock_goes_on() -> None:
    refuses(practice(), Resumed(5), "not paused")


def test_a_paused_mock_can_be_finished() -> None:
    mock = after(practice(), Paused(MINUTE), Finished(3 * MINUTE))
    assert (mock.end, mock.clock_ms, mock.paused_ms) == (End.FINISHED, MINUTE, 2 * MINUTE)


# Phase overrun


@pytest.mark.parametrize(
    ("spent", "heat"),
    [(0, Heat.CALM), (479_999, Heat.CALM), (480_000, Heat.AMBER), (599_999, Heat.AMBER), (600_000, Heat.RED)],
)
def test_a_phase_is_amber_from_80_percent_and_red_from_100(spent: int, heat: Heat) -> None:
    assert heat_of(spent, 10 * MINUTE) is advanced(strict(), spent).phase_heat(0) is heat


def test_an_overrun_cuts_nothing_and_is_carried_along() -> None:
    mock = advanced(strict(), 13 * MINUTE)
    assert (mock.state, mock.position, mock.phase_ms(0), mock.phase_budget_ms(0)) == (
        State.RUNNING,
        0,
        13 * MINUTE,
        10 * MINUTE,
    )
    assert mock.behind_ms == 3 * MINUTE
    assert happen(mock, Moved(13 * MINUTE, 1)).behind_ms == 3 * MINUTE


def test_who_leaves_a_phase_early_is_ahead() -> None:
    assert after(strict(), Moved(4 * MINUTE, 1)).behind_ms == -6 * MINUTE


# Time is up


def test_a_strict_clock_locks_the_mock_at_the_end_of_its_budget() -> None:
    mock = advanced(strict(), 25 * MINUTE)
    assert (mock.state, mock.end, mock.ended_ms) == (State.ENDED, End.TIME_UP, 22 * MINUTE)
    assert (mock.clock_ms, mock.left_ms, mock.overtime_ms) == (22 * MINUTE, 0, 0)


def test_a_strict_mock_is_open_until_the_last_millisecond() -> None:
    assert not advanced(strict(), 22 * MINUTE - 1).is_over
    assert advanced(strict(), 22 * MINUTE).is_over


def test_a_practice_clock_goes_into_overtime() -> None:
    mock = advanced(practice(), 25 * MINUTE)
    assert (mock.state, mock.left_ms, mock.overtime_ms) == (State.RUNNING, 0, 3 * MINUTE)


def test_the_draft_as_it_stands_at_the_end_is_the_answer() -> None:
    mock = after(strict(), Written(21 * MINUTE, "q0:code", "x = 1"), TimeRanOut(22 * MINUTE + 400))
    assert mock.sheets == {"q0:code": "x = 1"}
    refuses(mock, Written(22 * MINUTE + 1, "q0:code", "x = 2"), "locked")


def test_a_note_typed_in_time_and_saved_late_is_kept() -> None:
    for end in (TimeRanOut(23 * MINUTE), Finished(21 * MINUTE + 1), Abandoned(21 * MINUTE + 1)):
        mock = after(strict(), end, Written(21 * MINUTE, "q1", "last words"))
        assert mock.sheets == {"q1": "last words"}
        assert mock.is_over


def test_a_note_typed_after_the_deadline_is_refused_even_before_anybody_noticed_the_end() -> None:
    refuses(strict(), Written(22 * MINUTE + 1, "q1", "too late"), "locked")


def test_writing_moves_no_clock() -> None:
    assert happen(strict(), Written(5 * MINUTE, "q1", "words")).upto_ms == 0


def test_a_note_that_is_too_long_is_refused_and_the_old_one_stays() -> None:
    mock = happen(strict(), Written(1, "q0", "short"))
    refuses(mock, Written(2, "q0", "x" * (LONGEST_SHEET + 1)), "too long")
    assert mock.sheets == {"q0": "short"}


def test_a_megabyte_of_notes_is_kept() -> None:
    text = "word " * 210_000
    assert happen(strict(), Written(1, "q0", text)).sheets["q0"] == text


def test_time_does_not_run_out_while_some_is_left() -> None:
    refuses(strict(), TimeRanOut(22 * MINUTE - 1), "time left")
    refuses(practice(), TimeRanOut(HOUR), "time left")


@pytest.mark.parametrize("event", [Moved(HOUR, 1), Hinted(HOUR, 0), Twisted(HOUR, 0), Paused(HOUR)])
def test_nothing_is_done_after_the_time_is_up(event: Event) -> None:
    refuses(strict(), event, "mock is over")


@pytest.mark.parametrize("first", [Finished(5), Abandoned(5), TimeRanOut(HOUR)])
def test_a_mock_is_not_finished_twice(first: Event) -> None:
    refuses(happen(strict(), first), Finished(HOUR), "over already")


@pytest.mark.parametrize("first", [Finished(5), TimeRanOut(HOUR)])
def test_a_mock_that_nobody_wants_to_mark_is_given_up_and_keeps_its_end(first: Event) -> None:
    over = happen(strict(), first)
    given_up = happen(over, Abandoned(2 * HOUR))
    assert (given_up.end, given_up.ended_ms) == (End.ABANDONED, over.ended_ms)
    refuses(given_up, Abandoned(2 * HOUR), "over already")
    refuses(happen(over, Saved(HOUR)), Abandoned(2 * HOUR), "over already")


def test_a_candidate_cannot_finish_after_the_time_is_up() -> None:
    refuses(strict(), Finished(HOUR), "over already")


def test_the_end_is_noticed_late_and_told_as_it_was() -> None:
    mock = happen(strict(), TimeRanOut(HOUR))
    assert (mock.ended_ms, mock.upto_ms) == (22 * MINUTE, 22 * MINUTE)
    assert happen(mock, TimeRanOut(2 * HOUR)) == mock


# Blank


def test_a_question_with_nothing_on_its_sheet_is_unanswered() -> None:
    mock = happen(strict(), Written(1, "q1", " \n\t"))
    assert mock.unanswered == (0, 1)
    assert happen(mock, Written(2, "q1", "we shipped")).unanswered == (0,)


def test_a_draft_equal_to_its_starter_is_blank_and_notes_beside_it_are_no_code() -> None:
    mock = make_mock(make_question(Sort.CODE, starter="def f():\n    ...\n"))
    mock = after(mock, Written(1, sheet_of(0, is_code=True), "def f():\n    ..."), Written(1, sheet_of(0), "a plan"))
    assert mock.is_blank(0)
    assert not happen(mock, Written(2, sheet_of(0, is_code=True), "def f():\n    return 1")).is_blank(0)


@pytest.mark.parametrize("event", [Chose(1, 0, (2,)), Said(1, 0), Written(1, "q0", "42")])
def test_a_choice_a_spoken_or_a_written_answer_is_no_blank(event: Event) -> None:
    mock = practice(Sort.RAPID)
    assert mock.is_blank(0)
    assert not happen(mock, event).is_blank(0)


def test_a_choice_and_a_spoken_answer_can_be_taken_back() -> None:
    mock = after(practice(Sort.RAPID), Chose(1, 0, (3, 1, 3)), Said(2, 0))
    assert mock.answers[0].options == (1, 3)
    assert after(mock, Chose(3, 0, ()), Said(4, 0, is_on=False)).is_blank(0)


# Abandon


def test_a_mock_that_was_given_up_keeps_its_state_and_takes_no_marks() -> None:
    mock = after(strict(), Written(1, "q0", "a start"), Hinted(2, 0), Abandoned(MINUTE))
    assert (mock.end, mock.ended_ms, mock.sheets, mock.answers[0].hints) == (
        End.ABANDONED,
        MINUTE,
        {"q0": "a start"},
        1,
    )
    for event in (Predicted(MINUTE, "lean-yes"), QuestionMarked(MINUTE, 0, 3), Marked(MINUTE, "a", 3), Saved(MINUTE)):
        refuses(mock, event, "given up")


def test_the_tests_may_still_run_on_a_draft_that_was_given_up() -> None:
    mock = after(strict(), Abandoned(MINUTE), Judged(MINUTE, 0, 1, 2, "it failed"))
    assert mock.answers[0].judged == Run(MINUTE, 1, 2, "it failed")


# Crash or closed terminal


def test_a_strict_mock_that_goes_on_strict_counts_the_gap() -> None:
    mock = happen(advanced(strict(), MINUTE), Recovered(5 * MINUTE, 2 * MINUTE, Mode.STRICT))
    assert (mock.clock_ms, mock.left_out_ms, mock.is_strict, mock.recoveries) == (5 * MINUTE, 0, True, 1)
    assert mock.gaps == (Gap(GapKind.AWAY, 3 * MINUTE),)


def test_a_strict_mock_whose_deadline_passed_meanwhile_waits_to_be_marked() -> None:
    mock = happen(advanced(strict(), MINUTE), Recovered(HOUR, 2 * MINUTE, Mode.STRICT))
    assert (mock.end, mock.ended_ms) == (End.TIME_UP, 22 * MINUTE)


def test_a_mock_that_goes_on_as_practice_leaves_the_gap_out_and_is_no_longer_strict() -> None:
    mock = happen(advanced(strict(), MINUTE), Recovered(HOUR, 2 * MINUTE, Mode.PRACTICE))
    assert (mock.clock_ms, mock.left_out_ms, mock.is_strict, mock.state) == (
        2 * MINUTE,
        58 * MINUTE,
        False,
        State.RUNNING,
    )
    assert happen(mock, Paused(HOUR)).pauses == 1


def test_a_strict_mock_whose_time_was_up_before_it_was_cut_off_stays_strict() -> None:
    mock = happen(strict(), Recovered(HOUR, 23 * MINUTE, Mode.PRACTICE))
    assert (mock.end, mock.ended_ms, mock.is_strict) == (End.TIME_UP, 22 * MINUTE, True)


def test_a_practice_mock_cannot_go_on_as_a_strict_one() -> None:
    refuses(practice(), Recovered(HOUR, MINUTE, Mode.STRICT), "cannot go on as a strict one")


def test_a_mock_that_was_cut_off_in_a_pause_goes_on_running() -> None:
    mock = after(practice(), Paused(MINUTE), Recovered(HOUR, 3 * MINUTE, Mode.PRACTICE))
    assert (mock.state, mock.clock_ms, mock.paused_ms, mock.left_out_ms) == (
        State.RUNNING,
        MINUTE,
        2 * MINUTE,
        57 * MINUTE,
    )


def test_a_mock_that_was_cut_off_can_be_finished_as_it_stood() -> None:
    mock = after(strict(), Written(MINUTE, "q0", "kept"), Finished(2 * MINUTE))
    assert (mock.end, mock.clock_ms, mock.sheets) == (End.FINISHED, 2 * MINUTE, {"q0": "kept"})


def test_a_mock_that_is_over_is_not_gone_on_with() -> None:
    refuses(over(), Recovered(HOUR, MINUTE, Mode.STRICT), "is over")


# Very short attempt, retake


def test_a_mock_of_no_time_at_all_is_kept_like_any_other() -> None:
    mock = happen(strict(), Finished(0))
    assert (mock.end, mock.ended_ms, mock.clock_ms, mock.unanswered) == (End.FINISHED, 0, 0, (0, 1))


def test_a_retake_begins_with_nothing_of_the_last_attempt() -> None:
    first = after(strict(), Written(1, "q0", "old"), Hinted(2, 0), Finished(MINUTE), Marked(MINUTE, "a", 1))
    again = begin_mock(first.blueprint, first.terms, first.questions)
    assert again == strict()
    assert (again.sheets, again.marks, again.clock_ms, again.answers[0].hints) == ({}, {}, 0, 0)


def test_a_loop_is_sat_as_the_mocks_it_is_made_of() -> None:
    loop = Blueprint(id="loop", title="", minutes=5, rounds=(Sitting("a"), Rest(5)))
    with pytest.raises(ValueError, match="is a loop"):
        begin_mock(loop, Terms(), ())


# Sleep, suspend, changed clocks


def test_a_strict_clock_runs_on_while_the_machine_sleeps() -> None:
    mock = happen(advanced(strict(), MINUTE), Gapped(4 * MINUTE, SLEEP))
    assert (mock.clock_ms, mock.left_out_ms, mock.gaps) == (4 * MINUTE, 0, (SLEEP,))


def test_a_strict_mock_that_sleeps_past_its_deadline_is_over_when_the_machine_wakes() -> None:
    mock = happen(strict(), Gapped(HOUR, Gap(GapKind.SLEEP, HOUR)))
    assert (mock.end, mock.clock_ms, mock.gaps) == (End.TIME_UP, 22 * MINUTE, (Gap(GapKind.SLEEP, HOUR),))


@pytest.mark.parametrize("kind", [GapKind.SLEEP, GapKind.AWAY])
def test_a_practice_clock_leaves_sleep_out(kind: GapKind) -> None:
    mock = happen(advanced(practice(), MINUTE), Gapped(5 * MINUTE, Gap(kind, 3 * MINUTE)))
    assert (mock.clock_ms, mock.left_out_ms) == (2 * MINUTE, 3 * MINUTE)


def test_a_gap_leaves_out_no_more_than_was_not_counted_yet() -> None:
    mock = happen(advanced(practice(), 2 * MINUTE), Gapped(3 * MINUTE, Gap(GapKind.AWAY, HOUR)))
    assert (mock.clock_ms, mock.left_out_ms) == (2 * MINUTE, MINUTE)


def test_sleep_in_a_pause_belongs_to_the_pause() -> None:
    mock = after(practice(), Paused(MINUTE), Gapped(5 * MINUTE, SLEEP), Resumed(5 * MINUTE))
    assert (mock.clock_ms, mock.paused_ms, mock.left_out_ms, mock.gaps) == (MINUTE, 4 * MINUTE, 0, (SLEEP,))


@pytest.mark.parametrize("change", [-HOUR, HOUR])
def test_a_clock_set_an_hour_back_or_on_takes_no_time_and_is_recorded(change: int) -> None:
    gap = Gap(GapKind.CLOCK_CHANGE, change)
    for mock in (strict(), practice()):
        later = happen(mock, Gapped(MINUTE, gap))
        assert (later.clock_ms, later.left_out_ms, later.gaps) == (MINUTE, 0, (gap,))


def test_a_gap_after_the_end_is_nobodys_business() -> None:
    assert happen(over(), Gapped(HOUR, SLEEP)) == over()


# A story told aloud


def test_each_part_of_a_story_has_its_own_clock() -> None:
    mock = after(
        practice(Sort.STAR),
        PartBegan(0, 0, "situation"),
        PartBegan(25 * SECOND, 0, "action"),
        PartBegan(60 * SECOND, 0, "situation"),
        PartBegan(65 * SECOND, 0, None),
        Moved(2 * MINUTE, 1),
    )
    assert mock.answers[0].told_ms == {"situation": 30 * SECOND, "action": 35 * SECOND}
    assert mock.answers[0].told_total_ms == 65 * SECOND
    assert not mock.is_blank(0)


@pytest.mark.parametrize("end", [Moved(MINUTE, 1), Paused(MINUTE), Finished(MINUTE), Abandoned(MINUTE)])
def test_the_telling_ends_when_the_question_leaves_the_table_or_the_clock_stops(end: Event) -> None:
    assert after(practice(Sort.STAR), PartBegan(0, 0, "task"), end).telling is None


def test_the_telling_ends_when_a_mock_is_cut_off() -> None:
    mock = after(practice(Sort.STAR), PartBegan(0, 0, "task"), Recovered(HOUR, MINUTE, Mode.PRACTICE))
    assert mock.telling is None


def test_the_telling_goes_on_from_stop_to_stop_of_the_same_question() -> None:
    mock = after(practice(Sort.STAR), PartBegan(0, 0, "task"), Moved(MINUTE, 0))
    assert mock.telling == (0, "task")


def test_the_telling_ends_with_the_time() -> None:
    mock = advanced(after(strict(Sort.STAR), PartBegan(0, 0, "task")), HOUR)
    assert (mock.telling, mock.answers[0].told_ms) == (None, {"task": 12 * MINUTE})


def test_a_story_has_five_parts_and_is_told_at_its_own_question() -> None:
    refuses(strict(), PartBegan(1, 1, "moral"), "no part 'moral'")
    refuses(strict(), PartBegan(1, 1, "task"), "not on the table")
    refuses(strict(), PartBegan(1, 7, "task"), "no question 7")


def test_a_story_is_picked_and_another_may_take_its_place() -> None:
    mock = after(strict(), Picked(1, 1, STORY))
    assert mock.answers[1].story == STORY
    assert happen(mock, Picked(2, 1, None)).answers[1].story is None


# What the interviewer does


def test_a_mock_begun_without_hints_gives_none() -> None:
    mock = begin_mock(strict().blueprint, Terms(hints=False), strict().questions)
    refuses(mock, Hinted(0, 0), "without hints")


def test_hints_and_probes_are_counted_as_far_as_the_card_has_them() -> None:
    mock = after(strict(), *[Hinted(1, 0)] * 3, *[Probed(1, 0)] * 2)
    assert (mock.answers[0].hints, mock.answers[0].probes) == (3, 2)
    refuses(mock, Hinted(2, 0), "no more hints")
    refuses(mock, Probed(2, 0), "no more probes")


def test_a_clarification_is_given_once_in_the_order_asked() -> None:
    mock = make_mock(make_question(Sort.DESIGN, clarifications=3))
    mock = after(mock, Clarified(1, 0, 2), Clarified(2, 0, 0), Clarified(3, 0, 2))
    assert mock.answers[0].clarified == (2, 0)
    for number in (-1, 3):
        refuses(mock, Clarified(4, 0, number), "no more to say")


def test_the_requirements_change_where_the_card_says_so() -> None:
    mock = make_mock(make_question(Sort.DESIGN, has_twist=True), make_question(Sort.NUMERIC, 1))
    assert happen(mock, Twisted(1, 0)).answers[0].is_twisted
    refuses(mock, Twisted(1, 1), "no twist")


def test_runs_against_the_visible_tests_are_kept_with_the_clock() -> None:
    mock = after(strict(), Ran(MINUTE, 0, 1, 2), Ran(2 * MINUTE, 0, 2, 2))
    assert mock.answers[0].runs == (Run(MINUTE, 1, 2), Run(2 * MINUTE, 2, 2))
    assert [run.has_passed for run in (*mock.answers[0].runs, Run(0, 0, 0))] == [False, True, False]


@pytest.mark.parametrize("number", [-1, 2])
@pytest.mark.parametrize("make", [Hinted, Probed, Twisted, Said, lambda at, number: Clarified(at, number, 0)])
def test_there_is_no_question_that_was_not_drawn(make: type[Hinted], number: int) -> None:
    refuses(strict(), make(1, number), f"no question {number}")


# Marks


@pytest.mark.parametrize(
    "event",
    [
        Judged(1, 0, 1, 1),
        Predicted(1, "x"),
        QuestionMarked(1, 0, 3),
        Marked(1, "a", 3),
        Evidenced(1, "a", "b"),
        Saved(1),
    ],
)
def test_nothing_is_marked_before_the_end(event: Event) -> None:
    refuses(strict(), event, "not over yet")


def test_a_strict_mock_whose_end_nobody_wrote_down_is_marked_all_the_same() -> None:
    mock = happen(advanced(strict(), MINUTE), Predicted(22 * MINUTE, "lean-yes"))
    assert (mock.end, mock.ended_ms, mock.prediction) == (End.TIME_UP, 22 * MINUTE, "lean-yes")


def test_a_verdict_is_predicted_once() -> None:
    mock = happen(over(), Predicted(MINUTE, "lean-yes"))
    assert mock.prediction == "lean-yes"
    refuses(mock, Predicted(MINUTE, "lean-no"), "predicted already")


def test_marks_of_two_raters_stand_beside_each_other() -> None:
    mock = after(
        over(),
        Marked(MINUTE, "clarity", 3),
        Evidenced(MINUTE, "clarity", "restated the task"),
        Marked(MINUTE, "clarity", 2, Rater.PARTNER),
        QuestionMarked(MINUTE, 0, 4),
        QuestionMarked(MINUTE, 0, 1, Rater.PARTNER),
    )
    assert mock.marks == {
        (Rater.SELF, "clarity"): Mark(3, "restated the task"),
        (Rater.PARTNER, "clarity"): Mark(2),
    }
    assert mock.answers[0].levels == {Rater.SELF: 4, Rater.PARTNER: 1}


def test_a_mark_can_be_changed_and_taken_back_and_its_evidence_stays() -> None:
    mock = after(
        over(),
        Evidenced(MINUTE, "a", "seen"),
        Marked(MINUTE, "a", 1),
        Marked(MINUTE, "a", None),
        QuestionMarked(MINUTE, 0, 1),
        QuestionMarked(MINUTE, 0, 2),
    )
    assert mock.marks[Rater.SELF, "a"] == Mark(None, "seen")
    assert mock.answers[0].levels == {Rater.SELF: 2}
    assert happen(mock, QuestionMarked(MINUTE, 0, None)).answers[0].levels == {}


@pytest.mark.parametrize("level", [0, 5, -1])
def test_a_mark_is_one_of_four(level: int) -> None:
    refuses(over(), Marked(MINUTE, "a", level), "is no mark")
    refuses(over(), QuestionMarked(MINUTE, 0, level), "is no mark")


def test_saving_remembers_the_step_that_pulled_cards() -> None:
    mock = after(over(), Saved(MINUTE), Saved(MINUTE, "step-1"))
    assert (mock.is_saved, mock.saves, mock.pulls) == (True, 2, ("step-1",))
    assert not over().is_saved


# The whole


def test_notes_go_to_the_sheet_of_the_question_or_of_the_phase() -> None:
    mock = strict()
    assert [sheet_at(stop) for stop in mock.stops] == ["q0", "q1", "p2"]


def test_a_mock_is_what_follows_from_its_events() -> None:
    events = (Written(5, "q0", "words"), Moved(MINUTE, 1), Finished(2 * MINUTE), Marked(2 * MINUTE, "a", 3))
    begun = strict()
    assert replay(begun.blueprint, begun.terms, begun.questions, events) == after(begun, *events)


def test_an_event_that_could_not_have_happened_is_passed_over_and_counted() -> None:
    begun = strict()
    events = [Finished(1), Finished(2), Marked(3, "a", 3)]
    told = begun.blueprint, begun.terms, begun.questions
    assert replay(*told, events) == after(begun, Finished(1), Marked(3, "a", 3))
    assert count_misfits(*told, events) == 1
    assert count_misfits(*told, [Finished(1)]) == 0
