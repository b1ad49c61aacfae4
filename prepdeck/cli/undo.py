"""`prepdeck undo`: take back the last actions."""

from __future__ import annotations

import click

from prepdeck.cli.flags import flags_of
from prepdeck.cli.opening import opened_desk
from prepdeck.cli.parameters import whole_between
from prepdeck.cli.streams import say_notes, write_json, write_text
from prepdeck.cli.verb import verb

MOST_ACTIONS = 1000
"""How many actions one call takes back; a slip of the keyboard should not undo a year."""


@verb(
    click.Argument(("count",), metavar="[N]", callback=whole_between(1, MOST_ACTIONS), default="1"),
    examples=(
        ("prepdeck undo", "Take back the last action, also one of yesterday."),
        ("prepdeck undo 3", "Take back the last three, newest first."),
    ),
)
def command(context: click.Context, count: int) -> None:
    """Take back the last action, or the last N, and say what they were: a review, or all that one command did.

    Nothing is deleted: the log says that they were taken back.
    """
    from prepdeck.study.undoing import undo

    flags = flags_of(context)
    with opened_desk(flags) as desk:
        undone = undo(desk, count)
    if len(undone) < count:
        say_notes(flags, ("that was everything; there is nothing more to undo",))
    if flags.json:
        rows = [
            {
                "words": each.words,
                "card": None if each.card is None else str(each.card),
                "cards": [str(card) for card in each.cards],
                "at": each.at.isoformat(),
            }
            for each in undone
        ]
        write_json({"schema": 1, "undone": rows})
        return
    from prepdeck.cli.wording import moment_words

    for each in undone:
        write_text(f"undid {each.words} of {moment_words(each.at)}")
