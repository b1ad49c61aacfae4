"""The page a mock is sat on: the clock, the phases, the notes, every kind of question, and the end."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.errors import StoreError
from prepdeck.interview.mock import End, Mock, State
from prepdeck.study.desk import open_desk
from prepdeck.study.mock_begin import load_mock
from prepdeck.study.options import Options
from prepdeck.tui.screens.mock_run import MockScreen
from prepdeck.tui.widgets.mock_sheets import SheetField
from tests.tui import stage
from tests.tui.mocks import FORMATS, MockClock, with_mocks
from tests.tui.places import DESIGN, PHONE, STAR

STRICT = (*DESIGN, "enter")
PRACTICE = (*DESIGN, "tab", "space", "tab", "enter")


@pytest.fixture
def clock(home: Path) -> MockClock:
    with_mocks(home)
    return MockClock()


def mock_of(pilot: Pilot[Any]) -> Mock:
    return page_of(pilot).sat.mock


def page_of(pilot: Pilot[Any]) -> MockScreen:
    screen = pilot.app.screen
    assert isinstance(screen, MockScreen)
    return screen


def notes_of(pilot: Pilot[Any]) -> SheetField:
    return pilot.app.screen.query_one("#notes", SheetField)


async def type_words(pilot: Pilot[Any], words: str) -> None:
    for letter in words:
        await pilot.press({" ": "space", "\n": "enter"}.get(letter, letter))
    await stage.settle(pilot)


def stored(name: str) -> Mock:
    with open_desk(Options()) as desk:
        return load_mock(desk, name).mock


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_page_in_the_third_phase(clock: MockClock, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE)
        await type_words(pilot, "goal: rank home feed\n- 200M DAU")
        for seconds in (372, 221):
            await clock.run(pilot, seconds)
            await stage.press(pilot, "f2")
        await clock.run(pilot, 400)
        await stage.settle(pilot)
        stage.check_golden(pilot, "mock-run")

    stage.run(play, size=size, open_desk=clock.open_desk)


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_page_of_a_story(clock: MockClock, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *STAR, "enter")
        for seconds in (30, 10, 40):
            await stage.press(pilot, "space")
            await clock.run(pilot, seconds)
        assert list(mock_of(pilot).answers[0].told_ms.values()) == [30_000, 10_000, 40_000]
        shown = stage.text(pilot)
        assert "action" in shown
        assert "40/80 s" in shown
        assert "+4" in shown

    stage.run(play, size=size, open_desk=clock.open_desk)


def test_the_clock_is_right_after_a_resize_a_minute_in_help_and_45_minutes(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *STRICT)
        await clock.run(pilot, 600)
        await stage.resize(pilot, (40, 12))
        await clock.run(pilot, 300)
        await stage.resize(pilot, stage.WIDE)
        await stage.press(pilot, "f1")
        await clock.run(pilot, 60)
        await stage.press(pilot, "escape")
        assert mock_of(pilot).left_ms == (2700 - 960) * 1000
        await clock.run(pilot, 2699 - 960)
        assert mock_of(pilot).left_ms == 1000
        assert not mock_of(pilot).is_over
        await clock.run(pilot, 1)
        assert mock_of(pilot).end is End.TIME_UP
        assert mock_of(pilot).ended_ms == 2_700_000

    stage.run(play, size=stage.WIDE, open_desk=clock.open_desk)


def test_nothing_is_drawn_under_another_page_while_the_clock_goes_on(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE)
        page = page_of(pilot)
        drawn: list[int] = []
        await stage.press(pilot, "f1")
        show, page.show_time = page.show_time, lambda: drawn.append(1)  # type: ignore[method-assign]
        await clock.run(pilot, 30)
        assert not drawn
        assert page.sat.mock.clock_ms == 30_000
        page.show_time = show  # type: ignore[method-assign]

    stage.run(play, open_desk=clock.open_desk)


def test_every_printable_key_types_into_the_notes(clock: MockClock) -> None:
    letters = "nbphfiqcorvtsyOjk/?,.[x]123-+"

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE)
        for letter in letters:
            await pilot.press(letter)
        await stage.settle(pilot)
        assert notes_of(pilot).text == letters
        assert page_of(pilot).sat.mock.position == 0

    stage.run(play, open_desk=clock.open_desk)


@pytest.mark.parametrize("keys", [("f2",), ("escape", "n")])
def test_phases_move_by_a_function_key_or_by_a_command(clock: MockClock, keys: tuple[str, ...]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE)
        await stage.press(pilot, *keys)
        assert mock_of(pilot).position == 1

    stage.run(play, open_desk=clock.open_desk)


def test_a_phase_turns_amber_then_red_in_words_and_nothing_stops(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE)
        await clock.run(pilot, 360 * 0.8 - 1)
        assert "nearly up" not in stage.text(pilot)
        await clock.run(pilot, 1)
        assert "nearly up" in stage.text(pilot)
        await clock.run(pilot, 72 + 12)
        assert "+0:12" in stage.text(pilot)
        assert "! Problem" in stage.text(pilot)
        assert mock_of(pilot).position == 0

    for size in stage.SIZES:
        clock.seconds = 0
        stage.run(play, size=size, open_desk=clock.open_desk)
        with open_desk(Options()) as desk:
            from prepdeck.study.mock_recovery import discard, stopped_mocks

            for each in stopped_mocks(desk):
                discard(desk, each.id)


def test_a_strict_mock_locks_the_notes_at_the_end_and_covers_nothing(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *STRICT)
        await type_words(pilot, "kept")
        await clock.run(pilot, 2700)
        assert "Time is up" in stage.text(pilot)
        assert "kept" in stage.text(pilot)
        await type_words(pilot, "late")
        assert notes_of(pilot).text == "kept"
        assert mock_of(pilot).sheets == {"q0": "kept"}
        await stage.press(pilot, "enter")
        assert not isinstance(pilot.app.screen, MockScreen)

    stage.run(play, open_desk=clock.open_desk)


def test_practice_counts_overtime(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE)
        await clock.run(pilot, 2700 + 75)
        assert mock_of(pilot).overtime_ms == 75_000
        assert "Overtime" in stage.text(pilot)
        await type_words(pilot, "still")
        assert notes_of(pilot).text == "still"

    stage.run(play, open_desk=clock.open_desk)


def test_a_pause_hides_prompt_and_notes_and_a_strict_mock_has_none(clock: MockClock) -> None:
    async def pause(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE)
        await type_words(pilot, "mine")
        await stage.press(pilot, "f3")
        assert "mine" not in stage.text(pilot)
        assert "Design the" not in stage.text(pilot)
        await clock.run(pilot, 100)
        await stage.press(pilot, "f3")
        assert "mine" in stage.text(pilot)
        assert mock_of(pilot).clock_ms == 0
        assert mock_of(pilot).paused_ms == 100_000
        await stage.press(pilot, "f8", "y")

    stage.run(pause, open_desk=clock.open_desk)
    with open_desk(Options()) as desk:
        from prepdeck.study.mock_recovery import stopped_mocks

        assert [each.is_over for each in stopped_mocks(desk)] == [True]

    async def after(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m", "escape")
        await stage.press(pilot, *STRICT[1:])
        await stage.press(pilot, "f3")
        assert mock_of(pilot).state is State.RUNNING
        assert "strict mock has no pause" in stage.text(pilot)

    stage.run(after, open_desk=clock.open_desk)


def test_notes_are_stored_within_five_seconds_on_blur_on_a_phase_change_and_on_leaving(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE)
        name = page_of(pilot).sat.id

        def kept() -> str:
            errands = pilot.app.errands  # type: ignore[attr-defined]
            return load_mock(errands.desk, name).mock.sheets.get("q0", "")

        await type_words(pilot, "a")
        await clock.run(pilot, 4)
        assert kept() == "a"
        await type_words(pilot, "b")
        await stage.press(pilot, "escape")
        assert kept() == "ab"
        await stage.press(pilot, "i")
        await type_words(pilot, "c")
        await stage.press(pilot, "f2")
        assert kept() == "abc"
        await type_words(pilot, "d")
        await stage.press(pilot, "escape", "q")
        assert kept() == "abcd"

    stage.run(play, open_desk=clock.open_desk)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stores_the_last_words_once(clock: MockClock, number: int) -> None:
    names: list[str] = []

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE)
        names.append(page_of(pilot).sat.id)
        await stage.press(pilot, "escape", "h", "i")
        for letter in "last words":
            await pilot.press({" ": "space"}.get(letter, letter))
        pilot.app.leave(128 + number)  # type: ignore[attr-defined]

    stage.run(play, open_desk=clock.open_desk)
    assert stored(names[0]).sheets == {"q0": "last words"}
    assert stored(names[0]).answers[0].hints == 1


def test_a_store_that_fails_is_told_and_tried_again_without_a_loss(
    clock: MockClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE)
        errands = pilot.app.errands  # type: ignore[attr-defined]
        real = errands.store_mock
        name = page_of(pilot).sat.id

        def fail(sat: object) -> object:
            raise StoreError("the database is locked")

        monkeypatch.setattr(errands, "store_mock", fail)
        await type_words(pilot, "safe")
        await stage.press(pilot, "escape", "h")
        await clock.run(pilot, 4)
        assert "not saved" in stage.rows(pilot)[0]
        monkeypatch.setattr(errands, "store_mock", real)
        await clock.run(pilot, 4)
        assert "not saved" not in stage.text(pilot)
        mock = load_mock(errands.desk, name).mock
        assert mock.sheets == {"q0": "safe"}
        assert mock.answers[0].hints == 1

    stage.run(play, open_desk=clock.open_desk, size=stage.WIDE)


def test_a_megabyte_of_notes_stays_usable(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE)
        notes_of(pilot).insert("word " * 200_000)
        await stage.settle(pilot)
        await type_words(pilot, "end")
        await clock.run(pilot, 4)
        name = page_of(pilot).sat.id
        errands = pilot.app.errands  # type: ignore[attr-defined]
        assert load_mock(errands.desk, name).mock.sheets["q0"].endswith("word end")

    stage.run(play, open_desk=clock.open_desk)


def test_the_answer_appears_nowhere_before_the_end(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE, "escape", *"hhccoo", "p")
        await clock.run(pilot, 1400)
        assert "SECRET" not in stage.text(pilot)
        assert "a[i] and [/b]" in stage.text(pilot)
        assert mock_of(pilot).answers[0].hints == 2
        assert mock_of(pilot).answers[0].probes == 2

    stage.run(play, size=(200, 60), open_desk=clock.open_desk)


def test_the_twist_comes_at_half_time_as_a_line_of_the_prompt(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE)
        await clock.run(pilot, 1349)
        assert "also serve ads" not in stage.text(pilot)
        await clock.run(pilot, 1)
        assert "! changed: The feed must now also serve ads" in stage.text(pilot)
        assert isinstance(pilot.app.focused, SheetField)

    stage.run(play, size=stage.WIDE, open_desk=clock.open_desk)


def test_code_has_a_sheet_of_its_own_and_runs_the_visible_tests_only(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PHONE, "enter", "f2")
        code = pilot.app.screen.query_one("#code", SheetField)
        name = code.text.split("(")[0].removeprefix("def ")
        factor = {"double": 2, "treble": 3}[name]
        code.load_text(f"def {name}(x):\n    return {factor} * x\n")
        await stage.settle(pilot)
        await stage.press(pilot, "escape", "r")
        assert [(run.passed, run.of) for run in mock_of(pilot).answers[0].runs] == [(1, 1)]
        assert mock_of(pilot).sheets["q0:code"].startswith("def")
        assert "1/1 tests passed" in stage.text(pilot)
        assert "7 ->" not in stage.text(pilot)
        await stage.press(pilot, "f9")
        assert pilot.app.focused is notes_of(pilot)
        await type_words(pilot, "linear")
        await stage.press(pilot, "tab")
        assert pilot.app.focused is code
        assert mock_of(pilot).sheets["q0"] == "linear"

    stage.run(play, size=stage.WIDE, open_desk=clock.open_desk)


@pytest.mark.parametrize("size", stage.SIZES)
def test_options_are_picked_by_digits_and_numbers_are_typed(
    clock: MockClock, home: Path, size: tuple[int, int]
) -> None:
    (home / "decks" / "formats.yaml").write_text(FORMATS, encoding="utf-8")
    (home / "decks" / "small.yaml").unlink()

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m", "slash", *"quick", "enter", "enter", "f2")
        for number in range(6):
            assert mock_of(pilot).stop.question == number
            if mock_of(pilot).questions[number].kind == "choice":
                assert not page_of(pilot).is_typing
                assert "Accuracy" in stage.text(pilot)
                await stage.press(pilot, "1", "2")
                assert mock_of(pilot).answers[number].options == (1,)
                assert "[x] Accuracy" in stage.text(pilot)
                assert "SECRET" not in stage.text(pilot)
            else:
                await type_words(pilot, "100")
            await stage.press(pilot, "f2")
        assert "This is the last phase" in stage.text(pilot)
        page_of(pilot).gather()
        assert not mock_of(pilot).unanswered

    stage.run(play, size=size, open_desk=clock.open_desk)


def test_an_editor_that_cannot_be_opened_leaves_a_file_to_read_back(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PHONE, "enter", "f2", "escape", "O")
        path = page_of(pilot)._read_back
        assert path is not None
        path.write_text("def mine(x):\n    return x\n", encoding="utf-8")
        await stage.press(pilot, "O")
        assert mock_of(pilot).sheets["q0:code"].startswith("def mine(x):")

    stage.run(play, size=stage.WIDE, open_desk=clock.open_desk)


def test_the_bell_rings_once_for_a_phase_over_its_time(clock: MockClock, monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[int] = []

    async def play(pilot: Pilot[Any]) -> None:
        monkeypatch.setattr(pilot.app, "bell", lambda: rung.append(1))
        await stage.press(pilot, *DESIGN, "tab", "j", "j", "j", "space", "enter")
        await clock.run(pilot, 359)
        assert not rung
        await clock.run(pilot, 40)
        assert len(rung) == 1

    stage.run(play, open_desk=clock.open_desk)


def test_finishing_asks_once_and_happens_once(clock: MockClock) -> None:
    names: list[str] = []

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE)
        names.append(page_of(pilot).sat.id)
        await type_words(pilot, "done")
        await stage.press(pilot, "f8")
        assert "Finish the mock?" in stage.text(pilot)
        await stage.press(pilot, "escape")
        assert not mock_of(pilot).is_over
        await pilot.press("f8")
        await pilot.pause()
        await pilot.press("y", "y", "f8", "y")
        await stage.settle(pilot)
        assert not isinstance(pilot.app.screen, MockScreen)

    stage.run(play, open_desk=clock.open_desk)
    assert stored(names[0]).end is End.FINISHED
    assert stored(names[0]).sheets == {"q0": "done"}


def test_the_clock_can_be_hidden(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE, "escape", "v")
        assert "hidden" in stage.text(pilot)
        assert "/6:00" not in stage.text(pilot)
        await stage.press(pilot, "v")
        assert "/6:00" in stage.text(pilot)

    stage.run(play, open_desk=clock.open_desk)


def test_a_sleep_is_left_out_of_practice_and_told(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, *PRACTICE)
        clock.seconds += 600
        page_of(pilot).tick()
        await stage.settle(pilot)
        assert mock_of(pilot).left_out_ms == 600_000
        assert "that time is left out" in stage.text(pilot)

    stage.run(play, open_desk=clock.open_desk)
