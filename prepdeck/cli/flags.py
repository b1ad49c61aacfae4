"""The flags that every verb shares; they may stand before the verb and after it, and the later one wins.

Every start pays for this module, `--version` too, so it loads neither dataclasses nor pathlib.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import click

if TYPE_CHECKING:
    from prepdeck.study.options import Options


class Flags(NamedTuple):
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
    home: str | None = None
    """One folder for everything."""
    decks: tuple[str, ...] = ()
    """More deck files and folders."""
    database: str | None = None
    """A SQLite URL."""

    @property
    def options(self) -> Options:
        """Where files lie, as `prepdeck.study` takes it."""
        from pathlib import Path

        from prepdeck.study.options import Options

        home = None if self.home is None else Path(self.home)
        return Options(home=home, decks=tuple(map(Path, self.decks)), database=self.database)


def flags_of(context: click.Context) -> Flags:
    """Return the flags given so far."""
    return flags_from(context.ensure_object(dict))


def flags_from(given: Mapping[str, Any]) -> Flags:
    """Return the flags kept in a context's object while the command line was parsed."""
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    return Flags(**values)


class SharedOption(click.Option):
    """An option whose value `flags_of` returns; it is no argument of the verb, and no name of it can clash.

    Args:
        field: The field of `Flags` it fills.
        names: How it is written.
        attributes: As for any option.
    """

    def __init__(self, field: str, *names: str, **attributes: Any) -> None:
        super().__init__((*names, f"shared_{field}"), expose_value=False, callback=self._keep, **attributes)
        self._field = field

    def _keep(self, context: click.Context, parameter: click.Parameter, value: Any) -> None:
        """Remember a flag that was given, wherever it stood."""
        del parameter
        if value is None or value is False or value == ():
            return
        given = context.ensure_object(dict)
        if isinstance(value, tuple):
            given.setdefault(self._field, []).extend(value)
        else:
            given[self._field] = value


def shared_options(*, with_json: bool) -> list[click.Parameter]:
    """Return the shared options, new ones each time.

    Args:
        with_json: Whether the verb prints data.
    """

    def switch(field: str, *names: str, help: str) -> SharedOption:  # noqa: A002 - click's word
        return SharedOption(field, *names, is_flag=True, default=None, help=help)

    rest: list[click.Parameter] = [
        switch("plain", "--plain", help="Plain lines instead of screens."),
        SharedOption("color", "--color", type=click.Choice(("auto", "always", "never")), help="When to use colours."),
        switch("ascii", "--ascii", help="Draw with ASCII only."),
        switch("quiet", "-q", "--quiet", help="No notes on stderr."),
        switch("verbose", "-v", "--verbose", help="Say more on stderr."),
        switch("no_input", "--no-input", help="Never ask anything."),
        SharedOption("home", "--home", metavar="DIR", help="One folder for data, settings and backups."),
        SharedOption("decks", "--decks", multiple=True, metavar="PATH", help="More decks; may be repeated."),
        SharedOption("database", "--db", metavar="URL", help="The database, such as sqlite:///my.db."),
    ]
    return [switch("json", "--json", help="Print data as JSON."), *rest] if with_json else rest
