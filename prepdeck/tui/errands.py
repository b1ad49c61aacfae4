"""Everything the interface asks of the desk; each method runs in the clerk's thread and touches no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from prepdeck.errors import PrepdeckError

if TYPE_CHECKING:
    from pathlib import Path

    from prepdeck.cards.card import Card
    from prepdeck.cards.ids import CardId
    from prepdeck.cards.verdict import Verdict
    from prepdeck.study.desk import Desk
    from prepdeck.study.options import Options
    from prepdeck.study.overview import HomeReport
    from prepdeck.study.previewing import Preview, Problem
    from prepdeck.study.records import CardRecord
    from prepdeck.study.reviewing import CardView, RoundRequest, Sitting
    from prepdeck.study.undoing import Undone


@dataclass(frozen=True, slots=True)
class Served:
    """A sitting as it is stored now, with its next card."""

    sitting: Sitting
    """The round."""
    view: CardView | None
    """The card to ask; None when the round is over, or the card could not be loaded."""
    words: str = ""
    """What happened, if that is worth a sentence."""
    fault: PrepdeckError | None = None
    """Why the card could not be loaded."""
    is_first_round: bool = False
    """Whether nothing was ever answered before."""


class Errands:
    """Goes to the desk.

    Args:
        options: What the command line said.
        open_desk: Opens the desk; None for the real one, which is imported when it is opened.
    """

    def __init__(self, options: Options, open_desk: Callable[[Options], Desk] | None = None) -> None:
        self._options = options
        self._open_desk = open_desk
        self._desk: Desk | None = None
        self.has_edits = False
        """Whether a deck was edited since the decks were taken in."""

    @property
    def desk(self) -> Desk:
        """The desk, once it is open."""
        if self._desk is None:
            message = "the desk is not open"
            raise RuntimeError(message)
        return self._desk

    @property
    def is_open(self) -> bool:
        """Whether the desk is open."""
        return self._desk is not None

    def open(self) -> None:
        """Open the desk; this loads the database."""
        if self._open_desk is None:
            from prepdeck.study.desk import open_desk

            self._desk = open_desk(self._options)
        else:
            self._desk = self._open_desk(self._options)

    def close(self) -> None:
        """Close the desk."""
        if self._desk is not None:
            self._desk.close()

    def warm_up(self) -> None:
        """Load what the first card needs, before it needs it."""
        from prepdeck.text import markdown

        markdown.warm_up()

    def report_home(self) -> HomeReport:
        """Return what the home screen shows."""
        from prepdeck.study.overview import home_report

        return home_report(self.desk)

    def begin(self, request: RoundRequest) -> Served:
        """Return a new round with its first card."""
        from prepdeck.study.overview import day_report
        from prepdeck.study.reviewing import begin_round

        is_first = not any(deck.seen for deck in day_report(self.desk).decks)
        return self.serve(begin_round(self.desk, request), is_first_round=is_first)

    def begin_scope(self, decks: tuple[str, ...], *, only_new: bool, cram: bool) -> Served:
        """Return a new round over some decks, or over all of them."""
        from prepdeck.study.reviewing import RoundRequest, Scope

        return self.begin(RoundRequest(scope=Scope(decks=decks), only_new=only_new, cram=cram))

    def undo_into(self, sitting: Sitting | None) -> Served:
        """Take back the last step; after a grade its card is asked again, in its round or in a new one."""
        from prepdeck.study.reviewing import begin_round

        return self.undo(sitting or begin_round(self.desk))

    def title_of(self, card: CardId) -> str:
        """Return the front of a card on one line."""
        from prepdeck.text.markdown import inline_line

        found = self.desk.library.get(card)
        return inline_line(found.title) if found is not None else str(card)

    def serve(self, sitting: Sitting, words: str = "", *, is_first_round: bool = False) -> Served:
        """Return a sitting with its next card; a card that cannot be loaded leaves the sitting as it is stored."""
        from prepdeck.study.reviewing import view_card

        view, fault = None, None
        if sitting.current is not None:
            try:
                view = view_card(self.desk, sitting.current, cram=sitting.cram)
            except PrepdeckError as error:
                fault = error
        return Served(sitting, view, words, fault, is_first_round)

    def answer(self, sitting: Sitting, quality: int, seconds: float, wording: int) -> Served:
        """Store a grade, and return what is asked next."""
        from prepdeck.study import reviewing

        known = len(self.desk.notes)
        sitting, _ = reviewing.answer_current(self.desk, sitting, quality, seconds, wording)
        return self.serve(sitting, " ".join(self.desk.notes[known:]))

    def undo(self, sitting: Sitting) -> Served:
        """Take back the last step; after a grade its card is asked again."""
        from prepdeck.study import reviewing

        sitting, undone = reviewing.undo_current(self.desk, sitting)
        return self.serve(sitting, f"Undid {undone.words}.")

    def undo_from_home(self) -> Undone:
        """Take back the last step."""
        from prepdeck.study import undoing

        return undoing.undo(self.desk)[0]

    def show_card(self, card: CardId) -> CardRecord:
        """Return a card with its history."""
        from prepdeck.study.records import show_card

        return show_card(self.desk, str(card))

    def keep_draft(self, card: Card, text: str) -> Path:
        """Write down what was written on a card; return the file."""
        from prepdeck.study.coding import keep_draft

        return keep_draft(self.desk, card, text)

    def read_draft(self, card: Card) -> str | None:
        """Return what was written on a card today."""
        from prepdeck.study.coding import draft_of

        return draft_of(self.desk, card)

    def editor_command(self, path: Path) -> tuple[str, ...]:
        """Return the command that opens a file in the learner's editor."""
        from prepdeck.study.coding import editor_command

        return editor_command(path)

    def code_to_trust(self, card: Card) -> tuple[tuple[str, str], ...]:
        """Return the code of a deck that would run with an answer and that nobody said yes to yet."""
        from prepdeck.study.coding import foreign_code, needs_consent

        return foreign_code(card) if needs_consent(self.desk, card) else ()

    def give_consent(self, card: Card) -> None:
        """Remember that this code may run."""
        from prepdeck.study.coding import give_consent

        give_consent(self.desk, card)

    def call_off_runs(self) -> None:
        """End every run of written code; nobody waits for it any more."""
        from prepdeck.study.coding import call_off_runs

        call_off_runs()

    def judge(self, card: Card, answer: str, *, is_submission: bool) -> Verdict:
        """Run an answer; this takes seconds, asks nothing of the database, and so may run beside the clerk."""
        from prepdeck.study.coding import run_visible, submit

        return (submit if is_submission else run_visible)(self.desk, card, answer)

    def preview_deck(self, slug: str | None, path: str) -> Preview:
        """Return a deck's file as its author sees it; one that could not be read is known by its path."""
        from pathlib import Path

        from prepdeck.study.previewing import preview_file

        found = self.desk.library.deck(slug).path if slug is not None else Path(path)
        return preview_file(found, self._options)

    def take_in(self) -> str:
        """Take in what was edited in the decks, and say what it was."""
        from prepdeck.study.desk import reload_decks

        taken = reload_decks(self.desk)
        self.has_edits = False
        return taken.words or ""

    def fix_problem(self, path: Path, problem: Problem) -> str:
        """Make the one fix a problem offers, and say what was done."""
        from prepdeck.study.previewing import fix_problem

        return fix_problem(path, problem)

    def save_theme(self, name: str) -> None:
        """Keep the theme for the next start."""
        from prepdeck.study.configuring import save_theme

        save_theme(self._options, name)

    def today(self) -> date:
        """Return the study day it is."""
        return self.desk.today()
