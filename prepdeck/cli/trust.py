"""`prepdeck trust`: let the code of a deck run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from prepdeck.cli.flags import Flags, flags_of
from prepdeck.cli.streams import at_terminal, say, say_notes, write_json, write_text
from prepdeck.cli.typed import is_agreed
from prepdeck.cli.verb import verb
from prepdeck.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prepdeck.study.trusting import CodeCard, Survey

WIDTH: Final = 76
"""Cells of a line of the words before the question."""


@verb(
    click.Argument(("path",), required=False),
    click.Option(("--yes",), is_flag=True, help="Do not ask."),
    click.Option(("--list", "listing"), is_flag=True, help="Print what was trusted so far."),
    click.Option(("--forget",), is_flag=True, help="Take back the trust in the deck at PATH, or of that name."),
    examples=(
        ("prepdeck trust my-deck.yaml", "Show the code on the cards of a deck, and ask whether it may run."),
        ("prepdeck trust --forget my-deck.yaml", "Ask again before any of it runs."),
    ),
)
def command(context: click.Context, path: str | None, yes: bool, listing: bool, forget: bool) -> int:
    """Show the code that the cards of a deck hold, and remember that it may run.

    Some cards hold code: references and wrong answers, tests, snippets that prove a claim. Code of decks that did not
    come with prepdeck runs only after you saw it and said yes. The yes is to exactly that code; when any of it changes,
    you are asked again, and rewording a card changes nothing. Trusting runs nothing.

    Code runs with limits on time, memory, output and processes. They bound accidents and are not a sandbox: code that
    you let run can do whatever a program that you start yourself can do.
    """
    flags = flags_of(context)
    if listing:
        if path is not None or forget or yes:
            raise UsageError("--list stands alone", "prepdeck trust --list")
        return _list(flags)
    if path is None:
        raise UsageError(
            "name a deck file or a folder of decks", "prepdeck trust my-deck.yaml, or prepdeck trust --list"
        )
    return _forget(flags, path) if forget else _trust(flags, Path(path), yes=yes)


def _trust(flags: Flags, path: Path, *, yes: bool) -> int:
    from prepdeck.study.trusting import remember_trust, survey_code
    from prepdeck.text.counts import counted

    survey = survey_code(path, flags.options)
    if survey.errors:
        say_notes(
            flags, (f"{counted(survey.errors, 'error')} in {path}: faulty cards are left out, see prepdeck lint",)
        )
    asking = survey.asking
    if asking and not yes:
        if not flags.json:
            _show(asking)
        if flags.json or flags.no_input or not at_terminal():
            raise UsageError(
                f"{counted(len(asking), 'card')} with code that was not trusted yet, and nobody to ask",
                "read the code, then say --yes",
            )
        if not _agreed(asking):
            say("nothing was trusted")
            return 0
    remember_trust(asking, flags.options)
    if flags.json:
        write_json(_as_json(survey))
        return 0
    if yes:
        for card in asking:
            write_text(f"{card.card}  {', '.join(label for label, _ in card.pieces)}")
    say_notes(flags, (_summary(survey),))
    return 0


def _agreed(asking: Sequence[CodeCard]) -> bool:
    import textwrap

    from prepdeck.study.trusting import LIMITS
    from prepdeck.text.counts import counted

    say("\n".join(("", *textwrap.wrap(LIMITS, WIDTH), "")))
    say(f"May the code of {counted(len(asking), 'card')} run on this computer? [y/N]")
    return is_agreed()


def _show(cards: Sequence[CodeCard]) -> None:
    """Print the code of some cards; every line of it stands behind a bar, so that none can pose as a heading."""
    from prepdeck.text.cleaning import clean

    for card in cards:
        write_text(f"{card.card}  {card.path}:{card.line}")
        for label, text in card.pieces:
            write_text(f"  {label}")
            for line in clean(text).rstrip("\n").split("\n"):
                write_text(f"  | {line}")
        write_text("")


def _summary(survey: Survey) -> str:
    from prepdeck.text.counts import counted

    if not survey.cards:
        return "no card there holds code; there is nothing to trust"
    before = len(survey.cards) - len(survey.asking)
    if not survey.asking:
        return f"{counted(before, 'card')} with code, trusted already"
    more = f", {before} before" if before else ""
    return f"{counted(len(survey.asking), 'card')} trusted now{more}"


def _as_json(survey: Survey) -> dict[str, object]:
    return {
        "schema": 1,
        "trusted": len(survey.asking),
        "cards": [
            {
                "card": card.card,
                "path": card.path,
                "line": card.line,
                "sha256": card.digest,
                "new": not card.is_trusted,
                "pieces": [{"label": label, "text": text} for label, text in card.pieces],
            }
            for card in survey.cards
        ],
    }


def _list(flags: Flags) -> int:
    from prepdeck.cli.columns import draw_columns
    from prepdeck.study.trusting import list_trusted

    held = list_trusted(flags.options)
    if flags.json:
        rows = [{"card": each.card, "sha256": each.digest, "day": each.day.isoformat()} for each in held]
        write_json({"schema": 1, "trusted": rows})
        return 0
    if not held:
        say_notes(flags, ("nothing was trusted so far; bundled decks need no trust",))
        return 0
    for line in draw_columns([(each.card, each.day.isoformat(), each.digest[:12]) for each in held]):
        write_text(line)
    return 0


def _forget(flags: Flags, words: str) -> int:
    from prepdeck.study.trusting import forget_trust
    from prepdeck.text.counts import counted

    gone = forget_trust(words, flags.options)
    if flags.json:
        write_json({"schema": 1, "forgotten": [{"card": each.card, "sha256": each.digest} for each in gone]})
        return 0
    for each in gone:
        write_text(each.card)
    say_notes(flags, (f"{counted(len(gone), 'consent')} taken back",))
    return 0
