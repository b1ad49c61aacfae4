"""Settings: each with its meaning and default, read strictly, written with comments kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from math import ceil
from pathlib import Path
from typing import Any, Final

from prepdeck.host import setting_values
from prepdeck.host.folders import Folders
from prepdeck.host.setting_places import flat_keys, places_of_keys
from prepdeck.interview.terms import FACTOR_WORDS
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
LARGEST_FILE: Final = 1 << 20
"""Bytes; nobody writes so many settings."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner may choose."""

    minutes_a_day: int = 20
    """Minutes you mean to spend on reviews a day, 1-600."""
    new_a_day: int = 10
    """New cards a day over all decks, 0-500."""
    hours_a_week: int = 10
    """Hours a week you have for the whole road, cards among them, 1-112; the months of its phases follow from it."""
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
    mock_time_factor: float = 1.0
    """How much more time the clock of a mock gives, for those who need it: 1, 1.25, 1.5, 2."""
    mock_bell: bool = False
    """Whether the terminal rings when a phase of a mock is over its time: true, false."""
    mock_hide_clock: bool = False
    """Whether a mock hides its clock until the last five minutes: true, false."""
    decks: tuple[Path, ...] = ()
    """More deck files or folders, beside the bundled ones and your own."""
    leave_out: tuple[str, ...] = ()
    """Decks that stay out of the daily queue until an interview names them; each can be reviewed by itself."""
    keys: Mapping[str, str] = field(default_factory=dict)
    """Keys by action id, from the table [keys]."""
    key_places: Mapping[str, str] = field(default_factory=dict)
    """Where each of them stands, as path:line:column."""
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
    choices: tuple[str, ...] = ()
    """Every value it may have, as written on the command line; empty where they cannot be listed."""


def _define(key: str, convert: Callable[[Any], Any]) -> Definition:
    return Definition(key, convert, MEANINGS[key], CHOICES.get(key, ()))


MEANINGS: Final = {
    "minutes_a_day": "minutes you mean to spend on reviews a day, 1-600",
    "new_a_day": "new cards a day over all decks, 0-500",
    "hours_a_week": "hours a week you have for the whole road, cards among them, 1-112",
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
    "mock_time_factor": "how much more time the clock of a mock gives, for those who need it: 1, 1.25, 1.5, 2",
    "mock_bell": "whether the terminal rings when a phase of a mock is over its time: true, false",
    "mock_hide_clock": "whether a mock hides its clock until the last five minutes: true, false",
    "decks": "more deck files or folders, a list of paths",
    "leave_out": 'decks that stay out of the daily queue, such as "probability, my-stories"',
}
"""What each setting does and may be, by key."""

CHOICES: Final = {
    "hard_drill": tuple(each.value for each in HardDrill),
    "scheduler": SCHEDULERS,
    "plan_intensity": INTENSITIES,
    "plan_focus": ("true", "false"),
    "theme": THEMES,
    "show_timers": ("true", "false"),
    "mock_time_factor": FACTOR_WORDS,
    "mock_bell": ("true", "false"),
    "mock_hide_clock": ("true", "false"),
}
"""Every value of the settings that have few, by key."""

DEFINITIONS: Final = tuple(
    _define(key, convert)
    for key, convert in {
        "minutes_a_day": setting_values.number_between(1, 600, int),
        "new_a_day": setting_values.number_between(0, 500, int),
        "hours_a_week": setting_values.number_between(1, 112, int),
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
        "mock_time_factor": setting_values.number_in(*FACTOR_WORDS),
        "mock_bell": setting_values.truth,
        "mock_hide_clock": setting_values.truth,
        "decks": setting_values.paths,
        "leave_out": setting_values.names,
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
            near = nearest(key, known)
            hint = f"; did you mean {near}?" if near else f"; known: {', '.join(known)}"
            problems.append(f"{_place(path, text, key)} unknown setting {key!r}{hint}")
            continue
        try:
            values[key] = known[key].convert(value)
            sources[key] = "config.toml"
        except ValueError as error:
            problems.append(f"{_place(path, text, key)} {key} must be {error}; using the default")
    places = {action: f"{path}:{line}:{column}" for action, (line, column) in places_of_keys(text).items()}
    values["keys"] = _read_keys(table.get("keys", {}), places, _place(path, text, "keys"), problems)
    values["key_places"] = {action: places.get(action, _place(path, text, "keys")) for action in values["keys"]}
    _take_theme(folders, environment, values, sources, problems)
    return Settings(**values, problems=tuple(problems)), sources


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word that looks most like another one, or None."""
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


def _read_keys(table: Any, places: Mapping[str, str], elsewhere: str, problems: list[str]) -> dict[str, str]:
    if not isinstance(table, dict):
        problems.append(f"{elsewhere} keys must be a table of action = key; using the defaults")
        return {}
    keys = {}
    for action, key in flat_keys(table).items():
        if isinstance(key, str) and key.strip():
            keys[action] = key.strip()
        else:
            place = places.get(action, elsewhere)
            problems.append(f"{place} the key of {action} must be a text; using the default")
    return keys


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
