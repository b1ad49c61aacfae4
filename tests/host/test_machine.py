from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from prepdeck.errors import SettingsError, UsageError
from prepdeck.host.clock import FrozenClock, SystemClock, clock_of, to_milliseconds
from prepdeck.host.file_system import shared_with
from prepdeck.host.folders import find_folders, write_private_file
from prepdeck.host.setting_values import shown
from prepdeck.host.setting_writing import write_setting
from prepdeck.host.settings import DEFINITIONS, Settings, read_settings
from prepdeck.scheduling.moment import parse_moment
from prepdeck.scheduling.round import HardDrill
from prepdeck.scheduling.week import Week


def test_the_clock_stands_where_the_environment_says() -> None:
    clock = clock_of({"PREPDECK_NOW": "2026-11-22T09:00:00+01:00"})
    assert clock.now() == datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert clock.monotonic_seconds() == 0.0
    assert isinstance(clock_of({}), SystemClock)
    assert isinstance(clock, FrozenClock)


@pytest.mark.parametrize(
    "text", ["", "today", "2026-11-22", "2026-11-22T09:00:00", "2026-02-30T09:00:00Z", "9999-01-01T00:00:00Z"]
)
def test_a_moment_without_day_time_and_offset_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r"moment|offset|year"):
        parse_moment(text)
    if text:
        with pytest.raises(UsageError) as refused:
            clock_of({"PREPDECK_NOW": text})
        assert "2026-11-22T09:30:00+01:00" in (refused.value.help or "")


def test_milliseconds_count_from_1970_in_utc() -> None:
    assert to_milliseconds(datetime(1970, 1, 1, 0, 0, 1, 500_999, tzinfo=UTC)) == 1500


def test_a_home_holds_everything_in_one_folder(tmp_path: Path) -> None:
    folders = find_folders(tmp_path, {"PREPDECK_HOME": "/elsewhere"})
    assert folders.database == tmp_path / "prepdeck.db"
    assert folders.settings_file == tmp_path / "config.toml"
    assert {folders.decks.parent, folders.backups.parent, folders.log.parent} == {tmp_path}


def test_the_platforms_folders_are_used_without_a_home(tmp_path: Path) -> None:
    folders = find_folders(None, {"XDG_DATA_HOME": str(tmp_path / "d"), "XDG_CONFIG_HOME": str(tmp_path / "c")})
    assert folders.database == tmp_path / "d" / "prepdeck" / "prepdeck.db"
    assert folders.settings_file == tmp_path / "c" / "prepdeck" / "config.toml"


def test_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="not a folder"):
        find_folders(tmp_path / "file", {})


def test_settings_are_read_with_their_sources(tmp_path: Path) -> None:
    folders = find_folders(tmp_path, {})
    folders.settings_file.write_text(
        'minutes_a_day = 45\nday_start = "05:30"\nhard_drill = "off"\n'
        '[keys]\n"review.undo" = "x"\n[keys.home]\nquit = "Q"\n'
    )
    settings, sources = read_settings(folders, {})
    assert (settings.minutes_a_day, settings.day_start, settings.hard_drill) == (45, time(5, 30), HardDrill.OFF)
    assert settings.keys == {"review.undo": "x", "home.quit": "Q"}
    assert sources == dict.fromkeys(["minutes_a_day", "day_start", "hard_drill"], "config.toml")
    assert settings.problems == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("minutes_a_day = 0\n", ":1:17 minutes_a_day must be a whole number from 1 to 600; using the default"),
        ("\nnew_a_day = true", ":2:13 new_a_day must be a whole number from 0 to 500; using the default"),
        ('day_start = "25:00"', ':1:13 day_start must be a time from "00:00" to "12:59"; using the default'),
        ("minuts_a_day = 5", ":1:16 unknown setting 'minuts_a_day'; did you mean minutes_a_day?"),
        ('scheduler = "anki"', ":1:13 scheduler must be one of sm2, fsrs; using the default"),
        ('plan_focus = "yes"', ":1:14 plan_focus must be true or false; using the default"),
        ('easy_days = ["sat", "caturday"]', """["sat", "sun"] ('caturday' is no weekday); using the default"""),
        ("easy_days = [5]", ':1:13 easy_days must be a list of weekdays such as ["sat", "sun"]; using the default'),
        ("easy_days = true", ':1:13 easy_days must be a list of weekdays such as ["sat", "sun"]; using the default'),
        ('breaks = "2026-12-27..2026-12-24"', "('2026-12-27..2026-12-24' ends before it begins); using the default"),
        ("breaks = {}", ':1:10 breaks must be a list of days or ranges such as ["2026-12-24..2026-12-27"]; using'),
        ("breaks = [2026-12-24T09:00:00]", "('2026-12-24 09:00:00' is neither a day nor a range); using the default"),
        ('theme = "pink"', ":1:9 theme must be one of dark, light, contrast; using the default"),
        ("minutes_a_day = \n", ":1:17 is not TOML"),
        ("keys = 3", ":1:8 keys must be a table"),
    ],
)
def test_a_wrong_setting_is_named_with_its_place_and_has_its_default(tmp_path: Path, text: str, problem: str) -> None:
    folders = find_folders(tmp_path, {})
    folders.settings_file.write_text(text)
    settings, _ = read_settings(folders, {})
    assert len(settings.problems) == 1
    assert problem in settings.problems[0]
    assert settings == Settings(problems=settings.problems)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"x" * (1 << 20) + b"x"])
def test_a_settings_file_that_is_no_text_leaves_the_defaults(tmp_path: Path, content: bytes) -> None:
    folders = find_folders(tmp_path, {})
    folders.settings_file.write_bytes(content)
    assert len(read_settings(folders, {})[0].problems) == 1


@pytest.mark.parametrize(
    "text",
    [
        'easy_days = ["sun", "Saturday"]\nbreaks = ["2026-12-24..2026-12-27", 2026-12-01]\n',
        'easy_days = "sun, sat"\nbreaks = "2026-12-01, 2026-12-24..2026-12-27"\n',
    ],
)
def test_easy_days_and_breaks_are_lists_or_texts_with_commas(tmp_path: Path, text: str) -> None:
    folders = find_folders(tmp_path, {})
    folders.settings_file.write_text(text)
    settings, _ = read_settings(folders, {})
    first, holidays = date(2026, 12, 1), (date(2026, 12, 24), date(2026, 12, 27))
    assert settings.problems == ()
    assert settings.week == Week(frozenset({5, 6}), ((first, first), holidays))
    assert (shown(settings.easy_days), shown(settings.breaks)) == ("sat, sun", "2026-12-01, 2026-12-24..2026-12-27")


def test_one_day_is_a_break(tmp_path: Path) -> None:
    folders = find_folders(tmp_path, {})
    folders.settings_file.write_text("breaks = 2026-12-24")
    assert read_settings(folders, {})[0].breaks == ((date(2026, 12, 24), date(2026, 12, 24)),)


@pytest.mark.parametrize(("day", "minutes", "new"), [(20, 15.0, 7), (21, 7.5, 4), (25, 0.0, 0)])
def test_a_day_has_its_share_of_minutes_and_new_cards(day: int, minutes: float, new: int) -> None:
    christmas = date(2026, 11, 25), date(2026, 11, 26)
    settings = Settings(minutes_a_day=15, new_a_day=7, easy_days=frozenset({5}), breaks=(christmas,))
    today = date(2026, 11, day)
    assert (settings.minutes_on(today), settings.new_on(today)) == (minutes, new)


def test_easy_days_and_breaks_are_written_with_commas_and_taken_away_again(tmp_path: Path) -> None:
    folders = find_folders(tmp_path, {})
    folders.settings_file.write_text("# family\neasy_days = []  # rest\n")
    write_setting(folders, "easy_days", "sat, sun")
    write_setting(folders, "breaks", "2026-12-24..2026-12-27,2026-12-31")
    assert folders.settings_file.read_text() == (
        '# family\neasy_days = ["sat", "sun"]  # rest\nbreaks = ["2026-12-24..2026-12-27", "2026-12-31"]\n'
    )
    write_setting(folders, "breaks", "")
    assert read_settings(folders, {})[0].breaks == ()


def test_writing_a_setting_keeps_every_comment(tmp_path: Path) -> None:
    folders = find_folders(tmp_path, {})
    folders.settings_file.write_text("# mine\nnew_a_day = 3  # slow\n")
    write_setting(folders, "new_a_day", "12")
    write_setting(folders, "decks", "a.yaml, b")
    assert folders.settings_file.read_text() == '# mine\nnew_a_day = 12  # slow\ndecks = ["a.yaml", "b"]\n'
    assert folders.settings_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("key", "value"), [("new_a_day", "many"), ("new_a_dya", "3"), ("retention_goal", "1.5"), ("easy_days", "caturday")]
)
def test_a_wrong_setting_is_not_written(tmp_path: Path, key: str, value: str) -> None:
    folders = find_folders(tmp_path, {})
    with pytest.raises(SettingsError):
        write_setting(folders, key, value)
    assert not folders.settings_file.exists()


def test_every_setting_has_a_meaning_and_a_default_that_it_accepts() -> None:
    defaults = Settings()
    for definition in DEFINITIONS:
        assert definition.meaning
        assert hasattr(defaults, definition.key)
        assert re.search(r"[a-z]", definition.meaning)


def test_the_theme_chosen_with_a_key_wins_over_the_file_and_the_environment_over_both(tmp_path: Path) -> None:
    folders = find_folders(tmp_path, {})
    folders.settings_file.write_text('theme = "light"')
    write_private_file(folders.theme_file, "contrast\n")
    assert read_settings(folders, {})[0].theme == "contrast"
    assert read_settings(folders, {"PREPDECK_THEME": "dark"})[0].theme == "dark"
    assert "pink" not in read_settings(folders, {"PREPDECK_THEME": "pink"})[0].theme
    write_setting(folders, "theme", "light")
    assert read_settings(folders, {})[0].theme == "light"


def test_a_private_file_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "config.toml"
    write_private_file(path, "old")

    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="space"):
        write_private_file(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_home_on_a_network_or_in_a_synced_folder_is_noticed(tmp_path: Path) -> None:
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path.resolve()} nfs4 rw 0 0\n"
    assert shared_with(tmp_path, mounts) == "a network (nfs4)"
    assert shared_with(tmp_path, "/dev/sda1 / ext4 rw 0 0\n") is None
    synced = tmp_path / "Dropbox" / "prepdeck"
    synced.mkdir(parents=True)
    assert shared_with(synced, "") == "a sync client (Dropbox)"
