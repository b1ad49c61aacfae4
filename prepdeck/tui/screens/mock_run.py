"""The page a mock is sat on: what its keys do, and how it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from textual import events

from prepdeck.interview.events import Finished, Moved, Paused, Resumed
from prepdeck.interview.mock import State
from prepdeck.tui import mock_words
from prepdeck.tui.keys import KeyRow, show_key
from prepdeck.tui.screens.mock_dialogs import FinishDialog
from prepdeck.tui.screens.mock_shown import ShownMock
from prepdeck.tui.widgets.frame import Hint, Notice
from prepdeck.tui.widgets.mock_prompt import PromptBox
from prepdeck.tui.widgets.mock_sheets import SheetField
from prepdeck.tui.words import show_seconds

TYPED_HINTS: Final = {
    "mock.next": 1,
    "mock.pause": 4,
    "mock.prompt": 2,
    "mock.sheet": 2,
    "mock.finish": 3,
    "app.back": 5,
    "app.help": 0,
}
"""Hints while a sheet is written on: keys that type nothing."""


class MockScreen(ShownMock):
    """Shows a mock while it is sat; ends at marking, or at home when it is left."""

    CSS_PATH = "mock_run.tcss"
    _was_typing = True
    """Whether a sheet was written on before the prompt took the whole page."""

    def on_mount(self) -> None:
        """Show where the mock stands, and let its clock run."""
        self.begin_time()
        self.query_one(Notice).show(self.paused_rows)
        if self.sat.mock.is_over:
            self.time_ran_out()
        else:
            self.show_stop()
        self.call_after_refresh(self._begin_writing)

    def _begin_writing(self) -> None:
        """Go to the notes, unless the question is answered with keys or aloud."""
        if not self.has_class("-reading"):
            self.to_notes()

    # Keys

    def deeds(self) -> Mapping[str, Callable[[], None]]:
        """Return what each action of this page does."""
        prompt = self.query_one(PromptBox)
        return {
            **self.answer_deeds(),
            "mock.mark": self._go_to_marking,
            "mock.next": lambda: self._go(1),
            "mock.previous": lambda: self._go(-1),
            "mock.pause": self._pause,
            "mock.prompt": self._toggle_full,
            "mock.finish": self._ask_finish,
            "mock.sheet": self._other_sheet,
            "mock.notes": self.to_notes,
            "mock.clock": self._toggle_clock,
            "mock.down": lambda: prompt.scroll_rows(max(1, prompt.page // 2)),
            "mock.up": lambda: prompt.scroll_rows(-max(1, prompt.page // 2)),
            "app.back": self._back,
            "app.leave": self._leave,
        }

    def can(self, action: str) -> bool:
        """Tell whether an action can be done now."""
        mock = self.sat.mock
        is_on = mock.state is State.RUNNING
        match action:
            case "mock.mark":
                return mock.is_over
            case "mock.next" | "mock.finish":
                return is_on
            case "mock.previous":
                return is_on and mock.position > 0
            case "mock.pause" | "mock.clock":
                return not mock.is_over
            case "mock.prompt":
                return mock.state is not State.PAUSED
            case "mock.sheet":
                return self.is_code and mock.state is not State.PAUSED
            case "mock.notes":
                return is_on and not self.is_typing
            case "mock.down" | "mock.up":
                return self.query_one(PromptBox).can_scroll
            case _ if action in self.answer_deeds():
                return self.can_answer(action)
            case _:
                return True

    def word_for(self, key: KeyRow) -> str:
        """Return what the key bar says for an action."""
        mock = self.sat.mock
        match key.id:
            case "mock.next":
                is_last = mock.position + 1 == len(mock.stops)
                if self.is_narrow:
                    return "Last" if is_last else "Next"
                return "Last one" if is_last else "Next question" if mock.stop.number < mock.stop.of else "Next phase"
            case "mock.pause":
                return "Go on" if mock.state is State.PAUSED else "Pause"
            case "mock.sheet":
                return "Notes" if self._is_coding else "Code"
            case "app.leave":
                return "Leave"
            case "app.back":
                return "Commands"
            case _:
                return key.word

    def hints(self) -> Sequence[Hint]:
        """Return the hints of the key bar: in a sheet only keys that type nothing."""
        left_out = {"mock.pause"} if self.sat.mock.is_strict else set()
        rows = [each for each in self.available() if each.id not in left_out]
        if self.is_typing and not self.sat.mock.is_over:
            return [
                Hint(show_key(_wordless(each)), self.word_for(each), each.id, TYPED_HINTS[each.id])
                for each in rows
                if each.id in TYPED_HINTS
            ]
        quiet = {"mock.clock", "app.theme", "app.commands"}
        shown = [each for each in rows if each.rank is not None and each.id not in quiet]
        return [self._command_hint(each) for each in shown]

    def _command_hint(self, each: KeyRow) -> Hint:
        key = next((key for key in each.keys if len(key) == 1), each.keys[0])
        return Hint(show_key(key), self.word_for(each), each.id, each.rank or 0)

    def _go(self, step: int) -> None:
        target = self.sat.mock.position + step
        if target >= len(self.sat.mock.stops):
            self.say("This is the last phase; F8 finishes.")
            return
        was_typing = self.is_typing
        self.gather()
        if not self.do(lambda at: Moved(at, target)):
            return
        self.say("")
        self.remove_class("-full")
        self.show_stop()
        self.save()
        if self.has_class("-reading"):
            self._wants_notes = was_typing or self._wants_notes
            self.set_focus(None)
        elif was_typing or self._wants_notes:
            self._wants_notes = True
            self.to_notes()

    def _pause(self) -> None:
        mock = self.sat.mock
        if mock.is_strict:
            self.say("A strict mock has no pause. Practice has one, chosen before the clock starts.")
            return
        is_paused = mock.state is State.PAUSED
        if not self.do(Resumed if is_paused else Paused):
            return
        self.say("")
        self.show_stop()
        self.save()
        if is_paused:
            self.call_after_refresh(self.to_notes)
        else:
            self.set_focus(None)

    def _toggle_full(self) -> None:
        """Show prompt and help taken on the whole page, or the sheets again, written on only if they were before."""
        self.toggle_class("-full")
        if self.has_class("-full"):
            self._was_typing = self.is_typing
            self.set_focus(None)
            self.show_stop()
            return
        self.show_stop()
        if self._was_typing:
            self.call_after_refresh(self.to_notes)

    def _other_sheet(self) -> None:
        self._is_coding = not self._is_coding
        self.remove_class("-full")
        self.show_stop()
        self.call_after_refresh(self.to_notes)

    def to_notes(self) -> None:
        """Go on writing."""
        if self.sat.mock.state is State.PAUSED or not self.is_mounted:
            return
        self.remove_class("-full", "-reading")
        field = self.query_one("#code" if self.is_code and self._is_coding else "#notes", SheetField)
        field.focus(scroll_visible=False)

    def _toggle_clock(self) -> None:
        self._hides_clock = not self._hides_clock
        self.show_time()
        self.say("The clock is hidden; v shows it." if self._hides_clock else "The clock is shown.")

    def _back(self) -> None:
        """Leave the sheet for the commands; there, close the full view or say what there is."""
        if self.cancel_run():
            self.show_stop()
        elif self.has_class("-full"):
            self._toggle_full()
        elif self.is_typing:
            self._wants_notes = False
            self.set_focus(None)
            if self.is_picking or mock_words.asks_story(self.sat.mock):
                self.add_class("-reading")
        else:
            self.say("Commands: n next, b back, p prompt, h hint, f finish, i notes, q leaves.")

    # The end

    def _ask_finish(self) -> None:
        if self._is_asking or self._is_left:
            return
        self._is_asking = True
        self.gather()
        mock = self.sat.mock
        left = f"+{show_seconds(mock.overtime_ms // 1000)} over time" if not mock.left_ms else ""
        words = left or f"{show_seconds(mock_words.seconds_left(mock))} left"
        self.app.push_screen(FinishDialog(words, len(mock.unanswered)), self._finish)

    def _finish(self, answer: str | None) -> None:
        self._is_asking = False
        if answer is None:
            return
        self.gather()
        self.advance()
        if self.sat.mock.is_over or self.do(Finished):
            self._go_to_marking()

    def _go_to_marking(self) -> None:
        if not self._is_left:
            self.begin_work(self._store_and_mark)

    async def _store_and_mark(self) -> None:
        for field in self.query(SheetField):
            field.read_only = True
        if await self.save_last():
            self._is_left = True
            self.prepdeck.pages.mark_mock(self.sat)

    def _leave(self) -> None:
        if not self._is_left:
            self.begin_work(self._store_and_leave)

    async def _store_and_leave(self) -> None:
        if not await self.save_last():
            return
        self._is_left = True
        mock = self.sat.mock
        words = "A mock waits to be marked; m offers it."
        if not mock.is_over:
            words = f"Left, all is saved; m offers it again. {'Its clock runs on.' if mock.is_strict else ''}".strip()
        self.prepdeck.pages.go_home()
        self.prepdeck.pages.say(words)

    # The page itself

    def on_descendant_focus(self) -> None:
        """Show the keys of the sheet that is entered."""
        self._renew_edges()

    def on_descendant_blur(self) -> None:
        """Store what was typed, and show the commands."""
        super().on_descendant_blur()
        self.call_after_refresh(self._renew_edges)

    def _renew_edges(self) -> None:
        if self.is_mounted and self.is_current:
            footing = "locked" if self.sat.mock.is_over else "i or Enter writes"
            if self.is_typing and not self.sat.mock.is_over:
                footing = "typing, Esc for commands"
            self.query_one("#notes", SheetField).name_edges(self.notes_title(), footing)
            self.refresh_keys()

    def on_screen_suspend(self) -> None:
        """Store what was typed while another page covers this one; its clock goes on and draws nothing."""
        self.save()

    def on_screen_resume(self) -> None:
        """Show the time as it is now."""
        if self.is_mounted and self._keeper is not None and not self._is_left:
            self.advance()
            self.show_time()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Show what there is room for, and give the sheet back the focus that a window too small has taken."""
        self.call_after_refresh(self._settle)

    def _settle(self) -> None:
        if not self.is_mounted or not self.is_current or self._keeper is None:
            return
        self.show_time()
        self.show_prompt()
        is_reading = self.has_class("-full") or self.has_class("-reading")
        if self.focused is None and self._wants_notes and not is_reading:
            self.to_notes()

    def press(self, target: str) -> None:
        """Do what was clicked."""
        self.perform(target)

    def renew(self) -> None:
        """Draw everything anew, after the theme or the keys changed."""
        super().renew()
        for field in self.query(SheetField):
            field.dress()


def _wordless(each: KeyRow) -> str:
    """Return the key of an action that types nothing."""
    return next((key for key in each.keys if len(key) > 1), each.keys[0])
