"""Values typed on the command line, read strictly, and names the shell may complete."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from prepdeck.cli.flags import flags_of
from prepdeck.scheduling.moment import MOMENT_EXAMPLE, parse_moment

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def moment_value(context: click.Context, parameter: click.Parameter, value: str | None) -> datetime | None:
    """Return the moment an option holds, or fail with the right form."""
    if value is None:
        return None
    try:
        return parse_moment(value)
    except ValueError as error:
        raise click.BadParameter(f"{error}; {MOMENT_EXAMPLE}", context, parameter) from None


def day_value(context: click.Context, parameter: click.Parameter, value: str | None) -> date | None:
    """Return the day an option holds, or fail with the right form."""
    if value is None:
        return None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise click.BadParameter(f"{value[:60]!r} is not a day; write it like 2026-11-22", context, parameter)


def number_between(low: float, high: float) -> Callable[[click.Context, click.Parameter, str | None], float | None]:
    """Return a reader of finite numbers from `low` to `high`, for an option's callback."""

    def read(context: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
        if value is None:
            return None
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if not low <= number <= high:
            raise click.BadParameter(f"{value[:60]!r} is not a number from {low:g} to {high:g}", context, parameter)
        return number

    return read


def whole_between(low: int, high: int) -> Callable[[click.Context, click.Parameter, str | None], int | None]:
    """Return a reader of whole numbers from `low` to `high`, for a callback."""

    def read(context: click.Context, parameter: click.Parameter, value: str | None) -> int | None:
        if value is None:
            return None
        # Fewer digits than Python refuses to convert, and none of another script.
        if not re.fullmatch(r"\d{1,9}", value, re.ASCII) or not low <= int(value) <= high:
            raise click.BadParameter(f"{value[:60]!r} is not a whole number from {low} to {high}", context, parameter)
        return int(value)

    return read


def complete_decks(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the names of decks that begin with `incomplete`; whatever goes wrong, the shell hears nothing of it."""
    from click.shell_completion import CompletionItem

    del parameter
    try:
        from prepdeck.study.today import deck_titles

        titles = deck_titles(flags_of(context).options)
    except Exception:  # noqa: BLE001 - a line being typed is no place for error messages
        return []
    return [CompletionItem(deck, help=title) for deck, title in titles.items() if deck.startswith(incomplete)]
