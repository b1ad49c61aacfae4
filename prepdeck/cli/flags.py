"""The flags that every verb shares; they may stand before the verb and after it, and the later one wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from prepdeck.study.options import Options


@dataclass(frozen=True, slots=True)
class Flags:
    """What was said on the command line beside the verb's own words."""

    json: bool = False
    """Print data as JSON."""
    plain: bool = False
    """Plain lines instead of screens."""
    color: str | None = None
    """`auto`, `always` or `never`; None when nothing was said."""
    ascii: bool = False
    """Draw with ASCII only."""
    quiet: bool = False
    """No notes on stderr."""
    verbose: bool = False
    """More on stderr, tracebacks included."""
    no_input: bool = False
    """Never ask."""
    home: Path | None = None
    """One folder for everything."""
    decks: tuple[Path, ...] = ()
    """More deck files and folders."""
    database: str | None = None
    """A SQLite URL."""

    @property
    def options(self) -> Options:
        """Where files lie, as `prepdeck.study` takes it."""
        from prepdeck.study.options import Options

        return Options(home=self.home, decks=self.decks, database=self.database)


def flags_of(context: click.Context) -> Flags:
    """Return the flags given so far."""
    return flags_from(context.ensure_object(dict))


def flags_from(given: Mapping[str, Any]) -> Flags:
    """Return the flags kept in a context's object while the command line was parsed."""
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    return Flags(**values)


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    """Remember a flag that was given, wherever it stood."""
    if parameter.name is None or value is None or value is False or value == ():
        return
    given = context.ensure_object(dict)
    if isinstance(value, tuple):
        given.setdefault(parameter.name, []).extend(value)
    else:
        given[parameter.name] = value


class SharedOption(click.Option):
    """An option that keeps its value for `flags_of` and is no argument of the verb."""

    def __init__(self, names: tuple[str, ...], **attributes: Any) -> None:
        super().__init__(names, expose_value=False, callback=_keep, **attributes)


def shared_options(*, with_json: bool) -> list[click.Parameter]:
    """Return the shared options, new ones each time.

    Args:
        with_json: Whether the verb prints data.
    """
    folder = click.Path(path_type=Path)
    json_option = SharedOption(("--json",), is_flag=True, default=None, help="Print data as JSON.")
    rest = [
        SharedOption(("--plain",), is_flag=True, default=None, help="Plain lines instead of screens."),
        SharedOption(("--color",), type=click.Choice(("auto", "always", "never")), help="When to use colours."),
        SharedOption(("--ascii",), is_flag=True, default=None, help="Draw with ASCII only."),
        SharedOption(("-q", "--quiet"), is_flag=True, default=None, help="No notes on stderr."),
        SharedOption(("-v", "--verbose"), is_flag=True, default=None, help="Say more on stderr."),
        SharedOption(("--no-input",), is_flag=True, default=None, help="Never ask anything."),
        SharedOption(("--home",), type=folder, metavar="DIR", help="One folder for data, settings and backups."),
        SharedOption(("--decks",), type=folder, multiple=True, metavar="PATH", help="More decks; may be repeated."),
        SharedOption(("--db", "database"), metavar="URL", help="The database, such as sqlite:///my.db."),
    ]
    return [json_option, *rest] if with_json else [*rest]
