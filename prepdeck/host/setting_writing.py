"""The settings file changed: one setting or one key at a time, every comment kept."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any, Final

from prepdeck.errors import SettingsError
from prepdeck.host import setting_values
from prepdeck.host.folders import Folders, write_private_file
from prepdeck.host.settings import DEFINITIONS, MEANINGS, Definition, nearest

LISTS: Final = frozenset({"decks", "leave_out", "easy_days", "breaks"})
"""Settings that hold several values; on the command line commas stand between them."""


def write_setting(folders: Folders, key: str, text: str) -> None:
    """Write one setting into the settings file, every comment kept.

    Raises:
        SettingsError: When the key is unknown, the value not allowed, or the file cannot be read or written.
    """
    definition = _defined(key)
    value = _as_toml(key, text)
    try:
        definition.convert(value)
    except ValueError as error:
        raise SettingsError(f"{key} must be {error}, not {text!r}", f"{key}: {MEANINGS[key]}") from None

    def keep(document: MutableMapping[str, Any]) -> None:
        document[key] = value

    _change(folders, keep)
    _forget_theme(folders, key)


def drop_setting(folders: Folders, key: str) -> None:
    """Take one setting out of the settings file, so that it has its default.

    Raises:
        SettingsError: When the key is unknown, or the file cannot be read or written.
    """
    _defined(key)
    _change(folders, lambda document: document.pop(key, None))
    _forget_theme(folders, key)


def write_key(folders: Folders, action: str, text: str | None) -> None:
    """Write the keys of one action into the table [keys], or take them out.

    Args:
        folders: Where the file is.
        action: Its id.
        text: Its keys, separated by spaces; None for those it has by itself.

    Raises:
        SettingsError: When the file cannot be read or written, or its keys are no table.
    """

    def change(document: MutableMapping[str, Any]) -> None:
        if not isinstance(document.get("keys", {}), MutableMapping):
            raise SettingsError(f"keys in {folders.settings_file} is no table", "mend it in an editor first")
        if "keys" in document:
            _take_out(document["keys"], action)
        if text is not None:
            import tomlkit

            document.setdefault("keys", tomlkit.table())[action] = text

    _change(folders, change)


def _take_out(table: MutableMapping[str, Any], action: str) -> None:
    """Take an action out of a table, under whichever split of its name it stands there."""
    for name in list(table):
        if name == action:
            del table[name]
        elif action.startswith(f"{name}.") and isinstance(table[name], MutableMapping):
            _take_out(table[name], action.removeprefix(f"{name}."))


def _defined(key: str) -> Definition:
    known = {definition.key: definition for definition in DEFINITIONS}
    if key not in known:
        near = nearest(key, known)
        raise SettingsError(
            f"no setting {key!r}", f"did you mean {near}?" if near else "prepdeck config lists them all"
        )
    return known[key]


def _change(folders: Folders, change: Callable[[MutableMapping[str, Any]], object]) -> None:
    import tomlkit
    import tomlkit.exceptions

    path = folders.settings_file
    try:
        document = tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
        change(document)
        write_private_file(path, tomlkit.dumps(document))
    except (tomlkit.exceptions.TOMLKitError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not TOML: {error}", "mend it in an editor first") from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be written: {error.strerror}", "check the permissions") from error


def _forget_theme(folders: Folders, key: str) -> None:
    """Let what the file says of the theme win over what was chosen with a key before."""
    if key != "theme":
        return
    try:
        folders.theme_file.unlink(missing_ok=True)
    except OSError as error:
        raise SettingsError(
            f"{folders.theme_file} cannot be removed: {error.strerror}", "check the permissions"
        ) from error


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
