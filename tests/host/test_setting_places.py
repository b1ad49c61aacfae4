"""Keys in the settings file: where they stand, and how they are written and taken out."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from prepdeck.errors import SettingsError
from prepdeck.host.folders import Folders
from prepdeck.host.setting_places import places_of_keys
from prepdeck.host.setting_writing import drop_setting, write_key, write_setting
from prepdeck.host.settings import read_settings

TEXT = """\
minutes_a_day = 15 # keys.fake = "x"
[keys] # mine
"review.undo" = "U"
  review.hint = "H"
'app.theme'   = "T"
[keys.home]
learn = "L"
[other]
learn = "M"
"""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    return Folders(data=tmp_path, settings_file=tmp_path / "config.toml", state=tmp_path)


def test_every_spelling_of_a_key_has_its_place() -> None:
    assert places_of_keys(TEXT) == {
        "review.undo": (3, 17),
        "review.hint": (4, 17),
        "app.theme": (5, 17),
        "home.learn": (7, 9),
    }


def test_places_come_with_the_settings(folders: Folders) -> None:
    folders.settings_file.write_text(TEXT, "utf-8")
    settings, _ = read_settings(folders, {})
    assert settings.key_places["home.learn"] == f"{folders.settings_file}:7:9"
    folders.settings_file.write_text('a = 1\nkeys = {"home.learn" = "L"}\n', "utf-8")
    settings, _ = read_settings(folders, {})
    assert settings.key_places == {"home.learn": f"{folders.settings_file}:2:8"}


@pytest.mark.parametrize("action", ["review.undo", "review.hint", "app.theme", "home.learn"])
def test_a_key_is_written_anew_under_whatever_spelling_it_stands(folders: Folders, action: str) -> None:
    folders.settings_file.write_text(TEXT, "utf-8")
    write_key(folders, action, "F2")
    changed = read_settings(folders, {})[0].keys
    assert changed[action] == "F2"
    assert len(changed) == 4
    write_key(folders, action, None)
    assert action not in read_settings(folders, {})[0].keys
    assert "# mine" in folders.settings_file.read_text("utf-8")


def test_settings_stay_in_front_of_the_table_of_keys(folders: Folders) -> None:
    write_key(folders, "home.learn", "L")
    write_setting(folders, "new_a_day", "5")
    assert tomllib.loads(folders.settings_file.read_text("utf-8")) == {"new_a_day": 5, "keys": {"home.learn": "L"}}
    drop_setting(folders, "new_a_day")
    assert tomllib.loads(folders.settings_file.read_text("utf-8")) == {"keys": {"home.learn": "L"}}


def test_keys_that_are_no_table_are_left_alone(folders: Folders) -> None:
    folders.settings_file.write_text('keys = "x"\n', "utf-8")
    with pytest.raises(SettingsError, match="no table"):
        write_key(folders, "home.learn", "L")
    assert folders.settings_file.read_text("utf-8") == 'keys = "x"\n'


def test_an_unknown_setting_cannot_be_dropped(folders: Folders) -> None:
    with pytest.raises(SettingsError, match="no setting"):
        drop_setting(folders, "minuts_a_day")
    assert not folders.settings_file.exists()
