"""What marks do to the schedule, what a debrief holds, and how both are taken back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from prepdeck.cards.ids import CardId
from prepdeck.errors import UsageError
from prepdeck.interview.events import Abandoned, Evidenced, Finished, Marked, Predicted, Ran, Written
from prepdeck.interview.marks import Rater
from prepdeck.interview.mock import sheet_of
from prepdeck.scheduling.memory import Learned
from prepdeck.study.desk import Desk
from prepdeck.study.mock_begin import begin_mock
from prepdeck.study.mock_closing import close_mock, judge, undo_pull
from prepdeck.study.mock_debriefs import debrief
from prepdeck.study.mock_history import compare, history
from prepdeck.study.mock_json import history_json
from prepdeck.study.mock_markdown import markdown
from prepdeck.study.mock_sitting import Sat
from prepdeck.study.records import read_log, show_card
from prepdeck.study.reviewing import record_answer
from prepdeck.study.undoing import undo
from tests.study.mocks import HandClock, do, make_home, mark_all, now_ms, opened, sit_through


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return make_home(tmp_path, monkeypatch)


def learn(desk: Desk, *cards: str) -> None:
    for card in cards:
        record_answer(desk, CardId.parse(f"main/{card}"), 5, at=datetime(2026, 11, 20, 9, tzinfo=UTC))
        record_answer(desk, CardId.parse(f"main/{card}"), 5, at=datetime(2026, 11, 21, 9, tzinfo=UTC))


def due(desk: Desk, card: CardId) -> str:
    memory = show_card(desk, str(card)).memory
    return memory.due.isoformat() if isinstance(memory, Learned) else "unseen"


def sat_design(desk: Desk, clock: HandClock) -> Sat:
    return sit_through(desk, begin_mock(desk, "ml-design-45"), clock)


def test_a_low_mark_pulls_the_question_and_at_most_six_learned_cards_of_its_topics_to_today(home: Path) -> None:
    clock = HandClock()
    names = [f"splits-leakage-{number}" for number in range(5)] + [f"monitoring-drift-{number}" for number in range(5)]
    with opened(clock) as desk:
        learn(desk, *names[:4], *names[5:9])
        before = len(list(read_log(desk)))
        closed = close_mock(desk, mark_all(desk, sat_design(desk, clock), data=2, monitoring=1))
        pulled = [each.card for each in closed.pulled]
        assert len(pulled) == 6
        assert {each.card.rsplit("-", 1)[0] for each in pulled} == {"splits-leakage", "monitoring-drift"}
        assert {due(desk, each) for each in pulled} == {"2026-11-22"}
        assert len(list(read_log(desk))) == before  # a mock writes no reviews


def test_the_card_of_the_question_itself_comes_back_when_it_is_learned(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = sat_design(desk, clock)
        card = sat.mock.questions[0].card
        assert card is not None
        record_answer(desk, card, 5, at=datetime(2026, 11, 20, 9, tzinfo=UTC))
        record_answer(desk, card, 5, at=datetime(2026, 11, 21, 9, tzinfo=UTC))
        closed = close_mock(desk, mark_all(desk, sat, framing=2))
        assert [each.card for each in closed.pulled] == [card]


def test_passes_change_no_date(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        learn(desk, "splits-leakage-0")
        before = due(desk, CardId("main", "splits-leakage-0"))
        closed = close_mock(desk, mark_all(desk, sat_design(desk, clock)))
        assert closed.pulled == ()
        assert due(desk, CardId("main", "splits-leakage-0")) == before


def test_one_step_takes_all_pulls_back_and_nothing_else(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        learn(desk, "splits-leakage-0", "splits-leakage-1")
        before = [due(desk, CardId("main", f"splits-leakage-{number}")) for number in (0, 1)]
        closed = close_mock(desk, mark_all(desk, sat_design(desk, clock), data=1))
        assert len(closed.pulled) == 2
        assert set(undo_pull(desk, closed.sat)) == {each.card for each in closed.pulled}
        assert [due(desk, CardId("main", f"splits-leakage-{number}")) for number in (0, 1)] == before
        with pytest.raises(UsageError):
            undo_pull(desk, closed.sat)


def test_the_general_undo_names_a_pull(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        learn(desk, "splits-leakage-0", "splits-leakage-1")
        close_mock(desk, mark_all(desk, sat_design(desk, clock), data=1))
        assert undo(desk)[0].words == "mock pull of 2 cards"


def test_marking_again_changes_the_verdict_and_pulls_no_card_twice(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        learn(desk, "splits-leakage-0")
        first = close_mock(desk, mark_all(desk, sat_design(desk, clock), data=2))
        assert first.debrief.score.verdict is not None
        sat = do(desk, first.sat, Marked(now_ms(desk, first.sat), "data", 4))
        second = close_mock(desk, sat)
        assert second.sat.mock.saves == 2
        assert second.sat.mock.pulls == first.sat.mock.pulls
        assert second.debrief.score.mean is not None
        assert first.debrief.score.mean is not None
        assert second.debrief.score.mean > first.debrief.score.mean
        assert second.markdown == first.markdown


def test_the_draft_as_it_stood_is_run_against_the_hidden_tests_and_bounds_the_mark(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = begin_mock(desk, "coding-45")
        wrong = "def up(x):\n    return 2 if x == 1 else 6\n"
        sat = do(desk, sat, Written(now_ms(desk, sat), sheet_of(0, is_code=True), wrong))
        sat = do(desk, sat, Ran(now_ms(desk, sat), 0, 1, 1))
        sat = judge(desk, do(desk, sat, Finished(now_ms(desk, sat))))
        judged = sat.mock.answers[0].judged
        assert judged is not None
        assert (judged.passed, judged.of) == (1, 2)
        assert "gave 6, not 0" in judged.words
        found = close_mock(desk, mark_all(desk, sat, 4)).debrief
        rows = {row.criterion.id: row for row in found.criteria}
        assert (rows["correctness"].given, rows["correctness"].level) == (4, 2)
        assert rows["testing"].level == 4
        assert judge(desk, sat).mock == sat.mock  # once is enough


def test_a_blank_draft_is_not_run_and_the_mock_is_incomplete(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = begin_mock(desk, "coding-45")
        sat = judge(desk, do(desk, sat, Finished(now_ms(desk, sat))))
        assert sat.mock.answers[0].judged is None
        found = close_mock(desk, mark_all(desk, sat)).debrief
        assert found.score.is_incomplete
        assert found.score.verdict is None


def test_a_mock_that_was_given_up_gets_no_verdict_and_stays_out_of_averages(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = begin_mock(desk, "ml-design-45")
        sat = do(desk, sat, Abandoned(now_ms(desk, sat)))
        with pytest.raises(UsageError):
            close_mock(desk, sat)
        told = history(desk)
        assert [each.was_sat for each in told.mocks] == [False]
        assert told.trends[0].means == ()
        assert told.completion == 0
        assert "given up" in markdown(debrief(desk, sat.id))


def test_the_history_compares_predictions_with_verdicts_and_counts_the_bar(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        for level in (2, 3, 4):
            clock.seconds += 86_400
            close_mock(desk, mark_all(desk, sat_design(desk, clock), level))
        told = history(desk)
        trend = next(each for each in told.trends if each.format == "ml-design-45")
        assert [float(mean) for mean in trend.means] == [2.0, 3.0, 4.0]
        assert (trend.lowest, trend.highest, trend.at_bar) == (2, 4, 2)
        assert (told.calibration.exact, told.calibration.over, told.calibration.under) == (1, 1, 1)
        both = compare(desk, told.mocks[2].id, told.mocks[0].id)
        assert both.first.id == told.mocks[0].id
        assert both.criteria[0][1:] == (2, 4)
        assert json.loads(json.dumps(history_json(told)))["formats"][0]["at_bar"] == 2
        previous = debrief(desk, told.mocks[2].id).previous
        assert [each.id for each in previous] == [each.id for each in told.mocks[:2]]


def test_a_partner_is_kept_beside_and_changes_no_verdict(home: Path) -> None:
    clock = HandClock()
    with opened(clock) as desk:
        sat = mark_all(desk, sat_design(desk, clock))
        sat = do(desk, sat, Marked(now_ms(desk, sat), "model", 1, Rater.PARTNER))
        sat = do(desk, sat, Evidenced(now_ms(desk, sat), "model", "no baseline", Rater.PARTNER))
        found = close_mock(desk, sat).debrief
        assert found.score.mean == 3
        assert found.partner is not None
        assert found.partner.mean == 1
        assert "partner: 1, no baseline" in markdown(found)


def test_words_of_cards_and_candidates_cannot_break_out_of_the_report(home: Path) -> None:
    clock = HandClock()
    hostile = "```\n# not a heading\n\x1b[2J````\n[x](y) <b>"
    with opened(clock) as desk:
        sat = begin_mock(desk, "ml-design-45")
        sat = do(desk, sat, Written(now_ms(desk, sat), sheet_of(0), hostile))
        sat = do(desk, sat, Finished(now_ms(desk, sat)))
        sat = do(desk, sat, Predicted(now_ms(desk, sat), "lean-no"))
        sat = do(desk, sat, Evidenced(now_ms(desk, sat), "model", "**bold** `code`"))
        told = markdown(close_mock(desk, sat).debrief)
    assert "\x1b" not in told
    assert "`````\n```\n# not a heading\n" in told
    assert "\\*\\*bold\\*\\* \\`code\\`" in told


def test_a_megabyte_of_notes_is_kept_and_reported(home: Path) -> None:
    clock = HandClock()
    text = "line of notes\n" * 75_000
    with opened(clock) as desk:
        sat = begin_mock(desk, "ml-design-45")
        sat = do(desk, sat, Written(now_ms(desk, sat), sheet_of(0), text))
        sat = do(desk, sat, Finished(now_ms(desk, sat)))
        closed = close_mock(desk, mark_all(desk, sat))
        assert debrief(desk, sat.id).items[0].own == text
    assert closed.markdown is not None
    assert closed.markdown.stat().st_size > 1_000_000
