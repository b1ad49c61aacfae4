"""Mocks where two things meet: a gap amid a story, two windows, a renamed card, a clock set back in a rest."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.errors import UsageError
from prepdeck.interview.events import (
    Abandoned,
    Finished,
    Marked,
    Moved,
    PartBegan,
    Predicted,
    Probed,
    Written,
)
from prepdeck.interview.evidence import Bound, bounds_of
from prepdeck.interview.mock import sheet_of
from prepdeck.interview.scoring import score
from prepdeck.interview.terms import Mode, Terms
from prepdeck.study import coding, mock_loops
from prepdeck.study.desk import Desk
from prepdeck.study.handling import suspend
from prepdeck.study.mock_begin import begin_mock, load_mock
from prepdeck.study.mock_closing import close_mock, judge
from prepdeck.study.mock_history import history
from prepdeck.study.mock_recovery import finish_stopped, recover
from prepdeck.study.mock_sitting import Sat, read_now, store_pending, ticked
from prepdeck.study.reviewing import record_answer
from tests.study.mocks import HandClock, do, make_home, mark_all, now_ms, opened, sit_through, wait

CODE = sheet_of(0, is_code=True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_home(tmp_path, monkeypatch)


def tell(desk: Desk, sat: Sat, clock: HandClock, **seconds: float) -> Sat:
    """Tell parts of the first story, each so many seconds, and leave the last one on."""
    for part, taken in seconds.items():
        sat = wait(desk, do(desk, sat, PartBegan(now_ms(desk, sat), 0, part)), clock, taken)
    return sat


def bound_of(sat: Sat, criterion: str) -> Bound:
    assert sat.rubric is not None
    return bounds_of(sat.mock, sat.rubric, sat.scale, sat.star)[criterion]


def learn(desk: Desk, *names: str) -> None:
    for name in names:
        for day in (20, 21):
            record_answer(desk, CardId.parse(f"main/{name}"), 5, at=datetime(2026, 11, day, 9, tzinfo=UTC))


@pytest.mark.parametrize("is_crash", [False, True])
def test_a_strict_clock_counts_a_gap_that_no_story_was_told_in(home: Path, *, is_crash: bool) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = do(desk, begin_mock(desk, "behavioural-45"), Moved(0, 1))
        sat = tell(desk, sat, clock, situation=30, task=15, action=60)
        clock.seconds += 600
        sat = recover(desk, sat.id, Mode.STRICT) if is_crash else ticked(sat, read_now(desk))
        sat = tell(desk, sat, clock, result=30)
        assert sat.mock.clock_ms == 735_000
        assert sat.mock.answers[0].told_ms == {"situation": 30_000, "task": 15_000, "action": 60_000, "result": 30_000}
        assert bound_of(sat, "delivery").filled is None


def test_a_gap_does_not_make_a_rapid_answer_slow(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = do(desk, begin_mock(desk, "fundamentals-30"), Moved(0, 1))
        sat = wait(desk, sat, clock, 20)
        clock.seconds += 300
        sat = recover(desk, sat.id, Mode.STRICT)
        assert (sat.mock.question_ms(0), sat.mock.worked_ms(0)) == (320_000, 20_000)
        assert bound_of(sat, "brevity").at_most is None


def test_what_is_said_to_a_probe_is_no_part_of_the_story(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = do(desk, begin_mock(desk, "behavioural-45"), Moved(0, 1))
        sat = tell(desk, sat, clock, situation=20, task=20, action=60, result=30)
        sat = wait(desk, do(desk, sat, Probed(now_ms(desk, sat), 0)), clock, 200)
        assert "took 2:10" in bound_of(sat, "delivery").words
        assert bound_of(sat, "delivery").filled is None


def test_a_clock_of_stories_that_was_only_touched_fills_no_mark(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = do(desk, begin_mock(desk, "behavioural-45"), Moved(0, 1))
        sat = do(desk, tell(desk, sat, clock, situation=2), PartBegan(now_ms(desk, sat), 0, None))
        for number in range(5):
            sat = do(desk, sat, Written(now_ms(desk, sat), sheet_of(number), "told well"))
        sat = mark_all(desk, do(desk, sat, Finished(now_ms(desk, sat))), 4)
        found = score(sat.mock, sat.rubric, sat.scale, sat.star)
        assert found.mean == 4


def test_a_long_story_with_a_hasty_result_is_told_so(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = do(desk, begin_mock(desk, "behavioural-45"), Moved(0, 1))
        sat = tell(desk, sat, clock, situation=20, task=10, action=205, result=2)
        assert "longer than 3:30" in bound_of(sat, "delivery").words
        assert "the result of one took 2 s" in bound_of(sat, "delivery").words


def test_a_round_that_is_sat_is_known_to_its_loop_whatever_happens_between(home: Path) -> None:
    with opened(HandClock()) as desk, opened(HandClock()) as other:
        loop = mock_loops.begin_loop(desk, "loop-evening", Terms())
        seen_elsewhere = mock_loops.find_loop(other, loop.id)
        _, sat = mock_loops.next_round(desk, loop)
        with pytest.raises(UsageError, match="another window"):
            mock_loops.next_round(other, seen_elsewhere)
        with desk.store.reading() as log:
            assert [head.id for head in log.mocks.heads()] == [sat.id]
        assert mock_loops.find_loop(desk, loop.id).loop.mocks == {0: sat.id}


def test_a_clock_set_back_lengthens_no_rest(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        loop, sat = mock_loops.next_round(desk, mock_loops.begin_loop(desk, "loop-evening", Terms()))
        loop = mock_loops.after_round(desk, loop, sit_through(desk, sat, clock))
        assert mock_loops.rest_left_ms(desk, loop) == 5 * 60_000
        clock.skew -= 3600
        clock.seconds += 120
        assert mock_loops.rest_left_ms(desk, loop) == 3 * 60_000
        waiting = mock_loops.waiting_loop(desk)
        assert waiting is not None
        assert waiting.left_ms == 3 * 60_000


def test_a_mock_that_was_ended_meanwhile_takes_no_late_notes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(HandClock()) as desk:
        sat = do(desk, begin_mock(desk, "ml-design-45"), Written(0, sheet_of(0), "in time"))
        monkeypatch.setattr("prepdeck.study.mock_recovery.own_token", lambda: "1:gone")
        monkeypatch.setattr("prepdeck.study.mock_owners.is_alive", lambda _: False)
        finish_stopped(desk, sat.id)
        with pytest.raises(UsageError, match="ended in another window"):
            do(desk, sat, Written(60_000, sheet_of(0), "too late"))
        assert load_mock(desk, sat.id).mock.sheets[sheet_of(0)] == "in time"
        with pytest.raises(UsageError, match="over already"):
            finish_stopped(desk, sat.id)


def test_answers_are_locked_once_marking_has_begun(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = judge(desk, sit_through(desk, begin_mock(desk, "coding-45"), clock))
        with pytest.raises(UsageError, match="being marked"):
            do(desk, sat, Written(1, CODE, "junk"))


def test_suspended_cards_take_no_place_of_those_that_come_back(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        names = [f"{topic}-{number}" for topic in ("splits-leakage", "monitoring-drift") for number in range(5)]
        learn(desk, *names)
        suspend(desk, [f"main/{name}" for name in sorted(names)[:5]])
        sat = sit_through(desk, begin_mock(desk, "ml-design-45"), clock)
        closed = close_mock(desk, mark_all(desk, sat, data=1, monitoring=1))
        assert len(closed.pulled) == 5


def test_the_own_card_of_a_question_comes_back_under_its_new_name(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        learn(desk, "feed", "platform")
        sat = sit_through(desk, begin_mock(desk, "ml-design-45"), clock)
        asked = sat.mock.questions[0].card
        assert asked is not None
        old = asked.card
    deck = home / "decks" / "main.yaml"
    deck.write_text(deck.read_text("utf-8").replace(f"- id: {old}\n", f"- id: {old}-new\n  was: {old}\n"), "utf-8")
    with opened(clock) as desk:
        closed = close_mock(desk, mark_all(desk, load_mock(desk, sat.id), framing=1))
        assert [str(each.card) for each in closed.pulled] == [f"main/{old}-new"]


def test_problems_that_failed_their_tests_come_back_though_no_question_was_marked(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        learn(desk, *(f"code-{level}-{number}" for level in (1, 2) for number in range(3)))
        sat = begin_mock(desk, "phone-45")
        for number in (0, 1):
            sat = do(desk, sat, Written(0, sheet_of(number, is_code=True), "def up(x):\n    return 'no'\n"))
        sat = judge(desk, do(desk, wait(desk, sat, clock, 20), Finished(now_ms(desk, sat))))
        sat = do(desk, sat, Predicted(now_ms(desk, sat), "lean-no"))
        for criterion in sat.rubric.criteria if sat.rubric is not None else ():
            sat = do(desk, sat, Marked(now_ms(desk, sat), criterion.id, 1))
        asked = {question.card for question in sat.mock.questions}
        assert {each.card for each in close_mock(desk, sat).pulled} == asked


@pytest.mark.parametrize("slug", ["coding-45", "fundamentals-30"])
def test_a_chosen_seed_draws_the_same_questions_again(home: Path, slug: str) -> None:
    with opened(HandClock()) as desk:
        first = begin_mock(desk, slug, Terms(seed=7))
        do(desk, first, Finished(now_ms(desk, first)))
        again = begin_mock(desk, slug, Terms(seed=7))
        assert [each.card for each in again.mock.questions] == [each.card for each in first.mock.questions]


def test_a_mock_given_up_counts_as_asked_only_what_was_shown(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = wait(desk, begin_mock(desk, "fundamentals-30"), clock, 5)
        sat = wait(desk, do(desk, sat, Moved(now_ms(desk, sat), 1)), clock, 5)
        do(desk, sat, Abandoned(now_ms(desk, sat)))
        with desk.store.reading() as log:
            assert set(log.mocks.asked_on()) == {sat.mock.questions[0].card}


def test_code_that_was_not_trusted_is_judged_once_it_is(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = sit_through(desk, begin_mock(desk, "coding-45"), clock)
        with monkeypatch.context() as patch:
            patch.setattr(coding, "needs_consent", lambda *_: True)
            sat = judge(desk, judge(desk, sat))
        refused = sat.mock.answers[0].judged
        assert refused is not None
        assert (refused.of, str(home / "decks" / "main.yaml") in refused.words) == (0, True)
        judged = judge(desk, load_mock(desk, sat.id)).mock.answers[0].judged
        assert judged is not None
        assert judged.of > 0


def test_mocks_that_were_never_marked_count_in_the_share_brought_to_the_end(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sit_through(desk, begin_mock(desk, "coding-45"), clock)
        given_up = begin_mock(desk, "coding-45")
        do(desk, given_up, Abandoned(now_ms(desk, given_up)))
        assert history(desk).completion == Fraction(1, 2)


def test_the_topic_of_the_only_question_is_on_the_map(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = judge(desk, sit_through(desk, begin_mock(desk, "coding-45"), clock))
        close_mock(desk, mark_all(desk, sat, 1))
        assert "practice" in {line.topic for line in history(desk).topics}


def test_going_back_forgets_no_overrun(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = wait(desk, do(desk, begin_mock(desk, "ml-design-45"), Moved(0, 1)), clock, 1200)
        sat = do(desk, sat, Moved(now_ms(desk, sat), 0))
        assert sat.mock.behind_ms == 16 * 60_000
        store_pending(desk, sat)
