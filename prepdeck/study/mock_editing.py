"""The code of a mock's question in the learner's own editor, apart from the drafts of reviews."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from prepdeck.errors import NotFound
from prepdeck.interview.mock import sheet_of
from prepdeck.study.coding import draft_in, ending_of, write_draft

if TYPE_CHECKING:
    from prepdeck.cards.card import Card
    from prepdeck.study.desk import Desk
    from prepdeck.study.mock_sitting import Sat


def code_of(sat: Sat, question: int) -> str:
    """Return the code of a question as it stands: what was written, or its starter."""
    return sat.mock.sheets.get(sheet_of(question, is_code=True), sat.mock.questions[question].starter)


def card_of(sat: Sat, question: int) -> Card:
    """Return the card of a question.

    Raises:
        NotFound: When it left its deck since, or the question has none.
    """
    name = sat.mock.questions[question].card
    card = sat.cards.get(name) if name is not None else None
    if card is None:
        raise NotFound(f"the card {name} is in no deck any more" if name else "this question has no card")
    return card


def open_draft(desk: Desk, sat: Sat, question: int) -> Path:
    """Write the code of a question into a file for an editor; return the file.

    Raises:
        NotFound: When its card left its deck.
        StoreReadOnly: When it cannot be written.
    """
    card = card_of(sat, question)
    path = desk.folders.state / "drafts" / "mocks" / f"{sat.id}-{question + 1}{ending_of(card)}"
    write_draft(path, card, code_of(sat, question))
    return path


def take_draft(path: Path) -> str | None:
    """Return what an editor left in a draft's file; None when there is nothing to read."""
    return draft_in(path)


def forget_drafts(desk: Desk, sat: Sat) -> None:
    """Delete the files of a mock that is over: all of them are kept with it."""
    folder = desk.folders.state / "drafts" / "mocks"
    with suppress(OSError):
        for path in folder.glob(f"{sat.id}-*"):
            path.unlink(missing_ok=True)
