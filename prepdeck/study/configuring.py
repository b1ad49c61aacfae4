"""Settings listed and changed."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from prepdeck.errors import SettingsError
from prepdeck.host.folders import write_private_file
from prepdeck.host.setting_values import shown
from prepdeck.host.setting_writing import drop_setting, write_key, write_setting
from prepdeck.host.settings import DEFINITIONS, THEMES, Settings
from prepdeck.study.options import Options
from prepdeck.study.surroundings import look_around

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk

AT_START: Final = frozenset({"day_start", "scheduler", "decks", "leave_out"})
"""Settings that are read once, when the desk is opened."""


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting as it stands."""

    key: str
    """Its name."""
    value: str
    """As written on the command line."""
    default: str
    """What it is when nobody chose."""
    source: str
    """`default`, `config.toml`, `theme key` or `environment`."""
    meaning: str
    """What it does and may be."""
    choices: tuple[str, ...] = ()
    """Every value it may have; empty where they cannot be listed."""
    waits: bool = False
    """Whether a change is in force from the next start only."""


def list_settings(options: Options) -> tuple[SettingRow, ...]:
    """Return every setting."""
    surroundings = look_around(options)
    defaults = Settings()
    return tuple(
        SettingRow(
            key=definition.key,
            value=shown(getattr(surroundings.settings, definition.key)),
            default=shown(getattr(defaults, definition.key)),
            source=surroundings.setting_sources.get(definition.key, "default"),
            meaning=definition.meaning,
            choices=definition.choices,
            waits=definition.key in AT_START,
        )
        for definition in DEFINITIONS
    )


def get_setting(options: Options, key: str) -> SettingRow:
    """Return one setting.

    Raises:
        SettingsError: When there is none of that name.
    """
    rows = {row.key: row for row in list_settings(options)}
    if key not in rows:
        near = difflib.get_close_matches(key, rows, n=1)
        raise SettingsError(f"no setting {key}", f"did you mean {near[0]}?" if near else f"settings: {', '.join(rows)}")
    return rows[key]


def set_setting(options: Options, key: str, value: str) -> SettingRow:
    """Write one setting and return it as it stands then.

    Raises:
        SettingsError: When the key or the value is wrong, or the file cannot be written.
    """
    write_setting(look_around(options).folders, key, value)
    return get_setting(options, key)


def reset_setting(options: Options, key: str) -> SettingRow:
    """Let one setting have its default again, and return it as it stands then.

    Raises:
        SettingsError: When there is none of that name, or the file cannot be written.
    """
    drop_setting(look_around(options).folders, key)
    return get_setting(options, key)


def set_key(options: Options, action: str, keys: str | None) -> None:
    """Write the keys of one action, separated by spaces; None for those it has by itself.

    Raises:
        SettingsError: When the file cannot be written.
    """
    write_key(look_around(options).folders, action, keys)


def apply_settings(desk: Desk) -> Settings:
    """Let the desk go by the settings as they are written now, and return them; some wait for the next start."""
    fresh = look_around(desk.options).settings
    before = desk.settings
    desk.settings = replace(fresh, day_start=before.day_start, scheduler=before.scheduler, decks=before.decks)
    return fresh


def setting_problems(options: Options) -> tuple[str, ...]:
    """Return what is wrong in the settings file, one sentence each."""
    return look_around(options).settings.problems


def save_theme(options: Options, name: str) -> None:
    """Keep the theme chosen with a key.

    Raises:
        SettingsError: When there is no such theme, or it cannot be kept.
    """
    if name not in THEMES:
        raise SettingsError(f"no theme {name}", f"themes: {', '.join(THEMES)}")
    path = look_around(options).folders.theme_file
    try:
        write_private_file(path, f"{name}\n")
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}", "check the permissions") from error


__all__ = [
    "AT_START",
    "SettingRow",
    "Settings",
    "apply_settings",
    "get_setting",
    "list_settings",
    "reset_setting",
    "save_theme",
    "set_key",
    "set_setting",
    "setting_problems",
]
