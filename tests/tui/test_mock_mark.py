"""The pages after a mock: the prediction, the marks, the debrief, the history, two attempts, the rest of a loop."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.cards.ids import CardId
from prepdeck.errors import StoreLocked
from prepdeck.interview.marks import Rater
from prepdeck.scheduling.memory import Learned
from prepdeck.study.desk import open_desk
from prepdeck.study.mock_begin import load_mock
from prepdeck.study.mock_history import history
from prepdeck.study.options import Options
from prepdeck.study.records import show_card
from prepdeck.study.reviewing import record_answer
from prepdeck.tui.screens.mock_debrief import DebriefScreen
from prepdeck.tui.screens.mock_history import CompareScreen, MocksScreen
from prepdeck.tui.screens.mock_mark import MarkScreen
from prepdeck.tui.screens.mock_predict import PredictDialog
from prepdeck.tui.screens.mock_rest import RestScreen
from prepdeck.tui.screens.mock_setup import MockSetupScreen
from prepdeck.tui.widgets.mock_list import MockList
from prepdeck.tui.widgets.mock_marks import MarkList
from tests.tui import stage
from tests.tui.mocks import MockClock, with_mocks
from tests.tui.places import DESIGN

PREDICT = (*DESIGN, "enter", *"goal", "f8", "y")
"""The way to the question for the verdict of a design mock."""
MARK = (*PREDICT, "3")
"""The way to its marks."""
ALL = tuple("3" * 8)
"""A mark for every criterion."""
TOPIC = """\
deck: topical
title: Topical
topics:
  monitoring-drift: Monitoring
cards:
- {id: drift, topic: monitoring-drift, front: What drifts?, back: Data.}
"""


@pytest.fixture
def clock(home: Path) -> MockClock:
    with_mocks(home)
    (home / "decks" / "topical.yaml").write_text(TOPIC, "utf-8")
    return MockClock()


async def sit_and_mark(pilot: Pilot[Any], clock: MockClock, *keys: str) -> None:
    """Sit a design mock for a while, predict, and go to its marks."""
    await stage.press(pilot, *DESIGN, "enter", *"goal")
    await clock.run(pilot, 400)
    await stage.press(pilot, "f2")
    await clock.run(pilot, 200)
    await stage.press(pilot, "f8", "y", "3", *keys)


def mark_page(pilot: Pilot[Any]) -> MarkScreen:
    screen = pilot.app.screen
    assert isinstance(screen, MarkScreen)
    return screen


def test_a_verdict_is_predicted_before_an_answer_is_shown(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PREDICT)
        assert isinstance(pilot.app.screen, PredictDialog)
        assert "SECRET" not in stage.text(pilot)
        await stage.press(pilot, "2")
        assert mark_page(pilot).sat.mock.prediction == "lean-no"

    stage.run(play, open_desk=clock.open_desk)


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_page_of_the_marks(clock: MockClock, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await sit_and_mark(pilot, clock, "3", "2", "k", "c", *"no labels", "enter", "j", "4")
        stage.check_golden(pilot, "mock-mark")

    stage.run(play, size=size, open_desk=clock.open_desk)


def test_a_mark_moves_on_is_stored_at_once_and_can_be_cleared(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *MARK, "3", "2")
        page = mark_page(pilot)
        assert page.sat.pending == ()
        with open_desk(Options()) as desk:
            kept = load_mock(desk, page.sat.id).mock
        assert {slug: mark.level for (_, slug), mark in kept.marks.items()} == {"framing": 3, "data": 2}
        await stage.press(pilot, "k", "backspace")
        assert page.sat.mock.marks[Rater.SELF, "data"].level is None

    stage.run(play, open_desk=clock.open_desk)


def test_a_partner_marks_beside_the_candidate(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *MARK, "3", "k", "P", "1", "P", "k")
        marks = mark_page(pilot).sat.mock.marks
        assert (marks[Rater.SELF, "framing"].level, marks[Rater.PARTNER, "framing"].level) == (3, 1)
        assert "partner  1" in stage.text(pilot)

    stage.run(play, size=stage.WIDE, open_desk=clock.open_desk)


def test_missing_marks_are_named_before_they_are_saved_so(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *MARK, "3", "enter")
        assert "Not marked: Data and labels, Features" in stage.text(pilot)
        await stage.press(pilot, "enter")
        assert isinstance(pilot.app.screen, DebriefScreen)
        assert "marks missing" in stage.text(pilot)

    stage.run(play, open_desk=clock.open_desk)


def test_the_answers_are_one_key_away_and_only_now(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *MARK)
        assert "goal" in stage.text(pilot)
        await stage.press(pilot, "tab")
        assert "SECRET goal and scale" in stage.text(pilot)

    stage.run(play, size=stage.WIDE, open_desk=clock.open_desk)


def test_leaving_the_marks_loses_none_and_comes_back_to_them(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *MARK, "3", "2", "q")
        assert isinstance(pilot.app.screen_stack[-2], MockSetupScreen)
        await stage.press(pilot, "f")
        levels = {slug: mark.level for (_, slug), mark in mark_page(pilot).sat.mock.marks.items()}
        assert levels == {"framing": 3, "data": 2}

    stage.run(play, open_desk=clock.open_desk)


def test_a_mark_that_cannot_be_stored_stays_and_is_stored_with_the_next(
    clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prepdeck.tui.mock_errands import MockErrands

    def locked(self: MockErrands, sat: object) -> object:
        raise StoreLocked("another program holds the database")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *MARK)
        with monkeypatch.context() as patched:
            patched.setattr(MockErrands, "store_mock", locked)
            await stage.press(pilot, "3")
            assert "Not stored yet" in stage.text(pilot)
        await stage.press(pilot, "2")
        page = mark_page(pilot)
        assert page.sat.pending == ()
        with open_desk(Options()) as desk:
            assert load_mock(desk, page.sat.id).mock.marks == page.sat.mock.marks

    stage.run(play, open_desk=clock.open_desk)


def test_the_questions_of_a_drill_are_marked_one_by_one(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m", "slash", *"estimation", "enter", "enter", *"100", "f2", *"7", "f8", "y")
        page = mark_page(pilot)  # a drill has no verdict to predict
        text = stage.text(pilot)
        assert "blank" in text
        await stage.press(pilot, "3", "1")
        assert [len(each.levels) for each in page.sat.mock.answers] == [1, 1, 0, 0, 0]
        await stage.press(pilot, "enter")
        assert "Drill" in stage.text(pilot)

    stage.run(play, size=stage.WIDE, open_desk=clock.open_desk)


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_debrief(clock: MockClock, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await sit_and_mark(pilot, clock, *"33432314", "enter", "enter")
        assert isinstance(pilot.app.screen, DebriefScreen)
        stage.check_golden(pilot, "mock-debrief")
        await stage.press(pilot, "tab")
        stage.check_golden(pilot, "mock-debrief-next")

    stage.run(play, size=size, open_desk=clock.open_desk)


def test_a_low_mark_moves_cards_which_are_listed_and_one_key_moves_back(clock: MockClock) -> None:
    drift = CardId("topical", "drift")
    with open_desk(Options()) as desk:
        for day in (18, 20):
            record_answer(desk, drift, 5, at=datetime(2026, 11, day, 9, tzinfo=UTC))

    def due() -> str:
        with open_desk(Options()) as desk:
            memory = show_card(desk, str(drift)).memory
        assert isinstance(memory, Learned)
        return memory.due.isoformat()

    before = due()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *MARK, *"33333323", "enter", "enter")
        assert "1 card moved to today: topical/drift" in stage.text(pilot)
        assert due() == stage.NOW.date().isoformat()
        await stage.press(pilot, "x")
        assert "Moved back: topical/drift" in stage.text(pilot)
        assert due() == before

    stage.run(play, open_desk=clock.open_desk)


def test_the_debrief_is_copied_and_marked_again(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *MARK, *ALL, "enter", "enter", "y")
        assert pilot.app.clipboard.startswith("# ML system design, short")
        await stage.press(pilot, "r", "4", "enter", "enter")
        with open_desk(Options()) as desk:
            mocks = history(desk).mocks
        assert [float(each.mean or 0) > 3 for each in mocks] == [True]

    stage.run(play, open_desk=clock.open_desk)


def test_marks_that_were_changed_are_saved_by_leaving_them(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *MARK, *ALL, "enter", "enter", "r", "1", "q")
        page = pilot.app.screen
        assert isinstance(page, DebriefScreen)
        assert page.closed.markdown is not None
        written = page.closed.markdown.read_text("utf-8")
        assert f"{float(page.closed.debrief.score.mean or 0):.2f} of 4" in written
        assert page.closed.debrief.score.mean != 3

    stage.run(play, open_desk=clock.open_desk)


def test_blank_questions_are_no_marks_and_are_skipped(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m", "slash", *"drill-est", "enter", "enter", *"12", "f2", "f2", *"7", "f8", "y")
        assert "0/2 marked" in stage.text(pilot)
        await stage.press(pilot, "3")
        assert mark_page(pilot).query_one(MarkList).marked == 2
        await stage.press(pilot, "4")
        assert "2/2 marked" in stage.text(pilot)

    stage.run(play, size=stage.WIDE, open_desk=clock.open_desk)


def test_a_debrief_of_the_history_leads_back_to_its_row(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        for keys in ("33432314", "44442424"):
            await sit_and_mark(pilot, clock, *keys, "enter", "enter", "enter", "q")
        await stage.press(pilot, "m", "H", "space", "j", "enter")
        assert isinstance(pilot.app.screen, DebriefScreen)
        await stage.press(pilot, "escape")
        page = pilot.app.screen
        assert isinstance(page, MocksScreen)
        assert (page.query_one(MockList).marked, len(page._selected)) == (1, 1)

    stage.run(play, open_desk=clock.open_desk)


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_history_and_two_attempts_side_by_side(clock: MockClock, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        for keys in ("33432314", "44442424"):
            await sit_and_mark(pilot, clock, *keys, "enter", "enter", "enter", "q")
        await stage.press(pilot, "m", "H")
        assert isinstance(pilot.app.screen, MocksScreen)
        stage.check_golden(pilot, "mock-history")
        await stage.press(pilot, "space", "j", "space", "c")
        assert isinstance(pilot.app.screen, CompareScreen)
        stage.check_golden(pilot, "mock-compare")
        await stage.press(pilot, "escape", "enter")
        assert isinstance(pilot.app.screen, DebriefScreen)

    stage.run(play, size=size, open_desk=clock.open_desk)


LOOP = """\
formats:
- id: pair
  title: Two drills
  minutes: 25
  rounds: [{format: drill-estimate-10}, {rest: 5}, {format: drill-estimate-10}]
"""


@pytest.mark.parametrize("size", stage.SIZES)
def test_a_rest_counts_down_between_two_rounds_and_a_strict_one_ends_by_itself(
    clock: MockClock, home: Path, size: tuple[int, int]
) -> None:
    (home / "decks" / "pair.yaml").write_text(LOOP, "utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(
            pilot, "m", "slash", *"two", "space", *"drills", "enter", "enter", *"100", "f8", "y", "3", "enter", "enter"
        )
        assert isinstance(pilot.app.screen, RestScreen)
        stage.check_golden(pilot, "mock-rest")
        await stage.press(pilot, "q", "m")
        assert "1 of 2 rounds are over" in " ".join(stage.text(pilot).replace("│", " ").split())
        await stage.press(pilot, "r")
        assert isinstance(pilot.app.screen, RestScreen)
        await stage.press(pilot, "enter", *"100", "f8", "y", "3", "enter", "enter")
        assert "Estimation drill: 3.0" in stage.text(pilot)

    stage.run(play, size=size, open_desk=clock.open_desk)


def test_the_rest_of_a_loop_can_be_given_up(clock: MockClock, home: Path) -> None:
    (home / "decks" / "pair.yaml").write_text(LOOP, "utf-8")

    async def play(pilot: Pilot[Any]) -> None:
        keys = ("m", "slash", *"two", "space", *"drills", "enter", "enter", *"100", "f8", "y", "3", "enter", "enter")
        await stage.press(pilot, *keys, "q", "m", "d")
        assert "the rounds that were sat keep their marks" in stage.text(pilot)
        await stage.press(pilot, "q", "m")
        assert "rounds are over" not in stage.text(pilot)

    stage.run(play, open_desk=clock.open_desk)
