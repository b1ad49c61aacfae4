"""How a mock looks while it is sat: clock and phases on one side, prompt and sheets on the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual.containers import Container, Horizontal
from textual.widget import Widget

from prepdeck.cards.card import Choice
from prepdeck.cards.code import Code
from prepdeck.interview.agenda import sort_asked
from prepdeck.interview.mock import State, sheet_at, sheet_of
from prepdeck.tui import mock_words
from prepdeck.tui.mock_prompt import prompt_rows
from prepdeck.tui.rows import Row
from prepdeck.tui.screens.mock_answered import AnsweredMock
from prepdeck.tui.typesetting import Typesetter
from prepdeck.tui.widgets.frame import Notice, TitleBar
from prepdeck.tui.widgets.mock_clock import MockClock
from prepdeck.tui.widgets.mock_phases import PhaseBox, PhaseList
from prepdeck.tui.widgets.mock_prompt import PromptBox
from prepdeck.tui.widgets.mock_sheets import SheetField

if TYPE_CHECKING:
    from prepdeck.interview.timekeeping import Reading
    from prepdeck.study.mock_sitting import Sat
    from prepdeck.tui.mock_words import Comfort


class ShownMock(AnsweredMock):
    """Draws a mock; a child moves it on."""

    def __init__(self, sat: Sat, comfort: Comfort, reader: Callable[[], Reading]) -> None:
        super().__init__(sat, comfort, reader)
        self._hides_clock = comfort.hides_clock
        self._is_coding = False
        self._shown_question: int | None = -1
        self._wants_notes = True
        self._is_asking = False

    def compose_body(self) -> Iterator[Widget]:
        """Yield the boxes."""
        with Horizontal(id="desk"):
            with Container(id="side"):
                yield MockClock()
                yield PhaseList()
                yield PhaseBox()
            with Container(id="paper"):
                yield PromptBox()
                yield SheetField("notes")
                yield SheetField("code")
                yield Notice("Paused", tone="-accent")

    def paused_rows(self, width: int) -> Sequence[Row | str]:  # noqa: ARG002 - words are wrapped
        """Return what stands in place of prompt and notes during a pause."""
        times = f"{self.sat.mock.pauses} so far."
        return ("The clock stands; prompt and notes are hidden meanwhile.", "F3 lets it run on.", f"Pauses: {times}")

    # Showing

    @property
    def _hides(self) -> bool:
        return mock_words.is_hidden(self.sat.mock, wants_hidden=self._hides_clock)

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for one column only."""
        return self.has_class("-narrow") or self.has_class("-tiny")

    @property
    def is_typing(self) -> bool:
        """Whether keys go to a sheet."""
        return isinstance(self.focused, SheetField)

    def show_time(self) -> None:
        """Show the clock, the phases and how long ago all was stored."""
        mock, glyphs = self.sat.mock, self.prepdeck.glyphs
        hides = self._hides
        self.query_one(MockClock).show(
            mock_words.clock_facts(mock, hides=hides, is_narrow=self.is_narrow, glyphs=glyphs)
        )
        self.query_one(PhaseList).show(mock_words.phase_lines(mock), "n next  b back", shows_times=not hides)
        self.query_one(TitleBar).show(
            mock_words.title_left(self.sat), mock_words.title_rights(mock, self.saved_piece(), glyphs)
        )
        self._show_facts(hides=hides)
        if self.is_narrow and mock_words.asks_story(mock) and mock.telling is not None:
            self.show_prompt()

    def _show_facts(self, *, hides: bool) -> None:
        mock = self.sat.mock
        phase = mock.blueprint.phases[mock.stop.phase]
        is_told = mock_words.asks_story(mock)
        facts = tuple(mock_words.stop_rows(self.sat, hides=hides))

        def rows(width: int) -> Sequence[Row | str]:
            parts = self._story_rows(width) if is_told else []
            return [*facts, *([Row(), *parts] if parts else [])]

        keys = "Space or 1-5 part" if is_told else self._help_keys()
        box = self.query_one(PhaseBox)
        box.show(phase.title, keys, tuple(each if isinstance(each, str) else each.text for each in rows(40)), rows)

    def _story_rows(self, width: int) -> list[Row]:
        mock = self.sat.mock
        return mock_words.story_rows(mock, self.number, self.sat.star, width, self.prepdeck.glyphs)

    def _help_keys(self) -> str:
        rows = (self.prepdeck.keys.row(f"mock.{name}") for name in ("hint", "clarify", "probe"))
        return "  ".join(f"{each.keys_shown} {each.word.lower()}" for each in rows if each and self.can(each.id))

    def show_stop(self, *, at_end: bool = False) -> None:
        """Show the stop that is on: prompt, sheets, times and keys."""
        from prepdeck.study.mock_editing import code_of

        self.gather()
        mock = self.sat.mock
        stop, sheets = mock.stop, mock.sheets
        if stop.question != self._shown_question:
            self._open_question(stop.question)
        notes, code = self.query_one("#notes", SheetField), self.query_one("#code", SheetField)
        notes.hands_on_tab = self.is_code
        notes.put(sheet_at(stop), sheets.get(sheet_at(stop), ""))
        footing = "locked" if mock.is_over else "typing, Esc for commands" if self.is_typing else "i or Enter writes"
        notes.name_edges(self.notes_title(), footing)
        if self.is_code:
            body = self.card.body if self.card is not None else None
            language = body.language.value if isinstance(body, Code) else "python"
            code.put(sheet_of(self.number, is_code=True), code_of(self.sat, self.number), language)
            code.name_edges(f"Code, {language}", "locked" if mock.is_over else "F9 notes, Esc then r runs the tests")
        self.set_class(self.is_code and self._is_coding, "-coding")
        self.set_class(mock.state is State.PAUSED, "-paused")
        self.show_prompt(at_end=at_end)
        self.show_time()
        self.refresh_keys()

    def _open_question(self, question: int | None) -> None:
        """Take another question onto the table."""
        self._shown_question = question
        self.cancel_run()
        self.verdict, self._read_back = None, None
        phase = self.sat.mock.blueprint.phases[self.sat.mock.stop.phase]
        self._is_coding = self.is_code and sort_asked(self.sat.mock.blueprint, phase) is not None
        is_spoken = mock_words.asks_story(self.sat.mock)
        self.set_class(self.is_picking or is_spoken, "-reading")

    @property
    def is_picking(self) -> bool:
        """Whether options are picked."""
        return self.card is not None and isinstance(self.card.body, Choice)

    def notes_title(self) -> str:
        """Return what the notes are."""
        stop = self.sat.mock.stop
        if stop.question is None:
            return f"Notes, {self.sat.mock.blueprint.phases[stop.phase].title.lower()}"
        name = "Your answer" if self.asked is not None and self.asked.kind == "numeric" else "Notes"
        return f"{name}, question {stop.number} of {stop.of}" if self.is_narrow and stop.of > 1 else name

    def show_prompt(self, *, at_end: bool = False) -> None:
        """Show what is asked, from its beginning or its end."""

        def rows(width: int) -> Sequence[Row]:
            shown = prompt_rows(self.sat, Typesetter(width, self.prepdeck.glyphs), self.verdict, self.running)
            if self.is_narrow and mock_words.asks_story(self.sat.mock):
                shown = [*shown, Row(), *self._story_rows(width)]
            return shown

        stop = self.sat.mock.stop
        count = f"question {stop.number} of {stop.of}" if stop.of > 1 else ""
        footing = "F4 closes, j k scroll" if self.has_class("-full") else count
        self.query_one(PromptBox).show("Prompt", footing, rows, at_end=at_end)
