"""`prepdeck note`: something written down beside a card."""

from __future__ import annotations

import click

from prepdeck.cli.flags import Flags, flags_of
from prepdeck.cli.handled import handle_cards
from prepdeck.cli.opening import opened_desk
from prepdeck.cli.streams import say, write_json, write_text
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError


@verb(
    click.Argument(("card",)),
    click.Argument(("text",), metavar="[TEXT]...", nargs=-1),
    click.Option(("--clear",), is_flag=True, help="Take the note away."),
    examples=(
        ('prepdeck note probability/base-rate "compare with recall"', "Write it down instead of what stood there."),
        ("prepdeck note base-rate", "Print what stands there."),
    ),
)
def command(context: click.Context, card: str, text: tuple[str, ...], clear: bool) -> None:
    """Write TEXT down beside CARD, or print what stands there; at most 2,000 characters.

    Behind -- a TEXT may begin with a dash. prepdeck undo brings the note of before back.
    """
    from prepdeck.study.handling import note

    if clear and text:
        raise UsageError("a note to write and --clear at once", "leave out one of them")
    flags = flags_of(context)
    if not text and not clear:
        _print_note(flags, card)
        return
    handle_cards(flags, lambda desk: note(desk, card, " ".join(text)))


def _print_note(flags: Flags, card: str) -> None:
    from prepdeck.study.handling import note_of

    with opened_desk(flags) as desk:
        found, text = note_of(desk, card)
    if flags.json:
        write_json({"schema": 1, "card": str(found), "note": text})
    elif text:
        write_text(text)
    else:
        say(f"{found} has no note")
