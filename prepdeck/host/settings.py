"""Settings: each with its meaning and default, read strictly, written with comments kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from math import ceil
from pathlib import Path
from typing import Any, Final

from prepdeck.errors import SettingsError
from prepdeck.host import setting_values
from prepdeck.host.folders import Folders, write_private_file
from prepdeck.scheduling.round import HardDrill
from prepdeck.scheduling.study_day import DAY_START
from prepdeck.scheduling.week import Break, Week

THEMES: Final = ("dark", "light", "contrast")
"""Names of the colour themes."""
THEME_VARIABLE: Final = "PREPDECK_THEME"
"""Environment variable that names the theme."""
SCHEDULERS: Final = ("sm2", "fsrs")
"""Names of the schedulers."""
INTENSITIES: Final = ("light", "balanced", "full")
"""Names of what a plan does with minutes to spare, least first."""
LISTS: Final = frozenset({"decks", "easy_days", "breaks"})
"""Settings that hold several values; on the command line commas stand between them."""
LARGEST_FILE: Final = 1 << 20
"""Bytes; nobody writes so many settings."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner may choose."""

    minutes_a_day: int = 20
    """Minutes you mean to spend on reviews a day, 1-600."""
    new_a_day: int = 10
    """New cards a day over all decks, 0-500."""
    day_start: time = DAY_START
    """When a study day begins, HH:MM; a card reviewed at one in the morning counts for the evening before."""
    retention_goal: float = 0.9
    """Share of learned cards you want to remember when they come back, 0.5-0.99."""
    leech_lapses: int = 8
    """A card forgotten so often is called a leech, 2-99."""
    hard_drill: HardDrill = HardDrill.SPARE
    """Whether a card graded hard comes back in the round: spare (when minutes are left), on, off."""
    scheduler: str = "sm2"
    """What decides when a card is due: sm2, fsrs; the log is the same, and a switch works it out anew from there."""
    plan_intensity: str = "balanced"
    """How much of the minutes a plan for an interview uses: light, balanced, full (every one)."""
    plan_focus: bool = False
    """Whether such a plan keeps only the cards that can be seen twice before the date: true, false."""
    easy_days: frozenset[int] = frozenset()
    """Weekdays with half the minutes and half the new cards, such as "sat, sun"; Monday is 0."""
    breaks: tuple[Break, ...] = ()
    """Days or ranges without planned minutes and new cards, such as "2026-12-24..2026-12-27"; due cards stay."""
    theme: str = "dark"
    """Colours: dark, light, contrast."""
    show_timers: bool = True
    """Whether the review screen shows the time of card and round: true, false."""
    decks: tuple[Path, ...] = ()
    """More deck files or folders, beside the bundled ones and your own."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by action id, from the table [keys]."""
    problems: tuple[str, ...] = ()
    """What is wrong in the settings file; each such setting has its default."""

    @property
    def week(self) -> Week:
        """Which days are easier than others, and which are free."""
        return Week(self.easy_days, self.breaks)

    def minutes_on(self, day: date) -> float:
        """Return the minutes meant for a study day."""
        return self.minutes_a_day * self.week.share_of(day)

    def new_on(self, day: date) -> int:
        """Return how many new cards a study day allows."""
        return ceil(self.new_a_day * self.week.share_of(day))


@dataclass(frozen=True, slots=True)
class Definition:
    """One setting."""

    key: str
    """Its name in the file and on the command line."""
    convert: Callable[[Any], Any]
    """Turns a TOML value into the setting's value; ValueError names what is allowed."""
    meaning: str
    """What it does, and what it may be."""


def _define(key: str, convert: Callable[[Any], Any]) -> Definition:
    return Definition(key, convert, MEANINGS[key])


MEANINGS: Final = {
    "minutes_a_day": "minutes you mean to spend on reviews a day, 1-600",
    "new_a_day": "new cards a day over all decks, 0-500",
    "day_start": "when a study day begins, HH:MM",
    "retention_goal": "share of learned cards you want to remember, 0.5-0.99",
    "leech_lapses": "a card forgotten so often is called a leech, 2-99",
    "hard_drill": "whether a card graded hard comes back in the round: spare (when minutes are left), on, off",
    "scheduler": "what decides when a card is due: sm2, fsrs",
    "plan_intensity": "how much of the minutes a plan for an interview uses: light, balanced, full",
    "plan_focus": "whether such a plan keeps only cards that can be seen twice before the date: true, false",
    "easy_days": 'weekdays with half the minutes and half the new cards, such as "sat, sun"',
    "breaks": 'days or ranges without new cards and planned minutes, such as "2026-12-24..2026-12-27"',
    "theme": "colours: dark, light, contrast",
    "show_timers": "whether the review screen shows times: true, false",
    "decks": "more deck files or folders, a list of paths",
}
"""What each setting does and may be, by key."""

DEFINITIONS: Final = tuple(
    _define(key, convert)
    for key, convert in {
        "minutes_a_day": setting_values.number_between(1, 600, int),
        "new_a_day": setting_values.number_between(0, 500, int),
        "day_start": setting_values.clock_time,
        "retention_goal": setting_values.number_between(0.5, 0.99, float),
        "leech_lapses": setting_values.number_between(2, 99, int),
        "hard_drill": setting_values.hard_drill,
        "scheduler": setting_values.one_of(*SCHEDULERS),
        "plan_intensity": setting_values.one_of(*INTENSITIES),
        "plan_focus": setting_values.truth,
        "easy_days": setting_values.weekdays,
        "breaks": setting_values.breaks,
        "theme": setting_values.one_of(*THEMES),
        "show_timers": setting_values.truth,
        "decks": setting_values.paths,
    }.items()
)
"""Every setting, in the order they are listed."""


def read_settings(folders: Folders, environment: Mapping[str, str]) -> tuple[Settings, dict[str, str]]:
    """Return the settings, and by key where a value that is no default came from.

    A wrong value is a problem in the settings' own list and leaves the default; nothing here raises.
    """
    path = folders.settings_file
    table, text, problems = _read_table(path)
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    known = {definition.key: definition for definition in DEFINITIONS}
    for key, value in table.items():
        if key == "keys":
            continue
        if key not in known:
            near = _nearest(key, known)
            hint = f"; did you mean {near}?" if near else f"; known: {', '.join(known)}"
            problems.append(f"{_place(path, text, key)} unknown setting {key!r}{hint}")
            continue
        try:
            values[key] = known[key].convert(value)
            sources[key] = "config.toml"
        except ValueError as error:
            problems.append(f"{_place(path, text, key)} {key} must be {error}; using the default")
    values["keys"] = _read_keys(table.get("keys", {}), path, text, problems)
    _take_theme(folders, environment, values, sources, problems)
    return Settings(**values, problems=tuple(problems)), sources


def _nearest(word: str, known: Iterable[str]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word, list(known), n=1)), None)


def _read_table(path: Path) -> tuple[dict[str, Any], str, list[str]]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            return {}, "", [f"{path} is too large for a settings file; using the defaults"]
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return {}, "", []
    except UnicodeDecodeError:
        return {}, "", [f"{path}:1:1 is not UTF-8 text; using the defaults"]
    except OSError as error:
        return {}, "", [f"{path} cannot be read ({error.strerror}); using the defaults"]
    import tomllib  # most learners have no settings file, and every start would wait for it

    try:
        return tomllib.loads(text), text, []
    except tomllib.TOMLDecodeError as error:
        match = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        place = f"{match[1]}:{match[2]}" if match else f"{len(text.splitlines()) or 1}:1"
        words = re.sub(r"\s*\(at .*\)$", "", str(error))
        return {}, text, [f"{path}:{place} is not TOML: {words}; using the defaults"]


def _place(path: Path, text: str, key: str) -> str:
    for number, line in enumerate(text.splitlines(), 1):
        match = re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=\s*", line)
        if match:
            return f"{path}:{number}:{match.end() + 1}"
    return f"{path}:1:1"


def _read_keys(table: Any, path: Path, text: str, problems: list[str]) -> dict[str, str]:
    if not isinstance(table, dict):
        problems.append(f"{_place(path, text, 'keys')} keys must be a table of action = key; using the defaults")
        return {}
    keys = {}
    for action, key in _flat(table).items():
        if isinstance(key, str) and key.strip():
            keys[action] = key.strip()
        else:
            problems.append(f"{_place(path, text, action)} the key of {action} must be a text; using the default")
    return keys


def _flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in table.items():
        if isinstance(value, dict):
            flat.update(_flat(value, f"{prefix}{name}."))
        else:
            flat[f"{prefix}{name}"] = value
    return flat


def _take_theme(
    folders: Folders,
    environment: Mapping[str, str],
    values: dict[str, Any],
    sources: dict[str, str],
    problems: list[str],
) -> None:
    """Let the theme chosen with a key win over the file, and the environment over both."""
    try:
        chosen = folders.theme_file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        chosen = ""
    if chosen in THEMES:
        values["theme"], sources["theme"] = chosen, "theme key"
    wanted = environment.get(THEME_VARIABLE, "").strip()
    if wanted in THEMES:
        values["theme"], sources["theme"] = wanted, "environment"
    elif wanted:
        problems.append(f"{THEME_VARIABLE} must be one of {', '.join(THEMES)}; using {values.get('theme', 'dark')}")


def write_setting(folders: Folders, key: str, text: str) -> None:
    """Write one setting into the settings file, every comment kept.

    Raises:
        SettingsError: When the key is unknown, the value not allowed, or the file cannot be read or written.
    """
    known = {definition.key: definition for definition in DEFINITIONS}
    if key not in known:
        near = _nearest(key, known)
        raise SettingsError(
            f"no setting {key!r}", f"did you mean {near}?" if near else "prepdeck config lists them all"
        )
    value = _as_toml(key, text)
    try:
        known[key].convert(value)
    except ValueError as error:
        raise SettingsError(f"{key} must be {error}, not {text!r}", f"{key}: {MEANINGS[key]}") from None
    import tomlkit
    import tomlkit.exceptions

    path = folders.settings_file
    try:
        document = tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
        document[key] = value
        write_private_file(path, tomlkit.dumps(document))
        if key == "theme":
            folders.theme_file.unlink(missing_ok=True)
    except (tomlkit.exceptions.TOMLKitError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not TOML: {error}", "mend it in an editor first") from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}", "check the permissions") from error


def _as_toml(key: str, text: str) -> Any:
    if key in LISTS:
        return setting_values.parts_of(text)
    if text in {"true", "false"}:
        return text == "true"
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
