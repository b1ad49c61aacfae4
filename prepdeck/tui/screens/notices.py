"""Pages of a few sentences: opening, a fault, nothing due."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.widget import Widget

from prepdeck.errors import PrepdeckError
from prepdeck.text.cells import pad
from prepdeck.text.counts import counted
from prepdeck.tui.keys import KeyRow, Place
from prepdeck.tui.rows import Piece, Row, Tone, foreign, muted, row, strong, wrap
from prepdeck.tui.screens.framed import FramedScreen
from prepdeck.tui.widgets.frame import Notice, TitleBar

if TYPE_CHECKING:
    from prepdeck.study.overview import HomeReport

_ASIDES = 46
"""Cells from which what an offer means stands beside its name, not below."""


class NoticeScreen(FramedScreen):
    """A box of sentences in the middle."""

    CSS_PATH = "notices.tcss"
    TITLE_WORD = "prepdeck"
    BOX_TITLE = ""
    BOX_TONE = ""

    def compose_body(self) -> Iterator[Widget]:
        """Yield the box."""
        with Container(id="stage"):
            yield Notice(self.BOX_TITLE, tone=self.BOX_TONE)

    def on_mount(self) -> None:
        """Write the box."""
        self.query_one(TitleBar).show(row(strong("prepdeck", Tone.PRIMARY), muted(f"  {self.TITLE_WORD}")), ())
        self.write()

    def write(self) -> None:
        """Write the box."""
        self.query_one(Notice).show(self.paragraphs)

    def renew(self) -> None:
        """Write the box anew, after the theme or the keys changed."""
        super().renew()
        self.write()

    def paragraphs(self, width: int) -> Sequence[Row | str]:
        """Return what the box says."""
        raise NotImplementedError

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        home = self.prepdeck.pages.go_home
        return {
            "finished.home": home,
            "home.learn": lambda: self.prepdeck.pages.begin(only_new=True),
            "home.cram": lambda: self.prepdeck.pages.begin(cram=True),
            "app.back": home,
            "app.leave": home,
        }

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        if key.id in {"app.leave", "finished.home"} and self.prepdeck.is_one_round:
            return "Quit"
        return {"app.leave": "Back"}.get(key.id, key.word)

    def key(self, action: str) -> Piece:
        """Return the key of an action, to be named in a sentence and clicked."""
        found = self.prepdeck.keys.row(action)
        return Piece(found.keys_shown if found else "", Tone.ACCENT, strong=True, target=action)


class FaultScreen(NoticeScreen):
    """Why the desk cannot be opened, and what helps; leaving exits with the fault's status."""

    PLACE = Place.FAULT
    TITLE_WORD = "Cannot open"
    BOX_TITLE = "Cannot open your decks"
    BOX_TONE = "-error"

    def __init__(self, error: PrepdeckError, database: str) -> None:
        super().__init__()
        self._error = error
        self._database = database

    def paragraphs(self, width: int) -> Sequence[Row | str]:  # noqa: ARG002 - only some pages ask for it
        """Return what the box says."""
        message = self._error.message[:1].upper() + self._error.message[1:]
        lines: list[Row | str] = [message, ""]
        if self._database and self._database not in message:
            lines += [f"Database: {self._database}", ""]
        if self._error.help:
            lines += [self._error.help[:1].upper() + self._error.help[1:], ""]
        return [*lines, row("Nothing was changed. ", self.key("app.leave"), " quits.")]

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        status = self._error.exit_status
        return {"app.back": lambda: self.prepdeck.leave(status), "app.leave": lambda: self.prepdeck.leave(status)}

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        return {"app.leave": "Quit"}.get(key.id, key.word)


class IdleScreen(NoticeScreen):
    """Nothing is due: why, and what may be done instead."""

    PLACE = Place.IDLE
    TITLE_WORD = "All done"
    BOX_TITLE = "All done"

    def __init__(self, report: HomeReport, *, scoped: bool, only_new: bool) -> None:
        super().__init__()
        self._report = report
        self._scoped = scoped
        self._only_new = only_new

    def paragraphs(self, width: int) -> Sequence[Row | str]:
        """Return what the box says."""
        report = self._report
        return [
            row(strong(self._headline())),
            Row(),
            f"{self._done_words()} Due tomorrow: {counted(report.tomorrow, 'card')}.",
            Row(),
            "If you have time:",
            *self._offers(width),
        ]

    def _headline(self) -> str:
        day = self._report.day
        if not day.decks:
            return "There are no decks yet."
        if self._only_new:
            return "No new cards are left for today."
        if day.plan is not None and not self._scoped:
            return "Today's plan is done." if self._report.done_today else "The plan asks for nothing today."
        if self._scoped and day.due + day.new:
            return "Nothing is due here until tomorrow."
        return "Nothing is due until tomorrow."

    def _done_words(self) -> str:
        done = self._report.done_today
        if not done:
            return "No card was asked today."
        late = self._report.day.due if self._report.day.plan is not None else 0
        waits = f" {late} due can wait." if late else ""
        return f"You gave {counted(done, 'answer')} today.{waits}"

    def _offers(self, width: int) -> list[Row]:
        new = self._report.day.new
        offers = []
        if new:
            offers.append(("home.learn", f"Learn {new} new", "new cards of today"))
        offers.append(("home.cram", "Cram", "practise all, dates stay as they are"))
        if self.can("review.undo"):
            offers.append(("review.undo", "Undo", self._report.undoable or ""))
        rows: list[Row] = []
        for action, words, aside in offers:
            head = row("  ", self.key(action), "  " + pad(words, 16))
            if width >= _ASIDES:
                offer = [row(*head.pieces, foreign(aside, Tone.MUTED))]
            else:
                offer = [head, *(row("     ", foreign(part, Tone.MUTED)) for part in wrap(aside, width - 5))]
            rows += (replace(line, target=action) for line in offer)
        return rows

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        return {**super().deeds(), "review.undo": lambda: self.prepdeck.pages.undo_into_round(None)}

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        match action:
            case "home.learn":
                return bool(self._report.day.new)
            case "home.cram":
                return bool(self._report.day.decks)
            case "review.undo":
                return self._report.undoable is not None
            case _:
                return True
