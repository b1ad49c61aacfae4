"""What the verbs that handle cards print: a line a card, or one JSON object."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from prepdeck.cli.flags import Flags
from prepdeck.cli.opening import opened_desk
from prepdeck.cli.streams import flush, write_json, write_text

if TYPE_CHECKING:
    from datetime import date

    from prepdeck.study.desk import Desk
    from prepdeck.study.handling import Handled, HandledCard


def cards_argument() -> click.Argument:
    """Return the argument of a verb that takes one or several cards."""
    return click.Argument(("cards",), metavar="CARD...", nargs=-1, required=True)


def handle_cards(flags: Flags, act: Callable[[Desk], Handled]) -> None:
    """Do something to cards and print what it made of each."""
    with opened_desk(flags) as desk:
        handled = act(desk)
    if flags.json:
        write_json(_json(handled))
    else:
        for each in handled.cards:
            write_text(f"{each.card}  {_words(handled, each)}")
    flush()


def _json(handled: Handled) -> dict[str, Any]:
    from prepdeck.study.records import handling_json, memory_json

    cards = [
        {
            "card": str(each.card),
            "changed": each.is_changed,
            **memory_json(each.after),
            **handling_json(each.handling, handled.today),
        }
        for each in handled.cards
    ]
    return {"schema": 1, "action": handled.kind.value, "cards": cards}


def _words(handled: Handled, each: HandledCard) -> str:
    """Return what was done to a card, or why there was nothing to do."""
    match handled.kind.value:
        case "suspend":
            words = "suspended: not asked until you unsuspend it", "is suspended already"
        case "unsuspend":
            words = "asked again when it is due", "is not suspended"
        case "bury":
            words = "buried: not asked until tomorrow", "is buried already"
        case "reset":
            words = _reset_words(each), "is new, so there is nothing to reset"
        case "flag":
            words = "flagged: prepdeck search is:flagged lists it", "is flagged already"
        case "unflag":
            words = "no longer flagged", "is not flagged"
        case "note":
            words = _note_words(each)
        case _:
            due = _due_words(each, handled.today)
            words = f"due {due}", f"is due {due} already"
    return words[0] if each.is_changed else words[1]


def _reset_words(each: HandledCard) -> str:
    from prepdeck.cli.wording import count_words, easiness_words
    from prepdeck.scheduling.memory import Learned

    before = each.before
    if not isinstance(before, Learned):
        return "new again"
    lost = [f"its interval of {count_words(before.interval, 'day')}", f"easiness {easiness_words(before.easiness)}"]
    if before.lapses:
        lost.append(count_words(before.lapses, "lapse"))
    return f"new again: {', '.join(lost[:-1])} and {lost[-1]} are gone, its reviews stay in the log"


def _note_words(each: HandledCard) -> tuple[str, str]:
    if not each.handling.note:
        return "note taken away", "has no note"
    replaced = ", instead of what stood there: prepdeck undo brings that back" if each.found.note else ""
    return f"noted{replaced}", "has that note already"


def _due_words(each: HandledCard, today: date) -> str:
    from prepdeck.cli.wording import day_words, distance_words
    from prepdeck.scheduling.memory import Learned

    if not isinstance(each.after, Learned):
        return "when it is new"
    return f"{day_words(each.after.due, today)} ({distance_words(each.after.due, today)})"
