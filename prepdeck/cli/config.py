"""`prepdeck config`: list, read or write settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.streams import say_notes, write_json, write_text
from prepdeck.cli.verb import verb

if TYPE_CHECKING:
    from prepdeck.study.configuring import SettingRow


@verb(
    click.Argument(("key",), required=False),
    click.Argument(("value",), required=False),
    examples=(
        ("prepdeck config", "Every setting with its value, default, source and meaning."),
        ("prepdeck config minutes_a_day 15", "Write a setting; comments in the file stay."),
    ),
)
def command(context: click.Context, key: str | None, value: str | None) -> None:
    """List the settings, print the one named KEY, or set it to VALUE."""
    from prepdeck.study.configuring import get_setting, list_settings, set_setting, setting_problems

    flags = flags_of(context)
    say_notes(flags, setting_problems(flags.options))
    if key is None:
        rows = list_settings(flags.options)
        if flags.json:
            write_json({"schema": 1, "settings": [_row(each) for each in rows]})
        else:
            _print_all(rows)
        return
    row = get_setting(flags.options, key) if value is None else set_setting(flags.options, key, value)
    if flags.json:
        write_json({"schema": 1, **_row(row)})
        return
    write_text(row.value if value is None else f"{row.key} = {row.value}")
    if value is not None and row.key == "scheduler":
        from prepdeck.study.following import scheduler_notes

        say_notes(flags, scheduler_notes(flags.options))
    say_notes(flags, (f"{row.meaning}; default {row.default or 'none'}, now from {row.source}",))


def _row(row: SettingRow) -> dict[str, str]:
    return {
        "key": row.key,
        "value": row.value,
        "default": row.default,
        "source": row.source,
        "meaning": row.meaning,
    }


def _print_all(rows: tuple[SettingRow, ...]) -> None:
    from prepdeck.cli.columns import draw_columns

    table = [("Setting", "Value", "Default", "Source", "Meaning")]
    table += [(each.key, each.value, each.default, each.source, each.meaning) for each in rows]
    for line in draw_columns(table):
        write_text(line)
