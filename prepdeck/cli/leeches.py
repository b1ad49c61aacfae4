"""`prepdeck leeches`: cards that were forgotten too often, and what to do about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.opening import opened_desk
from prepdeck.cli.streams import write_json, write_text
from prepdeck.cli.verb import verb

if TYPE_CHECKING:
    from prepdeck.study.leeches import Leech

WIDEST_TITLE: Final = 44
"""Cells of a front in the list."""


@verb(
    examples=(
        ("prepdeck leeches", "The most often forgotten first, each with its file and line."),
        ("prepdeck leeches --json", "The same for scripts."),
    ),
)
def command(context: click.Context) -> None:
    """List cards that were forgotten too often to be worth repeating as they are, and what to do about them.

    How often is too often is the setting leech_lapses. A leech is announced when it becomes one; nothing else happens
    to it by itself.
    """
    from prepdeck.study.leeches import ADVICE, list_leeches

    flags = flags_of(context)
    with opened_desk(flags) as desk:
        found = list_leeches(desk)
        limit = desk.settings.leech_lapses
    if flags.json:
        write_json({"schema": 1, "limit": limit, "leeches": [_json(each) for each in found], "advice": dict(ADVICE)})
    elif not found:
        write_text(f"No card was forgotten {limit} times.")
    else:
        write_text("\n".join(_draw(found)))


def _json(leech: Leech) -> dict[str, Any]:
    return {
        "card": str(leech.card),
        "lapses": leech.lapses,
        "title": leech.title,
        "path": str(leech.path),
        "line": leech.line,
        "suspended": leech.suspended,
    }


def _draw(found: tuple[Leech, ...]) -> list[str]:
    from prepdeck.cli.columns import draw_columns
    from prepdeck.study.leeches import ADVICE
    from prepdeck.text.cells import shorten
    from prepdeck.text.markdown import inline_line

    rows = [
        (
            str(each.card),
            str(each.lapses),
            shorten(inline_line(each.title), WIDEST_TITLE, ellipsis="..."),
            "suspended" if each.suspended else "",
            f"{each.path}:{each.line}",
        )
        for each in found
    ]
    lines = draw_columns([("Card", "Forgotten", "Front", "", "Place"), *rows], right=frozenset({1}))
    return [*lines, "", *(f"{name}: {words}" for name, words in ADVICE)]
