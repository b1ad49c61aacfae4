"""The page a mock is chosen on, and what becomes of one that was cut off."""

from __future__ import annotations

import asyncio
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.interview.mock import End
from prepdeck.interview.terms import Mode, Terms
from prepdeck.study.desk import open_desk
from prepdeck.study.mock_begin import begin_mock, load_mock
from prepdeck.study.mock_wishes import MockWish
from prepdeck.study.options import Options
from prepdeck.tui.app import PrepdeckApp
from prepdeck.tui.mock_words import Comfort
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.screens.mock_run import MockScreen
from prepdeck.tui.screens.mock_setup import MockSetupScreen
from prepdeck.tui.widgets.mock_formats import FormatList
from tests.tui import stage
from tests.tui.mocks import MockClock, with_mocks


@pytest.fixture
def clock(home: Path) -> MockClock:
    with_mocks(home)
    return MockClock()


def interrupted(clock: MockClock) -> str:
    """Begin a mock and leave it without a word, as a crash does."""
    with clock.open_desk(Options()) as desk:
        return begin_mock(desk, "ml-design-45").id


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_formats_with_phases_and_options(clock: MockClock, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m")
        stage.check_golden(pilot, "mock-setup")

    stage.run(play, size=size, open_desk=clock.open_desk)


def test_a_format_that_cannot_be_drawn_says_what_is_missing_and_what_there_is(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m", "slash", *"ml-coding", "enter", "enter")
        assert isinstance(pilot.app.screen, MockSetupScreen)
        shown = stage.text(pilot)
        assert "Cannot be drawn: 1 code card of the deck ml-coding" in shown
        assert "Can be sat:" in shown

    stage.run(play, size=stage.WIDE, open_desk=clock.open_desk)


def test_options_reach_the_mock(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m", "slash", *"ml-design-45", "enter", "plus", "plus")
        await stage.press(pilot, "tab", "space", "j", "j", "space", "enter")
        page = pilot.app.screen
        assert isinstance(page, MockScreen)
        assert page.sat.mock.mode is Mode.PRACTICE
        assert page.sat.mock.terms.time_factor == Fraction(3, 2)
        assert page.sat.mock.budget_ms == 45 * 90_000
        assert not page.sat.mock.terms.hints
        await stage.press(pilot, "escape", "h")
        assert page.sat.mock.answers[0].hints == 0

    stage.run(play, open_desk=clock.open_desk)


def test_settings_are_where_the_options_begin(clock: MockClock, home: Path) -> None:
    (home / "config.toml").write_text("mock_time_factor = 1.5\nmock_bell = true\nmock_hide_clock = true\n")

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m", "slash", *"ml-design-45", "enter", "enter")
        page = pilot.app.screen
        assert isinstance(page, MockScreen)
        assert page.sat.mock.terms.time_factor == Fraction(3, 2)
        assert page.comfort == Comfort(bell=True, hides_clock=True)

    stage.run(play, open_desk=clock.open_desk)


def test_a_mock_that_goes_on_is_shown_as_the_settings_say(clock: MockClock, home: Path) -> None:
    (home / "config.toml").write_text("mock_bell = true\nmock_hide_clock = true\n")
    interrupted(clock)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m", "r")
        page = pilot.app.screen
        assert isinstance(page, MockScreen)
        assert page.comfort == Comfort(bell=True, hides_clock=True)

    stage.run(play, open_desk=clock.open_desk)


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (MockWish("nosuch", None, Terms()), "no mock format nosuch"),
        (MockWish("resume", None, Terms()), "no mock waits"),
        (MockWish("resume", "zzz", Terms()), "no mock zzz"),
    ],
)
def test_what_cannot_be_begun_ends_the_program_with_its_reason(clock: MockClock, wish: MockWish, words: str) -> None:
    app = PrepdeckApp(Options(), start=wish, open_desk=clock.open_desk)
    asyncio.run(app.run_async(headless=True, size=stage.NORMAL))
    assert words in str(app.refusal)


def test_closing_the_prompt_leads_back_to_the_commands_it_was_opened_from(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m", "slash", *"ml-design-45", "enter", "enter", "escape", "p", "p")
        page = pilot.app.screen
        assert isinstance(page, MockScreen)
        assert not page.is_typing
        await stage.press(pilot, "i", "f4", "f4")
        assert page.is_typing

    stage.run(play, open_desk=clock.open_desk)


def test_the_budgets_follow_the_time_factor(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m", "slash", *"ml-design-45", "enter")
        assert "45:00" in stage.text(pilot)
        await stage.press(pilot, "plus")
        assert "56:15" in stage.text(pilot)
        await stage.press(pilot, "minus")
        assert "45:00" in stage.text(pilot)

    stage.run(play, open_desk=clock.open_desk)


def test_a_random_format_is_another_one_that_can_be_sat(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m")
        formats = pilot.app.screen.query_one(FormatList)
        for _ in range(5):
            before = formats.format
            await stage.press(pilot, "r")
            assert formats.format is not before
            assert formats.format is not None
            assert formats.format.can_be_sat

    stage.run(play, open_desk=clock.open_desk)


def test_an_interrupted_mock_shows_first_and_is_named_on_home(clock: MockClock) -> None:
    interrupted(clock)
    clock.seconds = 100

    async def play(pilot: Pilot[Any]) -> None:
        assert "A mock from 09:00 was interrupted at phase 1" in " ".join(stage.text(pilot).split())
        await stage.press(pilot, "m")
        shown = stage.text(pilot)
        for words in ("Resume strict", "Resume as practice", "Finish and mark", "Discard"):
            assert words in shown
        await stage.press(pilot, "escape")
        assert isinstance(pilot.app.screen, MockSetupScreen)

    stage.run(play, open_desk=clock.open_desk)


@pytest.mark.parametrize(("key", "mode", "left"), [("r", Mode.STRICT, 2600), ("p", Mode.PRACTICE, 2700)])
def test_an_interrupted_mock_goes_on(clock: MockClock, key: str, mode: Mode, left: int) -> None:
    name = interrupted(clock)
    clock.seconds = 100

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m", key)
        page = pilot.app.screen
        assert isinstance(page, MockScreen)
        assert page.sat.id == name
        assert page.sat.mock.mode is mode
        assert page.sat.mock.left_ms == left * 1000

    stage.run(play, open_desk=clock.open_desk)


@pytest.mark.parametrize(("key", "end"), [("f", End.FINISHED), ("d", End.ABANDONED)])
def test_an_interrupted_mock_can_be_ended(clock: MockClock, key: str, end: End) -> None:
    name = interrupted(clock)
    clock.seconds = 100

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m", key)
        assert not isinstance(pilot.app.screen, (MockScreen, HomeScreen))

    stage.run(play, open_desk=clock.open_desk)
    with open_desk(Options()) as desk:
        assert load_mock(desk, name).mock.end is end


def test_searching_finds_formats_by_words_and_escape_clears(clock: MockClock) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "m")
        formats = pilot.app.screen.query_one(FormatList)
        whole = formats.count
        await stage.press(pilot, "slash", *"drill")
        assert formats.count == 2
        await stage.press(pilot, *"zzz")
        assert "No format holds these words" in stage.text(pilot)
        await stage.press(pilot, "escape")
        assert formats.count == whole
        assert pilot.app.focused is formats

    stage.run(play, open_desk=clock.open_desk)
