"""The settings page: what is shown, changed, refused and restored, with real keys and the real file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from prepdeck.study.configuring import list_settings
from prepdeck.study.options import Options
from prepdeck.tui.screens.home import HomeScreen
from prepdeck.tui.screens.settings import SettingsScreen
from prepdeck.tui.widgets.setting_list import SettingField, SettingList
from tests.tui import stage

CONFIG = """\
# mine
minutes_a_day = 15  # on the train

[keys]
# left hand
"review.undo" = "U"
"""


def file_of(home: Path) -> str:
    return (home / "config.toml").read_text("utf-8")


async def mark(pilot: Pilot[Any], name: str) -> None:
    """Open the page if need be, and mark a row."""
    if not isinstance(pilot.app.screen, SettingsScreen):
        await stage.press(pilot, "comma")
    settings = pilot.app.screen.query_one(SettingList)
    await stage.press(pilot, "g")
    while settings.line.id != name:
        before = settings.marked
        await stage.press(pilot, "j")
        assert settings.marked != before, f"no row {name}"


async def type_value(pilot: Pilot[Any], text: str) -> None:
    """Type a value instead of the one that is there, and save it."""
    await stage.press(pilot, "enter")
    pilot.app.screen.query_one(SettingField).value = ""
    await stage.press(pilot, *("comma" if sign == "," else "space" if sign == " " else sign for sign in text), "enter")


@pytest.mark.parametrize("size", stage.SIZES)
def test_the_page_shows_every_setting(home: Path, size: tuple[int, int]) -> None:
    stage.settings(home, CONFIG)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "comma")
        stage.check_golden(pilot, "settings")

    stage.run(play, size=size)


@pytest.mark.parametrize("size", stage.SIZES)
def test_a_value_is_typed_in_a_field(home: Path, size: tuple[int, int]) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await mark(pilot, "easy_days")
        await stage.press(pilot, "enter", "s", "a", "t")
        stage.check_golden(pilot, "settings-typing")

    stage.run(play, size=size)


def test_rows_are_those_of_the_command_line(home: Path) -> None:
    stage.settings(home, CONFIG)

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "comma")
        shown = pilot.app.screen.query_one(SettingList)._lines
        told = list_settings(Options())
        assert [(each.id, each.value, each.default, each.source, each.meaning) for each in shown[: len(told)]] == [
            (each.key, each.value, each.default, each.source, each.meaning) for each in told
        ]

    stage.run(play)


def test_a_typed_value_is_written_with_comments_kept_and_in_force_at_once(home: Path) -> None:
    stage.settings(home, CONFIG)

    async def play(pilot: Pilot[Any]) -> None:
        await mark(pilot, "minutes_a_day")
        await type_value(pilot, "35")
        assert "minutes_a_day is 35; saved." in stage.text(pilot)
        assert pilot.app.errands.desk.settings.minutes_a_day == 35  # type: ignore[attr-defined]
        await stage.press(pilot, "q")
        assert isinstance(pilot.app.screen, HomeScreen)

    stage.run(play)
    assert file_of(home) == CONFIG.replace("= 15 ", "= 35 ")


@pytest.mark.parametrize(
    ("name", "typed", "allowed"),
    [
        ("minutes_a_day", "9999", "a whole number from 1 to 600"),
        ("day_start", "noon", 'a time from "00:00" to "12:59"'),
        ("easy_days", "someday", "a list of weekdays"),
    ],
)
def test_a_wrong_value_says_what_is_allowed_and_changes_nothing(
    home: Path, name: str, typed: str, allowed: str
) -> None:
    stage.settings(home, CONFIG)

    async def play(pilot: Pilot[Any]) -> None:
        await mark(pilot, name)
        await type_value(pilot, typed)
        assert allowed in " ".join(stage.text(pilot).split())
        assert isinstance(pilot.app.focused, SettingField)
        await stage.press(pilot, "escape")
        assert isinstance(pilot.app.focused, SettingList)

    stage.run(play, size=stage.WIDE)
    assert file_of(home) == CONFIG


def test_choices_go_round_with_arrows_and_enter(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await mark(pilot, "theme")
        await stage.press(pilot, "right")
        assert pilot.app.theme == "prepdeck-light"
        await stage.press(pilot, "left", "left")
        assert pilot.app.theme == "prepdeck-contrast"
        await stage.press(pilot, "enter")
        assert pilot.app.theme == "prepdeck-dark"
        await mark(pilot, "show_timers")
        await stage.press(pilot, "enter")
        assert pilot.app.shows_times is False  # type: ignore[attr-defined]

    stage.run(play)
    assert file_of(home) == 'theme = "dark"\nshow_timers = false\n'


def test_the_theme_key_shows_in_the_list(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await mark(pilot, "theme")
        await stage.press(pilot, "t")
        line = pilot.app.screen.query_one(SettingList).line
        assert (line.value, line.source) == ("light", "theme key")
        await stage.press(pilot, "backspace")
        assert pilot.app.theme == "prepdeck-dark"

    stage.run(play)


@pytest.mark.parametrize("key", ["backspace", "delete"])
def test_the_default_comes_back_and_comments_stay(home: Path, key: str) -> None:
    stage.settings(home, CONFIG)

    async def play(pilot: Pilot[Any]) -> None:
        await mark(pilot, "minutes_a_day")
        await stage.press(pilot, key)
        assert "minutes_a_day has its default 20 again." in stage.text(pilot)
        await mark(pilot, "review.undo")
        await stage.press(pilot, key)

    stage.run(play)
    assert "minutes_a_day" not in file_of(home)
    assert "review.undo" not in file_of(home)
    assert "# mine" in file_of(home)
    assert "# left hand" in file_of(home)


def test_what_waits_for_the_next_start_says_so(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await mark(pilot, "day_start")
        assert "from the next start" in stage.text(pilot)
        await type_value(pilot, "05:30")
        assert "day_start is 05:30 from the next start; saved." in stage.text(pilot)
        assert pilot.app.errands.desk.settings.day_start.hour == 4  # type: ignore[attr-defined]

    stage.run(play)


def test_a_key_is_rebound_and_help_and_key_bar_follow(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await mark(pilot, "home.browse")
        await type_value(pilot, "B")
        await stage.press(pilot, "q")
        assert "B Browse" in stage.text(pilot)
        await stage.press(pilot, "?")
        assert " B " in stage.text(pilot)

    stage.run(play, size=stage.WIDE)
    assert file_of(home) == '[keys]\n"home.browse" = "B"\n'


@pytest.mark.parametrize(
    ("typed", "said"),
    [("u", "u cannot be both"), ("nokey", "'nokey' is no key"), ("ctrl+z", "cannot be bound"), ("", "needs a key")],
)
def test_a_key_that_cannot_be_is_refused_with_the_reason(home: Path, typed: str, said: str) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await mark(pilot, "home.browse")
        await type_value(pilot, typed)
        assert said in " ".join(stage.text(pilot).split())

    stage.run(play, size=stage.WIDE)
    assert not (home / "config.toml").exists()


def test_wrong_keys_in_the_file_are_told_with_line_and_column(home: Path) -> None:
    stage.settings(home, '# a\n[keys]\n"review.undo" = "h"\nreview.fly = "y"\n[keys.home]\nlearn = "nokey"\n')

    async def play(pilot: Pilot[Any]) -> None:
        await stage.press(pilot, "comma")
        words = " ".join(stage.text(pilot).split())
        for place in ("config.toml:3:17 keys: h cannot", "config.toml:4:14 keys: there is no", "config.toml:6:9 keys:"):
            assert place in words

    stage.run(play, size=(200, 50))


def test_a_click_marks_and_a_second_one_changes(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await mark(pilot, "plan_focus")
        settings = pilot.app.screen.query_one(SettingList)
        row = stage.rows(pilot).index(next(line for line in stage.rows(pilot) if "show_timers" in line))
        for _ in range(2):
            await pilot.click(SettingList, offset=(6, row - settings.region.y))
            await stage.settle(pilot)
        assert settings.line.id == "show_timers"
        assert settings.line.value == "false"

    stage.run(play, size=stage.WIDE)


def test_every_size_keeps_what_is_typed(home: Path) -> None:
    async def play(pilot: Pilot[Any]) -> None:
        await mark(pilot, "minutes_a_day")
        await stage.press(pilot, "enter", "7")
        for size in ((200, 60), (40, 12), (30, 8), (80, 24)):
            await stage.resize(pilot, size)
            assert "minutes_a_day" in stage.text(pilot) or size == (30, 8)
        assert pilot.app.screen.query_one(SettingField).value == "207"
        assert isinstance(pilot.app.focused, SettingField)
        await stage.press(pilot, "escape")
        assert isinstance(pilot.app.focused, SettingList)

    stage.run(play)
