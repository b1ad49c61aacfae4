"""The desk as a verb opens it: what opening had to say is said, also when the verb then fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prepdeck.cli.flags import Flags
from prepdeck.cli.streams import say_notes

if TYPE_CHECKING:
    from prepdeck.study.desk import Desk


@contextmanager
def opened_desk(flags: Flags) -> Iterator[Desk]:
    """Hold the desk; what is worth saying is said at once, and what came up meanwhile at the end.

    Decks are taken in once, and so is another scheduler: a verb that stumbles over a mistyped name must not swallow
    that a card has another name now. Under `--json` all of it waits for the end, for an error is all there is then.
    """
    from prepdeck.study.desk import open_desk

    with open_desk(flags.options) as desk:
        said = [] if flags.json else list(desk.notes)
        say_notes(flags, said)
        yield desk
    say_notes(flags, [note for note in desk.notes if note not in said])
