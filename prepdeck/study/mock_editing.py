"""The code of a mock's question in the learner's own editor, apart from the drafts of reviews.

While an editor has the terminal the clock runs on, and what it saves is stored: `DraftWatch` looks for both.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from prepdeck.errors import NotFound, StoreError, StoreReadOnly, UsageError
from prepdeck.host.files import seconds_since_saved
from prepdeck.interview.events import Event, Written
from prepdeck.interview.mock import sheet_of
from prepdeck.study.coding import draft_in, ending_of, write_draft
from prepdeck.study.mock_sitting import AUTOSAVE_SECONDS, Sat, happened, stored, ticked

if TYPE_CHECKING:
    from prepdeck.cards.card import Card
    from prepdeck.interview.timekeeping import Reading
    from prepdeck.study.desk import Desk

_EARLIER = "-earlier"
Store: TypeAlias = Callable[[Sat], tuple[Event, ...]]
"""Has what gathered in a mock stored, and returns which of it is stored by now."""


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

    A file that an editor saved and nobody read back, because the program had ended, is kept beside it as `...-earlier`.

    Raises:
        NotFound: When its card left its deck.
        StoreReadOnly: When it cannot be written.
    """
    card = card_of(sat, question)
    path = desk.folders.state / "drafts" / "mocks" / f"{sat.id}-{question + 1}{ending_of(card)}"
    code, before = code_of(sat, question), draft_in(path)
    if before is not None and before.strip() not in {"", code.strip()}:
        try:
            path.replace(earlier_of(path))
        except OSError as error:
            raise StoreReadOnly(f"{path} cannot be kept: {error.strerror or error}", "move it away first") from error
    write_draft(path, card, code)
    return path


def earlier_of(path: Path) -> Path:
    """Return the file in which a draft is kept that nobody read back."""
    return path.with_name(f"{path.stem}{_EARLIER}{path.suffix}")


def take_draft(path: Path) -> str | None:
    """Return what an editor left in a draft's file; None when there is nothing to read."""
    return draft_in(path)


def forget_drafts(desk: Desk, sat: Sat) -> None:
    """Delete the files of a mock that is over: it holds what stood in them; one that nobody read back stays."""
    folder = desk.folders.state / "drafts" / "mocks"
    with suppress(OSError):
        for path in folder.glob(f"{sat.id}-*"):
            if not path.stem.endswith(_EARLIER):
                path.unlink(missing_ok=True)


class DraftWatch:
    """Lets a mock go on while an editor has the terminal, and stores what the editor saves.

    Args:
        sat: The mock.
        question: The question whose code is edited.
        path: The draft's file.
        reader: Reads the clocks.
        store: Has what gathered in a mock stored and returns what is stored by now; what it raises, the next one mends.
    """

    def __init__(self, sat: Sat, question: int, path: Path, reader: Callable[[], Reading], store: Store) -> None:
        self.sat = sat
        """The mock as it stands."""
        self.is_late = False
        """Whether something was saved after the answers were locked."""
        self._sheet = sheet_of(question, is_code=True)
        self._path = path
        self._reader = reader
        self._store = store
        self._text = draft_in(path)
        self._stored_ms = sat.read_ms

    def look(self) -> None:
        """Let the clock go on, take what was saved since the last look, and store both; raises nothing."""
        self.sat = ticked(self.sat, self._reader())
        is_new = self._take()
        if is_new or self.sat.read_ms - self._stored_ms >= AUTOSAVE_SECONDS * 1000:
            self._stored_ms = self.sat.read_ms
            with suppress(StoreError, UsageError):
                self.sat = stored(self.sat, self._store(self.sat))

    def _take(self) -> bool:
        age, text = seconds_since_saved(self._path), draft_in(self._path)
        if age is None or text is None or text == self._text:
            return False
        self._text = text
        try:
            # When the file was saved counts, not when that was seen.
            self.sat = happened(self.sat, Written(max(0, self.sat.read_ms - round(age * 1000)), self._sheet, text))
        except UsageError:
            self.is_late = True
            return False
        return True
